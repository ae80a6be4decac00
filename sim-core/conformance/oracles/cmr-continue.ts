import { clause } from '../../base/clause-id.ts';
import { micros, type Micros } from '../../base/micros.ts';
import { addressOf, isOn } from '../../sdp/media-lines.ts';
import { bodyOf, type SipMessage } from '../../sip/message.ts';
import type { Oracle } from '../oracle.ts';
import {
  commandsOf,
  isRequest,
  isSuccess,
  pictureOf,
  statusOf,
  type CallPicture,
} from './call-picture.ts';
import {
  hasArrived,
  observeCall,
  watchCall,
  type CallWatch,
  type Happening,
  type Passage,
} from './call-watch.ts';
import {
  judgeConference,
  judgeFinal,
  judgeFirstAck,
  judgeReinvite,
  judgeUpdate,
} from './continue-duties.ts';
import { judgeMixing } from './continue-mixing.ts';
import { continues, flowOf, type ContinueFlow } from './continue-state.ts';
import { capital, interruptionsOf } from './interruption.ts';
import {
  missing,
  ms,
  after,
  notExercised,
  satisfied,
  times,
  underClause,
  violated,
  type Judgement,
} from './judgement.ts';
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
  'CON-SRV-04': (call: CallPicture) => ifContinuing(call, judgeFirstAck),
  'CON-SRV-05': (call: CallPicture) => ifContinuing(call, judgeConference),
  'CON-SRV-06': (call: CallPicture) => ifContinuing(call, judgeReinvite),
  'CON-SRV-07': (call: CallPicture) => ifContinuing(call, judgeUpdate),
  'CON-SRV-08': (call: CallPicture) => ifContinuing(call, judgeFinal),
  'CON-SRV-09': (call: CallPicture) => ifContinuing(call, judgeMixing),
  'CON-CLI-01': (call: CallPicture) => ifContinuing(call, judgeClientsUnburdened),
} as const satisfies Readonly<Record<string, (call: CallPicture) => Judgement>>;

/** Continue, CMRBT: the procedure of the CMR Server. */
export const cmrContinue: Oracle<CallWatch> = {
  name: 'Continue',
  clauses: Object.keys(judges).map(clause),
  begin: watchCall,
  observe: observeCall,
  verdicts(watch, ended) {
    const call = pictureOf(watch, ended);
    return Object.entries(judges).map(([id, judge]) => underClause(clause(id), judge(call)));
  },
};

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
  if (!continues(call)) return notExercised('Client-B did not answer with 200 (GAP-02).');
  return judge(flowOf(call, decision));
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** CON-GEN-01. */
function judgeOneDecision(call: CallPicture): Judgement {
  const { decisions } = call.watch;
  const rang = commandsOf(call, 'play')[0];
  if (decisions.length > 1) {
    const says = `The server decided ${times(decisions.length)} about one ring.`;
    return violated(says, ...decisions);
  }
  if (!hasArrived(call.finalB) || !isSuccess(call.finalB)) {
    return notExercised('No call was answered.');
  }
  const [decision] = decisions;
  if (decision === undefined) {
    if (rang === undefined) return notExercised('No ring was playing when Client-B answered.');
    const says = "No decision about the ring followed Client-B's 200";
    return missing(call, call.finalB.received, says, call.finalB);
  }
  const says = `The server decided once, at ${ms(decision.at)}: ${decision.chosen}.`;
  return satisfied(says, call.finalB, decision);
}

/** CON-SRV-01. */
function judgeDecision(call: CallPicture): Judgement {
  const { decision, finalB } = call;
  const rang = commandsOf(call, 'play')[0];
  if (decision === null) {
    if (!hasArrived(finalB)) return notExercised('No final response from Client-B arrived.');
    if (!isSuccess(finalB)) {
      return notExercised(`Client-B refused with ${statusOf(finalB)}: the ring stops (GAP-02).`);
    }
    if (rang === undefined) return notExercised('No ring was playing when Client-B answered.');
    const says = "No decision about the ring followed Client-B's 200";
    return missing(call, finalB.received, says, finalB);
  }
  const decided = `The server decided at ${ms(decision.at)}`;
  if (!hasArrived(finalB) || decision.record < finalB.received.record) {
    return violated(`${decided}, before Client-B's final response arrived.`, decision, finalB);
  }
  if (decision.chosen === 'continue' && !isSuccess(finalB)) {
    const says = `${decided} to continue although Client-B refused with ${statusOf(finalB)}`;
    return violated(`${says} (GAP-02).`, finalB, decision);
  }
  const early = consequences(call).find((one) => one.record < decision.record);
  if (early !== undefined) {
    const says = `${decided}, after it had already acted at ${ms(early.at)}.`;
    return violated(says, finalB, early, decision);
  }
  const gap = after(finalB.received, decision, `the arrival of Client-B's ${statusOf(finalB)}`);
  return satisfied(`${decided} to ${decision.chosen}, ${gap}.`, finalB, decision);
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
    ...call.reinvites.filter((one) => isAtResourceServer(call, one.packet)),
  ][0];
  if (going !== undefined) {
    const says = `The ring was to stop, and at ${ms(going.sent.at)} the server still went on`;
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
    const says = `The stop command left at ${ms(stop.sent.at)}, before the decision.`;
    return violated(says, decision, stop);
  }
  const gap = after(decision, stop.sent, 'the decision');
  return satisfied(`The stop command left at ${ms(stop.sent.at)}, ${gap}.`, decision, stop);
}

function isAtResourceServer(call: CallPicture, packet: SipMessage): boolean {
  const description = bodyOf(packet, 'session');
  const address = call.watch.parties.R?.address;
  if (description === null) return false;
  return description.media.some((line) => isOn(line) && addressOf(line, description) === address);
}

/** CON-SRV-03: the six duties together; each is judged in detail under its own clause. */
function judgeAllDuties(flow: ContinueFlow): Judgement {
  const { call, ack, allocate, reinvite, update, final, mix } = flow;
  const duties = [
    ['the ACK to Client-B', ack, flow.answer],
    ['the conference', allocate, flow.answer],
    ['the re-INVITE', reinvite, flow.allocated],
    ['the UPDATE', update, flow.reanswer],
    ['the 200 to Client-A', final, flow.updated],
    ['the mix command', mix, flow.ackOfA],
  ] as const;
  const lacking = duties.find(([, done]) => done === null);
  const done = duties.map(([, passage]) => passage);
  if (lacking === undefined) {
    return satisfied(`All six duties were done by ${ms(latest(done))}.`, ...done);
  }
  const [name, , trigger] = lacking;
  const [between] = interruptionsOf(call);
  if (between !== undefined) {
    return notExercised(`${capital(between.says)}; ${name} did not come about (GAP-26).`);
  }
  const later = duties.slice(duties.indexOf(lacking) + 1).find(([, passage]) => passage !== null);
  if (later !== undefined) {
    return violated(`${capital(name)} is missing, yet ${later[0]} came about.`, ...done);
  }
  if (hasArrived(trigger)) {
    return missing(call, trigger.received, `${capital(name)} is missing`, ...done);
  }
  const stuck = call.ended === 'quiet' && !gaveUp(call);
  if (stuck) {
    const says = `The server never came to ${name}, and did not give up either`;
    return violated(`${says} (GAP-26).`, call.decision, ...done);
  }
  return notExercised(`The flow has not come to ${name}.`);
}

/** Whether the server ended what it had begun: the ring, the conference, or a leg. */
function gaveUp(call: CallPicture): boolean {
  const kinds = ['stop', 'release'] as const;
  if (kinds.some((kind) => commandsOf(call, kind).length > 0)) return true;
  if (statusOf(call.finalA) >= 300) return true;
  return [...call.toA, ...call.toB].some((one) => isRequest(one, 'BYE'));
}

function latest(done: readonly (Passage | null)[]): Micros {
  return micros(Math.max(...done.map((one) => one?.sent.at ?? 0)));
}
