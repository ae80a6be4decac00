import { milliseconds, type Micros } from '../base/micros.ts';
import type { Packet } from '../kernel/node.ts';
import type { MediaAddress } from './media-packet.ts';

/**
 * A key of a telephone told within the audio stream (RFC 4733, telephone-event). It shares SSRC,
 * sequence numbers and clock with the sound, and all packets of one key have its first timestamp.
 */
export interface KeyPacket extends Packet {
  readonly protocol: 'RTP packet';
  readonly label: 'telephone-event';
  readonly from: MediaAddress;
  readonly to: MediaAddress;
  readonly ssrc: number;
  readonly payloadType: number;
  /** 16 bits. */
  readonly sequence: number;
  /** 32 bits, of the instant at which the key went down. */
  readonly timestamp: number;
  /** The first packet of the key. */
  readonly marker: boolean;
  /** `'0'` to `'9'`, `'*'`, `'#'`, `'A'` to `'D'`. */
  readonly digit: string;
  /** How long it has been down, in ticks of the stream's clock. */
  readonly duration: number;
  /** It is up again. */
  readonly end: boolean;
}

export function isKeyPacket(packet: Packet): packet is KeyPacket {
  return packet.protocol === 'RTP packet' && packet.label === keyLabel;
}

export const keyLabel = 'telephone-event';

/** RFC 4733 §2.5.1.2: the pace of the packets of a key. */
export const keyPace = milliseconds(50);
/** How long a user holds a key. */
const held = milliseconds(160);
/** RFC 4733 §2.5.1.4: the last packet is sent three times. */
const endsSent = 3;
const updates = Math.floor(held / keyPace);
export const packetsOfKey = updates + endsSent;

/** What the packet of that place says: for how long, and whether the key is up. */
export function keyAt(place: number): { readonly lasted: Micros; readonly end: boolean } {
  const end = place >= updates;
  return { lasted: end ? held : milliseconds((place + 1) * 50), end };
}

/** RFC 4733 §3.2: the code of a key. */
export function eventCodeOf(digit: string): number {
  const code = '0123456789*#ABCD'.indexOf(digit);
  return code < 0 ? 0 : code;
}
