import { micros, type Micros } from '../../base/micros.ts';
import type { WorkedOut } from '../../base/worked-out.ts';
import type { RecordNumber, TraceRecord } from '../../kernel/trace-record.ts';
import type {
  Command,
  CommandMessage,
  ReplyMessage,
} from '../../resource-control/control-message.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { bodyOf, headerValue, reliableSequence, type SipRequest } from '../../sip/message.ts';
import type { Ended, TraceHeader } from '../../trace/trace-header.ts';
import { byItsOwn, clockOf } from '../moment.ts';
import { mediaOfCall } from './call-media.ts';
import {
  between,
  hasArrived,
  observeCall,
  Watch,
  type Arrived,
  type DecisionSeen,
  type Passage,
  type SipPassage,
} from './call-watch.ts';

export type CommandPassage = Passage<CommandMessage>;
export type ReplyPassage = Passage<ReplyMessage>;

/** The call as the watch has it up to now, with its messages found by their part in it. */
export interface CallPicture {
  readonly watch: Watch;
  readonly header: TraceHeader;
  /** How the run ended; null while it goes on. */
  readonly ended: Ended | null;
  /** The INVITEs that open the two legs. */
  readonly inviteA: SipPassage | null;
  readonly inviteB: SipPassage | null;
  readonly fromA: readonly SipPassage[];
  readonly toA: readonly SipPassage[];
  readonly fromB: readonly SipPassage[];
  readonly toB: readonly SipPassage[];
  /** 101 to 199 towards Client-A, in the order of sending. */
  readonly provisionalsA: readonly SipPassage[];
  /** The first final response to the INVITE: sent to Client-A; arrived from Client-B. */
  readonly finalA: SipPassage | null;
  readonly finalB: SipPassage | null;
  /** From the CMR Server to Client-A and Client-B. */
  readonly updates: readonly SipPassage[];
  readonly reinvites: readonly SipPassage[];
  /** The INVITE's CANCEL, once it has reached the CMR Server. */
  readonly cancel: SipPassage | null;
  /** About the ring-back tone of Client-A; those about a ring tone are in `watch.control`. */
  readonly commands: readonly CommandPassage[];
  readonly replies: readonly ReplyPassage[];
  /** The CMR Server's first decision. */
  readonly decision: DecisionSeen | null;
  readonly workedOut: WorkedOut;
}

/** Looks at the call in these records. `ended` is null while the run goes on. */
export function callIn(
  header: TraceHeader,
  records: readonly TraceRecord[],
  ended: Ended | null,
): CallPicture {
  const watch = new Watch(header, clockOf(records));
  for (const record of records) observeCall(watch, record);
  watch.show(mediaOfCall(watch, records, byItsOwn));
  return pictureOf(watch, ended);
}

function pictureOf(watch: Watch, ended: Ended | null): CallPicture {
  const inviteA = openingOf(between(watch, watch.legA, 'A', 'S'));
  const inviteB = openingOf(between(watch, watch.legB, 'S', 'B'));
  const legA = watch.legA.filter((one) => one.packet.callId === inviteA?.packet.callId);
  const legB = watch.legB.filter((one) => one.packet.callId === inviteB?.packet.callId);
  const fromA = between(watch, legA, 'A', 'S');
  const toA = between(watch, legA, 'S', 'A');
  const fromB = between(watch, legB, 'B', 'S');
  const toB = between(watch, legB, 'S', 'B');
  const call = inviteA?.packet.callId;
  const control = watch.control.filter(
    ({ packet }) => packet.call === call && packet.leg === 'Client-A',
  );
  return {
    watch,
    header: watch.header,
    ended,
    inviteA,
    inviteB,
    fromA,
    toA,
    fromB,
    toB,
    provisionalsA: toA.filter((one) => answers(one, inviteA) && isProvisional(one)),
    finalA: toA.find((one) => answers(one, inviteA) && isFinal(one)) ?? null,
    finalB: firstArrived(fromB.filter((one) => answers(one, inviteB) && isFinal(one))),
    updates: toA.filter((one) => isRequest(one, 'UPDATE')),
    reinvites: toB.filter((one) => isRequest(one, 'INVITE') && !opensDialog(one)),
    cancel: firstArrived(fromA.filter((one) => isRequest(one, 'CANCEL'))),
    commands: control.filter(isCommandPassage),
    replies: control.filter(isReplyPassage),
    decision: watch.decisions[0] ?? null,
    workedOut: new Map(),
  };
}

/** The INVITE that makes the call; where one was refused with 422 (RFC 4028), the one behind it. */
function openingOf(passages: readonly SipPassage[]): SipPassage | null {
  const [first = null, ...others] = passages.filter(opensDialog);
  if (first === null) return null;
  const { callId, cseq } = first.packet;
  const again = others.find(
    ({ packet }) => packet.callId === callId && packet.cseq.number > cseq.number,
  );
  return again ?? first;
}

function opensDialog(passage: SipPassage): boolean {
  const { packet } = passage;
  return packet.kind === 'request' && packet.method === 'INVITE' && packet.to.tag === null;
}

export function isRequest(passage: SipPassage, method: SipRequest['method']): boolean {
  return passage.packet.kind === 'request' && passage.packet.method === method;
}

/** Whether the passage is a response to that request. */
export function answers(passage: SipPassage, request: SipPassage | null): boolean {
  const { packet } = passage;
  return (
    request !== null &&
    packet.kind === 'response' &&
    packet.cseq.number === request.packet.cseq.number &&
    packet.cseq.method === request.packet.cseq.method &&
    passage.from === request.to
  );
}

/** Its status code; 0 for a request. */
export function statusOf(passage: SipPassage | null): number {
  return passage?.packet.kind === 'response' ? passage.packet.status : 0;
}

function isProvisional(passage: SipPassage): boolean {
  const status = statusOf(passage);
  return status > 100 && status < 200;
}

function isFinal(passage: SipPassage): boolean {
  return statusOf(passage) >= 200;
}

export function isSuccess(passage: SipPassage | null): boolean {
  const status = statusOf(passage);
  return status >= 200 && status < 300;
}

function isCommandPassage(passage: Passage): passage is CommandPassage {
  return 'form' in passage.packet && passage.packet.form === 'command';
}

function isReplyPassage(passage: Passage): passage is ReplyPassage {
  return 'form' in passage.packet && passage.packet.form === 'reply';
}

/** The passage that arrived first, if any did. */
export function firstArrived<P extends Passage>(passages: readonly P[]): P | null {
  let first: Arrived<P> | null = null;
  for (const passage of passages) {
    if (!hasArrived(passage)) continue;
    if (first === null || passage.received.record < first.received.record) first = passage;
  }
  return first;
}

/** The final response to a request that arrived first, from whichever side it comes. */
export function finalTo(call: CallPicture, request: SipPassage | null): SipPassage | null {
  if (request === null) return null;
  const replies = [...call.fromA, ...call.fromB, ...call.toA, ...call.toB];
  return firstArrived(replies.filter((one) => answers(one, request) && isFinal(one)));
}

/** ACKs of the CMR Server to Client-B, in the order of sending. */
export function acksToB(call: CallPicture): SipPassage[] {
  return call.toB.filter((one) => isRequest(one, 'ACK'));
}

/** ACKs of Client-A for its INVITE, or with a wrong CSeq number. */
export function acksOfA(call: CallPicture): SipPassage[] {
  return call.fromA.filter((one) => isRequest(one, 'ACK'));
}

export function commandsOf(call: CallPicture, kind: Command['kind']): CommandPassage[] {
  return call.commands.filter((one) => one.packet.command.kind === kind);
}

/** The commands to mix the ring into the call: others merely bridge the voices (GAP-26, GAP-27). */
export function mixesOfRing(call: CallPicture): CommandPassage[] {
  const reserve = commandsOf(call, 'reserve').find(({ packet }) => packet.leg === 'Client-A');
  const { command } = reserve?.packet ?? {};
  const ring = command?.kind === 'reserve' ? command.resource : '';
  return commandsOf(call, 'mix').filter(({ packet }) => {
    return (
      packet.command.kind === 'mix' && packet.command.cells.some(({ input }) => input === ring)
    );
  });
}

export function replyTo(call: CallPicture, command: CommandPassage | null): ReplyPassage | null {
  const { transaction } = command?.packet ?? {};
  return call.replies.find((one) => one.packet.transaction === transaction) ?? null;
}

/** The last session description the CMR Server sent on a leg before that record, or null. */
export function lastSentBefore(
  sentOnLeg: readonly SipPassage[],
  before: RecordNumber,
): SessionDescription | null {
  let last: SessionDescription | null = null;
  for (const { packet, sent } of sentOnLeg) {
    if (sent.record >= before || (packet.kind === 'response' && packet.status >= 300)) continue;
    last = bodyOf(packet, 'session') ?? last;
  }
  return last;
}

/**
 * GAP-38: the newest session offer of Client-A that had arrived before that record and was not
 * refused by then.
 */
export function lastOfferOfA(call: CallPicture, before: RecordNumber): SessionDescription | null {
  let last: SessionDescription | null = null;
  for (const offered of call.fromA) {
    if (!marked(offered, 'O') || !arrivedBefore(offered, before)) continue;
    const refused = call.toA.some(
      (one) => answers(one, offered) && statusOf(one) >= 300 && one.sent.record < before,
    );
    if (!refused) last = bodyOf(offered.packet, 'session');
  }
  return last;
}

/**
 * What Client-B had said of its media last by then: in an answer, or in an offer that the CMR
 * Server has accepted.
 */
export function lastAnswerOfB(call: CallPicture, before: RecordNumber): SessionDescription | null {
  const fromB = call.fromB.filter((one) => !isOfAnotherBranch(call, one));
  return lastSaid(fromB, call.toB, before);
}

/** What a party had said of its media last: in an answer, or in an offer accepted by then. */
export function lastSaid(
  from: readonly SipPassage[],
  towards: readonly SipPassage[],
  before: RecordNumber,
): SessionDescription | null {
  let last: SessionDescription | null = null;
  for (const said of from) {
    if (!arrivedBefore(said, before)) continue;
    const accepted = towards.some(
      (one) => answers(one, said) && isSuccess(one) && one.sent.record < before,
    );
    if (marked(said, 'A') || (marked(said, 'O') && accepted)) {
      last = bodyOf(said.packet, 'session');
    }
  }
  return last;
}

/** Whether it comes from a telephone behind a fork other than the one that was answered first. */
function isOfAnotherBranch({ finalB }: CallPicture, { packet }: SipPassage): boolean {
  if (finalB === null || packet.kind !== 'response' || statusOf(finalB) >= 300) return false;
  return packet.to.tag !== finalB.packet.to.tag;
}

/** Whether it carries a session offer, or a session answer. */
export function marked(passage: SipPassage, side: 'O' | 'A'): boolean {
  return passage.marks.some((mark) => mark.disposition === 'session' && mark.side === side);
}

function arrivedBefore(passage: SipPassage, before: RecordNumber): boolean {
  return passage.received !== null && passage.received.record < before;
}

/** The reliable provisional responses to Client-A with SDP, and when their PRACK arrived. */
export function provisionalsToAcknowledge(
  call: CallPicture,
): { response: SipPassage; prack: SipPassage | null }[] {
  return call.provisionalsA
    .filter(({ packet }) => reliableSequence(packet) !== null && packet.bodies.length > 0)
    .map((response) => ({ response, prack: prackOf(call, response) }));
}

export function prackOf(call: CallPicture, response: SipPassage): SipPassage | null {
  const wanted = reliableSequence(response.packet);
  const pracks = call.fromA.filter((one) => {
    const acknowledged = headerValue(one.packet, 'RAck')?.split(' ')[0];
    return isRequest(one, 'PRACK') && Number(acknowledged) === wanted;
  });
  return firstArrived(pracks);
}

/** T1: nobody who has to act at once takes longer. */
export function promptness(header: TraceHeader): Micros {
  return micros(header.switches['SW-TIMERS'] === 'ims-ue' ? 2_000_000 : 500_000);
}
