import { endOfRun, isWhite, skipWhite, token } from './characters.ts';
import { decodeUtf8, utf8SequenceAt } from './octets.ts';
import { addFound, quoted, type Found, type Severity } from './problems.ts';

/** One header field value while it is read. Within it, line ends belong to white space. */
export interface Reading {
  readonly text: string;
  readonly isOctets: boolean;
  /** Where reading has come to. */
  at: number;
  readonly end: number;
  /** Whether a line end may stand in it, so that its parts have to be unfolded. */
  readonly mayFold: boolean;
  /** Of the header field: `'RFC 3261 §20.14'`. */
  readonly clause: string;
  /** Null where nobody wants to know. */
  readonly found: Found[] | null;
}

export const comma = 0x2c;
export const semicolon = 0x3b;
export const equals = 0x3d;
export const quote = 0x22;
export const less = 0x3c;
export const greater = 0x3e;
const backslash = 0x5c;

export function complain(
  reading: Reading,
  severity: Severity,
  from: number,
  to: number,
  says: string,
  clause = reading.clause,
): void {
  if (reading.found !== null) addFound(reading.found, severity, from, to, says, clause);
}

export function malformed(reading: Reading, from: number, to: number, says: string): void {
  complain(reading, 'malformed', from, to, says);
}

/** A part of the text as people read it; white space that folds it becomes one space. */
export function cut(reading: Reading, from: number, to: number): string {
  const { text } = reading;
  const whole = reading.mayFold ? unfold(text, from, to) : text.slice(from, to);
  return reading.isOctets ? decodeUtf8(whole) : whole;
}

/** The same in quotation marks, for a sentence. */
export function cited(reading: Reading, from: number, to: number): string {
  return quoted(cut(reading, from, Math.min(to, from + 120)));
}

/** Whether there is a line end between two places, found by the engine and no loop of ours. */
export function hasLineEnd(text: string, from: number, to: number): boolean {
  const feed = text.indexOf('\n', from);
  if (feed >= 0 && feed < to) return true;
  const carriageReturn = text.indexOf('\r', from);
  return carriageReturn >= 0 && carriageReturn < to;
}

/** RFC 3261 §7.3.1: a line break and the white space round it are a single space. */
export function unfold(text: string, from: number, to: number): string {
  let feed = endOfLinePart(text, from, to);
  if (feed === to) return text.slice(from, to);
  const parts: string[] = [];
  let at = from;
  while (feed < to) {
    let before = feed;
    while (before > at && isWhite(text.charCodeAt(before - 1))) before -= 1;
    parts.push(text.slice(at, before));
    at = skipWhite(text, feed, to);
    feed = endOfLinePart(text, at, to);
  }
  parts.push(text.slice(at, to));
  return parts.join(' ');
}

function endOfLinePart(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && !isLineEnd(text.charCodeAt(at))) at += 1;
  return at;
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

export function skip(reading: Reading): void {
  reading.at = skipWhite(reading.text, reading.at, reading.end);
}

/** The character reading stands before; -1 at the end. */
export function peek(reading: Reading): number {
  return reading.at < reading.end ? reading.text.charCodeAt(reading.at) : -1;
}

/** Takes the character, and white space on both sides of it; whether it was there. */
export function take(reading: Reading, code: number): boolean {
  skip(reading);
  if (peek(reading) !== code) return false;
  reading.at += 1;
  skip(reading);
  return true;
}

/** A token (RFC 3261 §25.1), or null where none begins. */
export function readToken(reading: Reading): string | null {
  const { text, at, end } = reading;
  const stop = endOfRun(text, at, end, token);
  if (stop === at) return null;
  reading.at = stop;
  return text.slice(at, stop);
}

/** A token, or a problem that says what should have stood there. */
export function readWanted(reading: Reading, what: string): string | null {
  const found = readToken(reading);
  if (found === null) malformed(reading, reading.at, reading.at + 1, `${wanted(reading, what)}`);
  return found;
}

/** "expected a tag, but found …" */
export function wanted(reading: Reading, what: string): string {
  const { at, end } = reading;
  const instead = at >= end ? 'nothing' : cited(reading, at, endOfWord(reading));
  return `expected ${what}, but found ${instead}`;
}

/** Where the characters end that stand together: at white space, a comma or a semicolon. */
export function endOfWord({ text, at, end }: Reading): number {
  let stop = at;
  while (stop < end && !endsWord(text.charCodeAt(stop))) stop += 1;
  return Math.max(stop, Math.min(at + 1, end));
}

export function endsWord(code: number): boolean {
  return code === comma || code === semicolon || isWhite(code);
}

/**
 * A quoted string (RFC 3261 §25.1) without its quotes and backslashes; reading stands before the
 * first quote. Null, and reading stays there, where the last one is missing.
 */
export function readQuoted(reading: Reading): string | null {
  const { text, end } = reading;
  const parts: string[] = [];
  const start = reading.at;
  let from = start + 1;
  let at = from;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      parts.push(cut(reading, from, at));
      reading.at = at + 1;
      return parts.join('');
    }
    if (code === backslash) {
      parts.push(cut(reading, from, at));
      from = at + 1;
      checkEscaped(reading, at);
      at += 2;
    } else at += checkedLength(reading, at, 'a quoted string');
  }
  malformed(reading, start, end, 'the quoted string has no closing quotation mark');
  return null;
}

/** RFC 3261 §25.1 `quoted-pair`: anything of ASCII but CR and LF. */
function checkEscaped(reading: Reading, at: number): void {
  const code = reading.text.charCodeAt(at + 1);
  if (at + 1 >= reading.end || code > 0x7f || isLineEnd(code)) {
    malformed(reading, at, at + 2, 'a backslash escapes one ASCII character, no line end');
  }
}

/**
 * Length of the character at `at` in a text that shows no control characters; what it may not
 * hold is told, and passed over.
 */
export function checkedLength(
  reading: Reading,
  at: number,
  where: string,
  mayContinue = false,
): number {
  const { text, isOctets, end } = reading;
  const code = text.charCodeAt(at);
  if (code < 0x80) {
    const isControl = code === 0x7f || (code < 0x20 && !isWhite(code));
    if (isControl) {
      const name = `0x${code.toString(16).toUpperCase().padStart(2, '0')}`;
      malformed(reading, at, at + 1, `the control character ${name} in ${where}`);
    }
    return 1;
  }
  if (!isOctets) return checkedSurrogate(reading, at);
  const length = utf8SequenceAt(text, at, end);
  if (length > 0) return length;
  if (!mayContinue || code > 0xbf) {
    const name = `0x${code.toString(16).toUpperCase()}`;
    malformed(reading, at, at + 1, `the octet ${name} in ${where} is not UTF-8`);
  }
  return 1;
}

function checkedSurrogate(reading: Reading, at: number): number {
  const code = reading.text.codePointAt(at) ?? 0;
  if (code > 0xffff) return 2;
  if (code >= 0xd800 && code < 0xe000) {
    malformed(reading, at, at + 1, 'half of a surrogate pair, which UTF-8 cannot hold');
  }
  return 1;
}
