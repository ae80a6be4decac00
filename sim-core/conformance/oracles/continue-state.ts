import { once } from '../../base/worked-out.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import type { ConferencePorts } from '../../resource-control/control-message.ts';
import { addressOf, isOn } from '../../sdp/media-lines.ts';
import { bodyOf } from '../../sip/message.ts';
import {
  acksOfA,
  acksToB,
  answers,
  commandsOf,
  finalTo,
  firstArrived,
  isSuccess,
  mixesOfRing,
  replyTo,
  statusOf,
  type CallPicture,
  type CommandPassage,
  type ReplyPassage,
} from './call-picture.ts';
import type { DecisionSeen, SipPassage } from './call-watch.ts';
import { interruptionsOf, isMomentary, precedes, type Interruption } from './interruption.ts';

/** Whether Continue applies: it was chosen, and the final response is a 2xx (GAP-01, GAP-02). */
export function continues(call: CallPicture): boolean {
  return call.decision?.chosen === 'continue' && isSuccess(call.finalB);
}

/** The messages of the Continue flow, as far as they have come about. */
export interface ContinueFlow {
  readonly call: CallPicture;
  readonly decision: DecisionSeen;
  /**
   * What broke the flow off before its step 11 (GAP-26); null where it did not, or was overcome.
   * What the CMR Server sends from then on belongs to the flow only where it is at the Resource
   * Server all the same.
   */
  readonly brokenOff: Interruption | null;
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
  /** Step 6: the first, or its repetition where that was asked for (GAP-26 b). */
  readonly update: SipPassage | null;
  /** The accepted one, which after a refusal may offer less (GAP-26 a, F-27). */
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

/** Looks at the call as a Continue flow; null where the ring does not go on. */
export const flowOf = /* @__PURE__ */ once(findFlow);

function findFlow(call: CallPicture): ContinueFlow | null {
  const { decision } = call;
  if (decision === null || !continues(call)) return null;
  const { inviteA, inviteB } = call;
  const allocate = commandsOf(call, 'allocate conference')[0] ?? null;
  const allocated = replyTo(call, allocate);
  const reply = allocated?.packet.reply;
  const brokenOff = breakOf(call);
  const ofFlow = (one: SipPassage) => brokenOff === null || !precedes(brokenOff, one.sent);
  const successes = call.toA.filter((one) => answers(one, inviteA) && isSuccess(one));
  const [firstSuccess] = successes;
  const final = successes.find(ofFlow) ?? null;
  const reinvites = call.reinvites
    .filter((one) => firstSuccess === undefined || one.sent.record < firstSuccess.sent.record)
    .filter((one) => ofFlow(one) || isAtResourceServer(call, one));
  const acceptedReinvite = accepted(call, reinvites);
  const offers = call.updates
    .filter((one) => isAfter(one, call.finalB?.received?.record))
    .filter((one) => ofFlow(one) || isAtResourceServer(call, one));
  const acceptedUpdate = accepted(call, offers);
  const acks = acksToB(call);
  const acksA = final === null ? [] : acksOfA(call);
  const numbered = (of: readonly SipPassage[], like: SipPassage | null) =>
    of.find((one) => like !== null && one.packet.cseq.number === like.packet.cseq.number) ?? null;
  return {
    call,
    decision,
    brokenOff,
    answer: call.finalB,
    ack: numbered(acks, inviteB),
    anyAck: acks[0] ?? null,
    allocate,
    allocated,
    ports: reply?.kind === 'conference allocated' ? reply.ports : null,
    reinvite: acceptedReinvite ?? reinvites[0] ?? null,
    acceptedReinvite,
    reanswer: success(call, acceptedReinvite),
    update: repetition(call, offers, acceptedUpdate) ?? offers[0] ?? null,
    acceptedUpdate,
    updated: success(call, acceptedUpdate),
    final,
    ackOfA: firstArrived(acksA.filter((one) => isLike(one, inviteA))) ?? numbered(acksA, inviteA),
    anyAckOfA: acksA.find((one) => isAfter(one, final?.sent.record)) ?? null,
    heldAck: numbered(acks, acceptedReinvite),
    mix: firstMix(call, brokenOff),
  };
}

/** What broke the flow off: the first thing in its way that it did not get over. */
function breakOf(call: CallPicture): Interruption | null {
  const answered = call.finalB?.received;
  if (mixesOfRing(call).length > 0 || !answered) return null;
  const within = interruptionsOf(call).filter((one) => one.record > answered.record);
  return within.find((one) => !wasOvercome(call, one)) ?? null;
}

/** Whether a refused request was made again, still at the Resource Server, and accepted. */
function wasOvercome(call: CallPicture, { refused, record }: Interruption): boolean {
  if (refused === null) return false;
  const requests = refused.packet.cseq.method === 'UPDATE' ? call.updates : call.reinvites;
  const again = requests.filter((one) => isAfter(one, record) && isAtResourceServer(call, one));
  return accepted(call, again) !== null;
}

/** The accepted one of the offers, if the refusals before it asked for the same once more. */
function repetition(
  call: CallPicture,
  offers: readonly SipPassage[],
  acceptedUpdate: SipPassage | null,
): SipPassage | null {
  if (acceptedUpdate === null) return null;
  const refused = offers.slice(0, offers.indexOf(acceptedUpdate));
  const wanted = refused.every((one) => isMomentary(statusOf(finalTo(call, one))));
  return wanted ? acceptedUpdate : null;
}

/** Whether its session description has media of the Resource Server. */
export function isAtResourceServer(call: CallPicture, { packet }: SipPassage): boolean {
  const description = bodyOf(packet, 'session');
  const address = call.watch.parties.R?.address;
  if (description === null) return false;
  return description.media.some((line) => isOn(line) && addressOf(line, description) === address);
}

/** Step 11; where the flow was broken off, what bridges the voices is none. */
function firstMix(call: CallPicture, brokenOff: Interruption | null): CommandPassage | null {
  const meant = brokenOff === null ? commandsOf(call, 'mix')[0] : undefined;
  return mixesOfRing(call)[0] ?? meant ?? null;
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
