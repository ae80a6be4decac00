import { headerValue } from '../../sip/message.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { breaks, holds, staysOpen, type Findings } from './findings.ts';
import { endOf, outlives, wasOut } from './lifetimes.ts';
import type { Happening, Observation, SeenDialog, SeenMessage } from './observation.ts';
import { sessionNegotiations } from './negotiation.ts';
import { has, isSuccess } from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { counted, ms, Named, Who } from './words.ts';

/** RFC 4028: session timers. */
export const sessionTimers: readonly Rule[] = [
  rule(
    'R-SE-01',
    intervals,
    (count) => `${counted(count, 'session interval')} of 90 s or more.`,
    'No message has Session-Expires, Min-SE or status 422.',
  ),
  rule(
    'R-SE-02',
    refreshes,
    (count) =>
      `${counted(count, 'session interval')} ended in time, or with a refresh at half of it.`,
    'No session interval was agreed, or none lasted long enough.',
  ),
  rule(
    'R-SE-03',
    versionsKept,
    (count) => `${counted(count, 'refresh', 'refreshes')} without change kept the version in o=.`,
    'No refresh repeated a session description.',
  ),
];

/** RFC 4028 §4: no interval is shorter, in seconds. */
const shortest = 90;

function secondsIn(message: SeenMessage, name: string): number | null {
  const value = headerValue(message.packet, name);
  return value === null ? null : Number(value.split(';')[0]?.trim() ?? '');
}

function intervals(seen: Observation, found: Findings): void {
  for (const one of seen.messages) {
    for (const name of ['Session-Expires', 'Min-SE']) {
      const seconds = secondsIn(one, name);
      if (seconds === null) continue;
      if (seconds >= shortest) holds(found, one);
      else breaks(found, `${Named(seen, one)} has ${name}: ${seconds}.`, one);
    }
    const { packet } = one;
    if (packet.kind !== 'response' || packet.status !== 422) continue;
    if (has(one, 'Min-SE')) holds(found, one);
    else breaks(found, `${Named(seen, one)} does not say which interval would do.`, one);
  }
}

/** What a 2xx to INVITE or UPDATE made of the timer at one end of a dialog. */
interface Agreed extends Happening {
  readonly message: SeenMessage;
  /** In µs; null: no timer from now on. */
  readonly interval: number | null;
  /** Whether this end is to refresh. */
  readonly refreshes: boolean;
}

function agreementsIn({ events }: SeenDialog): Agreed[] {
  const agreed: Agreed[] = [];
  for (const { message, way, record, at } of events) {
    const { method } = message.packet.cseq;
    if (!isSuccess(message) || (method !== 'INVITE' && method !== 'UPDATE')) continue;
    const seconds = secondsIn(message, 'Session-Expires');
    const refresher = /refresher\s*=\s*(uac|uas)/i.exec(
      headerValue(message.packet, 'Session-Expires') ?? '',
    )?.[1];
    // Who receives the 2xx is the UAC of that exchange.
    const refreshes = refresher?.toLowerCase() === (way === 'received' ? 'uac' : 'uas');
    const interval = seconds === null ? null : seconds * 1_000_000;
    agreed.push({ message, record, at, interval, refreshes });
  }
  return agreed;
}

function refreshes(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    const agreements = agreementsIn(dialog);
    for (const [place, agreed] of agreements.entries()) {
      if (agreed.interval === null) continue;
      // The next 2xx restarts the timer, whoever asked for it.
      const next = agreements[place + 1];
      oneInterval(seen, found, dialog, agreed, next ?? null);
    }
  }
}

function oneInterval(
  seen: Observation,
  found: Findings,
  dialog: SeenDialog,
  agreed: Agreed,
  next: Agreed | null,
): void {
  const interval = agreed.interval ?? 0;
  const { node } = dialog;
  const end = endOf(dialog);
  const grace = Math.min(32_000_000, interval / 3);
  const due = agreed.at + (agreed.refreshes ? interval / 2 : interval - grace);
  const late = due + seen.timers.T1;
  if (wasOut(seen, node, agreed.at, late)) return;
  const asked = dialog.events.find(
    (event) => isRefresh(event.message) && event.record > agreed.record,
  );
  const refreshed = Math.min(asked?.at ?? Infinity, next?.at ?? Infinity);
  if (end !== null && end.at <= late && end.record > agreed.record) {
    if (!agreed.refreshes && end.at >= due) holds(found, agreed, end);
    return;
  }
  if (refreshed <= late) holds(found, agreed, asked ?? next);
  else if (!outlives(seen, late)) {
    if (seen.ended !== 'time limit')
      staysOpen(found, 'The record ends before the refresh.', agreed);
  } else {
    const what = agreed.refreshes ? 'did not refresh the session' : 'did not hang up';
    const says = `${Who(seen, node)} ${what} ${ms(due - agreed.at)} after it was agreed`;
    breaks(found, `${says}, though the interval is ${ms(interval)}.`, agreed.message);
  }
}

function isRefresh({ packet }: SeenMessage): boolean {
  return (
    packet.kind === 'request' && packet.to.tag !== null && /^(?:INVITE|UPDATE)$/.test(packet.method)
  );
}

function versionsKept(seen: Observation, found: Findings): void {
  for (const { dialog, bodies } of sessionNegotiations(seen)) {
    if (!dialog.events.some(({ message }) => has(message, 'Session-Expires'))) continue;
    let before: { message: SeenMessage; description: SessionDescription } | null = null;
    for (const event of dialog.events) {
      const { message, way } = event;
      if (way === 'received') continue;
      const body = bodies.find((one) => one.event === event);
      // A 2xx may say the first answer again (RFC 6337 §3.1.1), whatever was agreed since.
      if (body?.role === 'repeat') continue;
      if (body === undefined) {
        // A refresh that says nothing of the session changes nothing of it.
        if (isRefresh(message) && has(message, 'Session-Expires')) holds(found, message);
        continue;
      }
      const { description } = body;
      if (before !== null && isRefresh(message) && has(message, 'Session-Expires')) {
        if (sameButVersion(before.description, description)) {
          const kept = before.description.origin.version === description.origin.version;
          const says = `${Named(seen, message)} changes nothing but the version in o=.`;
          if (kept) holds(found, before.message, message);
          else breaks(found, says, before.message, message);
        }
      }
      before = { message, description };
    }
  }
}

function sameButVersion(one: SessionDescription, other: SessionDescription): boolean {
  const plain = ({ origin, ...rest }: SessionDescription): string =>
    JSON.stringify({ ...rest, origin: { ...origin, version: 0 } });
  return one === other || plain(one) === plain(other);
}
