import {
  digit,
  endOfRun,
  isEscape,
  isIn,
  isWhite,
  percent,
  reasonCharacter,
  skipWhite,
  token,
  trimWhite,
} from './characters.ts';
import type { ParsedMessage } from './parsed-message.ts';
import type { Found } from './problems.ts';
import {
  checkedLength,
  cited,
  complain,
  cut,
  hasLineEnd,
  malformed,
  type Reading,
} from './reading.ts';
import { readUri, tellHeaders, type Uri } from './uri.ts';

/** RFC 3261 §7.1 */
export interface RequestLine {
  readonly kind: 'request';
  readonly method: string;
  /** Null where what stands there is no URI. */
  readonly uri: Uri | null;
  /** As written. */
  readonly uriText: string;
  /** As written: `'SIP/2.0'`. */
  readonly version: string;
}

/** RFC 3261 §7.2 */
export interface StatusLine {
  readonly kind: 'response';
  /** As written: `'SIP/2.0'`. */
  readonly version: string;
  /** Null where it is not three digits. */
  readonly status: number | null;
  readonly reason: string;
}

const requestClause = 'RFC 3261 §7.1';
const statusClause = 'RFC 3261 §7.2';

/** Reads the start line; what is wrong with it goes to `found`. */
export function startLineOf(
  message: ParsedMessage,
  found: Found[] | null = null,
): RequestLine | StatusLine {
  const { text, isOctets, startAt, startEnd, kind } = message;
  const clause = kind === 'request' ? requestClause : statusClause;
  const mayFold = hasLineEnd(text, startAt, startEnd);
  const reading = { text, isOctets, at: startAt, end: startEnd, mayFold, clause, found };
  return kind === 'request' ? readRequestLine(reading) : readStatusLine(reading);
}

/** `Method SP Request-URI SP SIP-Version` */
function readRequestLine(reading: Reading): RequestLine {
  const { text, at: from, end } = reading;
  const methodEnd = endOfWords(text, from, end);
  const last = trimWhite(text, methodEnd, end);
  let versionAt = last;
  while (versionAt > methodEnd && !isWhite(text.charCodeAt(versionAt - 1))) versionAt -= 1;
  const uriAt = skipWhite(text, methodEnd, versionAt);
  const uriEnd = trimWhite(text, uriAt, versionAt);
  checkSpaces(reading, [
    [methodEnd, uriAt],
    [uriEnd, versionAt],
  ]);
  if (last < end)
    malformed(reading, last, end, 'white space behind the version; the line ends there');
  checkMethod(reading, from, methodEnd);
  checkVersion(reading, versionAt, last);
  return {
    kind: 'request',
    method: cut(reading, from, methodEnd),
    uri: readRequestUri(reading, uriAt, uriEnd),
    uriText: cut(reading, uriAt, uriEnd),
    version: cut(reading, versionAt, last),
  };
}

function endOfWords(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && !isWhite(text.charCodeAt(at))) at += 1;
  return at;
}

/** Exactly one space each; what is between is given by its ends. */
function checkSpaces(reading: Reading, gaps: readonly (readonly [number, number])[]): void {
  for (const [from, to] of gaps) {
    if (to === from + 1 && reading.text.charAt(from) === ' ') continue;
    const says = 'the parts of a start line have exactly one space between them';
    malformed(reading, from, Math.max(to, from + 1), says);
  }
}

function checkMethod(reading: Reading, from: number, to: number): void {
  const { text } = reading;
  const stop = endOfRun(text, from, to, token);
  if (stop < to || from === to) {
    malformed(reading, from, to, `a method is a token, but found ${cited(reading, from, to)}`);
    return;
  }
  const method = text.slice(from, to);
  const upper = method.toUpperCase();
  if (method === upper || !knownMethods.has(upper)) return;
  const says = `${method} is not ${upper}: the case of a method counts`;
  complain(reading, 'remark', from, to, says);
}

/** RFC 3261 and its extensions. */
const knownMethods = new Set([
  'INVITE',
  'ACK',
  'OPTIONS',
  'BYE',
  'CANCEL',
  'REGISTER',
  'PRACK',
  'UPDATE',
  'INFO',
  'SUBSCRIBE',
  'NOTIFY',
  'REFER',
  'MESSAGE',
  'PUBLISH',
]);

function checkVersion(reading: Reading, from: number, to: number): void {
  const version = reading.text.slice(from, to);
  if (version === 'SIP/2.0') return;
  if (version.toUpperCase() === 'SIP/2.0') {
    const says = `found ${version}; the version is sent in capitals, SIP/2.0`;
    complain(reading, 'violation', from, to, says, requestClause);
    return;
  }
  const says = `the version is SIP/2.0, but found ${cited(reading, from, to)}`;
  complain(reading, 'malformed', from, to, says, requestClause);
}

function readRequestUri(reading: Reading, from: number, to: number): Uri | null {
  const { text } = reading;
  if (text.charAt(from) === '<' && text.charAt(to - 1) === '>' && to > from + 1) {
    malformed(reading, from, to, 'the Request-URI stands without < and >');
    return readRequestUri({ ...reading, found: null }, from + 1, to - 1);
  }
  const white = endOfWords(text, from, to);
  if (white < to) malformed(reading, white, to, 'white space within the Request-URI');
  const uri = readUri(white < to ? { ...reading, found: null } : reading, from, to);
  tellHeaders(reading, uri, 'a request line', 'malformed');
  if (uri?.kind === 'SIP' && uri.parameters.some(({ name }) => name.toLowerCase() === 'method')) {
    const says = 'a method parameter in the Request-URI, which has none';
    complain(reading, 'violation', from, to, says, 'RFC 3261 §19.1.1');
  }
  return uri;
}

/** `SIP-Version SP Status-Code SP Reason-Phrase` */
function readStatusLine(reading: Reading): StatusLine {
  const { text, at: from, end } = reading;
  const versionEnd = endOfWords(text, from, end);
  const codeAt = skipWhite(text, versionEnd, end);
  const codeEnd = endOfWords(text, codeAt, end);
  checkVersion(reading, from, versionEnd);
  checkSpaces(reading, [[versionEnd, codeAt]]);
  const status = readStatus(reading, codeAt, codeEnd);
  if (text.charAt(codeEnd) !== ' ' || codeEnd >= end) {
    malformed(
      reading,
      codeEnd,
      codeEnd + 1,
      'a space follows the status code, even without a reason',
    );
  }
  const reasonAt = Math.min(codeEnd + 1, end);
  if (reading.found !== null) checkReason(reading, reasonAt);
  return {
    kind: 'response',
    version: cut(reading, from, versionEnd),
    status,
    reason: cut(reading, reasonAt, end),
  };
}

function readStatus(reading: Reading, from: number, to: number): number | null {
  const { text } = reading;
  const isCode = to - from === 3 && endOfRun(text, from, to, digit) === to;
  if (!isCode) {
    const what = from === to ? 'nothing' : cited(reading, from, to);
    malformed(
      reading,
      from,
      Math.max(to, from + 1),
      `a status code is three digits, but found ${what}`,
    );
    return null;
  }
  const status = Number(text.slice(from, to));
  if (status < 100 || status > 699) {
    const says = `status codes go from 100 to 699, but found ${cited(reading, from, to)}`;
    complain(reading, 'violation', from, to, says);
  }
  return status;
}

function checkReason(reading: Reading, from: number): void {
  const { text, end } = reading;
  let at = from;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === percent && isEscape(text, at, end)) at += 3;
    else if (code < 0x80 && !isIn(code, reasonCharacter)) {
      const what = cited(reading, at, at + 1);
      malformed(reading, at, at + 1, `the character ${what} has no place in a reason phrase`);
      return;
    } else at += checkedLength(reading, at, 'a reason phrase', true);
  }
}
