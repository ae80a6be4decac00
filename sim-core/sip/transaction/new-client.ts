import { zeroMicros } from '../../base/micros.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { SipRequest } from '../message.ts';
import type { ClientTransaction } from './transaction.ts';

/** A client transaction before its request has left; the peer is the next node on the way. */
export function newClientTransaction(
  branch: string,
  peer: NodeId,
  request: SipRequest,
): ClientTransaction {
  const fields = { branch, peer, request, retransmitAfter: zeroMicros };
  return request.method === 'INVITE'
    ? { ...fields, kind: 'INVITE client', state: 'Calling', ack: null, cancelWanted: false }
    : { ...fields, kind: 'non-INVITE client', state: 'Trying' };
}
