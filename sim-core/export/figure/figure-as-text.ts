import { columnsOf, wrapText } from '../../trace/text-ladder-row.ts';
import { asciiOnly } from '../documents/ascii-ladder.ts';
import type { Figure, FigureStep } from './figure-of-run.ts';

/** As many columns as the text of a standard has. */
export const figureColumns = 72;

/** The figure and its steps in nothing but ASCII, no line longer than 72 columns. */
export function figureAsText(figure: Figure): string {
  const lines = [
    ...wrapText(figure.title, figureColumns),
    '',
    ...drawing(figure),
    '',
    ...figure.steps.flatMap(stepLines),
    '',
  ];
  return asciiOnly(lines.map((line) => line.trimEnd()).join('\n'));
}

function stepLines({ number, says }: FigureStep): string[] {
  const margin = 5;
  return wrapText(says, figureColumns - margin).map(
    (line, at) => (at === 0 ? `${number}. `.padEnd(margin) : ' '.repeat(margin)) + line,
  );
}

/** Lifelines at even distances, and an arrow a step. */
function drawing({ lanes, steps }: Figure): string[] {
  const columns = lanes.map((_, at) => columnOfLane(at, lanes.length));
  const bare = (): string[] => {
    const row = Array.from({ length: figureColumns }, () => ' ');
    for (const column of columns) row[column] = '|';
    return row;
  };
  return [
    ...headLines(lanes, columns),
    bare().join(''),
    ...steps.map((step) => arrowLine(step, columns, bare())),
    bare().join(''),
  ];
}

function columnOfLane(at: number, of: number): number {
  const margin = Math.min(9, Math.floor(figureColumns / (2 * Math.max(1, of))));
  if (of < 2) return margin;
  return margin + Math.round((at * (figureColumns - 1 - 2 * margin)) / (of - 1));
}

/** Names over their lifelines, in as many lines as the longest needs. */
function headLines(lanes: readonly string[], columns: readonly number[]): string[] {
  const gap = columns.length < 2 ? figureColumns : (columns[1] ?? 0) - (columns[0] ?? 0);
  const wrapped = lanes.map((name) => wrapText(name, Math.min(17, gap - 2)));
  const height = Math.max(0, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) => {
    const row = Array.from({ length: figureColumns }, () => ' ');
    for (const [at, lines] of wrapped.entries()) {
      const text = lines[y] ?? '';
      const start = Math.max(0, (columns[at] ?? 0) - Math.floor(columnsOf(text) / 2));
      put(row, Math.min(start, figureColumns - columnsOf(text)), text);
    }
    return row.join('');
  });
}

function arrowLine(
  { number, label, from, to }: FigureStep,
  columns: readonly number[],
  row: string[],
): string {
  const start = Math.min(columns[from] ?? 0, columns[to] ?? 0);
  const end = Math.max(columns[from] ?? 0, columns[to] ?? 0);
  for (let at = start + 1; at < end; at += 1) row[at] = '-';
  row[from < to ? end - 1 : start + 1] = from < to ? '>' : '<';
  const room = end - start - 5;
  const texts = [` ${number} ${label} `, ` ${number} ${label.split(' (')[0] ?? ''} `];
  const text = texts.find((one) => columnsOf(one) <= room) ?? ` ${number} `;
  put(row, start + Math.floor((end - start + 1 - columnsOf(text)) / 2), text);
  return row.join('');
}

function put(row: string[], from: number, text: string): void {
  for (const [at, character] of Array.from(text).entries()) row[from + at] = character;
}
