import type { NodeId, Outbox, TimerKey } from '../kernel/node.ts';
import { dialogOf, type Dialog } from './dialog.ts';
import type { SipRequest, SipResponse } from './message.ts';
import { doubledUpTo } from './timers.ts';
import type { SipIndication, UnacknowledgedSuccess, UserAgent } from './agent.ts';

/** RFC 3261 §13.3.1.4: a 2xx to INVITE is repeated by the user agent core until its ACK. */
export function awaitAck(
  agent: UserAgent,
  branch: string,
  peer: NodeId,
  response: SipResponse,
  out: Outbox,
): void {
  const { T1, giveUp } = agent.timers;
  agent.successes.push({ branch, peer, response, retransmitAfter: T1 });
  out.startTimer(`2xx ${branch}`, T1);
  out.startTimer(`2xx end ${branch}`, giveUp);
}

/** Timer of the repetition, or of giving up after 64·T1 (R-2XX-01, R-2XX-02). */
export function repeatSuccess(
  agent: UserAgent,
  timer: TimerKey,
  out: Outbox,
): SipIndication | null {
  const givesUp = timer.startsWith('2xx end ');
  const branch = timer.slice(givesUp ? 8 : 4);
  const waiting = agent.successes.find((one) => one.branch === branch);
  if (waiting === undefined) return null;
  const { response } = waiting;
  if (!givesUp) {
    out.send(response, waiting.peer);
    waiting.retransmitAfter = doubledUpTo(waiting.retransmitAfter, agent.timers.T2);
    out.startTimer(timer, waiting.retransmitAfter);
    return null;
  }
  stopRepeatingSuccess(agent, waiting, out);
  const dialog = dialogOf(agent.dialogs, response.callId, response.to.tag, response.from.tag);
  return { kind: 'not acknowledged', response, dialog, branch };
}

export function stopRepeatingSuccess(
  agent: UserAgent,
  waiting: UnacknowledgedSuccess,
  out: Outbox,
): void {
  agent.successes = agent.successes.filter((one) => one !== waiting);
  out.stopTimer(`2xx ${waiting.branch}`);
  out.stopTimer(`2xx end ${waiting.branch}`);
}

/** A dialog that has ended needs no ACK any more. */
export function stopRepeatingIn(agent: UserAgent, dialog: Dialog, out: Outbox): void {
  for (const waiting of agent.successes) {
    const { response } = waiting;
    if (response.callId !== dialog.callId || response.to.tag !== dialog.local.tag) continue;
    stopRepeatingSuccess(agent, waiting, out);
  }
}

/** The waiting 2xx that this ACK acknowledges: same dialog and CSeq number, or null. */
export function successAcknowledgedBy(
  agent: UserAgent,
  ack: SipRequest,
): UnacknowledgedSuccess | null {
  for (const one of agent.successes) {
    const { response } = one;
    if (response.callId !== ack.callId || response.to.tag !== ack.to.tag) continue;
    if (response.cseq.number === ack.cseq.number) return one;
  }
  return null;
}
