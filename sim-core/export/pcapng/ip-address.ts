import { check } from '../../base/check.ts';
import { concatenated } from './bytes.ts';

/**
 * The 4 bytes of an IPv4 address, or the 16 of an IPv6 address (RFC 4291 §2.2: with `::`, and with
 * dotted decimal at its end). Scenarios are read with valid addresses only.
 */
export function addressBytes(text: string): Uint8Array {
  const bytes = text.includes(':') ? ipv6Bytes(text) : ipv4Bytes(text);
  check(bytes !== null, `${JSON.stringify(text)} is an IP address`);
  return bytes;
}

/** The IPv6 address that stands for an IPv4 address: `::ffff:192.0.2.17` (RFC 4291 §2.5.5.2). */
export function asIpv6(address: Uint8Array): Uint8Array {
  if (address.length === 16) return address;
  const mapped = new Uint8Array(16);
  mapped.set([0xff, 0xff], 10);
  mapped.set(address, 12);
  return mapped;
}

function ipv4Bytes(text: string): Uint8Array | null {
  const parts = text.split('.');
  const isRight = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part));
  const values = parts.map(Number);
  return isRight && values.every((value) => value < 256) ? Uint8Array.from(values) : null;
}

function ipv6Bytes(text: string): Uint8Array | null {
  const halves = text.split('::');
  const [before, after] = [groupBytes(halves[0] ?? ''), groupBytes(halves[1] ?? '')];
  if (before === null || after === null || halves.length > 2) return null;
  const missing = 16 - before.length - after.length;
  const isRight = halves.length === 2 ? missing >= 2 : missing === 0;
  return isRight ? concatenated([before, new Uint8Array(missing), after]) : null;
}

/** The bytes of groups between colons; an IPv4 address may be the last of them. */
function groupBytes(text: string): Uint8Array | null {
  if (text === '') return new Uint8Array(0);
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (group.includes('.') && index === groups.length - 1) {
      const dotted = ipv4Bytes(group);
      if (dotted === null) return null;
      bytes.push(...dotted);
      continue;
    }
    if (!/^[0-9A-Fa-f]{1,4}$/.test(group)) return null;
    const value = Number.parseInt(group, 16);
    bytes.push(value >> 8, value & 0xff);
  }
  return Uint8Array.from(bytes);
}
