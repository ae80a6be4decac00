import type { Micros } from '../base/micros.ts';
import type { Packet } from '../kernel/node.ts';
import { keyLabel } from './key-packet.ts';
import type { MediaAddress, MediaPacket } from './media-packet.ts';

/** One RTP packet (RFC 3550 §5.1), where a scenario asks for packets: `media: packets`. */
export interface RtpPacket extends Packet {
  readonly protocol: 'RTP packet';
  readonly label: 'audio packet' | 'video packet';
  /** What it is a part of: ends, source, format, and what is heard in it. */
  readonly stream: MediaPacket;
  /** 16 bits. */
  readonly sequence: number;
  /** 32 bits, in ticks of the stream's clock. */
  readonly timestamp: number;
  /** The first packet after silence (RFC 3551 §4.1). */
  readonly marker: boolean;
}

/** A sender report (RFC 3550 §6.4.1) of one stream, without report blocks. */
export interface RtcpPacket extends Packet {
  readonly protocol: 'RTCP';
  readonly label: 'RTCP';
  readonly from: MediaAddress;
  readonly to: MediaAddress;
  readonly ssrc: number;
  /** The instant of the report, and the RTP timestamp of that instant. */
  readonly at: Micros;
  readonly timestamp: number;
  /** Sent so far under that SSRC; octets are those of payloads. */
  readonly packets: number;
  readonly octets: number;
}

export function isRtpPacket(packet: Packet): packet is RtpPacket {
  return packet.protocol === 'RTP packet' && packet.label !== keyLabel;
}

/** What no ladder shows: a stream's beginning, changes and end stand for it. */
export function isPacketOfStream(packet: Packet): packet is RtpPacket | RtcpPacket {
  return isRtpPacket(packet) || isRtcp(packet);
}

export function isRtcp(packet: Packet): packet is RtcpPacket {
  return packet.protocol === 'RTCP';
}
