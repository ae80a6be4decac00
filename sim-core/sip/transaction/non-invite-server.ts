import { clause } from '../../base/clause-id.ts';
import type { SipResponse } from '../message.ts';
import type { SipTimers } from '../timers.ts';
import type { NonInviteServerTransaction, TransactionOutbox } from './transaction.ts';

/** RFC 3261 Figure 8: the non-INVITE server transaction. */

export function respondInNonInviteServer(
  transaction: NonInviteServerTransaction,
  response: SipResponse,
  timers: SipTimers,
  out: TransactionOutbox,
): void {
  if (transaction.state === 'Completed' || transaction.state === 'Terminated') return;
  transaction.lastResponse = response;
  out.transmit(response);
  if (response.status < 200) {
    if (transaction.state === 'Trying') out.enter('Proceeding', clause('R-TX-18'));
    return;
  }
  out.enter('Completed', clause('R-TX-13'));
  out.startTimer('J', timers.J);
}

/** The request arrives again: the final response is repeated (R-TX-13). */
export function receiveAgainInNonInviteServer(
  transaction: NonInviteServerTransaction,
  out: TransactionOutbox,
): void {
  if (transaction.lastResponse !== null) out.transmit(transaction.lastResponse);
}

export function fireInNonInviteServer(letter: string, out: TransactionOutbox): void {
  if (letter === 'J') out.enter('Terminated', clause('R-TX-13'));
}
