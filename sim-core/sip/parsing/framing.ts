import { digit, endOfRun } from './characters.ts';
import { placesOf, readingAt } from './fields.ts';
import { field, type FieldBlock, type ParsedMessage } from './parsed-message.ts';
import { addFound, type Found } from './problems.ts';
import { cited } from './reading.ts';

/** Which part of what follows the head is the body (RFC 3261 §18.3). */
export interface Framing {
  readonly bodyAt: number;
  readonly bodyEnd: number;
  /** Octets that Content-Length speaks of; null where it is missing or cannot be believed. */
  readonly contentLength: number | null;
}

const clause = 'RFC 3261 §18.3';

/**
 * Where the body ends: where Content-Length says, in a datagram; at the end of the text where it
 * says nothing that can be believed, or more than there is.
 */
export function framingOf(message: ParsedMessage, found: Found[] | null = null): Framing {
  const { text, bodyAt } = message;
  const contentLength = contentLengthOf(message, found);
  if (contentLength === null) return { bodyAt, bodyEnd: text.length, contentLength };
  const bodyEnd = endAfterOctets(message, contentLength);
  if (bodyEnd === null) {
    if (found !== null) tellTooLong(message, contentLength, found);
    return { bodyAt, bodyEnd: text.length, contentLength };
  }
  if (bodyEnd < text.length && found !== null) {
    const left = octetsBetween(message, bodyEnd, text.length);
    const octets = left === 1 ? 'octet follows' : 'octets follow';
    const after = `${left} ${octets} the body of ${contentLength}`;
    const says = `${after}; receivers of a datagram discard that`;
    addFound(found, 'remark', bodyEnd, text.length, says, clause);
  }
  return { bodyAt, bodyEnd, contentLength };
}

/**
 * What the Content-Length lines agree on; null where there is none, none that is a number, or
 * several that differ, which are as good as none (RFC 4475 §3.3.9).
 */
export function agreedLength(block: FieldBlock): number | null {
  const [first, ...others] = placesOf(block, 'Content-Length');
  const length = first === undefined ? null : lengthAt(block, first);
  return others.every((at) => lengthAt(block, at) === length) ? length : null;
}

function contentLengthOf(message: ParsedMessage, found: Found[] | null): number | null {
  if (found !== null) tellLengths(message, found);
  return agreedLength(message);
}

function tellLengths(message: ParsedMessage, found: Found[]): void {
  const { places } = message;
  const lines = placesOf(message, 'Content-Length');
  const [first, ...others] = lines;
  if (first === undefined) {
    const says =
      'no Content-Length; the body goes on to the end, and over a stream it must be there';
    const at = message.headEnd;
    addFound(found, 'remark', at, at, says, 'RFC 3261 §20.14');
    return;
  }
  const length = lengthAt(message, first);
  const at = others.find((one) => lengthAt(message, one) !== length);
  if (at === undefined) return;
  const from = places[at + field.at] ?? 0;
  const to = places[at + field.valueEnd] ?? 0;
  const says = 'a second Content-Length that differs from the first; neither can be believed';
  addFound(found, 'malformed', from, to, says, clause);
}

/** Digits alone are a length; numbers beyond every text stay large. */
function lengthAt(block: FieldBlock, at: number): number | null {
  const { text, at: from, end } = readingAt(block, at, '', null);
  return from < end && endOfRun(text, from, end, digit) === end
    ? Number(text.slice(from, end))
    : null;
}

function tellTooLong(message: ParsedMessage, contentLength: number, found: Found[]): void {
  const [at = 0] = placesOf(message, 'Content-Length');
  const reading = readingAt(message, at, '', null);
  const there = octetsBetween(message, message.bodyAt, message.text.length);
  const written = contentLength > 1e15 ? cited(reading, reading.at, reading.end) : contentLength;
  const says = `Content-Length is ${written}, but only ${there} octets follow the empty line`;
  addFound(found, 'malformed', reading.at, reading.end, says, clause);
}

/** Where that many octets of the body end; null where there are fewer, or they cut a character. */
function endAfterOctets(message: ParsedMessage, octets: number): number | null {
  const { text, bodyAt, isOctets } = message;
  if (isOctets) return bodyAt + octets <= text.length ? bodyAt + octets : null;
  let left = octets;
  let at = bodyAt;
  while (left > 0 && at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      left -= 1;
      at += 1;
      continue;
    }
    const code = text.codePointAt(at) ?? 0;
    left -= code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += code < 0x10000 ? 1 : 2;
  }
  return left === 0 ? at : null;
}

function octetsBetween(message: ParsedMessage, from: number, to: number): number {
  if (message.isOctets) return to - from;
  let octets = 0;
  for (const character of message.text.slice(from, to)) {
    const code = character.codePointAt(0) ?? 0;
    octets += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return octets;
}
