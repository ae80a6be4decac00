import type { Packet } from '../kernel/node.ts';
import { isSip } from '../sip/message.ts';
import { printMessage } from '../sip/print-message.ts';

/** A command to the Resource Server, whose form the texts leave open: what JSON would take. */
const commandOctets = 400;

const known = new WeakMap<Packet, number>();

/**
 * Octets of a message as it goes over the wire, UTF-8. Only links that limit bandwidth ask, so a
 * message is printed when the first of them does; messages are frozen, and the length is kept.
 */
export function printedLength(packet: Packet): number {
  let length = known.get(packet);
  if (length === undefined) {
    length = isSip(packet) ? utf8Length(printMessage(packet)) : commandOctets;
    known.set(packet, length);
  }
  return length;
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
