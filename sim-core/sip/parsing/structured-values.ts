import { digit, endOfRun, findCode, skipWhite, token, trimWhite } from './characters.ts';
import { readNameAddress, type AddressRules, type NameAddress } from './name-address.ts';
import {
  noRules,
  readParameters,
  type Parameter,
  type ParameterRule,
  type ParameterRules,
} from './parameters.ts';
import { passComment, readDigits } from './plain-values.ts';
import {
  cited,
  comma,
  complain,
  cut,
  endOfWord,
  equals,
  less,
  malformed,
  peek,
  quote,
  readQuoted,
  readToken,
  readWanted,
  skip,
  take,
  wanted,
  type Reading,
} from './reading.ts';
import { readHostAndPort } from './sip-uri.ts';
import type { Uri } from './uri.ts';

/** A word with parameters: Content-Disposition, Reason, an encoding, a language. */
export interface WordValue {
  readonly word: string;
  readonly parameters: readonly Parameter[];
  readonly offset: number;
  readonly length: number;
}

/** A media type with parameters (RFC 3261 §20.15), a range of them in Accept. */
export interface MediaType {
  /** As written; types are case-insensitive. */
  readonly type: string;
  readonly subtype: string;
  readonly parameters: readonly Parameter[];
  readonly offset: number;
  readonly length: number;
}

/** A URI in angle brackets with parameters: Alert-Info, Call-Info, Error-Info. */
export interface UriValue {
  readonly uri: Uri | null;
  readonly uriText: string;
  readonly parameters: readonly Parameter[];
  readonly offset: number;
  readonly length: number;
}

/** A number with parameters: Retry-After, Session-Expires, Min-SE. */
export interface NumberValue {
  readonly number: number;
  readonly parameters: readonly Parameter[];
  readonly offset: number;
  readonly length: number;
}

/** A warning (RFC 3261 §20.43). */
export interface WarningValue {
  readonly code: number;
  readonly agent: string;
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

/** A challenge or credentials (RFC 3261 §20.7, §20.27): a scheme and what belongs to it. */
export interface AuthenticationValue {
  /** Null in Authentication-Info, which has none. */
  readonly scheme: string | null;
  readonly parameters: readonly Parameter[];
  readonly offset: number;
  readonly length: number;
}

const qualityRules: ParameterRules = new Map<string, ParameterRule>([['q', 'quality']]);

function lengthFrom(reading: Reading, offset: number): number {
  return trimWhite(reading.text, offset, reading.at) - offset;
}

/** `token *( SEMI generic-param )` under the rules of its parameters. */
export function wordField(rules: ParameterRules): (reading: Reading) => WordValue | null {
  return (reading) => {
    const offset = reading.at;
    const found = readWanted(reading, 'a token');
    if (found === null) return null;
    const parameters = readParameters(reading, rules);
    return { word: found, parameters, offset, length: lengthFrom(reading, offset) };
  };
}

/** A language range with a quality (RFC 3261 §20.3). */
export function readLanguage(reading: Reading): WordValue | null {
  const { text, at } = reading;
  const value = wordField(qualityRules)(reading);
  if (value === null || /^(?:\*|[a-z]{1,8}(?:-[a-z]{1,8})*)$/i.test(value.word)) return value;
  const found = cited(reading, at, at + value.word.length);
  const says = `a language is letters with hyphens, but found ${found}`;
  malformed(reading, at, at + text.slice(at, at + value.word.length).length, says);
  return value;
}

export const readEncoding = wordField(qualityRules);

const reasonRules: ParameterRules = new Map<string, ParameterRule>([
  ['cause', 'digits'],
  ['text', 'quoted'],
]);

export const readReason = wordField(reasonRules);

const dispositionRules: ParameterRules = new Map<string, ParameterRule>([['handling', 'token']]);

export const readDisposition = wordField(dispositionRules);

const slash = 0x2f;

/** `m-type SLASH m-subtype *( SEMI m-parameter )`; `*` in a range is a token like others. */
function readMedia(reading: Reading, rules: ParameterRules): MediaType | null {
  const offset = reading.at;
  const type = readWanted(reading, 'a media type as in application/sdp');
  if (type === null) return null;
  if (!take(reading, slash)) {
    malformed(reading, reading.at, endOfWord(reading), wanted(reading, '/ and a subtype'));
    return null;
  }
  const subtype = readWanted(reading, 'a subtype');
  if (subtype === null) return null;
  const parameters = readParameters(reading, rules);
  return { type, subtype, parameters, offset, length: lengthFrom(reading, offset) };
}

export function readMediaRange(reading: Reading): MediaType | null {
  return readMedia(reading, qualityRules);
}

/** RFC 3261 §20.15: every parameter of a media type has a value. */
export function readMediaType(reading: Reading): MediaType | null {
  const media = readMedia(reading, noRules);
  for (const { name, value, offset, length } of media?.parameters ?? []) {
    if (value !== null) continue;
    malformed(reading, offset, offset + length, `the parameter ${name} needs a value`);
  }
  return media;
}

const bracketedRules: AddressRules = {
  parameters: noRules,
  bracketed: true,
  plainUriOf: null,
  listed: true,
};

/** `LAQUOT absoluteURI RAQUOT *( SEMI generic-param )` */
export function readBracketedUri(reading: Reading): UriValue | null {
  const offset = reading.at;
  if (peek(reading) !== less) {
    const stop = endOfWord(reading);
    malformed(reading, offset, stop, wanted(reading, 'a URI in < and >'));
    reading.at = stop;
    return null;
  }
  const address = readNameAddress(reading, bracketedRules);
  if (address === null) return null;
  const { uri, uriText, parameters, length } = address;
  return { uri, uriText, parameters, offset, length };
}

const contactRules: ParameterRules = new Map<string, ParameterRule>([
  ['q', 'quality'],
  ['expires', 'seconds'],
]);

const contactAddress: AddressRules = {
  parameters: contactRules,
  bracketed: false,
  plainUriOf: null,
  listed: true,
};

/** A Contact value; `'*'` is all of them (RFC 3261 §20.10). */
export function readContact(reading: Reading): NameAddress | '*' | null {
  const { text, at, end } = reading;
  if (text.charAt(at) === '*' && skipWhite(text, at + 1, end) === end) {
    reading.at = end;
    return '*';
  }
  return readNameAddress(reading, contactAddress);
}

const tagRules: ParameterRules = new Map<string, ParameterRule>([['tag', 'token']]);

/** From and To (RFC 3261 §20.20, §20.39): one address each, and a tag. */
export function partyField(name: string): (reading: Reading) => NameAddress | null {
  const rules = { parameters: tagRules, bracketed: false, plainUriOf: name, listed: false };
  return (reading) => readNameAddress(reading, rules);
}

/** Any other address: Reply-To, P-Asserted-Identity. */
export function readAddress(reading: Reading): NameAddress | null {
  return readNameAddress(reading, plainAddress);
}

const plainAddress: AddressRules = {
  parameters: noRules,
  bracketed: false,
  plainUriOf: null,
  listed: true,
};

/** Route and Record-Route: always in brackets. */
export function routeField(name: string): (reading: Reading) => NameAddress | null {
  const rules = { parameters: noRules, bracketed: true, plainUriOf: name, listed: true };
  return (reading) => readNameAddress(reading, rules);
}

const durationRules: ParameterRules = new Map<string, ParameterRule>([
  ['duration', 'seconds'],
  ['refresher', 'token'],
]);

/** `delta-seconds [ comment ] *( SEMI param )` (RFC 3261 §20.33, RFC 4028 §4). */
export function readSecondsWithParameters(reading: Reading): NumberValue | null {
  const offset = reading.at;
  const number = readDigits(reading, 'a number of seconds');
  if (number === null) return null;
  skip(reading);
  if (peek(reading) === 0x28) passComment(reading);
  const parameters = readParameters(reading, durationRules);
  return { number, parameters, offset, length: lengthFrom(reading, offset) };
}

/** `warn-code SP warn-agent SP warn-text` */
export function readWarning(reading: Reading): WarningValue | null {
  const { text, end } = reading;
  const offset = reading.at;
  const codeEnd = endOfRun(text, offset, end, digit);
  if (codeEnd !== offset + 3) {
    const stop = endOfWord(reading);
    malformed(reading, offset, stop, wanted(reading, 'a warning code of three digits'));
    reading.at = Math.max(stop, codeEnd);
  } else reading.at = codeEnd;
  skip(reading);
  const agentAt = reading.at;
  const agentEnd = endOfWord(reading);
  const isPseudonym = endOfRun(text, agentAt, agentEnd, token) === agentEnd;
  if (!isPseudonym) readHostAndPort(reading, agentAt, agentEnd);
  reading.at = agentEnd;
  skip(reading);
  if (peek(reading) !== quote) {
    malformed(reading, reading.at, endOfWord(reading), wanted(reading, 'a quoted text'));
    return null;
  }
  const warning = readQuoted(reading);
  if (warning === null) return null;
  return {
    code: Number(text.slice(offset, codeEnd)),
    agent: cut(reading, agentAt, agentEnd),
    text: warning,
    offset,
    length: lengthFrom(reading, offset),
  };
}

/** `auth-scheme LWS auth-param *( COMMA auth-param )` */
export function readAuthentication(reading: Reading): AuthenticationValue | null {
  const offset = reading.at;
  const scheme = readWanted(reading, 'an authentication scheme');
  if (scheme === null) return null;
  const schemeEnd = reading.at;
  skip(reading);
  if (reading.at === schemeEnd) {
    malformed(reading, schemeEnd, schemeEnd + 1, 'parameters follow the authentication scheme');
    return null;
  }
  const parameters = readAuthenticationParameters(reading);
  return { scheme, parameters, offset, length: lengthFrom(reading, offset) };
}

/** Authentication-Info: parameters without a scheme (RFC 3261 §20.6). */
export function readAuthenticationInfo(reading: Reading): AuthenticationValue | null {
  const offset = reading.at;
  const parameters = readAuthenticationParameters(reading);
  return { scheme: null, parameters, offset, length: lengthFrom(reading, offset) };
}

function readAuthenticationParameters(reading: Reading): Parameter[] {
  const parameters: Parameter[] = [];
  for (;;) {
    const offset = reading.at;
    const name = readToken(reading);
    if (name === null || !take(reading, equals)) {
      const stop = endOfWord(reading);
      malformed(reading, reading.at, stop, wanted(reading, 'name=value'));
      reading.at = findCode(reading.text, comma, reading.at, reading.end);
    } else {
      const isQuoted = peek(reading) === quote;
      const value = isQuoted ? readQuoted(reading) : readWanted(reading, 'a value');
      if (value === null) reading.at = isQuoted ? reading.end : endOfWord(reading);
      const length = reading.at - offset;
      parameters.push({ name, value: value ?? '', isQuoted, offset, length });
    }
    if (!take(reading, comma)) return parameters;
  }
}

/** RFC 5009 §9: directions and flags, and tokens for what is to come. */
export function readEarlyMedia(reading: Reading): string | null {
  const from = reading.at;
  const word = readWanted(reading, 'sendrecv, sendonly, recvonly, inactive, gated or supported');
  if (word === null) {
    reading.at = endOfWord(reading);
    return null;
  }
  if (!earlyMediaWords.has(word.toLowerCase())) {
    const found = cited(reading, from, reading.at);
    const says = `${found} is not a word of this field; receivers pass over it`;
    complain(reading, 'remark', from, reading.at, says);
  }
  return word;
}

const earlyMediaWords = new Set([
  'sendrecv',
  'sendonly',
  'recvonly',
  'inactive',
  'gated',
  'supported',
]);
