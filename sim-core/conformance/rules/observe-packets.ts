import type { NodeId } from '../../kernel/node.ts';
import { isKeyPacket, type KeyPacket } from '../../media/key-packet.ts';
import { isRtcp, type RtcpPacket, type RtpPacket } from '../../media/rtp-packet.ts';
import type { Happening } from './observation.ts';

/** What one node sent under one SSRC, where a run has packets of media. */
export interface SeenSource {
  readonly node: NodeId;
  readonly ssrc: number;
  /** Whether the packets came to it under that SSRC: a translator numbers nothing itself. */
  readonly forwarded: boolean;
  /** Its first packet, and the numbers of that. */
  readonly first: Happening & { readonly sequence: number; readonly timestamp: number };
  sequence: number;
  packets: number;
  /** Packets whose number is not the one behind that of the packet before. */
  readonly jumps: (Happening & { readonly from: number; readonly to: number })[];
  /** Its sender reports. */
  readonly reports: Happening[];
}

/** By node and SSRC, as one number. */
export type SourceBook = Map<number, SeenSource>;

function keyOf(node: NodeId, ssrc: number): number {
  return node * 0x1_0000_0000 + ssrc;
}

/** Files one departure of RTP, of a key told within it (RFC 4733), or of RTCP. */
export function filePacket(
  sources: SourceBook,
  packet: RtpPacket | KeyPacket | RtcpPacket,
  node: NodeId,
  sent: Happening,
): void {
  if (isRtcp(packet)) {
    sources.get(keyOf(node, packet.ssrc))?.reports.push(sent);
    return;
  }
  const ssrc = isKeyPacket(packet) ? packet.ssrc : packet.stream.ssrc;
  const { sequence, timestamp } = packet;
  const known = sources.get(keyOf(node, ssrc));
  if (known === undefined) {
    // Keys alone are no stream of packets.
    if (isKeyPacket(packet)) return;
    const forwarded = [...sources.values()].some((one) => one.ssrc === ssrc && one.node !== node);
    const first = { ...sent, sequence, timestamp };
    const counted = { sequence, packets: 1, jumps: [], reports: [] };
    sources.set(keyOf(node, ssrc), { node, ssrc, forwarded, first, ...counted });
    return;
  }
  const due = (known.sequence + 1) & 0xffff;
  if (sequence !== due) known.jumps.push({ ...sent, from: known.sequence, to: sequence });
  known.sequence = sequence;
  known.packets += 1;
}
