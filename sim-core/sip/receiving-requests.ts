import { clause } from '../base/clause-id.ts';
import { milliseconds } from '../base/micros.ts';
import type { NodeId, Outbox, TimerKey } from '../kernel/node.ts';
import type { SipIndication, UserAgent } from './agent.ts';
import { dialogOfRequest, refreshTarget, type Dialog } from './dialog.ts';
import { hangUpNow } from './hanging-up.ts';
import type { Header, SipRequest } from './message.ts';
import { negotiateReceived } from './negotiating.ts';
import { clauseForbidding } from './offer-answer.ts';
import {
  acknowledgedBy,
  forgetProvisionals,
  stopRepeatingProvisionals,
} from './reliable-provisional.ts';
import { enterDialogState, inviteServerOf, nextTag, respond, respondToInvite } from './sending.ts';
import {
  stopRepeatingIn,
  stopRepeatingSuccess,
  successAcknowledgedBy,
} from './success-response.ts';
import {
  acknowledgeInInviteServer,
  receiveAgainInInviteServer,
} from './transaction/invite-server.ts';
import { serverTransactionOf } from './transaction/match.ts';
import { receiveAgainInNonInviteServer } from './transaction/non-invite-server.ts';
import { outboxOf } from './transaction/running.ts';
import type { ServerTransaction } from './transaction/transaction.ts';

/** A request arrives: transaction, then dialog, then the user (RFC 3261 §8.2, §12.2.2). */
export function receiveRequest(
  agent: UserAgent,
  request: SipRequest,
  from: NodeId,
  out: Outbox,
): SipIndication | null {
  if (request.method === 'ACK') return receiveAck(agent, request, out);
  const known = serverTransactionOf(agent.transactions, request);
  if (known !== null) return absorbRepeated(agent, known, out);
  if (request.method === 'CANCEL') return receiveCancel(agent, request, from, out);
  const transaction = newServerTransaction(agent, request, from, out);
  const { branch } = transaction;
  if (request.to.tag === null) {
    if (request.method === 'INVITE') {
      const trying = { headers: [], bodies: [], contact: null };
      respondToInvite(agent, branch, 100, trying, false, out);
      return { kind: 'request', request, dialog: null, branch, from };
    }
    refuse(agent, request, branch, 481, [], out);
    return null;
  }
  const dialog = dialogOfRequest(agent.dialogs, request);
  if (dialog === null || dialog.state === 'terminated') {
    refuse(agent, request, branch, 481, [], out);
    return null;
  }
  return receiveInDialog(agent, dialog, request, branch, from, out);
}

function receiveInDialog(
  agent: UserAgent,
  dialog: Dialog,
  request: SipRequest,
  branch: string,
  from: NodeId,
  out: Outbox,
): SipIndication | null {
  if (dialog.remoteSequence !== null && request.cseq.number < dialog.remoteSequence) {
    refuse(agent, request, branch, 500, [], out);
    return null;
  }
  dialog.remoteSequence = request.cseq.number;
  if (request.method === 'PRACK') {
    const acknowledged = acknowledgedBy(agent, request);
    if (acknowledged === null) {
      refuse(agent, request, branch, 481, [], out);
      return null;
    }
    stopRepeatingProvisionals(agent, acknowledged.branch, out);
    forgetProvisionals(agent, acknowledged.branch);
  }
  const collision = collides(agent, dialog, request, branch);
  if (collision !== null) {
    const headers: Header[] = collision === 500 ? [['Retry-After', retryAfterSeconds]] : [];
    refuse(agent, request, branch, collision, headers, out);
    return null;
  }
  if (request.method === 'INVITE' || request.method === 'UPDATE') refreshTarget(dialog, request);
  negotiateReceived(dialog, request, out);
  if (request.method === 'INVITE') out.startTimer(`100 ${branch}`, tryingAfter);
  if (request.method === 'BYE') {
    stopRepeatingIn(agent, dialog, out);
    enterDialogState(dialog, 'terminated', 'R-DLG-12', out);
  }
  return { kind: 'request', request, dialog, branch, from };
}

/** R-TX-01: an INVITE that nobody answers within 200 ms gets a 100. */
const tryingAfter = milliseconds(200);

/** Timer of the above; a first INVITE got its 100 at once, since people are slow. */
export function sayTrying(agent: UserAgent, timer: TimerKey, out: Outbox): void {
  const nothing = { headers: [], bodies: [], contact: null };
  respondToInvite(agent, timer.slice('100 '.length), 100, nothing, false, out);
}

/**
 * The RFC leaves it to chance between 0 and 10 s; a fixed value keeps chance out of the nodes,
 * and two ends that collide still part ways by the back-off of 491.
 */
const retryAfterSeconds = '2';

/** 491 or 500 where this request crosses another one (RFC 3261 §14.2, RFC 3311 §5.2), else null. */
function collides(
  agent: UserAgent,
  dialog: Dialog,
  request: SipRequest,
  branch: string,
): 491 | 500 | null {
  if (request.method !== 'INVITE' && request.method !== 'UPDATE') return null;
  for (const one of agent.transactions) {
    const { callId, from } = one.request;
    if (one.branch === branch || callId !== dialog.callId) continue;
    if (one.kind === 'INVITE client' && request.method === 'INVITE') {
      if (one.state === 'Calling' || one.state === 'Proceeding') return 491;
    }
    if (from.tag !== request.from.tag || one.request.method !== request.method) continue;
    // The other end's earlier request of the same kind is still unanswered (R-REI-02, R-UPD-05).
    if (one.kind === 'INVITE server' && one.state === 'Proceeding') return 500;
    if (one.kind === 'non-INVITE server' && one.state === 'Trying') return 500;
  }
  for (const { disposition } of request.bodies) {
    const exchange = dialog.offerAnswer[disposition];
    if (clauseForbidding(exchange, 'receive offer') === null) continue;
    return exchange.state === 'offer sent' ? 491 : 500;
  }
  return null;
}

function receiveAck(agent: UserAgent, ack: SipRequest, out: Outbox): SipIndication | null {
  const transaction = serverTransactionOf(agent.transactions, ack);
  if (transaction !== null && transaction.kind === 'INVITE server') {
    acknowledgeInInviteServer(transaction, agent.timers, outboxOf(agent, transaction, out));
    return null;
  }
  const waiting = successAcknowledgedBy(agent, ack);
  const dialog = dialogOfRequest(agent.dialogs, ack);
  if (waiting === null || dialog === null) {
    out.note({ kind: 'ignored', why: 'no 2xx waits for this ACK', clause: clause('R-DLG-08') });
    return null;
  }
  stopRepeatingSuccess(agent, waiting, out);
  negotiateReceived(dialog, ack, out);
  hangUpNow(agent, dialog, out);
  return { kind: 'ACK', ack, dialog };
}

/** RFC 3261 §9.2: answered whenever its INVITE is known; it matters only before the final. */
function receiveCancel(
  agent: UserAgent,
  cancel: SipRequest,
  from: NodeId,
  out: Outbox,
): SipIndication | null {
  const { branch } = newServerTransaction(agent, cancel, from, out);
  const invite = inviteServerOf(agent, branch);
  refuse(agent, cancel, branch, invite === null ? 481 : 200, [], out);
  if (invite === null || invite.state !== 'Proceeding') return null;
  const tag = invite.request.to.tag ?? invite.toTag;
  const dialog = agent.dialogs.find((one) => one.callId === cancel.callId && one.local.tag === tag);
  return { kind: 'request', request: cancel, dialog: dialog ?? null, branch, from };
}

function absorbRepeated(
  agent: UserAgent,
  transaction: ServerTransaction,
  out: Outbox,
): SipIndication | null {
  const its = outboxOf(agent, transaction, out);
  const why = `${transaction.request.method} again`;
  const invite = transaction.kind === 'INVITE server';
  out.note({ kind: 'ignored', why, clause: clause(invite ? 'R-TX-14' : 'R-TX-13') });
  if (invite) receiveAgainInInviteServer(transaction, its);
  else receiveAgainInNonInviteServer(transaction, its);
  return null;
}

function newServerTransaction(
  agent: UserAgent,
  request: SipRequest,
  peer: NodeId,
  out: Outbox,
): ServerTransaction {
  const branch = request.via[0]?.branch ?? '';
  const fields = { branch, peer, request, lastResponse: null };
  const transaction: ServerTransaction =
    request.method === 'INVITE'
      ? {
          ...fields,
          kind: 'INVITE server',
          state: 'Proceeding',
          retransmitAfter: agent.timers.T1,
          toTag: request.to.tag ?? nextTag(agent),
          lastReliable: 0,
        }
      : { ...fields, kind: 'non-INVITE server', state: 'Trying' };
  agent.transactions.push(transaction);
  const invite = transaction.kind === 'INVITE server';
  const id = invite ? 'RFC3261 17.2.1' : 'RFC3261 17.2.2';
  outboxOf(agent, transaction, out).enter(transaction.state, clause(id));
  return transaction;
}

/** The dialog layer answers by itself, without troubling the user. */
function refuse(
  agent: UserAgent,
  request: SipRequest,
  branch: string,
  status: number,
  headers: readonly Header[],
  out: Outbox,
): void {
  const saying = { headers, bodies: [], contact: null };
  const { method } = request;
  if (method === 'INVITE') respondToInvite(agent, branch, status, saying, false, out);
  else if (method !== 'ACK') respond(agent, branch, method, status, saying, out);
}
