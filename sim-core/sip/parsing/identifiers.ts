import { digit, endOfRun, findCode, isWord, skipWhite, token, trimWhite } from './characters.ts';
import { fieldTable } from './field-table.ts';
import { fieldValue } from './fields.ts';
import { parameterValue } from './parameters.ts';
import { field, fieldSize, nameKey, type ParsedMessage } from './parsed-message.ts';

/** What tells a message's transaction and dialog apart (RFC 3261 §12, §17.1.3). */
export interface Identifiers {
  /** Of a request, otherwise null. */
  readonly method: string | null;
  /** Of a response, otherwise null. */
  readonly status: number | null;
  readonly callId: string | null;
  readonly fromTag: string | null;
  readonly toTag: string | null;
  /** Of the topmost Via. */
  readonly branch: string | null;
  /** Null also where it has more than 32 bits. */
  readonly sequenceNumber: number | null;
  readonly sequenceMethod: string | null;
}

const space = 0x20;
const tab = 0x09;
const quote = 0x22;
const backslash = 0x5c;
const greater = 0x3e;
const semicolon = 0x3b;
const comma = 0x2c;
const equals = 0x3d;
const slash = 0x2f;

/** The fields that hold them, each with the keys of its forms. */
interface Sought {
  readonly name: 'Call-ID' | 'From' | 'To' | 'Via' | 'CSeq';
  readonly key: number;
  readonly compactKey: number;
  readonly lower: string;
}

function sought(name: Sought['name']): Sought {
  const { compact } = fieldTable[name];
  const compactKey = compact === null ? 0 : nameKey(compact, 0, 1);
  return { name, key: nameKey(name, 0, name.length), compactKey, lower: name.toLowerCase() };
}

const callIdField = sought('Call-ID');
const fromField = sought('From');
const toField = sought('To');
const viaField = sought('Via');
const cseqField = sought('CSeq');

/** The identifiers of a message, the rest of it unread. */
export function identifiersOf(message: ParsedMessage): Identifiers {
  const { text, kind, startAt, startEnd, places } = message;
  let callIdAt = -1;
  let fromAt = -1;
  let toAt = -1;
  let viaAt = -1;
  let cseqAt = -1;
  for (let at = 0; at < places.length; at += fieldSize) {
    const key = places[at] ?? 0;
    if (viaAt < 0 && isSought(message, at, key, viaField)) viaAt = at;
    else if (fromAt < 0 && isSought(message, at, key, fromField)) fromAt = at;
    else if (toAt < 0 && isSought(message, at, key, toField)) toAt = at;
    else if (callIdAt < 0 && isSought(message, at, key, callIdField)) callIdAt = at;
    else if (cseqAt < 0 && isSought(message, at, key, cseqField)) cseqAt = at;
  }
  const isRequest = kind === 'request';
  const { sequenceNumber, sequenceMethod } = sequenceAt(message, cseqAt);
  return {
    method: isRequest ? text.slice(startAt, findCode(text, space, startAt, startEnd)) : null,
    status: isRequest ? null : statusOf(text, startAt, startEnd),
    callId: callIdAt < 0 ? null : callIdOf(message, callIdAt),
    fromTag: fromAt < 0 ? null : tagAt(message, fromAt, 'From'),
    toTag: toAt < 0 ? null : tagAt(message, toAt, 'To'),
    branch: viaAt < 0 ? null : branchAt(message, viaAt),
    sequenceNumber,
    sequenceMethod,
  };
}

function isSought(message: ParsedMessage, at: number, key: number, one: Sought): boolean {
  if (key === one.key) {
    const { text, places } = message;
    return isWord(text, places[at + field.at] ?? 0, places[at + field.nameEnd] ?? 0, one.lower);
  }
  return key === one.compactKey;
}

function statusOf(text: string, from: number, end: number): number | null {
  const at = findCode(text, space, from, end) + 1;
  return endOfRun(text, at, end, digit) === at + 3 ? Number(text.slice(at, at + 3)) : null;
}

function valueStart({ text, places }: ParsedMessage, at: number): number {
  const end = places[at + field.valueEnd] ?? 0;
  return skipWhite(text, places[at + field.valueAt] ?? 0, end);
}

function valueStop({ text, places }: ParsedMessage, at: number, from: number): number {
  return trimWhite(text, from, places[at + field.valueEnd] ?? 0);
}

/** Words have no white space in them; whatever has is left to the reader of whole values. */
function callIdOf(message: ParsedMessage, at: number): string | null {
  const from = valueStart(message, at);
  const stop = valueStop(message, at, from);
  for (let place = from; place < stop; place += 1) {
    const code = message.text.charCodeAt(place);
    if (code <= space || code > 0x7e || code === comma || code === semicolon) {
      return fieldValue(message, 'Call-ID');
    }
  }
  return from === stop ? fieldValue(message, 'Call-ID') : message.text.slice(from, stop);
}

type Sequence = Pick<Identifiers, 'sequenceNumber' | 'sequenceMethod'>;

const noSequence: Sequence = { sequenceNumber: null, sequenceMethod: null };

function sequenceAt(message: ParsedMessage, at: number): Sequence {
  if (at < 0) return noSequence;
  const { text } = message;
  const from = valueStart(message, at);
  const stop = valueStop(message, at, from);
  const numberEnd = endOfRun(text, from, stop, digit);
  const methodAt = numberEnd + 1;
  const between = text.charCodeAt(numberEnd);
  const isPlain =
    numberEnd > from &&
    numberEnd - from < 10 &&
    (between === space || between === tab) &&
    methodAt < stop &&
    endOfRun(text, methodAt, stop, token) === stop;
  if (isPlain) {
    return {
      sequenceNumber: Number(text.slice(from, numberEnd)),
      sequenceMethod: text.slice(methodAt, stop),
    };
  }
  const read = fieldValue(message, 'CSeq');
  if (read === null) return noSequence;
  const sequenceNumber = Number.isNaN(read.number) ? null : read.number;
  return { sequenceNumber, sequenceMethod: read.method };
}

/** Where quotation marks or brackets are in doubt, the whole value is read. */
function tagAt(message: ParsedMessage, at: number, name: 'From' | 'To'): string | null {
  const { text } = message;
  const from = valueStart(message, at);
  const stop = valueStop(message, at, from);
  const close = endOfAddress(text, from, stop);
  const plain = close < stop ? plainParameter(text, close + 1, stop, 'tag') : undefined;
  if (plain !== undefined) return plain;
  return parameterValue(fieldValue(message, name)?.parameters ?? [], 'tag');
}

/** The bracket behind a URI, and a quoted name before it passed over; `end` where in doubt. */
function endOfAddress(text: string, from: number, end: number): number {
  let at = from;
  if (text.charCodeAt(at) === quote) {
    at += 1;
    while (at < end && text.charCodeAt(at) !== quote) {
      at += text.charCodeAt(at) === backslash ? 2 : 1;
    }
    at += 1;
  }
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === greater) return at;
    if (code === quote) return end;
    at += 1;
  }
  return end;
}

function branchAt(message: ParsedMessage, at: number): string | null {
  const { text } = message;
  const from = valueStart(message, at);
  const stop = valueStop(message, at, from);
  let parametersAt = endOfProtocol(text, from, stop);
  const isPlain = parametersAt < stop;
  while (parametersAt < stop && !isSeparator(text.charCodeAt(parametersAt))) parametersAt += 1;
  const plain = isPlain ? plainParameter(text, parametersAt, stop, 'branch') : undefined;
  if (plain !== undefined) return plain;
  return parameterValue(fieldValue(message, 'Via')?.parameters ?? [], 'branch');
}

/** The space behind `SIP/2.0/UDP`; `end` where the protocol is written in another way. */
function endOfProtocol(text: string, from: number, end: number): number {
  let at = from;
  for (let slashes = 0; slashes < 2; slashes += 1) {
    const stop = endOfRun(text, at, end, token);
    if (stop === at || stop >= end || text.charCodeAt(stop) !== slash) return end;
    at = stop + 1;
  }
  const stop = endOfRun(text, at, end, token);
  return stop > at && text.charCodeAt(stop) === space ? stop : end;
}

/**
 * The value of a parameter among `;name=value` without white space or quotes; undefined where
 * they are written in another way.
 */
function plainParameter(
  text: string,
  from: number,
  end: number,
  lower: string,
): string | null | undefined {
  let at = from;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === comma) return null;
    if (code !== semicolon) return undefined;
    const nameAt = at + 1;
    const nameEnd = endOfRun(text, nameAt, end, token);
    if (nameEnd === nameAt) return undefined;
    const isWanted = isWord(text, nameAt, nameEnd, lower);
    if (nameEnd === end || text.charCodeAt(nameEnd) !== equals) {
      if (isWanted) return undefined;
      at = nameEnd;
      continue;
    }
    const valueAt = nameEnd + 1;
    at = endOfValue(text, valueAt, end);
    if (at === valueAt || (at < end && !isSeparator(text.charCodeAt(at)))) return undefined;
    if (isWanted) return text.slice(valueAt, at);
  }
  return null;
}

/** Tokens, and the colons and brackets of addresses. */
function endOfValue(text: string, from: number, end: number): number {
  let at = endOfRun(text, from, end, token);
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code !== 0x3a && code !== 0x5b && code !== 0x5d) return at;
    at = endOfRun(text, at + 1, end, token);
  }
  return at;
}

function isSeparator(code: number): boolean {
  return code === semicolon || code === comma;
}
