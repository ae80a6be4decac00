/** All of them, one after the other. */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const replacement = 0xfffd;

/** The text in UTF-8; half a surrogate pair becomes U+FFFD, as in every encoder of the Web. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? replacement;
    length = putUtf8(bytes, length, point >= 0xd800 && point < 0xe000 ? replacement : point);
  }
  return bytes.slice(0, length);
}

/** Writes one code point at that place; gives the place after it. */
function putUtf8(bytes: Uint8Array, at: number, point: number): number {
  const follow = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  const lead = [0x00, 0xc0, 0xe0, 0xf0][follow] ?? 0;
  bytes[at] = lead | (point >> (6 * follow));
  for (let left = follow - 1; left >= 0; left -= 1) {
    bytes[at + follow - left] = 0x80 | ((point >> (6 * left)) & 0x3f);
  }
  return at + follow + 1;
}

/** The text in UTF-8, cut before the first character that would go beyond so many bytes. */
export function utf8BytesAtMost(text: string, bytesMost: number): Uint8Array {
  const bytes = utf8Bytes(text);
  if (bytes.length <= bytesMost) return bytes;
  let end = bytesMost;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.slice(0, end);
}
