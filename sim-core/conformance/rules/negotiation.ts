import { once } from '../../base/worked-out.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import {
  headerValue,
  reliableSequence,
  type Disposition,
  type SipRequest,
  type SipResponse,
} from '../../sip/message.ts';
import { serverForgetsAt } from './lifetimes.ts';
import type { DialogEvent, Observation, SeenDialog, SeenTransaction } from './observation.ts';

/*
 * Offers and answers as the judge follows them (RFC 3264, RFC 6337 Table 1, RFC 3959 §4): one
 * history for each end of each dialog and for each disposition, so that forks are independent of
 * each other and an early session of the session. Written from the RFCs, not from the code that
 * negotiates.
 */

/** What a body is in the exchange of its dialog. */
export type BodyRole =
  | 'offer'
  | 'answer'
  /** In an unreliable provisional response, before the answer. */
  | 'preview'
  /** After the answer, in a response to the same INVITE. */
  | 'repeat'
  /** What a refusal or the answer to OPTIONS says its sender could do. */
  | 'capability'
  | 'illegal';

/** RFC 6337 Table 1: where an offer travels. */
export type Carrier = 'INVITE' | 'UPDATE' | 'PRACK' | '1xx' | '2xx';

export interface BodySeen {
  readonly event: DialogEvent;
  readonly description: SessionDescription;
  readonly role: BodyRole;
  /** The exchange it opens, answers or repeats. */
  readonly exchange: Exchange | null;
  /** What was open when its sender decided to send it, or when it arrived. */
  readonly open: readonly Exchange[];
}

export interface Exchange {
  readonly by: 'self' | 'peer';
  readonly carrier: Carrier;
  readonly offer: DialogEvent;
  readonly offered: SessionDescription;
  answer: BodySeen | null;
  /** The record with which it came to its end, with an answer or without; null while open. */
  closed: RecordNumber | null;
}

/** The offers and answers of one end of a dialog, in one disposition. */
export interface Negotiation {
  readonly dialog: SeenDialog;
  readonly disposition: Disposition;
  readonly bodies: readonly BodySeen[];
  readonly exchanges: readonly Exchange[];
}

/** Every negotiation in which a body was seen; followed once for all rules. */
export const negotiationsOf = /* @__PURE__ */ once(followAll);

function followAll(seen: Observation): readonly Negotiation[] {
  const expired = expiredTransactions(seen);
  const all: Negotiation[] = [];
  for (const dialog of seen.dialogs) {
    if (!dialog.events.some(({ message }) => message.packet.bodies.length > 0)) continue;
    const events = inOrderOfDecision(dialog);
    for (const disposition of ['session', 'early-session'] as const) {
      const one = follow(seen, dialog, disposition, events, expired);
      if (one.bodies.length > 0) all.push(one);
    }
  }
  return all;
}

/** Those of the session; what is said of early sessions stands apart (RFC 3959). */
export const sessionNegotiations = /* @__PURE__ */ once((seen: Observation) =>
  negotiationsOf(seen).filter((one) => one.disposition === 'session'),
);

/** Those of early sessions. */
export function earlySessionNegotiations(seen: Observation): Negotiation[] {
  return negotiationsOf(seen).filter((one) => one.disposition === 'early-session');
}

/**
 * When an end knew what it acted on: a message it sends leaves after its processing time, but was
 * decided on at the input that caused it.
 */
export function decidedAt({ way, record, message }: DialogEvent): RecordNumber {
  const { cause } = message.sent;
  return way === 'sent' && cause > 0 ? cause : record;
}

/** The events of a dialog in the order in which its end knew of them. */
export const inOrderOfDecision = /* @__PURE__ */ once(
  ({ events }: SeenDialog): readonly DialogEvent[] =>
    [...events].sort(
      (a, b) => decidedAt(a) - decidedAt(b) || ranked(a) - ranked(b) || a.record - b.record,
    ),
);

/** What arrives comes before what is sent because of it. */
function ranked({ way }: DialogEvent): number {
  return way === 'received' ? 0 : 1;
}

/** Timers B and F that fired, by node and branch: nobody answers these requests any more. */
function expiredTransactions({ expired }: Observation): ReadonlyMap<string, RecordNumber> {
  return new Map(
    expired.map(({ timer, node, record }) => [`${node} ${timer.slice(2)}`, record] as const),
  );
}

interface Following {
  readonly seen: Observation;
  readonly dialog: SeenDialog;
  readonly disposition: Disposition;
  readonly bodies: BodySeen[];
  readonly exchanges: Exchange[];
  /** Those that may still be open: what has come to its end is looked at no more. */
  unclosed: readonly Exchange[];
  /** The first that a request of a transaction opened, and the first that a response opened. */
  readonly asked: Map<SeenTransaction, Exchange>;
  readonly given: Map<SeenTransaction, Exchange>;
  readonly expired: ReadonlyMap<string, RecordNumber>;
}

function follow(
  seen: Observation,
  dialog: SeenDialog,
  disposition: Disposition,
  events: readonly DialogEvent[],
  expired: ReadonlyMap<string, RecordNumber>,
): Negotiation {
  const following: Following = {
    seen,
    dialog,
    disposition,
    bodies: [],
    exchanges: [],
    unclosed: [],
    asked: new Map(),
    given: new Map(),
    expired,
  };
  for (const event of events) {
    const { packet } = event.message;
    let bodied = false;
    for (const part of packet.bodies) {
      if (part.disposition !== disposition) continue;
      bodied = true;
      if (packet.kind === 'request') takeRequest(following, event, packet, part.description);
      else takeResponse(following, event, packet, part.description);
    }
    if (!bodied) closeUnanswered(following, event);
  }
  return following;
}

/** The offers that had not come to their end before that event was decided on. */
function openBefore(following: Following, event: DialogEvent): readonly Exchange[] {
  const { dialog, expired } = following;
  const at = decidedAt(event);
  following.unclosed = following.unclosed.filter((exchange) => {
    if (exchange.closed !== null) return false;
    if (exchange.by === 'peer') return true;
    const branch = exchange.offer.message.transaction.branch;
    const given = expired.get(`${dialog.node} ${branch}`);
    if (given === undefined || given > at) return true;
    exchange.closed = given;
    return false;
  });
  return following.unclosed;
}

function takeRequest(
  following: Following,
  event: DialogEvent,
  request: SipRequest,
  description: SessionDescription,
): void {
  const { method } = request;
  if (method === 'INVITE' || method === 'UPDATE') {
    offer(following, event, description, method);
    return;
  }
  const open = openBefore(following, event);
  if (method === 'PRACK') {
    const acknowledged = Number(headerValue(request, 'RAck')?.split(' ')[0]);
    const offered = open.find((one) => {
      const { packet } = one.offer.message;
      return one.carrier === '1xx' && reliableSequence(packet) === acknowledged;
    });
    if (offered !== undefined) answer(following, event, description, offered, open);
    else offer(following, event, description, 'PRACK');
    return;
  }
  const offered =
    method === 'ACK'
      ? open.find((one) => {
          const { number } = one.offer.message.packet.cseq;
          return one.carrier === '2xx' && number === request.cseq.number;
        })
      : undefined;
  if (offered !== undefined) answer(following, event, description, offered, open);
  else add(following, event, description, 'illegal', null, open);
}

/** RFC 6337 §2.4, RFC 3312 §8: refusals that say what would have been acceptable. */
const tellingRefusals = new Set([488, 580, 606]);

function takeResponse(
  following: Following,
  event: DialogEvent,
  response: SipResponse,
  description: SessionDescription,
): void {
  const { status, cseq } = response;
  const open = openBefore(following, event);
  if (status >= 300 || cseq.method === 'OPTIONS') {
    const telling = status < 300 || tellingRefusals.has(status);
    closeOf(following, event);
    add(following, event, description, telling ? 'capability' : 'illegal', null, open);
    return;
  }
  const asked = offeredIn(following, event);
  if (asked !== null && asked.closed !== null && isToLateCopy(following, event, status)) {
    const given = add(following, event, description, 'answer', asked, open);
    asked.answer ??= given;
    return;
  }
  if (cseq.method === 'INVITE') {
    takeResponseToInvite(following, event, response, description, open);
    return;
  }
  if (status >= 200 && asked !== null && asked.closed === null) {
    answer(following, event, description, asked, open);
  } else add(following, event, description, 'illegal', null, open);
}

/**
 * Whether it answers a copy of the request that came when its transaction was forgotten, and so
 * made an offer of its own (RFC 3261 §17.2.2: Timer J).
 */
function isToLateCopy({ seen }: Following, event: DialogEvent, status: number): boolean {
  const gives = event.way === 'sent' && status >= 200;
  return gives && event.at > serverForgetsAt(seen, event.message.transaction);
}

function takeResponseToInvite(
  following: Following,
  event: DialogEvent,
  response: SipResponse,
  description: SessionDescription,
  open: readonly Exchange[],
): void {
  const counts = response.status >= 200 || reliableSequence(response) !== null;
  const invited = offeredIn(following, event);
  if (invited !== null) {
    if (invited.answer !== null) add(following, event, description, 'repeat', invited, open);
    else if (!counts) add(following, event, description, 'preview', invited, open);
    else if (invited.closed === null) answer(following, event, description, invited, open);
    else add(following, event, description, 'illegal', invited, open);
    return;
  }
  // RFC 3261 §13.2.1: the first reliable response to an INVITE without an offer carries one.
  const given = following.given.get(event.message.transaction);
  if (given !== undefined) add(following, event, description, 'repeat', given, open);
  else if (counts) offer(following, event, description, response.status < 200 ? '1xx' : '2xx');
  else add(following, event, description, 'illegal', null, open);
}

/** The exchange that the request of this response opened, or null. */
function offeredIn({ asked }: Following, event: DialogEvent): Exchange | null {
  return asked.get(event.message.transaction) ?? null;
}

function offer(
  following: Following,
  event: DialogEvent,
  description: SessionDescription,
  carrier: Carrier,
): void {
  const open = openBefore(following, event);
  const exchange: Exchange = {
    by: event.way === 'sent' ? 'self' : 'peer',
    carrier,
    offer: event,
    offered: description,
    answer: null,
    closed: null,
  };
  following.exchanges.push(exchange);
  following.unclosed = [...open, exchange];
  const { packet, transaction } = event.message;
  const first = packet.kind === 'request' ? following.asked : following.given;
  if (!first.has(transaction)) first.set(transaction, exchange);
  add(following, event, description, 'offer', exchange, open);
}

function answer(
  following: Following,
  event: DialogEvent,
  description: SessionDescription,
  exchange: Exchange,
  open: readonly Exchange[],
): void {
  exchange.answer = add(following, event, description, 'answer', exchange, open);
  exchange.closed = decidedAt(event);
}

function add(
  { bodies }: Following,
  event: DialogEvent,
  description: SessionDescription,
  role: BodyRole,
  exchange: Exchange | null,
  open: readonly Exchange[],
): BodySeen {
  const body = { event, description, role, exchange, open };
  bodies.push(body);
  return body;
}

/** A message without a body ends an exchange that it should have answered, or refuses. */
function closeUnanswered(following: Following, event: DialogEvent): void {
  const { packet } = event.message;
  if (following.exchanges.length === 0) return;
  if (packet.kind === 'response') {
    if (packet.status >= 200) closeOf(following, event);
    return;
  }
  if (packet.method !== 'ACK' && packet.method !== 'PRACK') return;
  for (const one of following.unclosed) {
    if (one.closed !== null) continue;
    const { packet: offered } = one.offer.message;
    const acknowledged =
      packet.method === 'ACK'
        ? one.carrier === '2xx' && offered.cseq.number === packet.cseq.number
        : one.carrier === '1xx' &&
          String(reliableSequence(offered)) === headerValue(packet, 'RAck')?.split(' ')[0];
    if (acknowledged) one.closed = decidedAt(event);
  }
}

function closeOf(following: Following, event: DialogEvent): void {
  const asked = offeredIn(following, event);
  if (asked !== null && asked.closed === null) asked.closed = decidedAt(event);
}
