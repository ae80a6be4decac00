import { micros, printMilliseconds } from '../base/micros.ts';
import { metricTable } from '../conformance/metrics.ts';
import type { SweepPlan, SweepRow } from './sweep.ts';

/**
 * Rows as lines of RFC 4180: their number, the axes' values, the seed, the class and what was
 * measured. Times are in ms with up to three decimals; what does not apply is empty.
 */

export function csvHeader({ variants, measures }: SweepPlan): string {
  const axes = variants.axes.map(({ path }) => path);
  const measured = measures.map((name) =>
    metricTable[name].measures === 'time' ? `${name} ms` : name,
  );
  return line(['row', ...axes, 'seed', 'class', 'says', 'fingerprint', ...measured]);
}

export function csvLine(plan: SweepPlan, row: SweepRow): string {
  const { variants, measures } = plan;
  const places = variants.placesOf(row.cell);
  const values = variants.axes.map(({ values: all }, axis) => all[places[axis] ?? 0] ?? '');
  const measured = measures.map((name, at) => {
    const value = row.measured[at] ?? null;
    if (value === null) return '';
    const isTime = metricTable[name].measures === 'time';
    return isTime ? printMilliseconds(micros(value)) : String(value);
  });
  const { key, says } = row.outcomeClass;
  return line([
    String(row.row),
    ...values,
    String(row.seed),
    key,
    says,
    row.fingerprint,
    ...measured,
  ]);
}

/** The row that a line was made of, or null where it is none of this plan's. */
export function rowOfCsv(plan: SweepPlan, text: string): SweepRow | null {
  const { variants, measures, seeds } = plan;
  const cells = cellsOf(text);
  const axes = variants.axes.length;
  if (cells.length !== axes + 5 + measures.length) return null;
  const row = Number(cells[0]);
  const seed = Number(cells[axes + 1]);
  if (!Number.isSafeInteger(row) || !Number.isSafeInteger(seed)) return null;
  const [key = '', says = '', fingerprint = ''] = cells.slice(axes + 2, axes + 5);
  const measured = measures.map((name, at) => {
    const cell = cells[axes + 5 + at] ?? '';
    if (cell === '') return null;
    return metricTable[name].measures === 'time' ? Math.round(Number(cell) * 1_000) : Number(cell);
  });
  const cell = Math.floor(row / (seeds.to - seeds.from + 1));
  return { row, cell, seed, outcomeClass: { key, says }, fingerprint, measured };
}

/** A cell that a spreadsheet would take for a formula is told to be text. */
function line(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function cellsOf(text: string): string[] {
  const cells: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r?\n?$)/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return [];
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (!match[0].endsWith(',')) break;
    if (pattern.lastIndex >= text.length) cells.push('');
  }
  return cells;
}
