import type { Packet } from '../kernel/node.ts';
import { octetsOf, type HttpMessage } from './http-message.ts';

/** TCP as far as it decides when a resource has arrived (RFC 9293). */

export interface TcpEnd {
  readonly address: string;
  readonly port: number;
}

export type TcpFlags = 'SYN' | 'SYN+ACK' | 'ACK' | 'FIN+ACK' | 'RST';

/**
 * A segment; where it carries a body, all the segments of it, of which the last arrives when this
 * does. Octets are counted from 0, which is the SYN; FIN counts as one more.
 */
export interface TcpPacket extends Packet {
  /** `'TCP'` where it is the business of the two machines, and no program hears of it. */
  readonly protocol: 'TCP' | 'HTTP';
  /** The flags, or what it carries: `'GET'`, `'200'`, `'body'`. */
  readonly label: string;
  readonly flags: TcpFlags;
  readonly from: TcpEnd;
  readonly to: TcpEnd;
  readonly sequence: number;
  /** The next octet that is due from the other end; 0 in a SYN. */
  readonly acknowledges: number;
  readonly carries: HttpMessage | null;
}

export function isTcp(packet: Packet): packet is TcpPacket {
  return packet.protocol === 'TCP' || packet.protocol === 'HTTP';
}

export function segment(
  flags: TcpFlags,
  from: TcpEnd,
  to: TcpEnd,
  sequence: number,
  acknowledges: number,
  carries: HttpMessage | null = null,
): TcpPacket {
  const protocol = carries === null ? 'TCP' : 'HTTP';
  const label = carries === null ? flags : labelOf(carries);
  const fields = { protocol, label, flags, from, to, sequence, acknowledges, carries } as const;
  return Object.freeze(fields);
}

/** The number of the octet after the packet's last. */
export function sequenceAfter({ flags, sequence, carries }: TcpPacket): number {
  const counted = flags === 'SYN' || flags === 'SYN+ACK' || flags === 'FIN+ACK' ? 1 : 0;
  return sequence + counted + (carries === null ? 0 : octetsOf(carries));
}

function labelOf(message: HttpMessage): string {
  switch (message.kind) {
    case 'request':
      return message.method;
    case 'response':
      return String(message.status);
    case 'body':
      return 'body';
  }
}
