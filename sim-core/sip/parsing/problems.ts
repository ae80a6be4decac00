import { indexLines, lineAndColumn, type TextPlace } from '../../base/text-problems.ts';
import { sipLimits } from './limits.ts';
import { decodeUtf8, utf8SequenceAt } from './octets.ts';

/**
 * `malformed`: not what the grammar or the framing allows; strict reading gives no message.
 * `violation`: well-formed, but not what the standard wants in a message.
 * `remark`: allowed, or to be put up with; whoever writes messages should know.
 * `not held`: nothing wrong, but the simulator's own values have no place for it.
 */
export type Severity = 'malformed' | 'violation' | 'remark' | 'not held';

/** One thing wrong with a message, and where. */
export interface SipProblem extends TextPlace {
  /** In the units of what was read: octets of bytes, UTF-16 code units of a text. */
  readonly offset: number;
  readonly severity: Severity;
  /** What was found and what is allowed. */
  readonly says: string;
  /** `'RFC 3261 §20.14'` */
  readonly clause: string;
}

/** A problem before its line is counted; offset and length are in the units of the text. */
export interface Found {
  readonly offset: number;
  readonly length: number;
  readonly severity: Severity;
  readonly says: string;
  readonly clause: string;
}

/** The text that problems were found in. */
export interface ReadText {
  readonly text: string;
  /** Whether each character stands for one octet. */
  readonly isOctets: boolean;
  /** The character that ends its lines. */
  readonly feed: string;
}

function isGrave({ severity }: Found): boolean {
  return severity === 'malformed' || severity === 'not held';
}

/** The longest part of a line that is marked. */
const markedMost = 200;

/**
 * Adds a problem. Where there are enough of them, a grave one takes the place of another, so that
 * no number of lesser ones hides that a message is malformed.
 */
export function addFound(
  found: Found[],
  severity: Severity,
  from: number,
  to: number,
  says: string,
  clause: string,
): void {
  const one = { offset: from, length: Math.max(0, to - from), severity, says, clause };
  if (found.length < sipLimits.problemsMost) found.push(one);
  else if (isGrave(one)) {
    const lesser = found.findLastIndex((other) => !isGrave(other));
    if (lesser >= 0) found[lesser] = one;
  }
}

/** The problems in the order of their places, with lines and columns. */
export function located(found: readonly Found[], read: ReadText): SipProblem[] {
  if (found.length === 0) return [];
  const index = indexLines(read.text, read.feed);
  return found
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, length, severity, says, clause }) => {
      const { line, column } = lineAndColumn(index, offset);
      const lineAt = offset - (column - 1);
      const end = offset + Math.min(length, markedMost);
      return {
        line,
        column: shown(read, lineAt, offset).length + 1,
        length: shown(read, offset, end).length,
        offset,
        severity,
        says,
        clause,
      };
    });
}

/** A part of the text as people read it. */
export function shown({ text, isOctets }: ReadText, from: number, to: number): string {
  const part = text.slice(from, to);
  return isOctets ? decodeUtf8(part) : part;
}

/** The place in a line at which people count that many columns, UTF-16 code units, from `at`. */
export function behindColumns({ text, isOctets }: ReadText, at: number, columns: number): number {
  if (!isOctets) return at + columns;
  let place = at;
  let left = columns;
  while (left > 0 && place < text.length) {
    const length = utf8SequenceAt(text, place, text.length);
    place += Math.max(1, length);
    left -= length === 4 ? 2 : 1;
  }
  return place;
}

/** Text in a sentence, cut where it is long. */
export function quoted(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
