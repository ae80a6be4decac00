import { micros, seconds, type Micros } from '../base/micros.ts';
import type { Outbox } from '../kernel/node.ts';
import type { UserAgent } from './agent.ts';
import type { Dialog } from './dialog.ts';
import {
  headerTokens,
  headerValue,
  type Header,
  type SipRequest,
  type SipResponse,
} from './message.ts';

/**
 * Session timers (RFC 4028): a session that nobody refreshes is ended. Each leg has its own; every
 * 2xx to INVITE or UPDATE starts it again, or switches it off (R-SE-03).
 */

/** What an end wants of session timers. Whoever has this supports them. */
export interface SessionTimerSetting {
  /** The interval it asks for, in whole seconds; null: it goes along with what others ask. */
  readonly expires: number | null;
  /** The shortest it accepts, in whole seconds, at least 90 (R-SE-01). */
  readonly least: number;
}

/** The timer of one dialog. */
export interface SessionTimer {
  readonly interval: number;
  /** This end has to refresh. */
  readonly refreshes: boolean;
}

interface Asked {
  readonly interval: number;
  readonly refresher: 'uac' | 'uas' | null;
}

/** `1800;refresher=uac`. */
export function sessionExpiresOf(message: SipRequest | SipResponse): Asked | null {
  const value = headerValue(message, 'Session-Expires');
  if (value === null) return null;
  const interval = Number.parseInt(value, 10);
  const refresher = /;\s*refresher\s*=\s*(ua[cs])/i.exec(value)?.[1]?.toLowerCase();
  if (!Number.isSafeInteger(interval) || interval <= 0) return null;
  return { interval, refresher: refresher === 'uac' || refresher === 'uas' ? refresher : null };
}

/** 422 where the interval asked for is shorter than this end accepts (RFC 4028 §9), else null. */
export function refusesInterval(agent: UserAgent, request: SipRequest): readonly Header[] | null {
  const { sessionTimer } = agent;
  const asked = sessionExpiresOf(request);
  if (sessionTimer === null || asked === null || asked.interval >= sessionTimer.least) return null;
  const knows = headerTokens(request, 'Supported').includes('timer');
  return knows ? [['Min-SE', String(sessionTimer.least)]] : null;
}

/**
 * The header fields of an INVITE or UPDATE with what it says of the session timer (§7.1, §7.4).
 * What a 422 has asked for once need not be asked for again by the next.
 */
export function askingForTimer(
  agent: UserAgent,
  dialog: Dialog | null,
  headers: readonly Header[],
): readonly Header[] {
  const { sessionTimer } = agent;
  const running = dialog?.sessionTimer ?? null;
  const wanted = running?.interval ?? sessionTimer?.expires ?? null;
  if (sessionTimer === null || wanted === null) return headers;
  const least = Math.max(sessionTimer.least, dialog?.leastInterval ?? 0);
  const interval = Math.max(wanted, dialog?.leastInterval ?? 0);
  // Who refreshes stays the same; the first time the other end chooses.
  const refresher = running === null ? '' : `;refresher=${running.refreshes ? 'uac' : 'uas'}`;
  return [
    ...withTimerSupported(headers),
    ['Session-Expires', `${interval}${refresher}`],
    ['Min-SE', String(least)],
  ];
}

/** The header fields of a 2xx to INVITE or UPDATE with what it says of the session timer (§9). */
export function grantingTimer(
  agent: UserAgent,
  request: SipRequest,
  headers: readonly Header[],
): readonly Header[] {
  const { sessionTimer } = agent;
  if (sessionTimer === null) return headers;
  const asked = sessionExpiresOf(request);
  const interval = granted(sessionTimer, asked, request);
  if (interval === null) return headers;
  const knows = headerTokens(request, 'Supported').includes('timer');
  const refresher = knows ? (asked?.refresher ?? 'uac') : 'uas';
  const expires: Header = ['Session-Expires', `${interval};refresher=${refresher}`];
  const required: readonly Header[] = refresher === 'uac' ? [['Require', 'timer']] : [];
  return [...withTimerSupported(headers), ...required, expires];
}

/** The shorter of both wishes, but not below what the other end accepts (Min-SE). */
function granted(
  { expires }: SessionTimerSetting,
  asked: Asked | null,
  request: SipRequest,
): number | null {
  if (asked === null) return expires;
  const least = Number.parseInt(headerValue(request, 'Min-SE') ?? '90', 10);
  return expires === null ? asked.interval : Math.min(asked.interval, Math.max(expires, least));
}

function withTimerSupported(headers: readonly Header[]): readonly Header[] {
  const at = headers.findIndex(([name]) => name === 'Supported');
  const present = headers[at]?.[1];
  if (present === undefined) return [...headers, ['Supported', 'timer']];
  const listed = present.split(',').some((tag) => tag.trim().toLowerCase() === 'timer');
  return listed ? headers : headers.with(at, ['Supported', `${present}, timer`]);
}

/**
 * A 2xx to INVITE or UPDATE has been sent or received: the timer of its dialog starts again. One
 * without Session-Expires switches it off, unless this end asked for it and then runs it alone
 * (§7.2).
 */
export function settleSessionTimer(
  agent: UserAgent,
  dialog: Dialog,
  request: SipRequest,
  response: SipResponse,
  out: Outbox,
): void {
  if (agent.sessionTimer === null) return;
  const sentRequest = request.from.tag === dialog.local.tag;
  const said = sessionExpiresOf(response);
  const alone = sentRequest && said === null ? sessionExpiresOf(request) : null;
  const interval = said?.interval ?? alone?.interval ?? null;
  if (interval === null) {
    stopSessionTimer(agent, dialog, out);
    return;
  }
  const byUac = alone !== null || said?.refresher !== 'uas';
  const refreshes = byUac === sentRequest;
  dialog.sessionTimer = { interval, refreshes };
  const place = agent.dialogs.indexOf(dialog);
  const end = endAfter(interval);
  out.startTimer(`se end ${place}`, end);
  if (refreshes) out.startTimer(`se ${place}`, seconds(Math.floor(interval / 2)));
  else out.stopTimer(`se ${place}`);
}

/** Shortly before the session expires: a third of it, at most 32 s (R-SE-02). */
function endAfter(interval: number): Micros {
  const whole = seconds(interval);
  return micros(whole - Math.min(seconds(32), Math.floor(whole / 3)));
}

/** The dialog has ended, or its timer was switched off. */
export function stopSessionTimer(agent: UserAgent, dialog: Dialog, out: Outbox): void {
  if (dialog.sessionTimer === null) return;
  dialog.sessionTimer = null;
  const place = agent.dialogs.indexOf(dialog);
  out.stopTimer(`se ${place}`);
  out.stopTimer(`se end ${place}`);
}
