import { plus } from '../base/micros.ts';
import type { Outbox, TimerKey } from '../kernel/node.ts';
import { dialogOf } from './dialog.ts';
import { headerValue, type SipRequest, type SipResponse } from './message.ts';
import type { SipIndication, UnacknowledgedProvisional, UserAgent } from './agent.ts';

/** RFC 3262 §3: a reliable provisional response is repeated until its PRACK, without a cap. */
export function awaitAcknowledgement(
  agent: UserAgent,
  branch: string,
  response: SipResponse,
  sequence: number,
  out: Outbox,
): void {
  const { T1, giveUp } = agent.timers;
  agent.provisionals.push({ branch, response, sequence, retransmitAfter: T1 });
  out.startTimer(`1xx ${branch}`, T1);
  out.startTimer(`1xx end ${branch}`, giveUp);
}

/** Timer of the repetition, or of giving up after 64·T1 (R-PRK-06, R-PRK-07). */
export function repeatProvisional(
  agent: UserAgent,
  timer: TimerKey,
  out: Outbox,
): SipIndication | null {
  const givesUp = timer.startsWith('1xx end ');
  const branch = timer.slice(givesUp ? 8 : 4);
  const waiting = agent.provisionals.find((one) => one.branch === branch);
  const transaction = agent.transactions.find(
    (one) => one.branch === branch && one.kind === 'INVITE server',
  );
  if (waiting === undefined || transaction === undefined) return null;
  const { response } = waiting;
  if (!givesUp) {
    out.send(response, transaction.peer);
    waiting.retransmitAfter = plus(waiting.retransmitAfter, waiting.retransmitAfter);
    out.startTimer(timer, waiting.retransmitAfter);
    return null;
  }
  stopRepeatingProvisionals(agent, branch, out);
  forgetProvisionals(agent, branch);
  const dialog = dialogOf(agent.dialogs, response.callId, response.to.tag, response.from.tag);
  return { kind: 'not acknowledged', response, dialog, branch };
}

/** A final response ends the repetition; a PRACK on its way is still answered (R-PRK-18). */
export function stopRepeatingProvisionals(agent: UserAgent, branch: string, out: Outbox): void {
  if (agent.provisionals.length === 0) return;
  out.stopTimer(`1xx ${branch}`);
  out.stopTimer(`1xx end ${branch}`);
}

/**
 * The PRACK of that response has come: the repetition ends, unless a node with a defect has sent
 * another one meanwhile, which goes on waiting for its own.
 */
export function takeAcknowledgement(
  agent: UserAgent,
  acknowledged: UnacknowledgedProvisional,
  out: Outbox,
): void {
  const others = agent.provisionals.filter((one) => one !== acknowledged);
  const { branch } = acknowledged;
  if (!others.some((one) => one.branch === branch)) stopRepeatingProvisionals(agent, branch, out);
  agent.provisionals = others;
}

/** Its INVITE is over or forgotten: nothing waits for a PRACK any more. */
export function forgetProvisionals(agent: UserAgent, branch: string): void {
  if (agent.provisionals.length === 0) return;
  agent.provisionals = agent.provisionals.filter((one) => one.branch !== branch);
}

/** A final response makes those superfluous that waited for their turn. */
export function forgetQueued(agent: UserAgent, branch: string): void {
  if (agent.queued.length === 0) return;
  agent.queued = agent.queued.filter((one) => one.branch !== branch);
}

/** Whether the last provisional response sent reliably still waits for its PRACK (R-PRK-05). */
export function awaitsPrack(agent: UserAgent, branch: string): boolean {
  return agent.provisionals.some((one) => one.branch === branch);
}

/** The waiting response that this PRACK acknowledges by its RAck, or null (R-PRK-09). */
export function acknowledgedBy(
  agent: UserAgent,
  prack: SipRequest,
): UnacknowledgedProvisional | null {
  const [sequence, number, method] = (headerValue(prack, 'RAck') ?? '').split(' ');
  for (const one of agent.provisionals) {
    if (one.response.callId !== prack.callId || method !== 'INVITE') continue;
    if (String(one.sequence) === sequence && String(one.response.cseq.number) === number) {
      return one;
    }
  }
  return null;
}
