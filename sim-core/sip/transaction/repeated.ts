import { clause } from '../../base/clause-id.ts';
import type { Outbox } from '../../kernel/node.ts';
import type { UserAgent } from '../agent.ts';
import { makeResponse } from '../making-messages.ts';
import { receiveAgainInInviteServer } from './invite-server.ts';
import { receiveAgainInNonInviteServer } from './non-invite-server.ts';
import { outboxOf } from './running.ts';
import type { ServerTransaction } from './transaction.ts';

/** A request arrives again: its transaction repeats what it said, and nobody else hears of it. */
export function absorbRepeated(
  agent: UserAgent,
  transaction: ServerTransaction,
  out: Outbox,
): void {
  const its = outboxOf(agent, transaction, out);
  const why = `${transaction.request.method} again`;
  const invite = transaction.kind === 'INVITE server';
  out.note({ kind: 'ignored', why, clause: clause(invite ? 'R-TX-14' : 'R-TX-13') });
  if (agent.defects.includes('ignores-copies-of-requests')) return;
  const late = invite && transaction.state === 'Accepted';
  if (late && agent.defects.includes('refuses-copies-after-2xx')) {
    its.transmit(makeResponse(transaction.request, 482, transaction.toTag, null, [], []));
  }
  if (invite) receiveAgainInInviteServer(transaction, its);
  else receiveAgainInNonInviteServer(transaction, its);
}
