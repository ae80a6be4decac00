import { atInWords } from '../../base/looking.ts';
import { micros, type Micros } from '../../base/micros.ts';
import { oracle } from '../oracle.ts';
import {
  commandsOf,
  isRequest,
  isSuccess,
  replyTo,
  statusOf,
  type CallPicture,
  type ReplyPassage,
} from './call-picture.ts';
import {
  hasArrived,
  type Arrived,
  type Happening,
  type Passage,
  type SipPassage,
} from './call-watch.ts';
import {
  judgeConference,
  judgeFinal,
  judgeFirstAck,
  judgeReinvite,
  judgeUpdate,
  updatePossible,
} from './continue-duties.ts';
import { judgeMixing } from './continue-mixing.ts';
import { judgeContinueOfRingTone } from './continue-of-ring-tone.ts';
import { continues, flowOf, isAtResourceServer, type ContinueFlow } from './continue-state.ts';
import { expecting } from './expected-step.ts';
import {
  calledOff,
  capital,
  interruptionBefore,
  interruptionsOf,
  type Interruption,
} from './interruption.ts';
import {
  after,
  instant,
  missing,
  ms,
  notExercised,
  satisfied,
  times,
  violated,
  type Judgement,
} from './judgement.ts';
import { stoppedByKey } from './stopped-by-key.ts';
import {
  judgeClientsUnburdened,
  judgeNotInHttpMode,
  judgePreconfigured,
  judgeResponsibility,
} from './continue-general.ts';

const judges = {
  'CON-GEN-01': judgeOneDecision,
  'CON-GEN-02': judgePreconfigured,
  'CON-GEN-03': judgeResponsibility,
  'CON-GEN-04': judgeNotInHttpMode,
  'CON-SRV-01': judgeDecision,
  'CON-SRV-02': judgeStopping,
  'CON-SRV-03': (call: CallPicture) => ifContinuing(call, judgeAllDuties),
  'CON-SRV-04': (call: CallPicture) => ifContinuing(call, expecting(2, judgeFirstAck)),
  'CON-SRV-05': (call: CallPicture) => ifContinuing(call, expecting(3, judgeConference)),
  'CON-SRV-06': (call: CallPicture) => ifContinuing(call, expecting(4, judgeReinvite)),
  'CON-SRV-07': (call: CallPicture) => ifContinuing(call, expecting(6, judgeUpdate)),
  'CON-SRV-08': (call: CallPicture) => ifContinuing(call, expecting(8, judgeFinal)),
  'CON-SRV-09': (call: CallPicture) => ifContinuing(call, expecting(11, judgeMixing)),
  'CON-CLI-01': (call: CallPicture) => ifContinuing(call, judgeClientsUnburdened),
  'CON-CMRT-01': judgeContinueOfRingTone,
} as const satisfies Readonly<Record<string, (call: CallPicture) => Judgement>>;

/** Continue: the procedure of the CMR Server for CMRBT, and that there is none for CMRT. */
export const cmrContinue = /* @__PURE__ */ oracle('Continue', judges);

/** For what is only due where the ring is to go on. */
export function ifContinuing(
  call: CallPicture,
  judge: (flow: ContinueFlow) => Judgement,
): Judgement {
  const { decision } = call;
  if (decision === null) return notExercised('No decision about the ring was made.');
  if (decision.chosen === 'stop') {
    return notExercised(`The ring was to stop: ${withoutStop(decision.why)}.`);
  }
  const flow = flowOf(call);
  return flow === null ? notExercised('Client-B did not answer with 200 (GAP-02).') : judge(flow);
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** CON-GEN-01. */
function judgeOneDecision(call: CallPicture): Judgement {
  const { decisions } = call.watch;
  if (decisions.length > 1) {
    const says = `The server decided ${times(decisions.length)} about one ring.`;
    return violated(says, ...decisions);
  }
  if (!hasArrived(call.finalB) || !isSuccess(call.finalB)) {
    return notExercised('No call was answered.');
  }
  const [decision] = decisions;
  if (decision === undefined) {
    return withoutDecision(call, call.finalB);
  }
  const says = `The server decided once, at ${instant(decision)}: ${decision.chosen}.`;
  return satisfied(says, call.finalB, decision);
}

/** CON-SRV-01. */
function judgeDecision(call: CallPicture): Judgement {
  const { decision, finalB } = call;
  if (decision === null) {
    if (!hasArrived(finalB)) return notExercised('No final response from Client-B arrived.');
    if (!isSuccess(finalB)) {
      return notExercised(`Client-B refused with ${statusOf(finalB)}: the ring stops (GAP-02).`);
    }
    return withoutDecision(call, finalB);
  }
  const decided = `The server decided at ${instant(decision)}`;
  if (!hasArrived(finalB) || decision.record < finalB.received.record) {
    return violated(`${decided}, before Client-B's final response arrived.`, decision, finalB);
  }
  if (decision.chosen === 'continue' && !isSuccess(finalB)) {
    const says = `${decided} to continue although Client-B refused with ${statusOf(finalB)}`;
    return violated(`${says} (GAP-02).`, finalB, decision);
  }
  const early = consequences(call).find((one) => one.record < decision.record);
  if (early !== undefined) {
    const says = `${decided}, after it had already acted at ${instant(early)}.`;
    return violated(says, finalB, early, decision);
  }
  const gap = after(finalB.received, decision, `the arrival of Client-B's ${statusOf(finalB)}`);
  return satisfied(`${decided} to ${decision.chosen}, ${gap}.`, finalB, decision);
}

/** Client-B's 200 has arrived, and no decision followed. */
function withoutDecision(call: CallPicture, finalB: Arrived<SipPassage>): Judgement {
  const because = calledOff(call, finalB.received) ?? stoppedByKey(call, finalB.received);
  if (because !== null) return notExercised(`${because} before Client-B's 200 arrived.`);
  const played = commandsOf(call, 'play').some((one) => {
    const reply = replyTo(call, one);
    return reply?.packet.reply.kind !== 'refused' || !reached(reply, finalB);
  });
  if (!played) return notExercised('No ring was playing when Client-B answered.');
  const says = "No decision about the ring followed Client-B's 200";
  return missing(call, finalB.received, says, finalB);
}

function reached(reply: ReplyPassage, before: Arrived<SipPassage>): boolean {
  return hasArrived(reply) && reply.received.record < before.received.record;
}

/** What follows from the decision, whichever way it goes. */
function consequences(call: CallPicture): Happening[] {
  const kinds = ['stop', 'allocate conference', 'mix'] as const;
  const commands = kinds.flatMap((kind) => commandsOf(call, kind));
  const cancelled = call.cancel?.received?.record;
  return [...commands, ...call.reinvites]
    .map((one) => one.sent)
    .filter((one) => cancelled === undefined || one.record < cancelled);
}

/** CON-SRV-02. */
function judgeStopping(call: CallPicture): Judgement {
  const { decision } = call;
  if (decision === null) return notExercised('No decision about the ring was made.');
  if (continues(call)) return notExercised('The ring was to go on.');
  if (decision.chosen === 'continue') {
    return notExercised('The decision was to continue; CON-SRV-01 judges that.');
  }
  const going = [
    ...commandsOf(call, 'allocate conference'),
    ...commandsOf(call, 'mix'),
    ...call.reinvites.filter((one) => isAtResourceServer(call, one)),
  ][0];
  if (going !== undefined) {
    const says = `The ring was to stop, and at ${instant(going.sent)} the server still went on`;
    return violated(`${says} with Continue.`, decision, going);
  }
  if (commandsOf(call, 'play').length === 0) return notExercised('No ring was playing.');
  const stops = commandsOf(call, 'stop');
  const [stop] = stops;
  if (stop === undefined) {
    return missing(call, decision, 'No stop command followed the decision to stop', decision);
  }
  if (stops.length > 1) {
    return violated(`The ring was stopped ${times(stops.length)}.`, decision, ...stops);
  }
  if (stop.sent.record < decision.record) {
    const says = `The stop command left at ${instant(stop.sent)}, before the decision.`;
    return violated(says, decision, stop);
  }
  const gap = after(decision, stop.sent, 'the decision');
  return satisfied(`The stop command left at ${instant(stop.sent)}, ${gap}.`, decision, stop);
}

/** CON-SRV-03: the six duties together; each is judged in detail under its own clause. */
function judgeAllDuties(flow: ContinueFlow): Judgement {
  const { call, ack, allocate, reinvite, update, final, mix } = flow;
  const possible = updatePossible(flow);
  const duties = [
    ['the ACK to Client-B', ack, arrivalOf(flow.answer)],
    ['the conference', allocate, arrivalOf(flow.answer)],
    ['the re-INVITE', reinvite, flow.ports === null ? null : arrivalOf(flow.allocated)],
    ['the UPDATE', update, typeof possible === 'string' ? null : possible],
    ['the 200 to Client-A', final, arrivalOf(flow.updated)],
    ['the mix command', mix, arrivalOf(flow.ackOfA)],
  ] as const;
  const lacking = duties.find(([, done]) => done === null);
  const done = duties.map(([, passage]) => passage);
  if (lacking === undefined) {
    const refusal = refusalToMix(flow);
    if (refusal !== null) return judgeFailureBranch(call, refusal, 'the mixture', mix?.sent);
    return satisfied(`All six duties were done by ${ms(latest(done))}.`, ...done);
  }
  const [name, , trigger] = lacking;
  const between = trigger === null ? flow.brokenOff : interruptionBefore(call, trigger);
  if (between !== null) return judgeFailureBranch(call, between, name);
  const later = duties.slice(duties.indexOf(lacking) + 1).find(([, passage]) => passage !== null);
  if (later !== undefined) {
    return violated(`${capital(name)} is missing, yet ${later[0]} came about.`, ...done);
  }
  if (trigger !== null) return missing(call, trigger, `${capital(name)} is missing`, ...done);
  const stuck = call.ended === 'quiet' && !gaveUp(call, flow.decision);
  if (stuck) {
    const says = `The server never came to ${name}, and did not give up either`;
    return violated(`${says} (GAP-26).`, call.decision, ...done);
  }
  return notExercised(`The flow has not come to ${name}.`);
}

function refusalToMix({ call, mix }: ContinueFlow): Interruption | null {
  const reply = replyTo(call, mix);
  if (!hasArrived(reply) || reply.packet.reply.kind !== 'refused') return null;
  const { record } = reply.received;
  return interruptionsOf(call).find((one) => one.record === record) ?? null;
}

function arrivalOf(passage: Passage | null): Happening | null {
  return passage?.received ?? null;
}

/**
 * Whether the flow that could not go on was given up as GAP-26 has it; `since` is from when on,
 * which for a refusal that comes when the call is over already is earlier than the refusal.
 */
function judgeFailureBranch(
  call: CallPicture,
  between: Interruption,
  name: string,
  since: Happening = between,
): Judgement {
  const says = `${capital(between.says)}; ${name} did not come about`;
  if (call.ended === 'quiet' && !gaveUp(call, since)) {
    return violated(`${says}, and the server did not give up either (GAP-26).`, between);
  }
  return notExercised(`${says} (GAP-26).`, between);
}

/** Whether the server ended what it had begun: the ring, the conference, or a leg. */
function gaveUp(call: CallPicture, since: Happening): boolean {
  const ends = [
    ...commandsOf(call, 'stop'),
    ...commandsOf(call, 'release'),
    ...[...call.toA, ...call.toB].filter((one) => isRequest(one, 'BYE')),
    ...(call.finalA !== null && statusOf(call.finalA) >= 300 ? [call.finalA] : []),
  ];
  return ends.some(({ sent }) => sent.record >= since.record);
}

function latest(done: readonly (Passage | null)[]): Micros {
  return micros(Math.max(...done.map((one) => (one ? atInWords(one.sent) : 0))));
}
