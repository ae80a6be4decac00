import type { ScenarioEntry } from './store/renderer-state.ts';

/** The scenarios that come with Ringscope, as text: path in the repository → contents. */
const files: Record<string, string> = import.meta.glob('../scenarios/**/*.cmr.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const prefix = '../scenarios/';
const ending = '.cmr.yaml';

/** Shipped scenarios, by folder and name. */
export const shippedScenarios: readonly ScenarioEntry[] = Object.entries(files)
  .map(([path, text]) => shippedEntry(path.slice(prefix.length, -ending.length), text))
  .toSorted((one, other) => (one.key < other.key ? -1 : 1));

function shippedEntry(key: string, text: string): ScenarioEntry {
  const cut = key.lastIndexOf('/');
  return {
    key,
    folder: wordsOf(key.slice(0, Math.max(0, cut))),
    fileName: `${key.slice(cut + 1)}${ending}`,
    path: `scenarios/${key}${ending}`,
    title: titleIn(text) ?? wordsOf(key.slice(cut + 1)),
    text,
    handle: null,
    standing: null,
  };
}

/**
 * The title as the text has it, so that a list can be read before anything has run: reading the
 * format itself would cost more than the whole list. Null for one that is not on a line of its own.
 */
function titleIn(text: string): string | null {
  const [, quoted, plain] = /^title: (?:'([^'\n]+)'|([^'">|\n][^\n]*?)) *$/m.exec(text) ?? [];
  return quoted ?? plain ?? null;
}

/** `'gateway-mode'` becomes `'Gateway mode'`. */
function wordsOf(name: string): string {
  const words = name.replaceAll('-', ' ').replaceAll('/', ', ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
