import { octetsOf } from '../http/http-message.ts';
import { isTcp } from '../http/tcp-packet.ts';
import type { Packet } from '../kernel/node.ts';
import { payloadLengthOf } from '../media/rtp-format.ts';
import { isKeyPacket } from '../media/key-packet.ts';
import { isRtcp, isRtpPacket } from '../media/rtp-packet.ts';
import { isSip } from '../sip/message.ts';
import { printMessage } from '../sip/print-message.ts';

/** A command to the Resource Server, whose form the texts leave open: what JSON would take. */
const commandOctets = 400;
/** RFC 3550 §5.1, and a sender report of §6.4.1 with a short CNAME. */
const rtpHeaderOctets = 12;
const reportOctets = 60;
const keyOctets = 4;

const known = new WeakMap<Packet, number>();

/**
 * Octets of a message as it goes over the wire, UTF-8. Only links that limit bandwidth ask, so a
 * message is printed when the first of them does; messages are frozen, and the length is kept.
 */
export function printedLength(packet: Packet): number {
  let length = known.get(packet);
  if (length === undefined) {
    length = lengthOf(packet);
    known.set(packet, length);
  }
  return length;
}

function lengthOf(packet: Packet): number {
  if (isSip(packet)) return utf8Length(printMessage(packet));
  if (isTcp(packet)) return packet.carries === null ? 0 : octetsOf(packet.carries);
  if (isRtpPacket(packet)) {
    return rtpHeaderOctets + 4 * packet.stream.csrc.length + payloadLengthOf(packet.stream);
  }
  if (isKeyPacket(packet)) return rtpHeaderOctets + keyOctets;
  return isRtcp(packet) ? reportOctets : commandOctets;
}

function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // A surrogate is half of four octets, every other unit one, two or three.
    if (unit >= 0x80) length += unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return length;
}
