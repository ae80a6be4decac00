import { clause } from '../../base/clause-id.ts';
import { plus } from '../../base/micros.ts';
import { makeRequest } from '../making-messages.ts';
import type { SipRequest, SipResponse } from '../message.ts';
import type { SipTimers } from '../timers.ts';
import type { InviteClientTransaction, Passing, TransactionOutbox } from './transaction.ts';

/** RFC 3261 Figure 5 as amended by RFC 6026: the INVITE client transaction. */

export function startInviteClient(
  transaction: InviteClientTransaction,
  timers: SipTimers,
  out: TransactionOutbox,
): void {
  out.enter('Calling', clause('RFC3261 17.1.1.2'));
  out.transmit(transaction.request);
  transaction.retransmitAfter = timers.T1;
  if (timers.repeats) out.startTimer('A', timers.T1);
  out.startTimer('B', timers.giveUp);
}

export function receiveInInviteClient(
  transaction: InviteClientTransaction,
  response: SipResponse,
  timers: SipTimers,
  out: TransactionOutbox,
): Passing {
  switch (transaction.state) {
    case 'Calling':
    case 'Proceeding':
      return firstResponses(transaction, response, timers, out);
    case 'Accepted':
      // Every 2xx reaches the user, who acknowledges each (RFC 6026 §7.2, R-TX-16).
      return response.status >= 200 && response.status < 300 ? 'pass up' : 'absorb';
    case 'Completed':
      if (response.status >= 300 && transaction.ack !== null) out.transmit(transaction.ack);
      return 'absorb';
    case 'Terminated':
      return 'absorb';
  }
}

export function fireInInviteClient(
  transaction: InviteClientTransaction,
  letter: string,
  out: TransactionOutbox,
): 'timeout' | 'nothing to report' {
  if (letter === 'A' && transaction.state === 'Calling') {
    out.transmit(transaction.request);
    transaction.retransmitAfter = plus(transaction.retransmitAfter, transaction.retransmitAfter);
    out.startTimer('A', transaction.retransmitAfter);
  } else if (letter === 'B' && transaction.state === 'Calling') {
    out.stopTimer('A');
    out.enter('Terminated', clause('R-TX-04'));
    return 'timeout';
  } else if (letter === 'D' || letter === 'M') {
    out.enter('Terminated', clause(letter === 'D' ? 'R-TX-07' : 'R-TX-16'));
  }
  return 'nothing to report';
}

function firstResponses(
  transaction: InviteClientTransaction,
  response: SipResponse,
  timers: SipTimers,
  out: TransactionOutbox,
): Passing {
  if (transaction.state === 'Calling') {
    out.stopTimer('A');
    out.stopTimer('B');
  }
  // The class alone decides, so that an unknown code counts as its x00 (R-MSG-15).
  if (response.status < 200) {
    if (transaction.state === 'Calling') out.enter('Proceeding', clause('R-TX-05'));
  } else if (response.status < 300) {
    out.enter('Accepted', clause('R-TX-16'));
    out.startTimer('M', timers.giveUp);
  } else {
    transaction.ack = acknowledgement(transaction.request, response);
    out.transmit(transaction.ack);
    out.enter('Completed', clause('R-TX-06'));
    out.startTimer('D', timers.D);
  }
  return 'pass up';
}

/** RFC 3261 §17.1.1.3: the ACK to a final response other than 2xx stays on this hop. */
function acknowledgement(request: SipRequest, response: SipResponse): SipRequest {
  return makeRequest({
    method: 'ACK',
    requestUri: request.requestUri,
    via: request.via.slice(0, 1),
    from: request.from,
    to: response.to,
    callId: request.callId,
    sequence: request.cseq.number,
    contact: null,
    headers: request.headers.filter(([name]) => name === 'Route'),
    bodies: [],
  });
}
