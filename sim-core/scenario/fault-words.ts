import { freezeDeep } from '../base/plain.ts';
import type { NodeId, Packet } from '../kernel/node.ts';
import type { Fault, FaultRule } from '../network/fault-rule.ts';
import { isSip, type Header, type SipMessage } from '../sip/message.ts';
import type { FaultSetting } from './scenario.ts';

/** Packets of many kinds, by the word that stands for them. */
export const packetClasses = {
  everything: (_packet: Packet) => true,
  request: (packet: Packet) => isSip(packet) && packet.kind === 'request',
  response: (packet: Packet) => isSip(packet) && packet.kind === 'response',
} as const satisfies Readonly<Record<string, (packet: Packet) => boolean>>;

/**
 * The packets a fault rule calls by that text: a label (`'200'`, `'PRACK'`, `'play'`), a response
 * with the method it answers (`'200 (PRACK)'`), or one of `packetClasses`.
 */
export function packetsCalled(message: string): (packet: Packet) => boolean {
  const many = new Map<string, (packet: Packet) => boolean>(Object.entries(packetClasses));
  const known = many.get(message);
  if (known !== undefined) return known;
  const answer = /^([1-6][0-9][0-9]) \(([A-Z]+)\)$/.exec(message);
  if (answer === null) return (packet) => packet.label === message;
  const [, status, method] = answer;
  return (packet) => packet.label === status && isSip(packet) && packet.cseq.method === method;
}

/** The parts of a SIP message that a fault can falsify on the way, and what becomes of them. */
export const changeableParts: Readonly<Record<string, (message: SipMessage) => SipMessage>> = {
  CSeq: (message) => {
    const number = Math.max(0, message.cseq.number - 10);
    return { ...message, cseq: { ...message.cseq, number } };
  },
  RAck: (message) => withHeader(message, 'RAck', falseRack),
  RSeq: (message) => withHeader(message, 'RSeq', (value) => String(Number(value) + 7)),
  'To tag': (message) => ({ ...message, to: { ...message.to, tag: falsified(message.to.tag) } }),
  'From tag': (message) => ({
    ...message,
    from: { ...message.from, tag: falsified(message.from.tag) },
  }),
  'Call-ID': (message) => ({ ...message, callId: falsified(message.callId) }),
  branch: (message) => {
    const [top, ...below] = message.via;
    if (top === undefined) return message;
    return { ...message, via: [{ ...top, branch: falsified(top.branch) }, ...below] };
  },
  body: (message) => ({ ...message, bodies: [] }),
};

/** What arrives instead of a packet in which that part was falsified. */
export function withChanged(part: string, packet: Packet): Packet {
  const change = changeableParts[part];
  if (change === undefined || !isSip(packet)) return packet;
  return freezeDeep(change(packet));
}

function falsified(text: string | null): string {
  return `${text ?? ''}x`;
}

/** `'776655 3 INVITE'` acknowledges another provisional response: `'776656 3 INVITE'`. */
function falseRack(value: string): string {
  return value.replace(/^[0-9]+/, (number) => String(Number(number) + 1));
}

function withHeader(
  message: SipMessage,
  name: string,
  change: (value: string) => string,
): SipMessage {
  const headers = message.headers.map(([given, value]): Header =>
    given === name ? [given, change(value)] : [given, value],
  );
  return { ...message, headers };
}

/** The rule the network keeps, with ids for names. */
export function faultRule(fault: FaultSetting, idOf: (name: string) => NodeId): FaultRule {
  const { message, occurrences, does, eitherWay = false, during = null } = fault;
  const from = fault.from === null ? null : idOf(fault.from);
  const to = fault.to === null ? null : idOf(fault.to);
  const called = packetsCalled(message);
  // A stream is no datagram: nothing but a cut for a time, or its own name, concerns it.
  const means =
    message === 'everything' && during === null
      ? (packet: Packet): boolean => packet.protocol !== 'RTP'
      : called;
  const deed: Fault =
    does.kind === 'change'
      ? { kind: 'change', into: (packet) => withChanged(does.part, packet) }
      : does;
  return { means, from, to, eitherWay, occurrences, during, does: deed };
}
