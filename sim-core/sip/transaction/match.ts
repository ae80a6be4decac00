import type { SipRequest, SipResponse } from '../message.ts';
import type { ClientTransaction, ServerTransaction, Transaction } from './transaction.ts';

/** RFC 3261 §17.1.3: by the branch of the top Via and the method of CSeq. */
export function clientTransactionOf(
  transactions: readonly Transaction[],
  response: SipResponse,
): ClientTransaction | null {
  const branch = response.via[0]?.branch;
  for (const one of transactions) {
    if (one.kind !== 'INVITE client' && one.kind !== 'non-INVITE client') continue;
    if (one.branch === branch && one.request.method === response.cseq.method) return one;
  }
  return null;
}

/** RFC 3261 §17.2.3: by branch, sent-by and method, where an ACK belongs to its INVITE. */
export function serverTransactionOf(
  transactions: readonly Transaction[],
  request: SipRequest,
): ServerTransaction | null {
  const via = request.via[0];
  const method = request.method === 'ACK' ? 'INVITE' : request.method;
  for (const one of transactions) {
    if (one.kind !== 'INVITE server' && one.kind !== 'non-INVITE server') continue;
    if (one.branch !== via?.branch || one.request.method !== method) continue;
    if (one.request.via[0]?.sentBy === via.sentBy) return one;
  }
  return null;
}
