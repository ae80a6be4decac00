import { addressOf, isOn } from '../../sdp/media-lines.ts';
import { bodyOf, headerTokens } from '../../sip/message.ts';
import {
  answers,
  finalTo,
  isRequest,
  isSuccess,
  lastAnswerOfB,
  lastSentBefore,
  provisionalsToAcknowledge,
  statusOf,
  type CallPicture,
} from './call-picture.ts';
import { hasArrived, type Happening, type SipPassage } from './call-watch.ts';
import { continues, flowOf, isAtResourceServer } from './continue-state.ts';
import { deliveryOf } from './gateway-delivery-state.ts';
import { capital, precedes, undone } from './interruption.ts';
import { after, instant, notExercised, satisfied, violated, type Judgement } from './judgement.ts';
import { problemOfContinuation, strangeFormat } from './session-checks.ts';

/** DEL-GW-SRV-07: the UPDATE that takes Client-A from the ring to the called party's media. */
export function judgeSwitchOver(call: CallPicture): Judgement {
  const due = switchOverDue(call);
  if ('says' in due) return notExercised(due.says);
  const { since } = due;
  const final = successTowardsA(call);
  const update = updateToJudge(call);
  if (update === null) {
    if (final !== null) {
      const early = reinviteBefore(call, final);
      if (early !== null) {
        const says = `A re-INVITE left at ${instant(early.sent)}, before the 200`;
        return satisfied(
          `${says}, as the text allows and SIP does not (GAP-08).`,
          call.finalB,
          early,
        );
      }
      const says = `The 200 to Client-A left at ${instant(final.sent)} without an UPDATE before it`;
      return violated(`${says}${asSwitched(call)}.`, call.finalB, final);
    }
    if (released(call)) return notExercised('Continue failed, and the call with it (GAP-26).');
    return undone(call, since, "No UPDATE followed Client-B's 200", call.finalB);
  }
  if (final !== null && final.sent.record < update.sent.record) {
    const says = `The UPDATE left at ${instant(update.sent)}`;
    return violated(`${says}, after the 200 of ${instant(final.sent)}.`, final, update);
  }
  const { finalB } = call;
  const what = "the arrival of Client-B's 200";
  const gap = hasArrived(finalB) ? `, ${after(finalB.received, update.sent, what)}` : '';
  const left = `The UPDATE left at ${instant(update.sent)}${gap}`;
  if (update === flowOf(call)?.update) {
    return satisfied(`${left}; CON-SRV-07 judges what it offers.`, call.finalB, update);
  }
  const problem = problemOfUpdate(call, update);
  if (problem !== null) return violated(`The UPDATE ${problem}.`, call.finalB, update);
  return satisfied(`${left}, and offers what Client-B accepted.`, call.finalB, update);
}

/** SW-CONT-FAIL=release: no call comes of an answer that Continue made nothing of. */
function released(call: CallPicture): boolean {
  const refused = statusOf(call.finalA) >= 300;
  return continues(call) && refused && call.header.switches['SW-CONT-FAIL'] === 'release';
}

/** DEL-GW-SRV-08: the 200 without SDP once Client-A has accepted the UPDATE. */
export function judgeFinalWithoutSdp(call: CallPicture): Judgement {
  const due = switchOverDue(call);
  if ('says' in due) return notExercised(due.says);
  const final = successTowardsA(call);
  const update = updateAfterAnswer(call);
  const outcome = finalTo(call, update);
  const updated = call.updates
    .map((one) => finalTo(call, one))
    .find((one) => isSuccess(one) && one !== null);
  const refused = outcome !== null && !isSuccess(outcome) && updated === undefined;
  if (refused) {
    return notExercised(`Client-A refused the UPDATE with ${statusOf(outcome)} (GAP-26).`);
  }
  if (final === null) {
    if (!hasArrived(updated)) return notExercised('Client-A has not accepted an UPDATE.', update);
    return undone(call, updated.received, 'No 200 to the INVITE followed', updated);
  }
  if (final.packet.bodies.length > 0) {
    return violated(`The 200 to Client-A of ${instant(final.sent)} carries SDP.`, final);
  }
  if (!hasArrived(updated)) {
    const says = `The 200 to Client-A left at ${instant(final.sent)}`;
    return violated(`${says} before any UPDATE was accepted${asSwitched(call)}.`, update, final);
  }
  if (updated.received.record > final.sent.record) {
    const says = `The 200 to the INVITE left at ${instant(final.sent)}`;
    const came = `before the 200 to the UPDATE arrived at ${instant(updated.received)}`;
    return violated(`${says}, ${came}.`, updated, final);
  }
  const gap = after(updated.received, final.sent, 'the arrival of the 200 to the UPDATE');
  return satisfied(`The 200 left without SDP at ${instant(final.sent)}, ${gap}.`, updated, final);
}

/** What SW-GW-SWITCH has to do with it, where it is not as usual. */
function asSwitched({ header }: CallPicture): string {
  const how = header.switches['SW-GW-SWITCH'] ?? 'update';
  return how === 'update' ? '' : `, as SW-GW-SWITCH=${how} has it`;
}

/** A re-INVITE to Client-A whose own INVITE was not answered yet. */
function reinviteBefore(call: CallPicture, final: SipPassage): SipPassage | null {
  const early = call.toA.find(
    (one) => isRequest(one, 'INVITE') && one.sent.record < final.sent.record,
  );
  return early ?? null;
}

/** From when on the UPDATE can leave, or why none has to. */
function switchOverDue(call: CallPicture): { since: Happening } | { says: string } {
  const delivery = deliveryOf(call);
  if (delivery.kind !== 'due') return { says: delivery.says };
  if (delivery.response === null) return { says: 'No ring was delivered to Client-A.' };
  if (!hasArrived(call.finalB)) return { says: 'No final response from Client-B arrived.' };
  if (!isSuccess(call.finalB)) {
    return { says: `Client-B refused with ${statusOf(call.finalB)}; nothing is switched over.` };
  }
  const success = successTowardsA(call);
  if (success !== null && success.packet.to.tag !== delivery.response.packet.to.tag) {
    return {
      says: 'The call goes on in another dialog, whose 200 is to answer (GAP-32, R-2XX-06).',
    };
  }
  if (call.inviteA !== null && !headerTokens(call.inviteA.packet, 'Allow').includes('update')) {
    return { says: 'Client-A does not allow UPDATE (GAP-08).' };
  }
  let since = call.finalB.received;
  for (const { response, prack } of provisionalsToAcknowledge(call)) {
    if (!hasArrived(prack)) {
      const says = `The PRACK of the ${statusOf(response)} has not arrived; both wait (GAP-06).`;
      return updateAfterAnswer(call) === null && successTowardsA(call) === null
        ? { says }
        : { since };
    }
    if (prack.received.record > since.record) since = prack.received;
  }
  const flow = flowOf(call);
  if (flow === null) return { since };
  if (hasArrived(flow.reanswer)) {
    return { since: later(flow.reanswer.received, since) };
  }
  const acted = updateAfterAnswer(call) !== null || successTowardsA(call) !== null;
  if (acted) return { since };
  // Without Continue the UPDATE is due as in any other call (GAP-26 a).
  const { brokenOff } = flow;
  if (brokenOff?.ends === 'Continue') return { since: later(brokenOff, since) };
  const why = brokenOff?.says ?? 'Client-B has not answered the re-INVITE';
  return { says: `${capital(why)}.` };
}

function later(a: Happening, b: Happening): Happening {
  return a.record > b.record ? a : b;
}

/**
 * The UPDATE that takes Client-A to the called party's media: where Continue was given up, the
 * one after that (GAP-26 a); otherwise the first, which is Continue's own where the ring goes on.
 */
function updateToJudge(call: CallPicture): SipPassage | null {
  const flow = flowOf(call);
  if (flow === null) return updateAfterAnswer(call);
  const { brokenOff, update } = flow;
  if (brokenOff === null) return update ?? updateAfterAnswer(call);
  const restoring = call.updates.find(
    (one) => precedes(brokenOff, one.sent) && !isAtResourceServer(call, one),
  );
  return restoring ?? update;
}

function successTowardsA(call: CallPicture): SipPassage | null {
  return call.toA.find((one) => answers(one, call.inviteA) && isSuccess(one)) ?? null;
}

function updateAfterAnswer(call: CallPicture): SipPassage | null {
  const answered = call.finalB?.received?.record;
  if (answered === undefined) return null;
  const after = call.updates.filter((one) => one.sent.record > answered);
  return after.find((one) => bodyOf(one.packet, 'session') !== null) ?? after[0] ?? null;
}

/** What is wrong with the UPDATE of a call that does not continue its ring, or null. */
function problemOfUpdate(call: CallPicture, update: SipPassage): string | null {
  const offer = bodyOf(update.packet, 'session');
  if (offer === null) return 'carries no SDP offer';
  const early = unacknowledgedBefore(call, update);
  if (early !== null) return early;
  const previous = lastSentBefore(call.toA, update.sent.record);
  const continuation = previous === null ? null : problemOfContinuation(previous, offer);
  if (continuation !== null) return continuation;
  const answer = lastAnswerOfB(call, update.sent.record);
  if (answer === null) return null;
  for (const [index, line] of offer.media.entries()) {
    const given = answer.media[index];
    if (!isOn(line)) {
      if (given !== undefined && isOn(given)) return `leaves out the ${line.media} of Client-B`;
      continue;
    }
    if (given === undefined || !isOn(given)) return `offers ${line.media} that Client-B refused`;
    const strange = strangeFormat(line, given);
    if (strange !== null) return `offers format ${strange}, which Client-B did not accept`;
    const [is, was] = [addressOf(line, offer), addressOf(given, answer)];
    if (is !== was || line.port !== given.port) {
      return `puts ${line.media} at ${is} port ${line.port}, Client-B is at ${was} ${given.port}`;
    }
  }
  return null;
}

/** R-UPD-03: a reliable response with SDP that was not acknowledged when the UPDATE left. */
export function unacknowledgedBefore(call: CallPicture, update: SipPassage): string | null {
  for (const { response, prack } of provisionalsToAcknowledge(call)) {
    if (hasArrived(prack) && prack.received.record < update.sent.record) continue;
    return `left before the PRACK of the ${statusOf(response)} had arrived (R-UPD-03)`;
  }
  return null;
}
