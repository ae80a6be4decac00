import { hashText } from '../../base/hash.ts';
import { printHttpHead } from '../../http/http-message.ts';
import type { TcpFlags, TcpPacket } from '../../http/tcp-packet.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import type { MessageView } from '../../trace/message-view.ts';
import { utf8Bytes } from './bytes.ts';
import type { Endpoint } from './ip-packet.ts';
import { segmentMost, tcpFlags, type TcpSegment } from './tcp-segment.ts';

/** What goes over TCP, as segments: each message in as many as it takes. */

/** A segment that waits for the number of its packet. */
export type Unnumbered = Omit<TcpSegment, 'identification'>;

interface Ends {
  readonly from: Endpoint;
  readonly to: Endpoint;
}

/**
 * What a terminal and a server say to each other about a file. The run counts the octets of both
 * from 0; here they count from a number that differs from connection to connection (RFC 9293
 * §3.4.1), made of the two ends.
 */
export function httpSegments(packet: TcpPacket, ends: Ends): Unnumbered[] {
  const { flags, sequence, acknowledges, carries } = packet;
  const first = initialNumber(ends.from, ends.to);
  const due = initialNumber(ends.to, ends.from);
  // Where nothing has come there is nothing to acknowledge.
  const bits = acknowledges === 0 ? bitsOf[flags] & ~ack : bitsOf[flags];
  const payload =
    carries === null
      ? nothing
      : carries.kind === 'body'
        ? new Uint8Array(carries.octets)
        : utf8Bytes(printHttpHead(carries));
  return cut({
    ...ends,
    flags: bits,
    sequence: first + sequence,
    acknowledges: (bits & ack) === 0 ? 0 : due + acknowledges,
    payload,
  });
}

const { fin, syn, rst, psh, ack } = tcpFlags;

const bitsOf: Readonly<Record<TcpFlags, number>> = {
  SYN: syn,
  'SYN+ACK': syn | ack,
  ACK: ack,
  'FIN+ACK': fin | ack,
  RST: rst | ack,
};

const nothing = new Uint8Array(0);

/** The segments of a payload; FIN and PSH belong to the last. */
function cut(whole: Unnumbered): Unnumbered[] {
  const { payload, flags, sequence } = whole;
  if (payload.length === 0) return [whole];
  const pieces: Unnumbered[] = [];
  for (let at = 0; at < payload.length; at += segmentMost) {
    const piece = payload.subarray(at, at + segmentMost);
    const isLast = at + segmentMost >= payload.length;
    const its = isLast ? flags | psh : flags & ~fin;
    pieces.push({ ...whole, flags: its, sequence: sequence + at, payload: piece });
  }
  return pieces;
}

function initialNumber(own: Endpoint, other: Endpoint): number {
  return hashText([own, other].map(({ address, port }) => `${address.join('.')} ${port}`).join());
}

/** One connection between two nodes that carries their SIP; it outlives the run. */
export interface SipConnection {
  /** Octets that each end has sent, its SYN among them. */
  readonly sent: Map<NodeId, number>;
  /** What each end has on its way: where its octets end, and the record of their arrival. */
  readonly underWay: Map<NodeId, { readonly end: number; readonly arrival: RecordNumber }[]>;
}

/**
 * The handshake of a connection. The run knows connections as open, so that these three are made
 * up: without them a reader would not know where the octets begin.
 */
export function handshake({ from, to }: Ends): Unnumbered[] {
  const [own, other] = [initialNumber(from, to), initialNumber(to, from)];
  const back = { from: to, to: from };
  return [
    { from, to, flags: syn, sequence: own, acknowledges: 0, payload: nothing },
    { ...back, flags: syn | ack, sequence: other, acknowledges: own + 1, payload: nothing },
    { from, to, flags: ack, sequence: own + 1, acknowledges: other + 1, payload: nothing },
  ];
}

export function newSipConnection(): SipConnection {
  return { sent: new Map(), underWay: new Map() };
}

/** A SIP message behind whatever its sender has sent; it acknowledges what has come by then. */
export function sipSegments(
  connection: SipConnection,
  { record, from, to, received }: MessageView,
  ends: Ends,
  payload: Uint8Array,
): Unnumbered[] {
  const sequence = connection.sent.get(from) ?? 1;
  const end = sequence + payload.length;
  connection.sent.set(from, end);
  const underWay = connection.underWay.get(from) ?? [];
  connection.underWay.set(from, underWay);
  for (const arrival of received.slice(0, 1)) underWay.push({ end, arrival });
  const heard = (connection.underWay.get(to) ?? []).filter(({ arrival }) => arrival < record);
  return cut({
    ...ends,
    flags: ack,
    sequence: initialNumber(ends.from, ends.to) + sequence,
    acknowledges: initialNumber(ends.to, ends.from) + Math.max(1, ...heard.map((one) => one.end)),
    payload,
  });
}
