import { once } from '../../base/worked-out.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import type {
  Arrived,
  DialogEvent,
  Happening,
  Observation,
  SeenDialog,
  SeenMessage,
  SeenResponse,
  SeenTransaction,
  Transmission,
} from './observation.ts';
import { finalReceived, firstArrived, isSuccess, travelsReliably } from './reading-messages.ts';

/** Until when transactions and dialogs last, and whether somebody could act at all. */

/** Every arrival of the message, copies included, in their order. */
export function arrivalsOf(message: SeenMessage): Happening[] {
  const arrivals = [...message.sent.arrivals];
  for (const copy of message.copies) arrivals.push(...copy.arrivals);
  return arrivals.sort((a, b) => a.record - b.record);
}

/**
 * The record at which the sender decided to send it: what it follows from. Between that and its
 * departure lies the time a node takes over a message, and what comes in meanwhile changes nothing.
 */
export function decidedAt({ sent }: SeenMessage): RecordNumber {
  return sent.cause > 0 ? sent.cause : sent.record;
}

/** How often it left. */
export function timesSent(message: SeenMessage | null): number {
  return message === null ? 0 : 1 + message.copies.length;
}

/** Copies that answer a copy of another message, and those that a timer of the sender sent. */
export function isEcho(seen: Observation, copy: Transmission): boolean {
  return seen.messageOf[copy.cause] !== undefined;
}

/**
 * When the client of a transaction has given up, so that what arrives later finds nobody: Timers
 * B and F, 64·T1 after a CANCEL that nobody obeyed (RFC 3261 §9.1), or a crash. Infinity: never.
 * A BYE that ends the INVITE's dialog asks for its 487 as a CANCEL does (§15.1.2).
 */
export function clientGivesUpAt(seen: Observation, transaction: SeenTransaction): number {
  const { request, client } = transaction;
  if (request === null) return Infinity;
  const crash = forgetsAt(seen, client, request.sent.at);
  return Math.min(crash, clientTimesOutAt(seen, transaction, request));
}

function clientTimesOutAt(
  seen: Observation,
  transaction: SeenTransaction,
  request: SeenMessage,
): number {
  const { responses, cancelledBy, method } = transaction;
  const { giveUp } = seen.timers;
  const timeout = request.sent.at + giveUp;
  const final = finalReceived(transaction);
  if (method !== 'INVITE') {
    return final !== null && final.received.at <= timeout ? Infinity : timeout;
  }
  const first = firstArrived(responses, 100, 699);
  if (first === null || first.received.at > timeout) return timeout;
  if (final !== null && final.received.at <= timeout) return Infinity;
  const asked = cancelledBy?.request?.sent.at ?? byeWhilePending(seen, transaction, request);
  const obeyed = asked + giveUp;
  return final !== null && final.received.at <= obeyed ? Infinity : obeyed;
}

/** When a BYE, of either end, ended the dialog of that INVITE, or Infinity. */
function byeWhilePending(
  seen: Observation,
  invite: SeenTransaction,
  { packet: { callId, from, to } }: SeenMessage,
): number {
  let first = Infinity;
  for (const dialog of seen.dialogsByTag.get(from.tag ?? '') ?? []) {
    if (dialog.node !== invite.client || dialog.callId !== callId) continue;
    if (to.tag === null ? dialog.opening !== invite : dialog.remoteTag !== to.tag) continue;
    const bye = dialog.events.find(
      ({ message: { packet } }) => packet.kind === 'request' && packet.method === 'BYE',
    );
    if (bye !== undefined) first = Math.min(first, bye.at);
  }
  return first;
}

/** The final response that the client took, or null: it came in time. */
export function finalTaken(
  seen: Observation,
  transaction: SeenTransaction,
): Arrived<SeenResponse> | null {
  const final = finalReceived(transaction);
  if (final === null) return null;
  return final.received.at <= clientGivesUpAt(seen, transaction) ? final : null;
}

/** The first thing that ends the dialog for this end of it: BYE, 481, 408, 199, a refusal. */
export const endOf = /* @__PURE__ */ once((dialog: SeenDialog): Happening | null => {
  const refusal = refusalOf(dialog);
  const end = endWithin(dialog);
  if (end === null || refusal === null) return end ?? refusal;
  return end.record < refusal.record ? end : refusal;
});

function endWithin(dialog: SeenDialog): Happening | null {
  for (const event of dialog.events) {
    const { packet } = event.message;
    if (packet.kind === 'request') {
      if (packet.method === 'BYE') return event;
    } else if (packet.status === 199) {
      return event; // RFC 6228 §4: its early dialog is over
    } else if (event.way === 'received' && (packet.status === 481 || packet.status === 408)) {
      return event;
    }
  }
  return null;
}

/**
 * What ended the dialog while it was early: a refusal of the INVITE that made it, as soon as this
 * end had decided on it; or null.
 */
function refusalOf(dialog: SeenDialog): Happening | null {
  const { opening, caller } = dialog;
  if (opening === null || isConfirmed(dialog)) return null;
  const refusal = opening.responses.find(({ packet }) => packet.status >= 300) ?? null;
  if (refusal === null) return null;
  return caller ? refusal.received : { record: decidedAt(refusal), at: refusal.sent.at };
}

/** Whether a 2xx to the INVITE that made it was sent or received at this end. */
export function isConfirmed(dialog: SeenDialog): boolean {
  return successOf(dialog) !== null;
}

/** That 2xx, or null. */
export const successOf = /* @__PURE__ */ once(
  ({ opening, events, caller }: SeenDialog): SeenMessage | null => {
    const number = opening?.request?.packet.cseq.number;
    for (const { message, way } of events) {
      if (!isSuccess(message) || (way === 'received') !== caller) continue;
      const { cseq } = message.packet;
      if (cseq.method === 'INVITE' && cseq.number === number) return message;
    }
    return null;
  },
);

/** Whether the node was down or frozen at any instant of that span. */
export function wasOut(seen: Observation, node: NodeId, from: number, to: number): boolean {
  return seen.outages.some((one) => one.node === node && one.from <= to && one.to >= from);
}

/** When the node lost its memory first in that span, or Infinity. */
export function forgetsAt(seen: Observation, node: NodeId, from: number, to = Infinity): number {
  for (const one of seen.outages) {
    if (one.forgets && one.node === node && one.from >= from && one.from <= to) return one.from;
  }
  return Infinity;
}

/**
 * When the server of a transaction knows nothing of it any more, so that a late copy of its
 * request begins another one: after Timer J, L, H or I, or a crash. Infinity: never.
 */
export function serverForgetsAt(seen: Observation, transaction: SeenTransaction): number {
  const { request, method, responses, ack, server } = transaction;
  const crash = forgetsAt(seen, server, request?.received?.at ?? Infinity);
  const final = responses.find(({ packet }) => packet.status >= 200) ?? null;
  if (final === null) return crash;
  const refusal = method === 'INVITE' && !isSuccess(final);
  const acknowledged = refusal ? (ack?.received ?? null) : null;
  const { giveUp, T4 } = seen.timers;
  // Timers I and J are zero over a reliable transport (RFC 3261 §17.2.1, §17.2.2).
  const stays = method === 'INVITE' || !travelsReliably(final) ? giveUp : 0;
  const absorbs = travelsReliably(final) ? 0 : T4;
  const ends = acknowledged === null ? final.sent.at + stays : acknowledged.at + absorbs;
  return Math.min(crash, ends);
}

/** Whether the record goes on beyond the instant, so that what was due then would be in it. */
export function outlives(seen: Observation, at: number): boolean {
  return seen.ended === 'quiet' || seen.endedAt > at;
}

/** The longest a node takes to react to what it needs nobody's help for: T1. */
export function promptly(seen: Observation, since: number): number {
  return since + seen.timers.T1;
}

/**
 * The INVITE a node received because of which it sent this one: the same call, on its other leg.
 * Follows the records back from cause to cause.
 */
export function cameFrom(seen: Observation, went: SeenTransaction): SeenTransaction | null {
  let cause: number = went.request?.sent.cause ?? 0;
  for (let steps = 0; cause > 0 && steps < 64; steps += 1) {
    const message = seen.messageOf[cause];
    if (message !== undefined && message.to === went.client && message.from !== went.server) {
      const { transaction } = message;
      if (transaction.method === 'INVITE' && transaction.request === message) return transaction;
    }
    cause = seen.causes[cause] ?? 0;
  }
  return null;
}

/** The INVITEs that a node sent because of this one: the other legs of the call. */
export function wentOnAs(seen: Observation, came: SeenTransaction): SeenTransaction[] {
  const went: SeenTransaction[] = [];
  for (const one of seen.byMethod.get('INVITE') ?? []) {
    if (one.client === came.server && cameFrom(seen, one) === came) went.push(one);
  }
  return went;
}

/** Whether a later request came first: a lower CSeq number is refused (RFC 3261 §12.2.2). */
export function isOvertaken({ events }: SeenDialog, request: DialogEvent): boolean {
  const { number } = request.message.packet.cseq;
  return events.some(({ way, record, message: { packet } }) => {
    if (way !== 'received' || packet.kind !== 'request' || record > request.record) return false;
    return packet.cseq.number > number && packet.method !== 'ACK' && packet.method !== 'CANCEL';
  });
}
