import { clause } from '../../base/clause-id.ts';
import type { SipResponse } from '../message.ts';
import { doubledUpTo, type SipTimers } from '../timers.ts';
import type { InviteServerTransaction, TransactionOutbox } from './transaction.ts';

/** RFC 3261 Figure 7 as amended by RFC 6026: the INVITE server transaction. */

/** The transaction user responds. */
export function respondInInviteServer(
  transaction: InviteServerTransaction,
  response: SipResponse,
  timers: SipTimers,
  out: TransactionOutbox,
): void {
  transaction.lastResponse = response;
  out.transmit(response);
  if (response.status < 200) return;
  if (response.status < 300) {
    out.enter('Accepted', clause('R-TX-15'));
    out.startTimer('L', timers.giveUp);
    return;
  }
  out.enter('Completed', clause('R-TX-11'));
  transaction.retransmitAfter = timers.T1;
  if (timers.repeats) out.startTimer('G', timers.T1);
  out.startTimer('H', timers.giveUp);
}

/** The INVITE arrives again: the last response is repeated until a 2xx was given (R-TX-14, 15). */
export function receiveAgainInInviteServer(
  transaction: InviteServerTransaction,
  out: TransactionOutbox,
): void {
  const repeats = transaction.state === 'Proceeding' || transaction.state === 'Completed';
  if (repeats && transaction.lastResponse !== null) out.transmit(transaction.lastResponse);
}

/** The ACK to a final response other than 2xx. */
export function acknowledgeInInviteServer(
  transaction: InviteServerTransaction,
  timers: SipTimers,
  out: TransactionOutbox,
): void {
  if (transaction.state !== 'Completed') return;
  out.stopTimer('G');
  out.stopTimer('H');
  out.enter('Confirmed', clause('R-TX-12'));
  out.startTimer('I', timers.I);
}

export function fireInInviteServer(
  transaction: InviteServerTransaction,
  letter: string,
  timers: SipTimers,
  out: TransactionOutbox,
): void {
  if (letter === 'G' && transaction.state === 'Completed' && transaction.lastResponse !== null) {
    out.transmit(transaction.lastResponse);
    transaction.retransmitAfter = doubledUpTo(transaction.retransmitAfter, timers.T2);
    out.startTimer('G', transaction.retransmitAfter);
  } else if (letter === 'H' && transaction.state === 'Completed') {
    out.stopTimer('G');
    out.enter('Terminated', clause('R-TX-11'));
  } else if (letter === 'I' || letter === 'L') {
    out.enter('Terminated', clause(letter === 'I' ? 'R-TX-12' : 'R-TX-15'));
  }
}
