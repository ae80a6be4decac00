import { ipPacket, type Endpoint } from './ip-packet.ts';

/** RFC 9293 §3.1, the bits of the header that anything here sets. */
export const tcpFlags = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;

/** One TCP segment before it is framed. */
export interface TcpSegment {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly identification: number;
  /** A sum of `tcpFlags`. */
  readonly flags: number;
  /** Of its first octet, counted on from the initial number; its low 32 bits count. */
  readonly sequence: number;
  /** The next octet that is due from the other end, likewise; 0 where nothing has come. */
  readonly acknowledges: number;
  readonly payload: Uint8Array;
}

const tcp = 6;
const headerLength = 20;

/** Octets in one segment, as on an Ethernet without options: 1 500 − 20 − 20. */
export const segmentMost = 1_460;

/** What a SYN says of its sender: the segments it takes, and that its window counts in 128s. */
const synOptions = Uint8Array.of(2, 4, segmentMost >> 8, segmentMost & 0xff, 1, 3, 3, 7);
/** As large as the field can say: here nobody's window ever fills. */
const window = 0xffff;

/** The segment as one IP packet; its payload is at most `segmentMost`. */
export function tcpPacket(segment: TcpSegment): Uint8Array | null {
  const { from, to, identification, flags, sequence, acknowledges, payload } = segment;
  const options = (flags & tcpFlags.syn) === 0 ? new Uint8Array(0) : synOptions;
  const dataAt = headerLength + options.length;
  const bytes = new Uint8Array(dataAt + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, from.port);
  view.setUint16(2, to.port);
  view.setUint32(4, sequence);
  view.setUint32(8, acknowledges);
  view.setUint8(12, (dataAt / 4) << 4);
  view.setUint8(13, flags);
  view.setUint16(14, window);
  bytes.set(options, headerLength);
  bytes.set(payload, dataAt);
  return ipPacket({ protocol: tcp, from, to, identification, bytes, checksumAt: 16 });
}
