import { bodyOf } from '../../sip/message.ts';
import { oracle } from '../oracle.ts';
import {
  acksToB,
  commandsOf,
  answers,
  finalTo,
  isSuccess,
  marked,
  statusOf,
  type CallPicture,
} from './call-picture.ts';
import { hasArrived, type SipPassage } from './call-watch.ts';
import { ifContinuing } from './cmr-continue.ts';
import {
  judgeConference,
  judgeFinal,
  judgeFirstAck,
  judgeReinvite,
  judgeUpdate,
  notBefore,
} from './continue-duties.ts';
import { judgeMixing } from './continue-mixing.ts';
import type { ContinueFlow } from './continue-state.ts';
import { expecting, type ContinueStep } from './expected-step.ts';
import { interruptionBefore, interruptionsOf, precedes, undoneInFlow } from './interruption.ts';
import {
  after,
  inconclusive,
  instant,
  missing,
  notExercised,
  overdue,
  satisfied,
  violated,
  type Judgement,
} from './judgement.ts';
import { problemOfLines } from './session-checks.ts';

const judges = {
  'FLOW-CON-01': judgeAnswer,
  'FLOW-CON-02': inFlow(2, judgeFirstAck),
  'FLOW-CON-03': inFlow(3, judgeStep3),
  'FLOW-CON-04': inFlow(4, judgeStep4),
  'FLOW-CON-05': inFlow(5, (flow) => judgeReanswer(flow, flow.reinvite, 're-INVITE')),
  'FLOW-CON-06': inFlow(6, judgeUpdate),
  'FLOW-CON-07': inFlow(7, (flow) =>
    judgeReanswer(flow, flow.acceptedUpdate ?? flow.update, 'UPDATE'),
  ),
  'FLOW-CON-08': inFlow(8, judgeFinal),
  'FLOW-CON-09': inFlow(9, judgeAckOfA),
  'FLOW-CON-10': inFlow(10, judgeHeldAck),
  'FLOW-CON-11': inFlow(11, judgeStep11),
} as const satisfies Readonly<Record<string, (call: CallPicture) => Judgement>>;

/** The eleven steps of the Continue flow, in their order. */
export const cmrContinueFlow = /* @__PURE__ */ oracle('Continue flow', judges);

function inFlow(
  step: ContinueStep,
  judge: (flow: ContinueFlow) => Judgement,
): (call: CallPicture) => Judgement {
  const judgeStep = expecting(step, judge);
  return (call) => ifContinuing(call, judgeStep);
}

/** Step 1. The flow cannot run without it; where it runs all the same, that is a violation. */
function judgeAnswer(call: CallPicture): Judgement {
  const { finalB } = call;
  if (hasArrived(finalB) && isSuccess(finalB)) {
    const says = `Client-B's 200 arrived at ${instant(finalB.received)}.`;
    return ifContinuing(call, () => satisfied(says, finalB));
  }
  const begun = commandsOf(call, 'allocate conference')[0] ?? call.reinvites[0];
  if (begun === undefined) return notExercised('Client-B did not answer with 200.');
  const says = `The flow began at ${instant(begun.sent)} without a 200 from Client-B.`;
  return violated(says, finalB, begun);
}

/** Step 3, after step 2. */
function judgeStep3(flow: ContinueFlow): Judgement {
  const judged = judgeConference(flow);
  const { ack, allocate } = flow;
  if (judged.verdict !== 'satisfied' || ack === null || allocate === null) return judged;
  if (allocate.sent.record > ack.sent.record) return judged;
  const says = `Step 3 came at ${instant(allocate.sent)}, before step 2 at ${instant(ack.sent)}.`;
  return violated(says, allocate, ack);
}

/** Step 4, after step 3. */
function judgeStep4(flow: ContinueFlow): Judgement {
  const judged = judgeReinvite(flow);
  const { allocate, reinvite } = flow;
  if (judged.verdict !== 'satisfied' || allocate === null || reinvite === null) return judged;
  if (reinvite.sent.record > allocate.sent.record) return judged;
  const says = `Step 4 came at ${instant(reinvite.sent)}, before step 3`;
  return violated(`${says} at ${instant(allocate.sent)}.`, reinvite, allocate);
}

/** Steps 5 and 7: a 200 with one SDP answer. */
function judgeReanswer(flow: ContinueFlow, request: SipPassage | null, name: string): Judgement {
  const { call } = flow;
  if (request === null) return notBefore(flow, `No ${name} has left.`);
  const reply = finalTo(call, request);
  if (!hasArrived(reply)) return judgeSilence(flow, request, name);
  const who = name === 'UPDATE' ? 'Client-A' : 'Client-B';
  const came = `${who}'s ${statusOf(reply)} to the ${name} arrived at ${instant(reply.received)}`;
  if (!isSuccess(reply)) return notExercised(`${came} (GAP-26).`);
  const answer = bodyOf(reply.packet, 'session');
  const offer = bodyOf(request.packet, 'session');
  if (answer === null || !marked(reply, 'A')) {
    return violated(`${came} without an SDP answer.`, request, reply);
  }
  if (reply.packet.bodies.length > 1) {
    return violated(`${came} with more than one body.`, request, reply);
  }
  const problem = offer === null ? null : problemOfLines(offer, answer);
  if (problem !== null) return violated(`${came}; its answer ${problem}.`, request, reply);
  return satisfied(`${came} with an SDP answer.`, request, reply);
}

function judgeSilence(flow: ContinueFlow, request: SipPassage, name: string): Judgement {
  const { call } = flow;
  if (!hasArrived(request)) return notExercised(`The ${name} has not arrived.`);
  const given = [...call.fromA, ...call.fromB].find(
    (one) => answers(one, request) && statusOf(one) >= 200,
  );
  const between = interruptionBefore(call, request.received);
  if (given === undefined && between === null) {
    return missing(call, request.received, `No answer to the ${name} left`, request);
  }
  if (given !== undefined && !overdue(call, given.sent)) {
    return inconclusive(`The answer to the ${name} is still on its way.`, request, given);
  }
  return notExercised(`No answer to the ${name} arrived.`, request, given);
}

/** Step 9. */
function judgeAckOfA(flow: ContinueFlow): Judgement {
  const { call, final, ackOfA, anyAckOfA } = flow;
  if (!hasArrived(final)) return notBefore(flow, "The 200 to Client-A's INVITE has not arrived.");
  if (hasArrived(ackOfA)) {
    const gap = after(final.sent, ackOfA.received, 'the 200 had left');
    return satisfied(
      `Client-A's ACK arrived at ${instant(ackOfA.received)}, ${gap}.`,
      final,
      ackOfA,
    );
  }
  if (ackOfA !== null) {
    const says = "Client-A's ACK has left and has not arrived.";
    return overdue(call, ackOfA.sent) ? notExercised(says) : inconclusive(says, final, ackOfA);
  }
  if (anyAckOfA !== null && call.inviteA !== null) {
    const [found, wanted] = [anyAckOfA.packet.cseq.number, call.inviteA.packet.cseq.number];
    const says = `Client-A's ACK has CSeq number ${found}; its INVITE has ${wanted}.`;
    return violated(says, final, anyAckOfA);
  }
  return undoneInFlow(call, final.received, 'Client-A sent no ACK for its 200', final);
}

/** Step 10: an ACK of its own for the re-INVITE (GAP-04), when SW-REINV-ACK has it (GAP-03). */
function judgeHeldAck(flow: ContinueFlow): Judgement {
  const { call, reanswer, ackOfA, heldAck } = flow;
  if (!hasArrived(reanswer)) return notBefore(flow, 'Client-B has not accepted a re-INVITE.');
  const reading = call.header.switches['SW-REINV-ACK'] ?? 'deferred';
  const released = hasArrived(ackOfA) ? ackOfA.received : null;
  const trigger = reading === 'immediate' ? reanswer.received : released;
  if (heldAck === null) {
    const wrong = acksToB(call).find(
      (one) => trigger !== null && one.sent.record > trigger.record && one !== flow.ack,
    );
    if (wrong !== undefined) {
      const wanted = reanswer.packet.cseq.number;
      const found = wrong.packet.cseq.number;
      const says = `The ACK has CSeq number ${found}; the re-INVITE has ${wanted} (GAP-04).`;
      return violated(says, reanswer, wrong);
    }
    if (trigger === null) return notBefore(flow, "Client-A's ACK has not arrived.");
    return undoneInFlow(call, trigger, 'No ACK for the re-INVITE left', reanswer);
  }
  const left = `The ACK for the re-INVITE left at ${instant(heldAck.sent)}`;
  const delay = hasArrived(heldAck)
    ? `reached Client-B ${after(reanswer.sent, heldAck.received, 'its 200 had left')}`
    : 'has not arrived';
  if (reading === 'immediate') {
    const says = `${left}, as SW-REINV-ACK=immediate has it, and ${delay}.`;
    return satisfied(says, reanswer, heldAck);
  }
  if (released === null || heldAck.sent.record < released.record) {
    const answered = flow.answer?.received?.record ?? 0;
    const between = interruptionsOf(call).find((one) => one.record > answered);
    if (between !== undefined && precedes(between, heldAck.sent)) {
      return notExercised(`${left} because the flow had been broken off (GAP-26).`);
    }
    return violated(`${left}, before Client-A's ACK had arrived.`, reanswer, heldAck, ackOfA);
  }
  return satisfied(`${left} and ${delay}.`, reanswer, ackOfA, heldAck);
}

/** Step 11, after step 10. */
function judgeStep11(flow: ContinueFlow): Judgement {
  const judged = judgeMixing(flow);
  const { heldAck, mix } = flow;
  if (judged.verdict !== 'satisfied' || heldAck === null || mix === null) return judged;
  if (mix.sent.record > heldAck.sent.record) return judged;
  const says = `Step 11 came at ${instant(mix.sent)}, before step 10 at ${instant(heldAck.sent)}.`;
  return violated(says, mix, heldAck);
}
