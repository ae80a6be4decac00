import { firstPlace } from './first-place.ts';

/** Places in a text, and text shown beside a problem: shared by every reader of files. */

/** Where something stands in a text. */
export interface TextPlace {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  /** UTF-16 code units. */
  readonly length: number;
}

/** Where lines begin: offsets to lines and columns, both counted from 1. */
export interface LineIndex {
  readonly starts: readonly number[];
}

/** `feed` is the character that ends a line. */
export function indexLines(text: string, feed = '\n'): LineIndex {
  const starts = [0];
  for (let at = text.indexOf(feed); at >= 0; at = text.indexOf(feed, at + 1)) starts.push(at + 1);
  return { starts };
}

export function lineAndColumn(index: LineIndex, offset: number): { line: number; column: number } {
  const line = firstPlace(index.starts, (start) => start > offset);
  return { line, column: offset - (index.starts[line - 1] ?? 0) + 1 };
}

/** Columns of source shown beside a problem. */
const excerptMost = 100;

/** A line of source, as much of it as fits, and carets under the place. */
export function excerpt({ line, column, length }: TextPlace, source: string): string[] {
  const whole = source.replace(/\r$/, '');
  const from = Math.max(0, column - 1 - 60);
  const shown = whole.slice(from, from + excerptMost);
  const lead = visible(shown.slice(0, column - 1 - from));
  const marked = visible(shown.slice(column - 1 - from, column - 1 - from + length));
  const before = from > 0 ? '…' : '';
  const after = from + excerptMost < whole.length ? '…' : '';
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  const carets = '^'.repeat(Math.max(1, marked.length));
  return [
    `${gutter} |`,
    `${number} | ${before}${visible(shown)}${after}`,
    `${gutter} | ${' '.repeat(before.length + lead.length)}${carets}`,
  ];
}

/**
 * Text that is safe to print: control, direction and zero-width characters in hexadecimal, so
 * that no file can steer the terminal that shows it. A tab becomes a space.
 */
export function visible(text: string): string {
  return text
    .replace(/\t/g, ' ')
    .replace(/[\p{Cc}\p{Cs}]/gu, (character) => escapeCharacter(character))
    .replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => escapeCharacter(character));
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
