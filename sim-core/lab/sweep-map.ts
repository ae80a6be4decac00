import { classesOf, type FoundClass, type SweepPlan, type SweepRow } from './sweep.ts';

/** A sweep as a grid of letters: the first axis runs down, the last one across. */
export interface SweepMap {
  readonly down: { readonly path: string; readonly values: readonly string[] } | null;
  readonly across: { readonly path: string; readonly values: readonly string[] };
  /** The letter of each cell; `'·'` where nothing was run, `'*'` where the seeds do not agree. */
  readonly letters: readonly (readonly string[])[];
  readonly classes: readonly FoundClass[];
}

/** Takes rows in any order. All axes but the last run down together. */
export function sweepMap({ variants }: SweepPlan, rows: readonly SweepRow[]): SweepMap {
  const classes = classesOf(rows);
  const letterOf = new Map(classes.map(({ key, letter }) => [key, letter]));
  const last = variants.axes.at(-1);
  const columns = last?.values.length ?? 1;
  const height = variants.count / columns;
  const letters = Array.from({ length: height }, () => Array.from({ length: columns }, () => '·'));
  for (const { cell, outcomeClass } of rows) {
    const line = letters[Math.floor(cell / columns)];
    const column = cell % columns;
    const letter = letterOf.get(outcomeClass.key) ?? '·';
    if (line === undefined) continue;
    line[column] = line[column] === '·' || line[column] === letter ? letter : '*';
  }
  const above = variants.axes.slice(0, -1);
  const down =
    above.length === 0
      ? null
      : {
          path: above.map(({ path }) => path).join(', '),
          values: letters.map((_, line) => {
            const places = variants.placesOf(line * columns);
            return above.map(({ values }, axis) => values[places[axis] ?? 0] ?? '').join(', ');
          }),
        };
  return {
    down,
    across: { path: last?.path ?? '', values: last?.values ?? [] },
    letters,
    classes,
  };
}

/** The map as lines of text, with a legend of its classes below it. */
export function sweepMapAsText({ down, across, letters, classes }: SweepMap): string[] {
  const lines: string[] = [];
  const title = down === null ? `${across.path} →` : `${down.path} ↓   ${across.path} →`;
  const labels = down?.values ?? [''];
  const margin = Math.max(0, ...labels.map((label) => label.length));
  const wide = Math.max(1, ...classes.map(({ letter }) => letter.length));
  lines.push(
    title,
    `${' '.repeat(margin)}  ${across.values[0] ?? ''} … ${across.values.at(-1) ?? ''}`,
  );
  for (const [line, row] of letters.entries()) {
    const cells = row.map((letter) => letter.padEnd(wide)).join(' ');
    lines.push(`${(labels[line] ?? '').padStart(margin)}  ${cells}`.trimEnd());
  }
  lines.push('');
  const counts = classes.map(({ count }) => String(count));
  const digits = Math.max(1, ...counts.map((count) => count.length));
  for (const [at, { letter, says }] of classes.entries()) {
    lines.push(`${letter.padEnd(wide)}  ${(counts[at] ?? '').padStart(digits)}  ${says}`);
  }
  if (letters.some((row) => row.includes('*'))) {
    lines.push(
      `${'*'.padEnd(wide)}  ${' '.repeat(digits)}  more than one of them, as the seed has it`,
    );
  }
  return lines;
}
