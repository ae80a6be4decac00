import type { Sweep } from '../store/sweep-store.ts';

/** Runs of a sweep that count as the same. */
export interface MapClass {
  readonly key: string;
  /** `A`, `B` … in the order of the first cell that shows it. */
  readonly letter: string;
  /** The class in a line. */
  readonly says: string;
  /** Of that line, what not every class of this map says; empty where nothing is left. */
  readonly own: string;
  readonly cells: readonly number[];
}

export function classesOfSweep({ rows }: Sweep): readonly MapClass[] {
  const found = new Map<string, { says: string; cells: number[] }>();
  for (const row of rows) {
    if (row === undefined) continue;
    const known = found.get(row.key);
    if (known === undefined) found.set(row.key, { says: row.says, cells: [row.cell] });
    else known.cells.push(row.cell);
  }
  const all = [...found].toSorted(([, a], [, b]) => (a.cells[0] ?? 0) - (b.cells[0] ?? 0));
  const shared = wordsOfAll(all.map(([, { says }]) => says));
  return all.map(([key, { says, cells }], at) => ({
    key,
    letter: letterAt(at),
    says,
    own: wordsOf(says)
      .filter((word) => !shared.has(word))
      .join('; '),
    cells,
  }));
}

/** What sets a class apart from the others of its map; all of its line where nothing does. */
export function wordsOfClass({ own, says }: MapClass): string {
  return own === '' ? says : own;
}

function wordsOf(says: string): readonly string[] {
  return says.split('; ');
}

function wordsOfAll(sentences: readonly string[]): ReadonlySet<string> {
  const [first = [], ...others] = sentences.map(wordsOf);
  return new Set(first.filter((word) => others.every((words) => words.includes(word))));
}

function letterAt(at: number): string {
  const letter = String.fromCodePoint(65 + (at % 26));
  return at < 26 ? letter : `${letter}${Math.floor(at / 26)}`;
}

/** The values of both axes at a cell: the one that runs down, then the one across. */
export function valuesAt({ down, across }: Sweep, cell: number): readonly [string, string] {
  const columns = across.values.length;
  return [down.values[Math.floor(cell / columns)] ?? '', across.values[cell % columns] ?? ''];
}
