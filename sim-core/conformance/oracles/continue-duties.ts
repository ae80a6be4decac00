import { isOn } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { bodyOf } from '../../sip/message.ts';
import {
  commandsOf,
  lastAnswerOfB,
  lastOfferOfA,
  lastSentBefore,
  replyTo,
} from './call-picture.ts';
import { provisionalsToAcknowledge, type CallPicture, type ReplyPassage } from './call-picture.ts';
import { hasArrived, type Happening, type SipPassage } from './call-watch.ts';
import type { ContinueFlow } from './continue-state.ts';
import { problemOfUnion } from './continue-union.ts';
import { unacknowledgedBefore } from './gateway-switch-over.ts';
import { capital, undoneInFlow } from './interruption.ts';
import { after, instant, notExercised, satisfied, violated, type Judgement } from './judgement.ts';
import {
  problemOfAddress,
  problemOfContinuation,
  problemOfPorts,
  strangeFormat,
} from './session-checks.ts';

/** CON-SRV-04: the ACK of the first 200, before the re-INVITE. */
export function judgeFirstAck(flow: ContinueFlow): Judgement {
  const { call, answer, ack, anyAck, reinvite } = flow;
  if (!hasArrived(answer)) return notExercised('No 200 arrived from Client-B.');
  if (ack === null) {
    if (anyAck !== null && call.inviteB !== null) {
      const [found, wanted] = [anyAck.packet.cseq.number, call.inviteB.packet.cseq.number];
      const says = `The ACK to Client-B has CSeq number ${found}; its INVITE has ${wanted}.`;
      return violated(says, answer, anyAck);
    }
    if (reinvite !== null) {
      return violated("The re-INVITE left without an ACK for Client-B's 200.", answer, reinvite);
    }
    return undoneInFlow(call, answer.received, "No ACK followed Client-B's 200");
  }
  const left = `The ACK left at ${instant(ack.sent)}`;
  if (ack.sent.record < answer.received.record) {
    return violated(`${left}, before Client-B's 200 had arrived.`, answer, ack);
  }
  if (reinvite !== null && reinvite.sent.record < ack.sent.record) {
    const than = `the re-INVITE of ${instant(reinvite.sent)}`;
    return violated(`${left}, after ${than}.`, ack, reinvite);
  }
  const gap = after(answer.received, ack.sent, "the arrival of Client-B's 200");
  return satisfied(`${left}, ${gap}.`, answer, ack);
}

/** CON-SRV-05: conference resources, granted before the re-INVITE. */
export function judgeConference(flow: ContinueFlow): Judgement {
  const { call, answer, allocate, allocated, reinvite } = flow;
  if (!hasArrived(answer)) return notExercised('No 200 arrived from Client-B.');
  if (allocate === null) {
    if (reinvite !== null) {
      return violated('The re-INVITE left without conference resources.', answer, reinvite);
    }
    return undoneInFlow(call, answer.received, 'No conference resources were asked for');
  }
  const asked = `Conference resources were asked for at ${instant(allocate.sent)}`;
  const granted = allocated?.packet.reply.kind === 'conference allocated' ? allocated : null;
  if (reinvite === null) {
    const outcome = outcomeOf(allocated);
    return satisfied(`${asked}${outcome}; no re-INVITE has left.`, allocate, allocated);
  }
  if (!hasArrived(granted) || granted.received.record > reinvite.sent.record) {
    const when = hasArrived(granted)
      ? `granted only at ${instant(granted.received)}`
      : 'not granted';
    const says = `${asked} and ${when}; the re-INVITE left at ${instant(reinvite.sent)}.`;
    return violated(says, allocate, allocated, reinvite);
  }
  const says = `${asked} and granted at ${instant(granted.received)}, before the re-INVITE.`;
  return satisfied(says, allocate, granted);
}

/** What came of the request for a conference, after `were asked for`. */
function outcomeOf(allocated: ReplyPassage | null): string {
  if (!hasArrived(allocated)) return '';
  return allocated.packet.reply.kind === 'refused' ? ' and refused' : ' and granted';
}

/** CON-SRV-06: Client-A's media, offered to Client-B at the Resource Server. */
export function judgeReinvite(flow: ContinueFlow): Judgement {
  const { call, allocated, ports, reinvite } = flow;
  if (reinvite === null) {
    if (ports === null || !hasArrived(allocated)) {
      return notBefore(flow, 'No conference resources were granted.');
    }
    return undoneInFlow(
      call,
      allocated.received,
      'No re-INVITE followed the conference',
      allocated,
    );
  }
  const problem = problemOfReinvite(flow, reinvite);
  const shown = [allocated, reinvite];
  if (problem !== null) return violated(`The re-INVITE ${problem}.`, ...shown);
  const media = activeMedia(bodyOf(reinvite.packet, 'session'));
  const says = `The re-INVITE left at ${instant(reinvite.sent)} and offers Client-A's ${media}`;
  return satisfied(`${says} at the Resource Server.`, ...shown);
}

function problemOfReinvite(flow: ContinueFlow, reinvite: SipPassage): string | null {
  const { call, ports } = flow;
  const offer = onlySession(reinvite);
  if (typeof offer === 'string') return offer;
  const wanted = lastOfferOfA(call, reinvite.sent.record);
  const strange = wanted === null ? null : problemOfRegularMedia(wanted, offer);
  if (strange !== null) return strange;
  const misplaced = problemOfPlace(call, ports, offer, 'towardsB', null);
  if (misplaced !== null) return misplaced;
  const previous = lastSentBefore(call.toB, reinvite.sent.record);
  return previous === null ? null : problemOfContinuation(previous, offer);
}

/** Its one session body, or what is wrong with its bodies. */
function onlySession(passage: SipPassage): SessionDescription | string {
  const { packet } = passage;
  const description = bodyOf(packet, 'session');
  if (description === null) return 'carries no SDP offer';
  if (packet.bodies.length > 1) return `has ${packet.bodies.length} bodies instead of one`;
  return description.media.some(isOn) ? description : 'offers no active media';
}

/** Whether the offer is made of the media and formats Client-A offered last. */
function problemOfRegularMedia(
  wanted: SessionDescription,
  offer: SessionDescription,
): string | null {
  for (const [index, line] of offer.media.entries()) {
    if (!isOn(line)) continue;
    const offered = wanted.media[index];
    if (offered?.media !== line.media || !isOn(offered)) {
      return `offers ${line.media}, which Client-A's last offer does not have there`;
    }
    const strange = strangeFormat(line, offered);
    if (strange !== null) return `offers format ${strange}, which Client-A did not offer`;
  }
  return null;
}

function problemOfPlace(
  call: CallPicture,
  ports: ContinueFlow['ports'],
  offer: SessionDescription,
  party: 'towardsA' | 'towardsB',
  played: SessionDescription | null,
): string | null {
  if (ports !== null) return problemOfPorts(offer, ports, party, played);
  const address = call.watch.parties.R?.address;
  if (address === undefined) return null;
  return problemOfAddress(offer, address, "the Resource Server's");
}

/** A step that could not be taken: because the flow was broken off, or has not come to it. */
export function notBefore({ brokenOff }: ContinueFlow, says: string): Judgement {
  if (brokenOff === null) return notExercised(says);
  const why = `${capital(brokenOff.says)}, so the flow was broken off (GAP-26).`;
  return notExercised(why, brokenOff);
}

/** CON-SRV-07: regular media and ring, offered to Client-A at the Resource Server. */
export function judgeUpdate(flow: ContinueFlow): Judgement {
  const { call, reanswer, update, final } = flow;
  if (update === null) {
    if (final !== null) {
      const says = `The 200 to Client-A left at ${instant(final.sent)}`;
      return violated(`${says} without an UPDATE before it.`, reanswer, final);
    }
    const since = updatePossible(flow);
    if (typeof since === 'string') return notBefore(flow, since);
    return undoneInFlow(
      call,
      since,
      "No UPDATE followed Client-B's answer to the re-INVITE",
      reanswer,
    );
  }
  const left = `The UPDATE left at ${instant(update.sent)}`;
  if (!hasArrived(reanswer) || reanswer.received.record > update.sent.record) {
    return violated(`${left}, before Client-B had answered the re-INVITE.`, reanswer, update);
  }
  const problem = problemOfUpdate(flow, update);
  if (problem !== null) return violated(`The UPDATE ${problem}.`, reanswer, update);
  const media = activeMedia(bodyOf(update.packet, 'session'));
  return satisfied(`${left} and offers ${media} at the Resource Server.`, reanswer, update);
}

/** From when on the UPDATE could leave, or what it waits for (GAP-06). */
export function updatePossible({ call, reanswer }: ContinueFlow): Happening | string {
  if (!hasArrived(reanswer)) return 'Client-B has not answered the re-INVITE.';
  let since = reanswer.received;
  for (const { prack } of provisionalsToAcknowledge(call)) {
    if (!hasArrived(prack)) return "Client-A's PRACK has not arrived; the UPDATE waits (GAP-06).";
    if (prack.received.record > since.record) since = prack.received;
  }
  return since;
}

function problemOfUpdate(flow: ContinueFlow, update: SipPassage): string | null {
  const { call, ports } = flow;
  const offer = onlySession(update);
  if (typeof offer === 'string') return offer;
  const early = unacknowledgedBefore(call, update);
  if (early !== null) return early;
  const misplaced = problemOfPlace(call, ports, offer, 'towardsA', playedRing(call));
  if (misplaced !== null) return misplaced;
  const previous = lastSentBefore(call.toA, update.sent.record);
  const continuation = previous === null ? null : problemOfContinuation(previous, offer);
  if (continuation !== null) return continuation;
  const answer = lastAnswerOfB(call, update.sent.record);
  if (answer === null) return null;
  const reading = call.header.switches['SW-CONT-SLOT'] ?? 'reuse';
  return problemOfUnion({ previous, offer, answer, ringMedia: ringMedia(flow), reading });
}

/** The media types of the CMR Resource: as it was offered for mixing, or else as it plays. */
function ringMedia({ call, allocated }: ContinueFlow): string[] {
  const offered = allocated?.packet.reply;
  const able = offered?.kind === 'conference allocated' ? offered.able : playedRing(call);
  return (able?.media ?? []).filter(isOn).map((line) => line.media);
}

/** What the Resource Server answered Client-A's offer with, or null. */
function playedRing(call: CallPicture): SessionDescription | null {
  const reply = replyTo(call, commandsOf(call, 'reserve')[0] ?? null)?.packet.reply;
  return reply?.kind === 'reserved' ? reply.description : null;
}

/** CON-SRV-08: the 200 to Client-A, when its 200 to the UPDATE has arrived. */
export function judgeFinal(flow: ContinueFlow): Judgement {
  const { call, updated, final } = flow;
  if (final === null) {
    if (!hasArrived(updated)) return notBefore(flow, 'Client-A has not accepted the UPDATE.');
    return undoneInFlow(call, updated.received, 'No 200 to the INVITE followed', updated);
  }
  const left = `The 200 to the INVITE left at ${instant(final.sent)}`;
  if (hasArrived(updated) && updated.received.record < final.sent.record) {
    const gap = after(updated.received, final.sent, 'the arrival of the 200 to the UPDATE');
    return satisfied(`${left}, ${gap}.`, updated, final);
  }
  return violated(`${left}, before a 200 to the UPDATE had arrived.`, updated, final);
}

function activeMedia(description: SessionDescription | null): string {
  const names = (description?.media ?? []).filter(isOn).map((line) => line.media);
  return names.join(' and ');
}
