import { strToU8 } from 'fflate';

import { hashNumber } from '../base/hash.ts';

/** Octets of a seal: a 32-bit hash in hexadecimal digits. */
const sealLength = 8;

/**
 * The zip file with a hash of all its other bytes as its comment. Every step of the hash can be
 * undone, so one changed byte always shows, also where it says nothing of the run.
 */
export function withSeal(zip: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(zip.length + sealLength);
  bytes.set(zip);
  // A zip file without a comment ends with the length of the comment, the low octet first.
  bytes[zip.length - 2] = sealLength;
  bytes.set(sealOf(bytes), zip.length);
  return bytes;
}

/** Whether not a byte has changed since it was sealed. */
export function isIntact(bytes: Uint8Array): boolean {
  const kept = bytes.subarray(-sealLength);
  return sealOf(bytes).every((digit, at) => digit === kept[at]);
}

/** What the seal must be, given all bytes with whatever stands in the place of the seal. */
function sealOf(bytes: Uint8Array): Uint8Array {
  const hash = bytes.subarray(0, -sealLength).reduce((from, byte) => hashNumber(byte, from), 0);
  return strToU8(hash.toString(16).padStart(sealLength, '0'));
}
