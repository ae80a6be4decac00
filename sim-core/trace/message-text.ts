import { octetsOf } from '../http/http-message.ts';
import { isTcp, type TcpPacket } from '../http/tcp-packet.ts';
import type { Packet } from '../kernel/node.ts';
import { isKeyPacket } from '../media/key-packet.ts';
import { isMedia } from '../media/media-packet.ts';
import { isControl, type ControlMessage } from '../resource-control/control-message.ts';
import { headerValue, isSip, reliableSequence, type SipMessage } from '../sip/message.ts';

export interface MessageText {
  readonly text: string;
  readonly shortText: string;
}

/**
 * What a ladder calls a packet: `re-INVITE`, `180 Ringing`, `200 (UPDATE)`, `audio from carousel`.
 * `reinvite` says whether the INVITE, or the one answered, is within a dialog.
 */
export function messageText(packet: Packet, reinvite: boolean): MessageText {
  if (isSip(packet)) return sipText(packet, reinvite);
  if (isControl(packet)) {
    return alike(packet.form === 'command' ? packet.command.kind : packet.label);
  }
  if (isMedia(packet)) {
    if (packet.sources.length === 0) return alike(`${packet.medium} ends`);
    const names = packet.sources.map(({ source }) => source).join(', ');
    return { text: `${packet.medium} from ${names}`, shortText: packet.medium };
  }
  if (isTcp(packet)) return httpText(packet);
  if (isKeyPacket(packet)) return alike(`key ${packet.digit}${packet.end ? ' ends' : ''}`);
  return alike(packet.label);
}

/** Whether an INVITE is sent within a dialog (RFC 3261 §14). */
export function isReinvite(message: SipMessage): boolean {
  return message.kind === 'request' && message.method === 'INVITE' && message.to.tag !== null;
}

function sipText(message: SipMessage, reinvite: boolean): MessageText {
  const named = message.cseq.method === 'INVITE' && reinvite ? 're-INVITE' : message.cseq.method;
  if (message.kind === 'request') return alike(named);
  const { status, reason } = message;
  if (status >= 200 && status < 300) return alike(`${status} (${named})`);
  if (named === 'INVITE') return { text: `${status} ${reason}`, shortText: String(status) };
  return { text: `${status} ${reason} (${named})`, shortText: `${status} (${named})` };
}

/** `GET`, `200 (GET)`, `body`; for the rest the flags of TCP. */
function httpText({ label, carries }: TcpPacket): MessageText {
  return alike(carries?.kind === 'response' ? `${label} (GET)` : label);
}

function alike(text: string): MessageText {
  return { text, shortText: text };
}

const nothing: readonly string[] = Object.freeze([]);

/** Facts worth a note beside the arrow. */
export function messageFacts(packet: Packet): readonly string[] {
  if (isSip(packet)) return sipFacts(packet);
  if (isMedia(packet)) return packet.sources.length === 0 ? nothing : [packet.codec];
  if (isTcp(packet)) return httpFacts(packet);
  return isControl(packet) ? controlFacts(packet) : nothing;
}

function controlFacts(message: ControlMessage): readonly string[] {
  // The ring-back tone is the usual case; a ring tone is told apart (GAP-46).
  const facts = message.leg === 'Client-B' ? ['for Client-B'] : [];
  if (message.form === 'reply' && message.reply.kind === 'refused') facts.push(message.reply.why);
  return facts.length === 0 ? nothing : facts;
}

function httpFacts({ carries, to }: TcpPacket): readonly string[] {
  if (carries?.kind === 'request') return [`http://${to.address}${carries.target}`];
  return carries?.kind === 'body' ? [`${octetsOf(carries)} octets`] : nothing;
}

function sipFacts(message: SipMessage): readonly string[] {
  const facts: string[] = [];
  if (reliableSequence(message) !== null) facts.push('100rel');
  const earlyMedia = headerValue(message, 'P-Early-Media');
  if (earlyMedia !== null) facts.push(`P-Early-Media: ${earlyMedia}`);
  const alertInfo = headerValue(message, 'Alert-Info');
  if (alertInfo !== null) facts.push(`Alert-Info: ${alertInfo}`);
  const callInfo = headerValue(message, 'Call-Info');
  if (callInfo !== null) facts.push(`Call-Info: ${callInfo}`);
  const reason = headerValue(message, 'Reason');
  if (reason !== null) facts.push(`Reason: ${reason}`);
  return facts.length === 0 ? nothing : facts;
}
