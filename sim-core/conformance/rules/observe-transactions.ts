import type { NodeId } from '../../kernel/node.ts';
import type { Method, SipMessage } from '../../sip/message.ts';
import type { SeenTransaction } from './observation.ts';
import { inviteKey } from './reading-messages.ts';

/** The transactions of a run while it is gathered. */
export interface TransactionBook {
  readonly all: SeenTransaction[];
  readonly byMethod: Map<Method, SeenTransaction[]>;
  /** INVITE transactions by client, Call-ID and CSeq number. */
  readonly invites: Map<string, SeenTransaction[]>;
  /** With one branch there is mostly one, or one and its CANCEL: no key has to be put together. */
  readonly byBranch: Map<string, FiledTransaction[]>;
}

interface FiledTransaction {
  readonly callId: string;
  readonly number: number;
  readonly transaction: SeenTransaction;
}

export function transactionBook(): TransactionBook {
  return { all: [], byMethod: new Map(), invites: new Map(), byBranch: new Map() };
}

/** The transaction of a message on its hop; one that is new is filed. */
export function transactionOf(
  book: TransactionBook,
  packet: SipMessage,
  from: NodeId,
  to: NodeId,
): SeenTransaction {
  const [client, server] = packet.kind === 'request' ? [from, to] : [to, from];
  const branch = packet.via[0]?.branch ?? '';
  const { callId } = packet;
  const { method, number } = packet.cseq;
  let known: SeenTransaction | null = null;
  let invite: SeenTransaction | null = null;
  for (const one of book.byBranch.get(branch) ?? []) {
    const { transaction } = one;
    if (one.number !== number || one.callId !== callId) continue;
    if (transaction.client !== client || transaction.server !== server) continue;
    if (transaction.method === method) known = transaction;
    if (transaction.method === 'INVITE') invite = transaction;
  }
  // The ACK of a refusal belongs to the INVITE with its branch, and so does a CANCEL.
  if (method === 'ACK' && invite !== null) return invite;
  if (known !== null) return known;
  const cancels = method === 'CANCEL' ? invite : null;
  const transaction: SeenTransaction = {
    method,
    branch,
    client,
    server,
    request: null,
    responses: [],
    ack: null,
    cancels,
    cancelledBy: null,
  };
  if (cancels !== null) cancels.cancelledBy = transaction;
  file(book.byBranch, branch, { callId, number, transaction });
  book.all.push(transaction);
  file(book.byMethod, method, transaction);
  if (method === 'INVITE') file(book.invites, inviteKey(client, callId, number), transaction);
  return transaction;
}

function file<Key, One>(lists: Map<Key, One[]>, key: Key, one: One): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}
