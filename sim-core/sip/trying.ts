import { milliseconds, plus, zeroMicros, type Micros } from '../base/micros.ts';
import type { Outbox } from '../kernel/node.ts';
import type { UserAgent } from './agent.ts';
import type { SipTimers } from './timers.ts';
import type { NonInviteServerTransaction } from './transaction/transaction.ts';

/** R-TX-01: an INVITE that nobody answers within 200 ms gets a 100. */
export const tryingAfter = milliseconds(200);

/**
 * RFC 4320 §4.1: a request other than INVITE gets a 100 when the Timer E of its client has
 * reached T2, and not before; by then it was sent again often enough (R-TX-18).
 */
function lateTryingAfter({ T1, T2 }: SipTimers): Micros {
  let passed = zeroMicros;
  for (let wait = T1; wait < T2; wait = plus(wait, wait)) passed = plus(passed, wait);
  return passed;
}

/**
 * Whether a user may take its time over it. The others are answered in the turn in which they
 * arrive; a timer for each of them would be started for nothing.
 */
function mayTakeTime({ request }: NonInviteServerTransaction): boolean {
  const { method, bodies } = request;
  return method === 'UPDATE' || method === 'INFO' || (method === 'PRACK' && bodies.length > 0);
}

/** A request other than INVITE has reached its user. */
export function expectAnswer(
  agent: UserAgent,
  transaction: NonInviteServerTransaction,
  out: Outbox,
): void {
  if (!mayTakeTime(transaction)) return;
  out.startTimer(`trying ${transaction.branch}`, lateTryingAfter(agent.timers));
}

/** A request other than INVITE goes on to somebody else, who takes as long as they do. */
export function expectAnswerElsewhere(
  agent: UserAgent,
  { branch }: NonInviteServerTransaction,
  out: Outbox,
): void {
  out.startTimer(`trying ${branch}`, lateTryingAfter(agent.timers));
}

/** The answer from elsewhere has come. */
export function stopTryingElsewhere({ branch }: NonInviteServerTransaction, out: Outbox): void {
  out.stopTimer(`trying ${branch}`);
}

export function stopTrying(transaction: NonInviteServerTransaction, out: Outbox): void {
  if (mayTakeTime(transaction)) out.stopTimer(`trying ${transaction.branch}`);
}
