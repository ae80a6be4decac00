import type { Outbox } from '../kernel/node.ts';
import type { UserAgent } from './agent.ts';
import { dialogOf, dialogOfUas, refreshTarget, type Dialog } from './dialog.ts';
import { enterDialogState } from './dialog-state.ts';
import { reliableSequence, type Header, type SipRequest, type SipResponse } from './message.ts';
import { inheritOffer, negotiateSent, rollBackOffer } from './negotiating.ts';
import { settleSessionTimer, stopSessionTimer } from './session-timer.ts';
import type { InviteServerTransaction } from './transaction/transaction.ts';

/** What a response this end sends does to the dialog it belongs to. */

/** Makes or moves the dialog that a response to INVITE concerns. */
export function negotiateInviteResponse(
  agent: UserAgent,
  transaction: InviteServerTransaction,
  response: SipResponse,
  out: Outbox,
): void {
  const { request, peer, toTag } = transaction;
  const { status } = response;
  const localTag = request.to.tag ?? toTag;
  let dialog = dialogOf(agent.dialogs, request.callId, localTag, request.from.tag);
  if (dialog === null && status < 300) {
    dialog = dialogOfUas(request, toTag, peer, 'early');
    dialog.localContact = response.contact;
    inheritOffer(dialog, request, false);
    agent.dialogs.push(dialog);
    const state = status < 200 ? 'early' : 'confirmed';
    enterDialogState(dialog, state, 'R-DLG-02', out, 'none');
  }
  if (status >= 200 && request.to.tag === null) endOthers(agent, request, dialog, out);
  if (dialog === null) return;
  if (status >= 300) {
    rollBackOffer(dialog, request);
    // Refusing a re-INVITE ends nothing, not even while the first INVITE is open (R-REI-05).
    const first = request.to.tag === null;
    if (first && dialog.state === 'early') {
      stopSessionTimer(agent, dialog, out);
      enterDialogState(dialog, 'terminated', 'R-DLG-09', out);
    }
    return;
  }
  // A target refresh takes effect when it is accepted (R-DLG-07).
  const accepts = status >= 200 || reliableSequence(response) !== null;
  if (request.to.tag !== null && accepts) refreshTarget(dialog, request);
  negotiateSent(dialog, response, request, out);
  // RFC 6228 §4: nothing more comes in this early dialog (R-199-02).
  if (status === 199) enterDialogState(dialog, 'terminated', 'R-199-02', out);
  if (status < 200) return;
  enterDialogState(dialog, 'confirmed', 'RFC3261 12.1', out);
  settleSessionTimer(agent, dialog, request, response, out);
}

/** The final response leaves none of the other early dialogs that this end has shown. */
function endOthers(
  agent: UserAgent,
  { callId, from }: SipRequest,
  answered: Dialog | null,
  out: Outbox,
): void {
  for (const one of agent.dialogs) {
    if (one === answered || one.state !== 'early' || one.initiator) continue;
    if (one.callId !== callId || one.remote.tag !== from.tag) continue;
    enterDialogState(one, 'terminated', 'R-2XX-07', out);
  }
}

/** A response to UPDATE, PRACK, BYE … settles what its request began, or takes it back. */
export function settleAnswered(
  agent: UserAgent,
  dialog: Dialog,
  request: SipRequest,
  response: SipResponse,
  out: Outbox,
): void {
  const { status } = response;
  if (status >= 300) rollBackOffer(dialog, request);
  if (status < 200 || status >= 300) return;
  if (request.method === 'UPDATE') {
    refreshTarget(dialog, request);
    settleSessionTimer(agent, dialog, request, response, out);
  }
  negotiateSent(dialog, response, request, out);
}

/** Adds `Require: 100rel` and RSeq (R-PRK-02). */
export function withReliability(
  headers: readonly Header[],
  transaction: InviteServerTransaction,
): readonly Header[] {
  const sequence: Header = ['RSeq', String(transaction.lastReliable)];
  let required = false;
  const together = headers.map((header): Header => {
    if (header[0] !== 'Require') return header;
    required = true;
    const tags = header[1].split(',').map((tag) => tag.trim());
    return tags.includes('100rel') ? header : ['Require', [...tags, '100rel'].join(', ')];
  });
  return required ? [...together, sequence] : [['Require', '100rel'], sequence, ...together];
}
