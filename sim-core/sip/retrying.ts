import { milliseconds, seconds, type Micros } from '../base/micros.ts';
import type { Outbox, TimerKey } from '../kernel/node.ts';
import type { SipIndication, UserAgent } from './agent.ts';
import type { Dialog } from './dialog.ts';
import { headerValue, type Method, type SipRequest, type SipResponse } from './message.ts';

/**
 * What a user agent does about 491, and about 500 with Retry-After: it waits, and lets its user
 * send the request once more if that is still wanted (RFC 3261 §14.1, RFC 3311 §5.3, R-REI-04).
 *
 * A user that hears such a response calls `awaitRetry`. If that gives true, the indication
 * `'retry'` follows in its time, and the user sends the request anew (`sendInDialog`), with a
 * description in its history as it is then. If it gives false, the refusal is final.
 */
export function awaitRetry(
  agent: UserAgent,
  dialog: Dialog,
  refused: SipRequest,
  response: SipResponse,
  out: Outbox,
  most = 1,
): boolean {
  const ended = dialog.state === 'terminated' || dialog.retries >= most;
  const wait = ended ? null : waitBeforeRetry(dialog, response, out);
  if (wait === null) {
    dialog.retries = 0;
    return false;
  }
  dialog.retries += 1;
  const branch = refused.via[0]?.branch ?? '';
  agent.retries.push({ branch, request: refused });
  out.startTimer(`retry ${branch}`, wait);
  return true;
}

/** The user does not want it any more, or sends something else in its place. */
export function forgetRetry(agent: UserAgent, dialog: Dialog, method: Method, out: Outbox): void {
  agent.retries = agent.retries.filter(({ branch, request }) => {
    const meant = request.method === method && isIn(dialog, request);
    if (meant) out.stopTimer(`retry ${branch}`);
    return !meant;
  });
}

/** Whether the user still waits to send such a request again. */
export function awaitsRetry(agent: UserAgent, dialog: Dialog, method: Method): boolean {
  return agent.retries.some(({ request }) => request.method === method && isIn(dialog, request));
}

/** The wait is over; nothing comes of it in a dialog that has ended meanwhile. */
export function retryNow(agent: UserAgent, timer: TimerKey): SipIndication | null {
  const branch = timer.slice('retry '.length);
  const due = agent.retries.find((one) => one.branch === branch);
  if (due === undefined) return null;
  agent.retries = agent.retries.filter((one) => one !== due);
  const dialog = agent.dialogs.find((one) => isIn(one, due.request)) ?? null;
  if (dialog === null || dialog.state === 'terminated') return null;
  return { kind: 'retry', to: due.request, dialog, branch };
}

/**
 * The owner of the Call-ID waits 2.1 to 4.0 s, the other end up to 2.0 s, both on a grid of
 * 10 ms; after a 500 as long as the other end asks. Null where no retry is due.
 */
export function waitBeforeRetry(dialog: Dialog, response: SipResponse, out: Outbox): Micros | null {
  if (response.status === 491) {
    const steps = dialog.initiator ? out.draw(210, 400) : out.draw(0, 200);
    return milliseconds(steps * 10);
  }
  if (response.status !== 500) return null;
  const asked = Number.parseInt(headerValue(response, 'Retry-After') ?? '', 10);
  return Number.isSafeInteger(asked) && asked >= 0 ? seconds(asked) : null;
}

function isIn(dialog: Dialog, request: SipRequest): boolean {
  return (
    request.callId === dialog.callId &&
    request.from.tag === dialog.local.tag &&
    request.to.tag === dialog.remote.tag
  );
}
