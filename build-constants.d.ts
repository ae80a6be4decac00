/** The version in package.json, put in place of the name by every build and by vitest. */
declare const __RINGSCOPE_VERSION__: string;
