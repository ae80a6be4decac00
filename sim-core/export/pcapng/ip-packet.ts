import { concatenated } from './bytes.ts';
import { asIpv6 } from './ip-address.ts';

/** One end of what is exchanged. */
export interface Endpoint {
  /** 4 or 16 bytes. */
  readonly address: Uint8Array;
  readonly port: number;
}

/** What an IP packet carries: a header with its checksum left 0, and what follows it. */
export interface Transported {
  /** 6: TCP; 17: UDP. */
  readonly protocol: 6 | 17;
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Of the IPv4 header; its low 16 bits count (RFC 791 §3.1). IPv6 has none. */
  readonly identification: number;
  readonly bytes: Uint8Array;
  /** Where in `bytes` the checksum belongs. */
  readonly checksumAt: number;
}

const ipv4HeaderLength = 20;
const ipv6HeaderLength = 40;
/** What the length fields of IPv4 (whole packet) and IPv6 (after the header) can say. */
const lengthMost = 0xffff;
const hopsMost = 64;

/**
 * One IP packet, unfragmented, with its checksums; null where it would be longer than a packet can
 * be. Ends of two families meet in IPv6, where the IPv4 end is `::ffff:` and its address (RFC 4291
 * §2.5.5.2).
 */
export function ipPacket({
  protocol,
  from,
  to,
  identification,
  bytes,
  checksumAt,
}: Transported): Uint8Array | null {
  const isIpv4 = from.address.length === 4 && to.address.length === 4;
  const { length } = bytes;
  if (length + (isIpv4 ? ipv4HeaderLength : 0) > lengthMost) return null;
  const [source, target] = isIpv4
    ? [from.address, to.address]
    : [asIpv6(from.address), asIpv6(to.address)];
  const header = isIpv4
    ? ipv4Header(source, target, protocol, identification, length)
    : ipv6Header(source, target, protocol, length);
  // The pseudo-headers of IPv4 (RFC 768, RFC 9293 §3.1) and IPv6 (RFC 8200 §8.1) have one sum.
  const pseudo = sumOfWords(source) + sumOfWords(target) + protocol + length;
  const checksum = complement(pseudo + sumOfWords(bytes));
  const whole = concatenated([header, bytes]);
  // A UDP checksum of 0 would say that there is none; to TCP both zeros are the same.
  new DataView(whole.buffer).setUint16(
    header.length + checksumAt,
    checksum === 0 ? 0xffff : checksum,
  );
  return whole;
}

/** RFC 791 §3.1. May be fragmented, though here nothing does it. */
function ipv4Header(
  source: Uint8Array,
  target: Uint8Array,
  protocol: number,
  identification: number,
  length: number,
): Uint8Array {
  const header = new Uint8Array(ipv4HeaderLength);
  const view = new DataView(header.buffer);
  view.setUint8(0, 0x45);
  view.setUint16(2, ipv4HeaderLength + length);
  view.setUint16(4, identification & 0xffff);
  view.setUint8(8, hopsMost);
  view.setUint8(9, protocol);
  header.set(source, 12);
  header.set(target, 16);
  view.setUint16(10, complement(sumOfWords(header)));
  return header;
}

/** RFC 8200 §3. */
function ipv6Header(
  source: Uint8Array,
  target: Uint8Array,
  protocol: number,
  length: number,
): Uint8Array {
  const header = new Uint8Array(ipv6HeaderLength);
  const view = new DataView(header.buffer);
  view.setUint8(0, 0x60);
  view.setUint16(4, length);
  view.setUint8(6, protocol);
  view.setUint8(7, hopsMost);
  header.set(source, 8);
  header.set(target, 24);
  return header;
}

/** Big-endian 16-bit words; an odd last byte is followed by a zero (RFC 1071). */
function sumOfWords(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += (bytes[at] ?? 0) * 0x100 + (bytes[at + 1] ?? 0);
  }
  return sum;
}

/** The ones' complement of the ones' complement sum (RFC 1071). */
function complement(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded >>> 16) + (folded & 0xffff);
  return ~folded & 0xffff;
}
