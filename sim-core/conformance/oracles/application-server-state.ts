import type { ControlMessage, ReplyMessage } from '../../resource-control/control-message.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { bodyOf, headerTokens, headerValue, reliableSequence } from '../../sip/message.ts';
import { isRequest, statusOf, type CallPicture, type CommandPassage } from './call-picture.ts';
import { hasArrived, type Happening, type Passage, type SipPassage } from './call-watch.ts';

/** Whether a ring by early session is due to a client, and which message has to offer it. */
export type RingDue =
  | { readonly kind: 'not due'; readonly says: string }
  /** The trigger is false: nothing of an early session may be sent to that client. */
  | { readonly kind: 'not wanted'; readonly says: string }
  /** That message has to carry the offer; null while it has not left. */
  | { readonly kind: 'due'; readonly message: SipPassage | null; readonly since: Happening };

function notDue(says: string): RingDue {
  return { kind: 'not due', says };
}

export function isApplicationServerMode({ watch }: CallPicture): boolean {
  return watch.mode === 'application-server';
}

/** DEL-AS-SRV-01: Supported of the INVITE has early-session and 100rel. */
export function ringForA(call: CallPicture): RingDue {
  const { inviteA, header } = call;
  if (!hasArrived(inviteA)) return notDue('No INVITE reached the CMR Server.');
  if (!isApplicationServerMode(call)) {
    return notDue('The CMR Server follows no Application Server Mode in this call.');
  }
  if (!header.services.includes('cmrbt')) return notDue('No ring-back tone is to be delivered.');
  const supported = headerTokens(inviteA.packet, 'Supported');
  const lack = ['early-session', '100rel'].find((tag) => !supported.includes(tag));
  if (lack !== undefined) {
    return { kind: 'not wanted', says: `Client-A's INVITE does not support ${lack}.` };
  }
  const wanted = header.switches['SW-INSERT-AT'] === 'first180' ? [180, 180] : [101, 199];
  const [least = 101, most = 199] = wanted;
  const alerting = call.fromB.find(
    (one) => one.received !== null && statusOf(one) >= least && statusOf(one) <= most,
  );
  if (!hasArrived(alerting)) return notDue('No provisional response came from Client-B (GAP-42).');
  const lackOfRing = lackOfReservation(call, 'Client-A', alerting.received);
  if (lackOfRing !== null) return notDue(lackOfRing);
  const message =
    call.provisionalsA.find((one) => statusOf(one) >= least && statusOf(one) <= most) ?? null;
  if (message === null && hasArrived(call.finalB)) {
    return notDue("Client-B's final response came first (GAP-36).");
  }
  if (message === null && call.cancel !== null) {
    return notDue('Client-A cancelled before a provisional response left.');
  }
  return { kind: 'due', message, since: alerting.received };
}

/** DEL-AS-SRV-06 in the reading of GAP-14: a reliable 1xx of a client with early-session. */
export function ringForB(call: CallPicture): RingDue {
  const { header } = call;
  if (!isApplicationServerMode(call)) {
    return notDue('The CMR Server follows no Application Server Mode in this call.');
  }
  if (!header.services.includes('cmrt')) return notDue('No ring tone is to be delivered.');
  if (header.switches['SW-CMRT-ES-CARRIER'] !== 'prack') {
    return notDue(`SW-CMRT-ES-CARRIER is ${header.switches['SW-CMRT-ES-CARRIER']} here.`);
  }
  const strict = header.switches['SW-CMRT-TRIGGER'] === 'strict';
  const reliable = call.fromB.filter(
    (one) => one.received !== null && reliableSequence(one.packet) !== null,
  );
  if (reliable.length === 0) return notDue('No reliable provisional response came (GAP-15).');
  const trigger = reliable.find(({ packet }) => {
    const supported = headerTokens(packet, 'Supported');
    const tags = strict ? supported : [...supported, ...headerTokens(packet, 'Require')];
    return supported.includes('early-session') && tags.includes('100rel');
  });
  if (!hasArrived(trigger)) {
    return { kind: 'not wanted', says: "Client-B's response does not support early-session." };
  }
  const lackOfRing = lackOfReservation(call, 'Client-B', trigger.received);
  if (lackOfRing !== null) return notDue(lackOfRing);
  const message = prackTowardsB(call, trigger);
  if (message === null && hasArrived(call.finalB)) {
    return notDue("Client-B's final response came first (GAP-36).");
  }
  return { kind: 'due', message, since: trigger.received };
}

function lackOfReservation(
  call: CallPicture,
  leg: 'Client-A' | 'Client-B',
  since: Happening,
): string | null {
  const [asked] = commandsFor(call, leg, 'reserve');
  if (asked === undefined) return null;
  const given = replyFor(call, asked);
  const reply = given?.packet.reply;
  if (reply?.kind === 'refused') return `The Resource Server refused the ring: ${reply.why}.`;
  const { finalB } = call;
  if (hasArrived(given)) {
    const late = given.received.at - Math.max(asked.sent.at, since.at);
    if (hasArrived(finalB) && finalB.received.record < given.received.record) {
      return "Client-B's final response came before the reservation (GAP-36).";
    }
    return late > reservationMost ? 'The Resource Server replied too late (GAP-47).' : null;
  }
  return 'The Resource Server did not reply in time (GAP-47).';
}

/** The commands about the ring for that client, which may not be the one of `call.commands`. */
export function commandsFor(
  call: CallPicture,
  leg: 'Client-A' | 'Client-B',
  kind: CommandPassage['packet']['command']['kind'],
): CommandPassage[] {
  const callId = call.inviteA?.packet.callId;
  return call.watch.control.filter(isCommand).filter(({ packet }) => {
    return packet.call === callId && packet.leg === leg && packet.command.kind === kind;
  });
}

function replyFor(call: CallPicture, { packet }: CommandPassage): ReplyPassage | null {
  return (
    call.watch.control
      .filter(isReply)
      .find((one) => one.packet.transaction === packet.transaction) ?? null
  );
}

type ReplyPassage = Passage<ReplyMessage>;

function isCommand(passage: Passage<ControlMessage>): passage is CommandPassage {
  return passage.packet.form === 'command';
}

function isReply(passage: Passage<ControlMessage>): passage is ReplyPassage {
  return passage.packet.form === 'reply';
}

/** GAP-47: the longest wait for a reservation, in µs, that a scenario gives by default. */
const reservationMost = 500_000;

/** The PRACK to Client-B that names this response first, or null. */
export function prackTowardsB(call: CallPicture, response: SipPassage): SipPassage | null {
  return acknowledgementOf(call.toB, response);
}

/** The PRACK among those messages that names the response, or null. */
export function acknowledgementOf(
  sent: readonly SipPassage[],
  response: SipPassage,
): SipPassage | null {
  const wanted = String(reliableSequence(response.packet));
  return (
    sent.find((one) => {
      const [sequence] = (headerValue(one.packet, 'RAck') ?? '').split(' ');
      return isRequest(one, 'PRACK') && sequence === wanted;
    }) ?? null
  );
}

/** The early-session part of a message that has arrived, or null. */
export function earlyAnswerIn(carrier: SipPassage | null): SessionDescription | null {
  return hasArrived(carrier) ? bodyOf(carrier.packet, 'early-session') : null;
}
