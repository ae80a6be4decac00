import { clause } from '../base/clause-id.ts';
import type { NodeId, Outbox } from '../kernel/node.ts';
import type { SipIndication, UserAgent } from './agent.ts';
import { dialogOf, dialogOfUac, recordedRoute, refreshTarget, type Dialog } from './dialog.ts';
import { isKnown } from './making-messages.ts';
import { reliableSequence, type SipRequest, type SipResponse } from './message.ts';
import { enterDialogState } from './dialog-state.ts';
import { answeredElsewhere, endForkedSuccess } from './forked-success.ts';
import { inheritOffer, negotiateReceived, rollBackOffer } from './negotiating.ts';
import { cancelInvite } from './sending.ts';
import { hearOfRefresh, isRefresh } from './session-refresh.ts';
import { settleSessionTimer, stopSessionTimer } from './session-timer.ts';
import { acknowledgeAllTheSame } from './stray-acks.ts';
import { stopRepeatingIn } from './success-response.ts';
import { receiveInInviteClient } from './transaction/invite-client.ts';
import { clientTransactionOf } from './transaction/match.ts';
import { receiveInNonInviteClient } from './transaction/non-invite-client.ts';
import { outboxOf, timersTowards } from './transaction/running.ts';
import type { InviteClientTransaction } from './transaction/transaction.ts';

/** A response arrives: transaction, then dialog, then the user (RFC 3261 §8.1.3, §13.2.2). */
export function receiveResponse(
  agent: UserAgent,
  response: SipResponse,
  from: NodeId,
  out: Outbox,
): SipIndication | null {
  const { defects } = agent;
  const transaction = clientTransactionOf(agent.transactions, response);
  if (transaction === null || !belongsTo(transaction.request, response)) {
    const why =
      transaction === null
        ? 'no transaction waits for this response'
        : 'its branch is that of a request with other identifiers';
    ignore(out, why, 'R-TX-17');
    if (defects.includes('acknowledges-strays')) acknowledgeAllTheSame(agent, response, from, out);
    return null;
  }
  const { request, branch } = transaction;
  if (defects.includes('ignores-unknown-statuses') && !isKnown(response.status)) return null;
  const its = outboxOf(agent, transaction, out);
  const timers = timersTowards(agent, transaction.peer);
  if (transaction.kind === 'non-INVITE client') {
    const passing = receiveInNonInviteClient(transaction, response, timers, its);
    if (passing === 'absorb') {
      ignore(out, `${response.status} again`, 'R-TX-10');
      const confused = defects.includes('acknowledges-copies-of-responses');
      if (confused) acknowledgeAllTheSame(agent, response, from, out);
    }
    if (passing === 'absorb' || response.status < 200) return null;
    const dialog = dialogOf(agent.dialogs, request.callId, request.from.tag, response.to.tag);
    if (dialog !== null) settle(agent, dialog, request, response, out);
    if (isRefresh(agent, branch)) return hearOfRefresh(agent, dialog, request, response, out);
    return { kind: 'response', response, dialog, to: request, branch };
  }
  const again = transaction.state === 'Accepted';
  const due = receiveInInviteClient(transaction, response, timers, its);
  const passing = again && defects.includes('absorbs-copies-of-2xx') ? 'absorb' : due;
  if (response.status >= 200) out.stopTimer(`cancel ${branch}`);
  if (transaction.cancelWanted && response.status < 200) cancelInvite(agent, branch, [], out);
  if (passing === 'absorb') ignore(out, `${response.status} again or late`, 'R-TX-16');
  if (passing === 'absorb' || response.status === 100) return null;
  return receiveToInvite(agent, transaction, response, out);
}

/** A response copies Call-ID, From, CSeq and a To with a tag (RFC 3261 §8.2.6.2). */
function belongsTo(request: SipRequest, { callId, from, to, cseq }: SipResponse): boolean {
  return (
    callId === request.callId &&
    from.tag === request.from.tag &&
    (request.to.tag === null || to.tag === request.to.tag) &&
    cseq.number === request.cseq.number
  );
}

function receiveToInvite(
  agent: UserAgent,
  transaction: InviteClientTransaction,
  response: SipResponse,
  out: Outbox,
): SipIndication | null {
  const { request, branch } = transaction;
  if (response.status >= 300) {
    const dialog = endEarlyDialogs(agent, request, response, out);
    if (isRefresh(agent, branch)) return hearOfRefresh(agent, dialog, request, response, out);
    return { kind: 'response', response, dialog, to: request, branch };
  }
  const existing = dialogOf(agent.dialogs, request.callId, request.from.tag, response.to.tag);
  const dialog = existing ?? newDialog(agent, transaction, response, out);
  if (response.status < 200) {
    const hasty = agent.defects.includes('acknowledges-out-of-order');
    if (!inOrder(dialog, response, out) && !hasty) return null;
    if (reliableSequence(response) !== null) refreshTarget(dialog, response);
  } else {
    if (acknowledgedBefore(dialog, response, out)) return null;
    refreshTarget(dialog, response);
    if (request.to.tag === null) dialog.routeSet = recordedRoute(response).reverse();
    if (answeredElsewhere(agent, dialog, request)) {
      negotiateReceived(dialog, response, request, out);
      endForkedSuccess(agent, dialog, response.cseq.number, out);
      return null;
    }
    dialog.retries = 0;
    settleSessionTimer(agent, dialog, request, response, out);
    if (dialog.state === 'early') {
      enterDialogState(dialog, 'confirmed', 'RFC3261 13.2.2.4', out);
    }
  }
  negotiateReceived(dialog, response, request, out);
  // RFC 6228 §4: nothing more comes in this early dialog; others live on (R-199-02).
  if (response.status === 199 && dialog.state === 'early') {
    enterDialogState(dialog, 'terminated', 'R-199-02', out);
  }
  if (response.status >= 200 && isRefresh(agent, branch)) {
    return hearOfRefresh(agent, dialog, request, response, out);
  }
  return { kind: 'response', response, dialog, to: request, branch };
}

function newDialog(
  agent: UserAgent,
  transaction: InviteClientTransaction,
  response: SipResponse,
  out: Outbox,
): Dialog {
  const state = response.status < 200 ? 'early' : 'confirmed';
  const dialog = dialogOfUac(transaction.request, response, transaction.peer, state);
  inheritOffer(dialog, transaction.request, true);
  agent.dialogs.push(dialog);
  enterDialogState(dialog, state, 'R-DLG-02', out, 'none');
  return dialog;
}

/** RFC 3262 §4: a repeated reliable response, or one out of order, is not processed (R-PRK-10). */
function inOrder(dialog: Dialog, response: SipResponse, out: Outbox): boolean {
  const sequence = reliableSequence(response);
  if (sequence === null) return true;
  if (dialog.lastReliable !== 0 && sequence !== dialog.lastReliable + 1) {
    const repeated = sequence <= dialog.lastReliable;
    ignore(
      out,
      repeated ? `${response.status} again` : `${response.status} before its predecessor`,
      repeated ? 'R-PRK-10' : 'R-PRK-11',
    );
    return false;
  }
  dialog.lastReliable = sequence;
  return true;
}

/**
 * Whether this 2xx is a copy of one that was heard already. Its ACK is sent again, unless the
 * user still holds it back (R-2XX-04).
 */
function acknowledgedBefore(dialog: Dialog, response: SipResponse, out: Outbox): boolean {
  const { number } = response.cseq;
  const ack = dialog.acks.find((one) => one.cseq.number === number);
  if (ack !== undefined) {
    ignore(out, `${response.status} again; ACK sent again`, 'R-2XX-04');
    out.send(ack, dialog.peer);
    return true;
  }
  if (dialog.lastSuccess >= number) {
    ignore(out, `${response.status} again; its ACK is held back`, 'R-2XX-03');
    return true;
  }
  dialog.lastSuccess = number;
  return false;
}

/** A final response to UPDATE, PRACK, BYE … settles what its request began. */
function settle(
  agent: UserAgent,
  dialog: Dialog,
  request: SipRequest,
  response: SipResponse,
  out: Outbox,
): void {
  if (response.status >= 300) {
    rollBackOffer(dialog, request);
    // 481 and 408 end the dialog, whatever the request was (R-DLG-10); but to a PRACK 481 says
    // only that its RAck matches nothing (R-PRK-09).
    const gone = response.status === 481 ? request.method !== 'PRACK' : response.status === 408;
    if (gone) {
      stopSessionTimer(agent, dialog, out);
      stopRepeatingIn(agent, dialog, out);
      enterDialogState(dialog, 'terminated', 'R-DLG-10', out);
    }
    return;
  }
  if (request.method === 'UPDATE') {
    refreshTarget(dialog, response);
    settleSessionTimer(agent, dialog, request, response, out);
  }
  dialog.retries = 0;
  negotiateReceived(dialog, response, request, out);
}

/** RFC 3261 §13.2.2.3: a non-2xx final ends what the INVITE began, or changes nothing. */
function endEarlyDialogs(
  agent: UserAgent,
  request: SipRequest,
  response: SipResponse,
  out: Outbox,
): Dialog | null {
  let ended: Dialog | null = null;
  for (const dialog of agent.dialogs) {
    if (dialog.callId !== request.callId || dialog.local.tag !== request.from.tag) continue;
    if (request.to.tag !== null && dialog.remote.tag !== request.to.tag) continue;
    rollBackOffer(dialog, request);
    ended = dialog;
    const gone = response.status === 481 || response.status === 408;
    const refused = request.to.tag === null && dialog.state === 'early';
    if (!refused && !gone) continue;
    stopSessionTimer(agent, dialog, out);
    if (gone) stopRepeatingIn(agent, dialog, out);
    enterDialogState(dialog, 'terminated', refused ? 'R-DLG-09' : 'R-DLG-10', out);
  }
  return ended;
}

function ignore(out: Outbox, why: string, id: string): void {
  out.note({ kind: 'ignored', why, clause: clause(id) });
}
