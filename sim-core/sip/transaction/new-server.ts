import { clause } from '../../base/clause-id.ts';
import type { NodeId, Outbox } from '../../kernel/node.ts';
import type { UserAgent } from '../agent.ts';
import type { SipRequest } from '../message.ts';
import { outboxOf } from './running.ts';
import type {
  InviteServerTransaction,
  NonInviteServerTransaction,
  ServerTransaction,
} from './transaction.ts';

/** Keeps a server transaction for a request that has arrived for the first time. */
export function newServerTransaction(
  agent: UserAgent,
  request: SipRequest,
  peer: NodeId,
  out: Outbox,
): ServerTransaction {
  const branch = request.via[0]?.branch ?? '';
  const fields = { branch, peer, request, lastResponse: null };
  const transaction =
    request.method === 'INVITE' ? inviteServer(agent, fields) : nonInviteServer(fields);
  agent.transactions.push(transaction);
  const invite = transaction.kind === 'INVITE server';
  const id = invite ? 'RFC3261 17.2.1' : 'RFC3261 17.2.2';
  outboxOf(agent, transaction, out).enter(transaction.state, clause(id));
  return transaction;
}

type Fields = Pick<ServerTransaction, 'branch' | 'peer' | 'request' | 'lastResponse'>;

function inviteServer(agent: UserAgent, fields: Fields): InviteServerTransaction {
  return {
    ...fields,
    kind: 'INVITE server',
    state: 'Proceeding',
    retransmitAfter: agent.timers.T1,
    toTag: fields.request.to.tag ?? nextTag(agent),
    lastReliable: 0,
  };
}

function nonInviteServer(fields: Fields): NonInviteServerTransaction {
  return { ...fields, kind: 'non-INVITE server', state: 'Trying' };
}

export function nextTag(agent: UserAgent): string {
  const tag = `${agent.mark}-${agent.nextTag}`;
  agent.nextTag += 1;
  return tag;
}
