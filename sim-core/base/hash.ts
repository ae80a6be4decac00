/** FNV-1a over UTF-16 code units, 32 bits; the same number in every engine. */
export function hashText(text: string, from = 0x811c9dc5): number {
  let hash = from;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Stirs a whole number (up to 2⁵³) into a 32-bit hash. */
export function hashNumber(number: number, from: number): number {
  const low = number >>> 0;
  const high = Math.floor(number / 0x100000000) >>> 0;
  let hash = Math.imul(from ^ low, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash ^ high, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
