import { hashNumber, hashText } from '../base/hash.ts';
import type { Micros } from '../base/micros.ts';
import type { HeardSource, Medium } from '../kernel/trace-record.ts';
import type { Packet } from '../kernel/node.ts';

/** One end of a media stream, as SDP names it. */
export interface MediaAddress {
  readonly address: string;
  readonly port: number;
}

/** What every RTP packet of a stream has in common (RFC 3550 §5.1). */
export interface RtpSource {
  /** Names the source of the stream: a mixer has its own, a forwarder keeps the original one. */
  readonly ssrc: number;
  /** The sources a mixer has put together, at most 15; empty for what nobody mixed. */
  readonly csrc: readonly number[];
  /** Null where the description names a format that is no payload type. */
  readonly payloadType: number | null;
  /** Ticks of the RTP timestamp in a second. */
  readonly clockRate: number;
  /** What one packet carries, in µs: 20 ms of sound unless a=ptime says so, or one picture. */
  readonly packetTime: Micros;
}

/**
 * The instant at which an RTP stream begins, changes what it carries, or ends. The packets
 * between two such instants are alike, so only these travel; each takes the link's latency.
 */
export interface MediaPacket extends Packet, RtpSource {
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

/** The SSRC of what has its origin at that port. Not chance: the same call, the same numbers. */
export function ssrcOf({ address, port }: MediaAddress): number {
  return hashNumber(port, hashText(address)) || 1;
}

/** As captures and RFC 3550 print it: `'0x1f00c2a7'`. */
export function printSsrc(ssrc: number): string {
  return `0x${ssrc.toString(16).padStart(8, '0')}`;
}
