import {
  digit,
  endOfEscapedRun,
  endOfRun,
  findCode,
  headerCharacter,
  isWord,
  parameterCharacter,
  passwordCharacter,
  skipWhite,
  trimWhite,
  userCharacter,
} from './characters.ts';
import { judgeHost, type HostKind } from './host.ts';
import { sipLimits } from './limits.ts';
import { decodeUtf8 } from './octets.ts';
import { cited, complain, cut, malformed, type Reading } from './reading.ts';

/** `;transport=udp` or `?subject=x` of a URI, as written. */
export interface UriParameter {
  readonly name: string;
  /** Null where there is no equals sign. */
  readonly value: string | null;
}

/** A SIP or SIPS URI (RFC 3261 §19.1). Parts are as written; `unescapeUri` reads their escapes. */
export interface SipUri {
  readonly kind: 'SIP';
  /** As written: `'sip:alice@atlanta.example.com;transport=udp'`. */
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  readonly scheme: 'sip' | 'sips';
  readonly user: string | null;
  readonly password: string | null;
  /** An IPv6 address without its brackets. */
  readonly host: string;
  readonly hostKind: HostKind;
  readonly port: number | null;
  readonly parameters: readonly UriParameter[];
  readonly headers: readonly UriParameter[];
}

const at = 0x40;
const colon = 0x3a;
const semicolon = 0x3b;
const question = 0x3f;

/** Reads the URI from `from` to `to`, which begins with its scheme and a colon. */
export function readSipUri(
  reading: Reading,
  scheme: 'sip' | 'sips',
  from: number,
  to: number,
): SipUri {
  const { text } = reading;
  const start = from + scheme.length + 1;
  const atSign = findCode(text, at, start, to);
  const hasUser = atSign < to;
  const { user, password } = hasUser ? readUserinfo(reading, start, atSign) : nobody;
  const hostAt = hasUser ? atSign + 1 : start;
  const paramsAt = endOfHostPart(text, hostAt, to);
  const headersAt = findCode(text, question, paramsAt, to);
  const { host, hostKind, port } = readHostAndPort(reading, hostAt, paramsAt);
  return {
    kind: 'SIP',
    text: cut(reading, from, to),
    offset: from,
    length: to - from,
    scheme,
    user,
    password,
    host,
    hostKind,
    port,
    parameters: readUriParameters(reading, paramsAt, headersAt),
    headers: headersAt < to ? readUriHeaders(reading, headersAt + 1, to) : [],
  };
}

/** Where the parameters begin, or where there are none the header fields, or where it ends. */
function endOfHostPart(text: string, from: number, to: number): number {
  let stop = from;
  while (stop < to) {
    const code = text.charCodeAt(stop);
    if (code === semicolon || code === question) return stop;
    stop += 1;
  }
  return to;
}

interface Userinfo {
  readonly user: string | null;
  readonly password: string | null;
}

const nobody: Userinfo = { user: null, password: null };

function readUserinfo(reading: Reading, from: number, to: number): Userinfo {
  const { text } = reading;
  const colonAt = findCode(text, colon, from, to);
  const userEnd = endOfEscapedRun(text, from, colonAt, userCharacter);
  if (userEnd < colonAt) tellCharacter(reading, userEnd, 'the user part of a URI');
  else if (from === colonAt) malformed(reading, from, to + 1, 'no user stands before the @');
  if (colonAt === to) return { user: cut(reading, from, to), password: null };
  const passwordEnd = endOfEscapedRun(text, colonAt + 1, to, passwordCharacter);
  if (passwordEnd < to) tellCharacter(reading, passwordEnd, 'the password of a URI');
  return { user: cut(reading, from, colonAt), password: cut(reading, colonAt + 1, to) };
}

function tellCharacter(reading: Reading, from: number, where: string): void {
  const what =
    reading.text.charAt(from) === '%'
      ? 'a % without two hexadecimal digits'
      : `the character ${cited(reading, from, from + 1)}`;
  malformed(reading, from, from + 1, `${what} in ${where}; it would have to be escaped`);
}

/** `host [ ":" port ]`, as it stands in URIs, Via and Warning. */
export function readHostAndPort(
  reading: Reading,
  from: number,
  to: number,
  mayHaveWhite = false,
): { host: string; hostKind: HostKind; port: number | null } {
  const { text } = reading;
  const isReference = text.charAt(from) === '[';
  const close = isReference ? findCode(text, 0x5d, from, to) : from;
  const colonAt = isReference ? findCode(text, colon, close, to) : portColon(text, from, to);
  const hostEnd = mayHaveWhite ? trimWhite(text, from, colonAt) : colonAt;
  const verdict = judgeHost(text, from, hostEnd);
  if (verdict.fault !== null) {
    malformed(reading, from, Math.max(hostEnd, from + 1), verdict.fault);
  } else if (verdict.lenience !== null) {
    const { says, clause } = verdict.lenience;
    complain(reading, 'remark', from, hostEnd, says, clause);
  }
  const host = isReference ? cut(reading, from + 1, close) : cut(reading, from, hostEnd);
  const portAt = mayHaveWhite ? skipWhite(text, colonAt + 1, to) : colonAt + 1;
  const port = colonAt < to ? readPort(reading, portAt, to) : null;
  return { host, hostKind: verdict.kind, port };
}

/** The colon before the port; of several, none: it is an IPv6 address that lacks its brackets. */
function portColon(text: string, from: number, to: number): number {
  let found = to;
  for (let place = from; place < to; place += 1) {
    if (text.charCodeAt(place) !== colon) continue;
    if (found < to) return to;
    found = place;
  }
  return found;
}

function readPort(reading: Reading, from: number, to: number): number | null {
  const stop = endOfRun(reading.text, from, to, digit);
  const port = Number(reading.text.slice(from, stop));
  if (stop === from || stop < to) {
    const what = from === to ? 'nothing' : cited(reading, from, to);
    malformed(reading, from - 1, to, `a port is a number, but found ${what}`);
    return null;
  }
  if (port <= 65_535) return port;
  const says = `the port ${cited(reading, from, to)}; ports go up to 65535`;
  complain(reading, 'violation', from, to, says);
  return null;
}

function readUriParameters(reading: Reading, from: number, to: number): UriParameter[] {
  const parameters: UriParameter[] = [];
  let start = from;
  while (start < to && parameters.length < sipLimits.parametersMost) {
    const end = findCode(reading.text, semicolon, start + 1, to);
    parameters.push(readUriParameter(reading, start + 1, end));
    start = end;
  }
  return parameters;
}

function readUriParameter(reading: Reading, from: number, to: number): UriParameter {
  const { text } = reading;
  const nameEnd = endOfEscapedRun(text, from, to, parameterCharacter);
  if (nameEnd === from) malformed(reading, from - 1, to, 'a URI parameter without a name');
  if (nameEnd === to || text.charAt(nameEnd) !== '=') {
    if (nameEnd < to) tellCharacter(reading, nameEnd, 'a URI parameter');
    return { name: cut(reading, from, to), value: null };
  }
  const name = cut(reading, from, nameEnd);
  const valueEnd = endOfEscapedRun(text, nameEnd + 1, to, parameterCharacter);
  if (valueEnd < to) tellCharacter(reading, valueEnd, 'a URI parameter');
  else if (valueEnd === nameEnd + 1) {
    malformed(reading, from, to, `the URI parameter ${name} has an equals sign and no value`);
  }
  checkNumbers(reading, name, nameEnd + 1, to);
  return { name, value: cut(reading, nameEnd + 1, to) };
}

/** `ttl-param`: a number from 0 to 255. */
function checkNumbers(reading: Reading, name: string, from: number, to: number): void {
  if (!isWord(name, 0, name.length, 'ttl')) return;
  const value = reading.text.slice(from, to);
  if (/^[0-9]{1,3}$/.test(value) && Number(value) <= 255) return;
  malformed(
    reading,
    from,
    to,
    `ttl is a number from 0 to 255, but found ${cited(reading, from, to)}`,
  );
}

function readUriHeaders(reading: Reading, from: number, to: number): UriParameter[] {
  const { text } = reading;
  const headers: UriParameter[] = [];
  let start = from;
  for (;;) {
    const end = findCode(text, 0x26, start, to);
    const nameEnd = endOfEscapedRun(text, start, end, headerCharacter);
    const isHeader = nameEnd > start && text.charAt(nameEnd) === '=' && nameEnd < end;
    if (!isHeader) {
      const says = 'behind the ? of a URI stand name=value pairs with & between them';
      malformed(reading, start, Math.max(end, start + 1), says);
      headers.push({ name: cut(reading, start, end), value: null });
    } else {
      const valueEnd = endOfEscapedRun(text, nameEnd + 1, end, headerCharacter);
      if (valueEnd < end) tellCharacter(reading, valueEnd, 'a header field of a URI');
      headers.push({ name: cut(reading, start, nameEnd), value: cut(reading, nameEnd + 1, end) });
    }
    if (end >= to || headers.length >= sipLimits.parametersMost) return headers;
    start = end + 1;
  }
}

/**
 * A part of a URI with its escapes read, once (RFC 3261 §19.1.2): `%41` is A, `%2541` is %41.
 * Octets that are no UTF-8 become U+FFFD.
 */
export function unescapeUri(part: string): string {
  if (!part.includes('%')) return part;
  const octets = part.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    decodeUtf8(
      escapes.replace(/%(..)/g, (_, pair: string) => String.fromCharCode(parseInt(pair, 16))),
    ),
  );
  return octets;
}
