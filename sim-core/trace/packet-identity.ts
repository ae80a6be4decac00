import { isSip, reliableSequence, type SipMessage, type SipResponse } from '../sip/message.ts';
import { isTcp, type TcpPacket } from '../http/tcp-packet.ts';
import { isControl } from '../resource-control/control-message.ts';
import type { NodeId, Packet } from '../kernel/node.ts';

/**
 * Equal for two transmissions of one message between the same two nodes: a retransmission keeps
 * branch, CSeq and status (RFC 3261 §17). Null for packets that are never resent.
 */
export function packetIdentity(packet: Packet, from: NodeId, to: NodeId): string | null {
  if (isSip(packet)) return `${from}>${to} ${sipIdentity(packet)}`;
  if (isControl(packet)) {
    return `${from}>${to} ${packet.call} ${packet.transaction} ${packet.form} ${packet.label}`;
  }
  if (isTcp(packet)) return tcpIdentity(packet);
  return null;
}

/** Two acknowledgements alike are two; everything else counts octets and so has a place. */
function tcpIdentity({ flags, carries, from, to, sequence }: TcpPacket): string | null {
  if (carries === null && flags === 'ACK') return null;
  const ends = `${from.address}:${from.port} ${to.address}:${to.port}`;
  return `${ends} ${flags} ${sequence}`;
}

function sipIdentity(message: SipMessage): string {
  const branch = message.via[0]?.branch ?? '';
  const transaction = `${message.callId} ${branch} ${message.cseq.number} ${message.cseq.method}`;
  if (message.kind === 'request') return transaction;
  // Two reliable 180s of one transaction differ in RSeq; forked ones in their To tag.
  const sequence = reliableSequence(message) ?? '-';
  const said = `${message.status} ${sequence} ${message.to.tag} ${message.bodies.length}`;
  return `${transaction} ${said}${ringNamedIn(message)}`;
}

/** A 180 of a minute later that names another ring is no repetition of the first (GAP-21). */
function ringNamedIn({ status, headers, otherBodies }: SipResponse): string {
  if (status >= 200) return '';
  let named = otherBodies?.[0]?.type ?? '';
  for (const [name, value] of headers) {
    if (name === 'Alert-Info' || name === 'Call-Info') named += ` ${value}`;
  }
  return named;
}
