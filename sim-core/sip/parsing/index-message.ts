import { isWhite, isWord, trimWhite } from './characters.ts';
import { sipLimits } from './limits.ts';
import { textOfOctets } from './octets.ts';
import { fieldSize, nameKey, type ParsedMessage } from './parsed-message.ts';
import { addFound, quoted, shown, type Found, type ReadText } from './problems.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const colon = 0x3a;

/**
 * Cuts a message into start line, header fields and what follows them (RFC 3261 §7), and looks
 * into nothing of it. Null, and a problem, for what is no SIP message or exceeds a limit. Never
 * throws.
 */
export function indexMessage(
  source: Uint8Array | string,
  found: Found[] | null = null,
): ParsedMessage | null {
  const isOctets = typeof source !== 'string';
  if (source.length > sipLimits.messageMost) {
    const unit = isOctets ? 'octets' : 'characters';
    tell(found, 0, 0, `more than ${sipLimits.messageMost} ${unit}; a message has at most as many`);
    return null;
  }
  const text = isOctets ? textOfOctets(source) : source;
  const startAt = startOf(text, isOctets);
  const hasFeed = text.indexOf('\n', startAt) >= 0;
  const feed = hasFeed || text.indexOf('\r', startAt) < 0 ? '\n' : '\r';
  const lineEnd = endOfLine(text, startAt, text.length, feed);
  const startEnd = contentEnd(text, startAt, lineEnd);
  const kind = kindOfStart(text, startAt, startEnd);
  if (kind === null) {
    if (found !== null) tellNoStart({ text, isOctets, feed }, startAt, startEnd, found);
    return null;
  }
  const fieldsAt = Math.min(lineEnd + 1, text.length);
  const places: number[] = [];
  const headEnd = indexFields(text, fieldsAt, text.length, feed, places);
  if (headEnd < 0) {
    const at = places[places.length - fieldSize + 1] ?? 0;
    tell(found, at, at, `more than ${sipLimits.headerFieldsMost} header fields`);
    return null;
  }
  const bodyAt = behindLine(text, headEnd, feed);
  return {
    source,
    text,
    isOctets,
    places,
    kind,
    feed,
    startAt,
    startEnd,
    fieldsAt,
    headEnd,
    bodyAt,
  };
}

function tell(found: Found[] | null, from: number, to: number, says: string): void {
  if (found !== null) addFound(found, 'malformed', from, to, says, 'RFC 3261 §7');
}

/** Behind a byte order mark and line ends (RFC 3261 §7.5). */
function startOf(text: string, isOctets: boolean): number {
  let at = 0;
  if (isOctets ? text.startsWith('\u{ef}\u{bb}\u{bf}') : text.charCodeAt(0) === 0xfeff) {
    at = isOctets ? 3 : 1;
  }
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== carriageReturn && code !== lineFeed) return at;
    at += 1;
  }
}

function endOfLine(text: string, from: number, end: number, feed: string): number {
  const at = text.indexOf(feed, from);
  return at < 0 || at > end ? end : at;
}

/** Before the CR of a line end. */
export function contentEnd(text: string, from: number, lineEnd: number): number {
  const hasReturn = lineEnd > from && text.charCodeAt(lineEnd - 1) === carriageReturn;
  return hasReturn && lineEnd < text.length ? lineEnd - 1 : lineEnd;
}

/** Behind the empty line at `at`; `at` where there is none. */
export function behindLine(text: string, at: number, feed: string): number {
  if (at >= text.length) return at;
  return text.charAt(at) === feed ? at + 1 : at + 2;
}

/** Request or response, by the word that only SIP has: first in the one, last in the other. */
export function kindOfStart(text: string, from: number, end: number): ParsedMessage['kind'] | null {
  if (isVersionAt(text, from, end)) return 'response';
  const last = trimWhite(text, from, end);
  let at = last;
  while (at > from && last - at < versionMost && !isWhite(text.charCodeAt(at - 1))) at -= 1;
  return at > from + 1 && isVersionAt(text, at, last) ? 'request' : null;
}

/** The longest word that is looked at as a version. */
const versionMost = 32;

function isVersionAt(text: string, from: number, end: number): boolean {
  const code = text.charCodeAt(from + 4);
  return from + 4 < end && code >= 0x30 && code <= 0x39 && isWord(text, from, from + 4, 'sip/');
}

function tellNoStart(read: ReadText, from: number, end: number, found: Found[]): void {
  const { text, isOctets } = read;
  const [first, second] = [text.charCodeAt(0), text.charCodeAt(1)];
  const hasMark = text.startsWith('\u{ff}\u{fe}') || text.startsWith('\u{fe}\u{ff}');
  const isWide = isOctets && (hasMark || (text.length > 1 && (first === 0) !== (second === 0)));
  if (isWide) {
    tell(found, 0, 0, 'the text is in UTF-16; SIP is in UTF-8');
    return;
  }
  const what = from === end ? 'nothing' : quoted(shown(read, from, Math.min(end, from + 120)));
  const wanted = 'METHOD uri SIP/2.0, or SIP/2.0 status reason';
  tell(found, from, end, `no SIP message: the start line is ${wanted}, but found ${what}`);
}

/**
 * Adds the places of header fields from `from` on, and gives where they end: at the empty line,
 * or at `end` where there is none; -1 where there are too many.
 */
export function indexFields(
  text: string,
  from: number,
  end: number,
  feed: string,
  places: number[],
): number {
  const most = sipLimits.headerFieldsMost * fieldSize;
  let at = from;
  while (at < end) {
    const first = text.charCodeAt(at);
    if (first === lineFeed) return at;
    if (first === carriageReturn) {
      if (feed === '\r' || text.charCodeAt(at + 1) === lineFeed) return at;
    }
    let lineEnd = text.indexOf(feed, at);
    if (lineEnd < 0 || lineEnd > end) lineEnd = end;
    let next = lineEnd + 1;
    while (next < end && isBlank(text.charCodeAt(next))) {
      lineEnd = endOfLine(text, next, end, feed);
      next = lineEnd + 1;
    }
    if (next > end) next = end;
    pushField(text, at, lineEnd, next, places);
    if (places.length > most) return -1;
    at = next;
  }
  return end;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function pushField(
  text: string,
  at: number,
  lineEnd: number,
  next: number,
  places: number[],
): void {
  const hasReturn =
    next > lineEnd && lineEnd > at && text.charCodeAt(lineEnd - 1) === carriageReturn;
  const valueEnd = hasReturn ? lineEnd - 1 : lineEnd;
  let nameEnd = at;
  while (nameEnd < valueEnd && text.charCodeAt(nameEnd) !== colon) nameEnd += 1;
  if (nameEnd === valueEnd) {
    places.push(0, at, valueEnd, valueEnd, valueEnd, next);
    return;
  }
  const valueAt = nameEnd + 1;
  while (nameEnd > at && isWhite(text.charCodeAt(nameEnd - 1))) nameEnd -= 1;
  places.push(nameKey(text, at, nameEnd), at, nameEnd, valueAt, valueEnd, next);
}
