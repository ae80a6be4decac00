/**
 * Messages are read as texts. Where octets were given, each character of the text stands for one
 * octet, so that nothing is lost; what people read is decoded from them.
 */

/** Octets made into text at once. */
const chunk = 8_192;

/** A text with one character for each octet. */
export function textOfOctets(octets: Uint8Array): string {
  if (octets.length <= chunk) return charactersOf(octets);
  const parts: string[] = [];
  for (let from = 0; from < octets.length; from += chunk) {
    parts.push(charactersOf(octets.subarray(from, from + chunk)));
  }
  return parts.join('');
}

function charactersOf(octets: Uint8Array): string {
  return String(Reflect.apply(String.fromCharCode, null, octets));
}

/** The octets of a text that has one character for each. */
export function octetsOfText(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) octets[index] = text.charCodeAt(index);
  return octets;
}

/** The text in UTF-8; half of a surrogate pair becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const octets: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isHalf = code >= 0xd800 && code < 0xe000;
    pushUtf8(octets, isHalf ? replacement : code);
  }
  return Uint8Array.from(octets);
}

const replacement = 0xfffd;

function pushUtf8(octets: number[], code: number): void {
  if (code < 0x80) {
    octets.push(code);
    return;
  }
  if (code < 0x800) octets.push(0xc0 | (code >> 6));
  else if (code < 0x10000) octets.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63));
  else octets.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63));
  octets.push(0x80 | (code & 63));
}

/** What a text of octets says in UTF-8; an octet that is none becomes U+FFFD. */
export function decodeUtf8(text: string): string {
  let at = firstNonAscii(text, 0);
  if (at === text.length) return text;
  const parts: string[] = [];
  let from = 0;
  while (at < text.length) {
    parts.push(text.slice(from, at));
    const length = utf8SequenceAt(text, at, text.length);
    if (length === 0) parts.push('\u{fffd}');
    else parts.push(String.fromCodePoint(codePointAt(text, at, length)));
    from = at + Math.max(1, length);
    at = firstNonAscii(text, from);
  }
  parts.push(text.slice(from));
  return parts.join('');
}

function firstNonAscii(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) < 0x80) at += 1;
  return at;
}

/** Octets of the UTF-8 character at `at`, 2 to 4; 0 where there is none. */
export function utf8SequenceAt(text: string, at: number, end: number): number {
  const first = text.charCodeAt(at);
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > end) return 0;
  for (let index = 1; index < length; index += 1) {
    const code = text.charCodeAt(at + index);
    if (code < 0x80 || code > 0xbf) return 0;
  }
  const code = codePointAt(text, at, length);
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  const isCharacter = code >= least && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? length : 0;
}

function codePointAt(text: string, at: number, length: number): number {
  let code = text.charCodeAt(at) & (length === 2 ? 0x1f : length === 3 ? 0x0f : 0x07);
  for (let index = 1; index < length; index += 1) {
    code = (code << 6) | (text.charCodeAt(at + index) & 0x3f);
  }
  return code;
}
