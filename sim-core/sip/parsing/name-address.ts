import { endOfRun, findCode, isIn, skipWhite, token, trimWhite } from './characters.ts';
import { readParameters, type Parameter, type ParameterRules } from './parameters.ts';
import {
  cited,
  comma,
  complain,
  cut,
  endsWord,
  greater,
  less,
  malformed,
  peek,
  quote,
  readQuoted,
  skip,
  type Reading,
} from './reading.ts';
import { readUri, tellHeaders, type Uri } from './uri.ts';

/** A URI with a name before it and parameters behind it (RFC 3261 §20.10). */
export interface NameAddress {
  /** Without quotes and backslashes; null where there is none. */
  readonly displayName: string | null;
  /** Null where what stands there is no URI. */
  readonly uri: Uri | null;
  /** The URI as written. */
  readonly uriText: string;
  /** Whether the URI stands in angle brackets. */
  readonly isBracketed: boolean;
  readonly parameters: readonly Parameter[];
  readonly offset: number;
  readonly length: number;
}

/** What a field wants of its addresses. */
export interface AddressRules {
  readonly parameters: ParameterRules;
  /** Whether the URI must stand in angle brackets: Route and Record-Route. */
  readonly bracketed: boolean;
  /** The field, where its URIs have no header fields of their own; otherwise null. */
  readonly plainUriOf: string | null;
  /** Whether commas separate values, so that none belongs to a name. */
  readonly listed: boolean;
}

/** `( name-addr / addr-spec ) *( SEMI param )`. Null where there is no URI to be seen. */
export function readNameAddress(reading: Reading, rules: AddressRules): NameAddress | null {
  const offset = reading.at;
  const displayName = readDisplayName(reading, rules);
  const isBracketed = peek(reading) === less;
  if (!isBracketed && displayName !== null) return null;
  const { from, to } = isBracketed ? bracketedUri(reading) : plainUri(reading, rules);
  const uri = readUri(reading, from, to);
  if (rules.plainUriOf !== null) tellHeaders(reading, uri, rules.plainUriOf, 'violation');
  const parameters = readParameters(reading, rules.parameters);
  const end = trimWhite(reading.text, offset, reading.at);
  return {
    displayName,
    uri,
    uriText: uri?.text ?? cut(reading, from, to),
    isBracketed,
    parameters,
    offset,
    length: end - offset,
  };
}

/** Reads up to the angle bracket; null, and reading has not moved, where a plain URI stands. */
function readDisplayName(reading: Reading, rules: AddressRules): string | null {
  const { text } = reading;
  const start = reading.at;
  if (peek(reading) === less) return null;
  if (peek(reading) === quote) return readQuotedName(reading);
  let at = start;
  while (at < reading.end && !endsTokens(text.charCodeAt(at))) at += 1;
  const code = at < reading.end ? text.charCodeAt(at) : -1;
  if (code === less) {
    const nameEnd = trimWhite(text, start, at);
    if (nameEnd === at) {
      const says = 'no white space between the display name and <; readers put up with it';
      complain(reading, 'remark', at, at + 1, says, 'RFC 4475 §3.1.1.6');
    }
    reading.at = at;
    return cut(reading, start, nameEnd);
  }
  // A scheme and its colon: a URI without brackets begins where the name would.
  if (code === 0x3a && at > start && isToken(text, start, at)) return null;
  return readBadName(reading, start, at, rules);
}

function isToken(text: string, from: number, to: number): boolean {
  return endOfRun(text, from, to, token) === to;
}

function endsTokens(code: number): boolean {
  const isWhite = code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
  return !isWhite && !isIn(code, token);
}

/** A name that would have to be in quotation marks; what follows it may still be an address. */
function readBadName(
  reading: Reading,
  start: number,
  bad: number,
  rules: AddressRules,
): string | null {
  const { text, end } = reading;
  const stop = rules.listed ? findCode(text, comma, start, end) : end;
  const bracket = findCode(text, less, start, stop);
  if (bracket === stop) return null;
  const what = bad < end ? cited(reading, bad, bad + 1) : 'nothing';
  const says = `the character ${what} in a display name that is not in quotation marks`;
  malformed(reading, bad, bad + 1, says);
  reading.at = bracket;
  return cut(reading, start, trimWhite(text, start, bracket));
}

/** A quoted name; where its second quotation mark is missing, it ends before the bracket. */
function readQuotedName(reading: Reading): string | null {
  const { text, end } = reading;
  const start = reading.at;
  const name = readQuoted(reading);
  if (name === null) {
    const bracket = findCode(text, less, start, end);
    reading.at = bracket;
    return cut(reading, start + 1, trimWhite(text, start + 1, bracket));
  }
  skip(reading);
  if (peek(reading) === less) return name;
  const bracket = findCode(text, less, reading.at, end);
  const what = reading.at < end ? cited(reading, reading.at, reading.at + 20) : 'nothing';
  const stop = Math.max(bracket, reading.at + 1);
  malformed(reading, reading.at, stop, `expected < behind the display name, but found ${what}`);
  reading.at = bracket;
  return name;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Reading stands before the bracket, and behind the other one afterwards. */
function bracketedUri(reading: Reading): Span {
  const { text, end } = reading;
  const open = reading.at;
  const close = findCode(text, greater, open, end);
  if (close === end) malformed(reading, open, end, 'the bracket < is not closed by >');
  reading.at = Math.min(close + 1, end);
  const from = skipWhite(text, open + 1, close);
  const to = trimWhite(text, from, close);
  if (from > open + 1 || to < close) {
    malformed(reading, open, close, 'white space beside the brackets of a URI; it has none');
  }
  return { from, to };
}

/** RFC 3261 §20.10: a URI with a comma, question mark or semicolon stands in brackets. */
function plainUri(reading: Reading, rules: AddressRules): Span {
  const { text, end } = reading;
  const from = reading.at;
  let to = from;
  while (to < end && !endsWord(text.charCodeAt(to))) to += 1;
  reading.at = to;
  const question = findCode(text, 0x3f, from, to);
  if (rules.bracketed) {
    malformed(reading, from, Math.max(to, from + 1), 'the URI must stand in < and >');
  } else if (question < to) {
    malformed(reading, question, to, 'a URI with a question mark must stand in < and >');
  }
  return { from, to };
}
