import { clause } from '../../base/clause-id.ts';
import type { SipResponse } from '../message.ts';
import { doubledUpTo, type SipTimers } from '../timers.ts';
import type { NonInviteClientTransaction, Passing, TransactionOutbox } from './transaction.ts';

/** RFC 3261 Figure 6: the non-INVITE client transaction. */

export function startNonInviteClient(
  transaction: NonInviteClientTransaction,
  timers: SipTimers,
  out: TransactionOutbox,
): void {
  out.enter('Trying', clause('RFC3261 17.1.2.2'));
  out.transmit(transaction.request);
  transaction.retransmitAfter = timers.T1;
  if (timers.repeats) out.startTimer('E', timers.T1);
  out.startTimer('F', timers.giveUp);
}

export function receiveInNonInviteClient(
  transaction: NonInviteClientTransaction,
  response: SipResponse,
  timers: SipTimers,
  out: TransactionOutbox,
): Passing {
  if (transaction.state === 'Completed' || transaction.state === 'Terminated') return 'absorb';
  if (response.status < 200) {
    if (transaction.state === 'Trying') out.enter('Proceeding', clause('R-TX-08'));
    return 'pass up';
  }
  out.stopTimer('E');
  out.stopTimer('F');
  out.enter('Completed', clause('R-TX-10'));
  out.startTimer('K', timers.K);
  return 'pass up';
}

export function fireInNonInviteClient(
  transaction: NonInviteClientTransaction,
  letter: string,
  timers: SipTimers,
  out: TransactionOutbox,
): 'timeout' | 'nothing to report' {
  const waiting = transaction.state === 'Trying' || transaction.state === 'Proceeding';
  if (letter === 'E' && waiting) {
    out.transmit(transaction.request);
    transaction.retransmitAfter =
      transaction.state === 'Proceeding'
        ? timers.T2
        : doubledUpTo(transaction.retransmitAfter, timers.T2);
    out.startTimer('E', transaction.retransmitAfter);
  } else if (letter === 'F' && waiting) {
    out.stopTimer('E');
    out.enter('Terminated', clause('R-TX-09'));
    return 'timeout';
  } else if (letter === 'K') {
    out.enter('Terminated', clause('R-TX-10'));
  }
  return 'nothing to report';
}
