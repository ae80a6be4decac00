import { clause } from '../base/clause-id.ts';
import type { NodeId, Outbox, TimerKey } from '../kernel/node.ts';
import { sayingNothing, type SipIndication, type UserAgent } from './agent.ts';
import { dialogOfRequest, type Dialog } from './dialog.ts';
import { enterDialogState } from './dialog-state.ts';
import { hangUpAcknowledged } from './hanging-up.ts';
import { makeResponse } from './making-messages.ts';
import type { Header, SipRequest } from './message.ts';
import { negotiateReceived, rollBackOffer } from './negotiating.ts';
import { collides, refusalOf, tooShort } from './refusing.ts';
import { acknowledgedBy, forgetProvisionals, takeAcknowledgement } from './reliable-provisional.ts';
import { cancelInvite, inviteServerOf, limitInvites, respond, respondToInvite } from './sending.ts';
import { stopSessionTimer } from './session-timer.ts';
import {
  stopRepeatingIn,
  stopRepeatingSuccess,
  successAcknowledgedBy,
} from './success-response.ts';
import { acknowledgeInInviteServer } from './transaction/invite-server.ts';
import { serverTransactionOf } from './transaction/match.ts';
import { newServerTransaction } from './transaction/new-server.ts';
import { absorbRepeated } from './transaction/repeated.ts';
import { outboxOf, timersTowards } from './transaction/running.ts';
import type { ServerTransaction } from './transaction/transaction.ts';
import { expectAnswer, tryingAfter } from './trying.ts';

/** A request arrives: transaction, then dialog, then the user (RFC 3261 §8.2, §12.2.2). */
export function receiveRequest(
  agent: UserAgent,
  request: SipRequest,
  from: NodeId,
  out: Outbox,
): SipIndication | null {
  if (request.method === 'ACK') return receiveAck(agent, request, out);
  const known = serverTransactionOf(agent.transactions, request);
  if (known !== null) {
    absorbRepeated(agent, known, out);
    return null;
  }
  if (request.method === 'CANCEL') return receiveCancel(agent, request, from, out);
  const transaction = newServerTransaction(agent, request, from, out);
  const { branch } = transaction;
  const refusal = refusalOf(agent, request, branch);
  if (refusal !== null) {
    refuse(agent, request, branch, refusal.status, refusal.headers, out);
    return null;
  }
  if (request.to.tag === null) {
    if (request.method === 'INVITE') {
      respondToInvite(agent, branch, 100, sayingNothing, false, out);
      return { kind: 'request', request, dialog: null, branch, from };
    }
    if (request.method === 'OPTIONS') {
      return { kind: 'request', request, dialog: null, branch, from };
    }
    refuse(agent, request, branch, 481, [], out);
    return null;
  }
  const dialog = dialogOfRequest(agent.dialogs, request);
  if (dialog === null || dialog.state === 'terminated') {
    const late = request.method === 'PRACK' ? acknowledgedBy(agent, request) : null;
    if (late !== null) forgetProvisionals(agent, late.branch);
    // The INVITE was refused while the PRACK was on its way (R-PRK-18).
    const known = late !== null || agent.defects.includes('takes-requests-of-strangers');
    refuse(agent, request, branch, known ? 200 : 481, [], out);
    return null;
  }
  return receiveInDialog(agent, dialog, transaction, from, out);
}

function receiveInDialog(
  agent: UserAgent,
  dialog: Dialog,
  transaction: ServerTransaction,
  from: NodeId,
  out: Outbox,
): SipIndication | null {
  const { request, branch } = transaction;
  if (isOutOfOrder(dialog, request) && !agent.defects.includes('takes-lower-cseq')) {
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
    takeAcknowledgement(agent, acknowledged, out);
  }
  const collision = collides(agent, dialog, request, branch);
  if (collision !== null) {
    // RFC 3261 §14.2, RFC 3311 §5.2: by chance between 0 and 10 s.
    const headers: Header[] = collision === 500 ? [['Retry-After', String(out.draw(0, 10))]] : [];
    refuse(agent, request, branch, collision, headers, out);
    return null;
  }
  const short = tooShort(agent, request);
  if (short !== null) {
    refuse(agent, request, branch, short.status, short.headers, out);
    return null;
  }
  negotiateReceived(dialog, request, null, out);
  if (transaction.kind === 'INVITE server') out.startTimer(`100 ${branch}`, tryingAfter);
  else expectAnswer(agent, transaction, out);
  if (request.method === 'BYE') {
    const early = dialog.state === 'early';
    stopSessionTimer(agent, dialog, out);
    stopRepeatingIn(agent, dialog, out);
    limitInvites(agent, dialog, out);
    enterDialogState(dialog, 'terminated', 'R-DLG-12', out);
    if (early) abandonInvite(agent, dialog, out);
  }
  return { kind: 'request', request, dialog, branch, from };
}

/**
 * RFC 3261 §12.2.2. Numbers grow by one (§12.2.1.1): what comes in a transaction of its own with
 * the last one's is a copy that was under way for longer than that was remembered, and what it
 * wants of the session is of then. A PRACK says itself what it is for.
 */
function isOutOfOrder({ remoteSequence: last }: Dialog, { method, cseq }: SipRequest): boolean {
  if (last === null) return false;
  return cseq.number < last || (cseq.number === last && method !== 'PRACK');
}

/**
 * The other end has answered, waited in vain for the ACK, and hangs up: its 2xx was lost. Where
 * other branches have early dialogs too, that 2xx has ended their ringing (RFC 3261 §16.7 item 10):
 * the INVITE will not be answered any more.
 */
function abandonInvite(agent: UserAgent, { callId, local }: Dialog, out: Outbox): void {
  const invite = agent.transactions.find(
    ({ kind, request }) =>
      kind === 'INVITE client' && request.callId === callId && request.from.tag === local.tag,
  );
  if (invite !== undefined) cancelInvite(agent, invite.branch, [], out);
}

/** Timers of a request that its user takes long over: a 100 says that it has come. */
export function sayTrying(agent: UserAgent, timer: TimerKey, out: Outbox): void {
  if (timer.startsWith('100 ')) {
    respondToInvite(agent, timer.slice('100 '.length), 100, sayingNothing, false, out);
    return;
  }
  const branch = timer.slice('trying '.length);
  const waiting = agent.transactions.find(
    (one) => one.kind === 'non-INVITE server' && one.branch === branch,
  );
  const method = waiting?.request.method;
  if (method === undefined || method === 'INVITE' || method === 'ACK') return;
  respond(agent, branch, method, 100, sayingNothing, out);
}

function receiveAck(agent: UserAgent, ack: SipRequest, out: Outbox): SipIndication | null {
  const transaction = serverTransactionOf(agent.transactions, ack);
  if (transaction !== null && transaction.kind === 'INVITE server') {
    const timers = timersTowards(agent, transaction.peer);
    const its = outboxOf(agent, transaction, out);
    if (transaction.state === 'Confirmed' && agent.defects.includes('answers-copies-of-acks')) {
      its.transmit(makeResponse(transaction.request, 500, transaction.toTag, null, [], []));
    }
    acknowledgeInInviteServer(transaction, timers, its);
    return null;
  }
  const waiting = successAcknowledgedBy(agent, ack);
  const dialog = dialogOfRequest(agent.dialogs, ack);
  if (waiting === null || dialog === null) {
    out.note({ kind: 'ignored', why: 'no 2xx waits for this ACK', clause: clause('R-DLG-08') });
    return null;
  }
  stopRepeatingSuccess(agent, waiting, out);
  negotiateReceived(dialog, ack, null, out);
  takeBackUnanswered(dialog, ack, out);
  hangUpAcknowledged(agent, dialog, out);
  return { kind: 'ACK', ack, dialog };
}

/** The offer of a 2xx has to be answered in its ACK; one that is not counts no more (R-2XX-05). */
function takeBackUnanswered(dialog: Dialog, ack: SipRequest, out: Outbox): void {
  const { state, offeredIn } = dialog.offerAnswer.session;
  if (state !== 'offer sent' || offeredIn !== -ack.cseq.number || ack.bodies.length > 0) return;
  rollBackOffer(dialog, ack);
  out.note({ kind: 'ignored', why: 'an ACK without the answer', clause: clause('R-2XX-05') });
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

/** The dialog layer answers by itself, without troubling the user. */
function refuse(
  agent: UserAgent,
  request: SipRequest,
  branch: string,
  status: number,
  headers: readonly Header[],
  out: Outbox,
): void {
  const saying = { ...sayingNothing, headers };
  const { method } = request;
  if (method === 'INVITE') respondToInvite(agent, branch, status, saying, false, out);
  else if (method !== 'ACK') respond(agent, branch, method, status, saying, out);
}
