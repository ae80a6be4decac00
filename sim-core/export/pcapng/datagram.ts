import { ipPacket, type Endpoint } from './ip-packet.ts';

/** One UDP datagram before it is framed. */
export interface Datagram {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly identification: number;
  readonly payload: Uint8Array;
}

const udp = 17;
const headerLength = 8;
/** What the length field can say. */
const lengthMost = 0xffff;

/**
 * The datagram as one IP packet; null where its payload is longer than one packet can be (IPv4:
 * 65 507 bytes, IPv6: 65 527).
 */
export function udpPacket({ from, to, identification, payload }: Datagram): Uint8Array | null {
  const length = headerLength + payload.length;
  if (length > lengthMost) return null;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, from.port);
  view.setUint16(2, to.port);
  view.setUint16(4, length);
  bytes.set(payload, headerLength);
  return ipPacket({ protocol: udp, from, to, identification, bytes, checksumAt: 6 });
}
