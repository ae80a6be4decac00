import type { TraceRecord } from '../sim-core/reading.ts';

/** The longest text that is unpacked from a link, characters: no scenario is longer. */
const textMost = 8_000_000;

/** A text for the fragment of an address: deflated, in base64 for addresses. */
export async function packText(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  return base64Of(bytes);
}

/**
 * The text again.
 * @throws Error with a sentence to show, where it is cut off or no such text
 */
export async function unpackText(packed: string): Promise<string> {
  const broken = 'The link is damaged: the scenario in it cannot be unpacked.';
  const bytes = bytesOf(packed);
  if (bytes === null) throw new Error(broken);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  try {
    const reader = stream.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true });
      if (text.length > textMost) throw new RangeError('too long');
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof RangeError) throw new Error('The scenario in this link is too long.');
    throw new Error(broken);
  }
}

/** Bytes a digest has at most: one for every so many records. */
const digestMost = 240;

/**
 * A short picture of all records in their order: it tells near which record another run departs
 * from this one. `'stride.base64'`.
 */
export function digestOf(records: readonly TraceRecord[]): string {
  return digestBy(records, Math.max(1, Math.ceil(records.length / digestMost)));
}

/**
 * The first record in which these differ from those the digest was made of, as near as the digest
 * knows; null where it shows no difference.
 */
export function departsAt(records: readonly TraceRecord[], digest: string): number | null {
  const [stride = '', kept = ''] = digest.split('.');
  const every = Number(stride);
  const before = bytesOf(kept);
  if (!Number.isInteger(every) || every < 1 || before === null) return null;
  const [, now = ''] = digestBy(records, every).split('.');
  const after = bytesOf(now) ?? new Uint8Array();
  const length = Math.max(before.length, after.length);
  for (let index = 0; index < length; index += 1) {
    if (before[index] !== after[index]) return Math.min(index * every + 1, records.length + 1);
  }
  return null;
}

function digestBy(records: readonly TraceRecord[], stride: number): string {
  const bytes: number[] = [];
  let hash = 0x811c9dc5;
  for (const [index, record] of records.entries()) {
    hash = folded(hash, JSON.stringify(record));
    if ((index + 1) % stride === 0 || index === records.length - 1) bytes.push(hash >>> 24);
  }
  return `${stride}.${base64Of(Uint8Array.from(bytes))}`;
}

/** FNV-1a over the characters, going on from what came before. */
function folded(hash: number, text: string): number {
  let result = hash;
  for (let at = 0; at < text.length; at += 1) {
    result = Math.imul(result ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return result;
}

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    // A length that no base64 has.
    return null;
  }
}
