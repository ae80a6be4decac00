import { clause } from '../base/clause-id.ts';
import type { Outbox, TimerKey } from '../kernel/node.ts';
import type { SipIndication, UserAgent } from './agent.ts';
import type { Dialog } from './dialog.ts';
import type { Header } from './message.ts';
import { sendInDialog } from './sending.ts';
import { rollBackOffer } from './negotiating.ts';
import { dialogOfSent, endEarlyDialogs, outboxOf } from './transaction/running.ts';

/** Ending what has begun: BYE in its time (RFC 3261 §15), and a CANCEL nobody obeys (§9.1). */

/**
 * Ends a confirmed dialog. The called party must not send BYE before the ACK of its 2xx has come
 * (R-DLG-11): it then waits, until the ACK or until nobody expects it any more.
 */
export function hangUp(
  agent: UserAgent,
  dialog: Dialog,
  headers: readonly Header[],
  out: Outbox,
): void {
  if (dialog.state === 'terminated' || dialog.byeWaits !== null) return;
  if (!dialog.initiator && awaitsFirstAck(agent, dialog)) {
    dialog.byeWaits = headers;
    out.note({ kind: 'ignored', why: 'BYE waits for the ACK', clause: clause('R-DLG-11') });
    return;
  }
  sendInDialog(agent, dialog, 'BYE', { headers, bodies: [], contact: null }, out);
}

/** An ACK has come: a BYE that waited for it goes, unless it was that of a later INVITE. */
export function hangUpAcknowledged(agent: UserAgent, dialog: Dialog, out: Outbox): void {
  if (!awaitsFirstAck(agent, dialog)) hangUpNow(agent, dialog, out);
}

/** The ACK has come, or will not come: a BYE that waited for it goes now. */
export function hangUpNow(agent: UserAgent, dialog: Dialog, out: Outbox): void {
  const headers = dialog.byeWaits;
  if (headers === null || dialog.state === 'terminated') return;
  dialog.byeWaits = null;
  sendInDialog(agent, dialog, 'BYE', { headers, bodies: [], contact: null }, out);
}

/** 64·T1 after a CANCEL without a final response the INVITE counts as cancelled (R-CAN-08). */
export function giveUpCancelled(
  agent: UserAgent,
  timer: TimerKey,
  out: Outbox,
): SipIndication | null {
  const branch = timer.slice('cancel '.length);
  const invite = agent.transactions.find(
    (one) => one.kind === 'INVITE client' && one.branch === branch,
  );
  if (invite === undefined || invite.state !== 'Proceeding') return null;
  const { request } = invite;
  outboxOf(agent, invite, out).enter('Terminated', clause('R-CAN-08'));
  const dialog = dialogOfSent(agent, request);
  rollBackOffer(dialog, request);
  endEarlyDialogs(agent, request, 'R-CAN-08', out);
  return { kind: 'no answer', to: request, dialog, branch };
}

function awaitsFirstAck(agent: UserAgent, dialog: Dialog): boolean {
  return agent.successes.some(
    ({ response }) =>
      response.callId === dialog.callId &&
      response.to.tag === dialog.local.tag &&
      response.cseq.number === dialog.inviteSequence,
  );
}
