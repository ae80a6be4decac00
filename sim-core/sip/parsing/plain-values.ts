import { digit, endOfRun, skipWhite, token, word } from './characters.ts';
import {
  checkedLength,
  cited,
  complain,
  cut,
  endOfWord,
  malformed,
  peek,
  readToken,
  readWanted,
  skip,
  wanted,
  type Reading,
} from './reading.ts';

/** Number of a request and its method (RFC 3261 §20.16). */
export interface CSeqValue {
  /** NaN where it has more than 32 bits. */
  readonly number: number;
  readonly method: string;
  readonly offset: number;
  readonly length: number;
}

/** Which provisional response a PRACK acknowledges (RFC 3262 §7.2). */
export interface RAckValue {
  readonly responseNumber: number;
  readonly sequenceNumber: number;
  readonly method: string;
  readonly offset: number;
  readonly length: number;
}

/** The highest number of a field, and what a higher one is. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly beyond: 'malformed' | 'violation';
}

/** 2³² − 1 */
export const unsignedMost = 4_294_967_295;
/** 2³¹ − 1 */
export const signedMost = 2_147_483_647;

/** Digits as a number; infinity rather than a number that is not exact. */
export function readDigits(reading: Reading, what: string): number | null {
  const { text, at, end } = reading;
  const stop = endOfRun(text, at, end, digit);
  if (stop === at) {
    malformed(reading, at, endOfWord(reading), wanted(reading, what));
    return null;
  }
  reading.at = stop;
  const value = Number(text.slice(at, stop));
  return Number.isSafeInteger(value) ? value : Number.POSITIVE_INFINITY;
}

/** A field that is one number. */
export function numberField(range: NumberRange): (reading: Reading) => number | null {
  return (reading) => {
    const from = reading.at;
    const value = readDigits(reading, 'a number');
    if (value === null) return null;
    return isInRange(reading, from, value, range) ? value : null;
  };
}

function isInRange(reading: Reading, from: number, value: number, range: NumberRange): boolean {
  if (value >= range.least && value <= range.most) return true;
  const to = reading.at;
  const allowed = `a number from ${range.least} to ${range.most}`;
  const says = `${allowed}, but found ${cited(reading, from, to)}`;
  complain(reading, range.beyond, from, to, `expected ${says}`);
  return false;
}

/** `1*DIGIT LWS Method` */
export function readCSeq(reading: Reading): CSeqValue | null {
  const offset = reading.at;
  const number = readSequence(reading, 'a sequence number and a method');
  const method = number === null ? null : readMethod(reading);
  if (number === null || method === null) return null;
  return { number, method, offset, length: reading.at - offset };
}

/** RFC 3261 §8.1.1.5: 32 bits, of which new requests use 31. */
function readSequence(reading: Reading, what: string): number | null {
  const from = reading.at;
  const value = readDigits(reading, what);
  if (value === null || value <= signedMost) return value;
  const found = cited(reading, from, reading.at);
  if (value > unsignedMost) {
    malformed(reading, from, reading.at, `a sequence number has 32 bits, but found ${found}`);
    return Number.NaN;
  }
  const says = `a sequence number is below 2147483648, but found ${found}`;
  complain(reading, 'violation', from, reading.at, says, 'RFC 3261 §8.1.1.5');
  return value;
}

function readMethod(reading: Reading): string | null {
  const from = reading.at;
  skip(reading);
  if (reading.at === from && from < reading.end) {
    malformed(reading, from, endOfWord(reading), wanted(reading, 'white space and a method'));
    return null;
  }
  return readWanted(reading, 'a method');
}

/** `response-num LWS CSeq-num LWS Method` */
export function readRAck(reading: Reading): RAckValue | null {
  const offset = reading.at;
  const responseNumber = readDigits(reading, 'the RSeq of a response');
  if (responseNumber === null) return null;
  if (responseNumber < 1 || responseNumber > unsignedMost) {
    const found = cited(reading, offset, reading.at);
    malformed(
      reading,
      offset,
      reading.at,
      `the number of a response has 32 bits, but found ${found}`,
    );
  }
  skip(reading);
  const sequenceNumber = readSequence(reading, 'the CSeq number of its request');
  const method = sequenceNumber === null ? null : readMethod(reading);
  if (sequenceNumber === null || method === null) return null;
  return { responseNumber, sequenceNumber, method, offset, length: reading.at - offset };
}

/** `word [ "@" word ]`, one of a list. */
export function readCallIdOfList(reading: Reading): string {
  return callIdUpTo(reading, endOfWord(reading));
}

/** The same alone: whatever stands there tells dialogs apart, even what is malformed. */
export function readCallId(reading: Reading): string {
  return callIdUpTo(reading, reading.end);
}

function callIdUpTo(reading: Reading, end: number): string {
  const { text, at } = reading;
  let stop = endOfRun(text, at, end, word);
  const hasHost = stop < end && stop > at && text.charAt(stop) === '@';
  if (hasHost) stop = endOfRun(text, stop + 1, end, word);
  if (stop < end || text.charAt(stop - 1) === '@') {
    const what = cited(reading, at, end);
    malformed(reading, at, end, `expected word or word@word, but found ${what}`);
  }
  reading.at = end;
  return cut(reading, at, end);
}

/** A token as written; lists of them compare without case (RFC 3261 §7.3.1). */
export function readPlainToken(reading: Reading): string | null {
  const found = readWanted(reading, 'a token');
  if (found === null) reading.at = endOfWord(reading);
  return found;
}

/** Text for people (RFC 3261 §25.1 `TEXT-UTF8-TRIM`), unfolded. */
export function readText(reading: Reading): string {
  return textTo(reading, false);
}

/** The value of a field that this reader does not know (`header-value`), unfolded. */
export function readUnknown(reading: Reading): string {
  return textTo(reading, true);
}

function textTo(reading: Reading, mayContinue: boolean): string {
  const { at: from, end } = reading;
  if (reading.found !== null) {
    let at = from;
    while (at < end) at += checkedLength(reading, at, 'a header field', mayContinue);
  }
  reading.at = end;
  return cut(reading, from, end);
}

/** `1*DIGIT "." 1*DIGIT` */
export function readVersion(reading: Reading): string | null {
  const { text, at, end } = reading;
  const dot = endOfRun(text, at, end, digit);
  const stop = text.charAt(dot) === '.' ? endOfRun(text, dot + 1, end, digit) : dot;
  if (dot > at && stop > dot + 1) {
    reading.at = stop;
    return text.slice(at, stop);
  }
  malformed(reading, at, endOfWord(reading), wanted(reading, 'a version as in 1.0'));
  return null;
}

/** `1*DIGIT [ "." *DIGIT ] [ LWS delay ]`, as written. */
export function readTimestamp(reading: Reading): string | null {
  const from = reading.at;
  if (readDigits(reading, 'a time') === null) return null;
  readFraction(reading);
  const timeEnd = reading.at;
  skip(reading);
  if (reading.at > timeEnd && reading.at < reading.end) {
    reading.at = endOfRun(reading.text, reading.at, reading.end, digit);
    readFraction(reading);
  }
  return cut(reading, from, reading.at);
}

function readFraction(reading: Reading): void {
  if (reading.text.charAt(reading.at) !== '.' || reading.at >= reading.end) return;
  reading.at = endOfRun(reading.text, reading.at + 1, reading.end, digit);
}

const day = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun';
const month = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const clock = '[0-9]{2}:[0-9]{2}:[0-9]{2}';
const dateForm = new RegExp(`^(?:${day}), [0-9]{2} (?:${month}) [0-9]{4} ${clock} GMT$`, 'i');

/** RFC 3261 §20.17: the form of RFC 1123, and always GMT. */
export function readDate(reading: Reading): string | null {
  const { at, end } = reading;
  const written = cut(reading, at, end);
  reading.at = end;
  if (written.length < 40 && dateForm.test(written)) return written;
  const says = `a date is like Sat, 13 Nov 2010 23:29:00 GMT, but found ${cited(reading, at, end)}`;
  malformed(reading, at, end, says);
  return null;
}

/** `server-val *( LWS server-val )`: products and comments (RFC 3261 §20.35), as written. */
export function readProducts(reading: Reading): string {
  const from = reading.at;
  while (reading.at < reading.end) {
    if (peek(reading) === openParenthesis) passComment(reading);
    else if (!passProduct(reading)) return cut(reading, from, reading.end);
    const stop = reading.at;
    skip(reading);
    if (reading.at === stop && stop < reading.end && peek(reading) !== openParenthesis) {
      malformed(reading, stop, endOfWord(reading), wanted(reading, 'white space'));
      reading.at = reading.end;
    }
  }
  return cut(reading, from, reading.end);
}

const openParenthesis = 0x28;
const closeParenthesis = 0x29;
const backslash = 0x5c;

function passProduct(reading: Reading): boolean {
  if (readToken(reading) === null) {
    malformed(reading, reading.at, endOfWord(reading), wanted(reading, 'a product or a comment'));
    reading.at = reading.end;
    return false;
  }
  const { text, end } = reading;
  const slash = skipWhite(text, reading.at, end);
  if (slash >= end || text.charAt(slash) !== '/') return true;
  const versionAt = skipWhite(text, slash + 1, end);
  const stop = endOfRun(text, versionAt, end, token);
  if (stop === versionAt) {
    reading.at = versionAt;
    malformed(reading, versionAt, endOfWord(reading), wanted(reading, 'a version'));
    reading.at = end;
    return false;
  }
  reading.at = stop;
  return true;
}

/** A comment in parentheses, with others in it (RFC 3261 §25.1). */
export function passComment(reading: Reading): void {
  const { text, end } = reading;
  const start = reading.at;
  let open = 0;
  do {
    const code = text.charCodeAt(reading.at);
    if (code === backslash) reading.at = Math.min(reading.at + 2, end);
    else {
      if (code === openParenthesis) open += 1;
      if (code === closeParenthesis) open -= 1;
      reading.at += checkedLength(reading, reading.at, 'a comment');
    }
  } while (open > 0 && reading.at < end);
  if (open > 0) malformed(reading, start, end, 'the parenthesis ( is not closed by )');
}
