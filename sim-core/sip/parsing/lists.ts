import { findCode, skipWhite } from './characters.ts';
import { sipLimits } from './limits.ts';
import {
  comma,
  complain,
  endOfWord,
  greater,
  less,
  malformed,
  peek,
  quote,
  skip,
  wanted,
  type Reading,
} from './reading.ts';

/**
 * The values of one line of a comma-separated header field (RFC 3261 §7.3.1). `read` stands before
 * a value, takes what it understands, and gives null where it understood nothing.
 */
export function readList<Value>(
  reading: Reading,
  read: (reading: Reading) => Value | null,
): Value[] {
  const values: Value[] = [];
  skip(reading);
  for (;;) {
    if (peek(reading) === comma || reading.at >= reading.end) {
      malformed(reading, reading.at, reading.at + 1, 'an empty value in a list');
    } else {
      const value = read(reading);
      if (value !== null) values.push(value);
      skip(reading);
      if (value === null) reading.at = nextComma(reading);
      else if (peek(reading) !== comma && reading.at < reading.end) {
        const stop = endOfWord(reading);
        malformed(reading, reading.at, stop, wanted(reading, 'a comma or the end'));
        reading.at = nextComma(reading);
      }
    }
    if (reading.at >= reading.end) return values;
    reading.at = skipWhite(reading.text, reading.at + 1, reading.end);
    if (values.length >= sipLimits.valuesMost) {
      const says = `more than ${sipLimits.valuesMost} values in one line; the rest is not read`;
      complain(reading, 'malformed', reading.at, reading.at + 1, says);
      return values;
    }
  }
}

/** The next comma outside quoted strings and angle brackets, or the end. */
function nextComma({ text, at: from, end }: Reading): number {
  let at = from;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === comma) return at;
    if (code === quote) at = endOfQuoted(text, at, end);
    else if (code === less) at = findCode(text, greater, at, end);
    at += 1;
  }
  return end;
}

function endOfQuoted(text: string, from: number, end: number): number {
  let at = from + 1;
  while (at < end && text.charCodeAt(at) !== quote) at += text.charAt(at) === '\\' ? 2 : 1;
  return Math.min(at, end);
}
