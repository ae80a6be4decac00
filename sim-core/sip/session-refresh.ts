import { clause } from '../base/clause-id.ts';
import { seconds } from '../base/micros.ts';
import type { Outbox, TimerKey } from '../kernel/node.ts';
import { sayingNothing, type SipIndication, type UserAgent } from './agent.ts';
import type { Dialog } from './dialog.ts';
import { bodyPart } from './making-messages.ts';
import { headerValue, type SipRequest, type SipResponse } from './message.ts';
import { waitBeforeRetry } from './retrying.ts';
import { sendAck, sendInDialog } from './sending.ts';

/** Keeping a session alive, and telling the user when nobody did (RFC 4028 §7.4, §10). */

/** Half of the interval is over: time to refresh. Or the session is about to expire. */
export function fireSessionTimer(
  agent: UserAgent,
  timer: TimerKey,
  out: Outbox,
): SipIndication | null {
  const ends = timer.startsWith('se end ');
  const dialog = agent.dialogs[Number(timer.slice(ends ? 7 : 3))];
  if (dialog === undefined || dialog.state !== 'confirmed') return null;
  if (!ends) {
    refresh(agent, dialog, timer, out);
    return null;
  }
  out.note({ kind: 'ignored', why: 'the session was not refreshed', clause: clause('R-SE-02') });
  return { kind: 'session expired', dialog };
}

export function isRefresh(agent: UserAgent, branch: string): boolean {
  return agent.refreshes.length > 0 && agent.refreshes.includes(branch);
}

/** An UPDATE without an offer where the other end takes one, else a re-INVITE without a change. */
function refresh(agent: UserAgent, dialog: Dialog, timer: TimerKey, out: Outbox): void {
  const { session } = dialog.offerAnswer;
  if (isBusy(agent, dialog)) {
    out.startTimer(timer, seconds(1));
    return;
  }
  const saying = { ...sayingNothing, contact: dialog.localContact };
  if (dialog.peerAllows.includes('update')) {
    agent.refreshes.push(sendInDialog(agent, dialog, 'UPDATE', saying, out));
    return;
  }
  // The same description under the same version (RFC 4028 §7.4, R-SE-03).
  const bodies = session.lastSent === null ? [] : [bodyPart('session', session.lastSent)];
  agent.refreshes.push(sendInDialog(agent, dialog, 'INVITE', { ...saying, bodies }, out));
}

/** Whether another offer and answer, or another INVITE, is in progress (R-REI-01, R-REI-09). */
function isBusy(agent: UserAgent, dialog: Dialog): boolean {
  if (dialog.offerAnswer.session.state !== 'agreed') return true;
  return agent.transactions.some(({ kind, state, request }) => {
    if (kind !== 'INVITE client' && kind !== 'INVITE server') return false;
    return request.callId === dialog.callId && (state === 'Calling' || state === 'Proceeding');
  });
}

/** The answer to a refresh: the user hears of it only where the session is gone. */
export function hearOfRefresh(
  agent: UserAgent,
  dialog: Dialog | null,
  request: SipRequest,
  response: SipResponse,
  out: Outbox,
): SipIndication | null {
  const { status } = response;
  if (dialog === null) return null;
  if (status < 300) {
    if (request.method === 'INVITE') sendAck(agent, dialog, response.cseq.number, out);
    return null;
  }
  if (dialog.state === 'terminated') return { kind: 'session expired', dialog };
  const timer = `se ${agent.dialogs.indexOf(dialog)}`;
  if (status === 422 && dialog.sessionTimer !== null) {
    const least = Number.parseInt(headerValue(response, 'Min-SE') ?? '', 10);
    if (!Number.isSafeInteger(least) || least <= dialog.sessionTimer.interval) return null;
    dialog.sessionTimer = { ...dialog.sessionTimer, interval: least };
    refresh(agent, dialog, timer, out);
    return null;
  }
  const wait = waitBeforeRetry(dialog, response, out);
  if (wait !== null) out.startTimer(timer, wait);
  return null;
}
