import type { RecordNumber } from '../../kernel/trace-record.ts';
import type { ConferencePorts } from '../../resource-control/control-message.ts';
import {
  acksOfA,
  acksToB,
  answers,
  commandsOf,
  finalTo,
  firstArrived,
  isSuccess,
  replyTo,
  type CallPicture,
  type CommandPassage,
  type ReplyPassage,
} from './call-picture.ts';
import type { DecisionSeen, SipPassage } from './call-watch.ts';

/** Whether Continue applies: it was chosen, and the final response is a 2xx (GAP-01, GAP-02). */
export function continues(call: CallPicture): boolean {
  return call.decision?.chosen === 'continue' && isSuccess(call.finalB);
}

/** The messages of the Continue flow, as far as they have come about. */
export interface ContinueFlow {
  readonly call: CallPicture;
  readonly decision: DecisionSeen;
  /** Step 1. */
  readonly answer: SipPassage | null;
  /** Step 2: the first ACK with the CSeq number of the first INVITE; and the first of any. */
  readonly ack: SipPassage | null;
  readonly anyAck: SipPassage | null;
  /** Step 3. */
  readonly allocate: CommandPassage | null;
  readonly allocated: ReplyPassage | null;
  readonly ports: ConferencePorts | null;
  /** Step 4: the first re-INVITE before Client-A was answered. */
  readonly reinvite: SipPassage | null;
  /** The re-INVITE that was accepted, where a first one was refused and sent again. */
  readonly acceptedReinvite: SipPassage | null;
  /** Step 5, as far as it is a 2xx. */
  readonly reanswer: SipPassage | null;
  /** Step 6. */
  readonly update: SipPassage | null;
  readonly acceptedUpdate: SipPassage | null;
  /** Step 7, as far as it is a 2xx. */
  readonly updated: SipPassage | null;
  /** Step 8: the first 2xx to Client-A's INVITE. */
  readonly final: SipPassage | null;
  /** Step 9. */
  readonly ackOfA: SipPassage | null;
  readonly anyAckOfA: SipPassage | null;
  /** Step 10: the ACK with the CSeq number of the re-INVITE. */
  readonly heldAck: SipPassage | null;
  /** Step 11. */
  readonly mix: CommandPassage | null;
}

/** Looks at the call as a Continue flow, once per picture. */
export function flowOf(call: CallPicture, decision: DecisionSeen): ContinueFlow {
  const known = flows.get(call);
  if (known !== undefined) return known;
  const flow = findFlow(call, decision);
  flows.set(call, flow);
  return flow;
}

const flows = new WeakMap<CallPicture, ContinueFlow>();

function findFlow(call: CallPicture, decision: DecisionSeen): ContinueFlow {
  const { inviteA, inviteB } = call;
  const allocate = commandsOf(call, 'allocate conference')[0] ?? null;
  const allocated = replyTo(call, allocate);
  const reply = allocated?.packet.reply;
  const final = call.toA.find((one) => answers(one, inviteA) && isSuccess(one)) ?? null;
  const before = (one: SipPassage) => final === null || one.sent.record < final.sent.record;
  const acceptedReinvite = accepted(call, call.reinvites.filter(before));
  const reinvite = acceptedReinvite ?? call.reinvites.find(before) ?? null;
  const offers = call.updates.filter((one) => isAfter(one, call.finalB?.received?.record));
  const acceptedUpdate = accepted(call, offers);
  const acks = acksToB(call);
  const acksA = acksOfA(call);
  const numbered = (of: readonly SipPassage[], like: SipPassage | null) =>
    of.find((one) => like !== null && one.packet.cseq.number === like.packet.cseq.number) ?? null;
  return {
    call,
    decision,
    answer: call.finalB,
    ack: numbered(acks, inviteB),
    anyAck: acks[0] ?? null,
    allocate,
    allocated,
    ports: reply?.kind === 'conference allocated' ? reply.ports : null,
    reinvite,
    acceptedReinvite,
    reanswer: success(call, acceptedReinvite),
    update: acceptedUpdate ?? offers[0] ?? null,
    acceptedUpdate,
    updated: success(call, acceptedUpdate),
    final,
    ackOfA: firstArrived(acksA.filter((one) => isLike(one, inviteA))) ?? numbered(acksA, inviteA),
    anyAckOfA: acksA.find((one) => final !== null && isAfter(one, final.sent.record)) ?? null,
    heldAck: numbered(acks, acceptedReinvite),
    mix: commandsOf(call, 'mix')[0] ?? null,
  };
}

function isLike(one: SipPassage, other: SipPassage | null): boolean {
  return one.packet.cseq.number === other?.packet.cseq.number;
}

function isAfter(passage: SipPassage, record: RecordNumber | undefined): boolean {
  return record !== undefined && passage.sent.record > record;
}

function accepted(call: CallPicture, requests: readonly SipPassage[]): SipPassage | null {
  return requests.find((one) => isSuccess(finalTo(call, one))) ?? null;
}

function success(call: CallPicture, request: SipPassage | null): SipPassage | null {
  const final = finalTo(call, request);
  return isSuccess(final) ? final : null;
}
