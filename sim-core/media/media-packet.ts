import type { HeardSource, Medium } from '../kernel/trace-record.ts';
import type { Packet } from '../kernel/node.ts';

/** One end of a media stream, as SDP names it. */
export interface MediaAddress {
  readonly address: string;
  readonly port: number;
}

/**
 * The instant at which an RTP stream begins, changes what it carries, or ends. The packets
 * between two such instants are alike, so only these travel; each takes the link's latency.
 */
export interface MediaPacket extends Packet {
  readonly protocol: 'RTP';
  readonly label: Medium;
  readonly medium: Medium;
  /** Names the stream at its sender; a stream that moves to another address is a new one. */
  readonly stream: string;
  readonly codec: string;
  readonly from: MediaAddress;
  readonly to: MediaAddress;
  /** What the stream carries from now on; empty: the stream ends. */
  readonly sources: readonly HeardSource[];
}

export function isMedia(packet: Packet): packet is MediaPacket {
  return packet.protocol === 'RTP';
}
