/** The version in package.json, put in place of the name by every build and by vitest. */
declare const __RINGSCOPE_VERSION__: string;

/** `file:line` of the sources that name a clause, by its id: what is built has no sources. */
declare const __RINGSCOPE_CITATIONS__: Readonly<Record<string, readonly string[]>>;
