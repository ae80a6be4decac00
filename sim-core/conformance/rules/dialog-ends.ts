import { headerValue } from '../../sip/message.ts';
import { ackWith, requestsIn } from './dialog-requests.ts';
import { breaks, breaksAt, holds, staysOpen, type Findings } from './findings.ts';
import {
  clientGivesUpAt,
  decidedAt,
  endOf,
  forgetsAt,
  isConfirmed,
  isOvertaken,
  outlives,
  promptly,
  successOf,
  wasOut,
  wentOnAs,
} from './lifetimes.ts';
import type {
  DialogEvent,
  Happening,
  Observation,
  SeenDialog,
  SeenMessage,
  SeenTransaction,
} from './observation.ts';
import {
  finalSent,
  finalReceived,
  firstArrived,
  hasArrived,
  isProxy,
  isSuccess,
  transactionsOf,
} from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { beginsAfter, carrying, keyOf, mediaAddressesOf } from './streams.ts';
import { counted, ms, named, Named, Who, who } from './words.ts';

/** RFC 3261 §12.3, §15, RFC 5057 and RFC 3725 §6: how dialogs end, and what ends with them. */
export const dialogEnds: readonly Rule[] = [
  rule(
    'R-DLG-09',
    refusalEnds,
    (count) => `${counted(count, 'early dialog')} ended with the refusal of the INVITE.`,
    'No INVITE with an early dialog was refused.',
  ),
  rule(
    'R-DLG-10',
    failureEnds,
    (count) => `${counted(count, 'dialog')} ended with a 481, a 408 or silence.`,
    'No request within a dialog got 481, 408 or nothing.',
  ),
  rule(
    'R-DLG-11',
    byeAllowed,
    (count) => `${counted(count, 'BYE')} left when it was allowed.`,
    'Nobody sent BYE.',
  ),
  rule(
    'R-DLG-12',
    byeStopsMedia,
    (count) => `${counted(count, 'end')} of a dialog stopped and answered as BYE has it.`,
    'Nobody sent BYE.',
  ),
  rule(
    'R-DLG-14',
    forkedSuccesses,
    (count) => `${counted(count, 'forked INVITE')} had each 2xx acknowledged and one call left.`,
    'No INVITE that was answered made more than one dialog.',
  ),
  rule(
    'R-DLG-15',
    scopeOfErrors,
    (count) =>
      `${counted(count, 'error response')} within dialogs destroyed no more than they say.`,
    'No request within a dialog was refused.',
  ),
  rule(
    'R-DLG-16',
    bothLegsEnd,
    (count) => `${counted(count, 'call')} of two legs lost both when it lost one.`,
    'Nobody who has two legs of a call lost one of them.',
  ),
];

/** The first request of its own that an end sends after a record, PRACK excepted. */
function requestAfter(
  dialog: SeenDialog,
  since: Happening,
  but: readonly string[],
): DialogEvent | null {
  for (const event of dialog.events) {
    const { packet } = event.message;
    if (event.way === 'received' || packet.kind !== 'request' || event.at <= since.at) continue;
    // What was decided before may still be on its way out.
    if (decidedAt(event.message) < since.record) continue;
    if (but.includes(packet.method)) continue;
    return event;
  }
  return null;
}

function refusalEnds(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    const { opening, caller, node } = dialog;
    if (opening === null || isConfirmed(dialog)) continue;
    const refusal = caller ? finalReceived(opening) : finalSent(opening);
    if (refusal === null || isSuccess(refusal)) continue;
    const since = caller ? refusal.received : refusal.sent;
    if (since === null) continue;
    const late = requestAfter(dialog, since, ['PRACK', 'ACK']);
    const sound = stillSending(seen, dialog, promptly(seen, since.at));
    if (late !== null) {
      const says = `${Named(seen, late.message)} left after ${named(seen, refusal)} had ended`;
      breaks(found, `${says} its early dialog.`, refusal, late.message);
    } else if (sound !== null) {
      const says = `${Who(seen, node)} still sent media ${ms(seen.timers.T1)} after`;
      breaks(found, `${says} ${named(seen, refusal)}.`, refusal, sound);
    } else holds(found, refusal);
  }
}

/**
 * A stream from this end's own addresses that still carries something at that instant, or null.
 * `record` is what ends the dialog.
 */
function stillSending(
  seen: Observation,
  dialog: SeenDialog,
  at: number,
  record = 0,
): Happening | null {
  if (!outlives(seen, at) || wasOut(seen, dialog.node, at - seen.timers.T1, at)) return null;
  for (const stream of seen.streams) {
    if (stream.from !== dialog.node) continue;
    const change = carrying(stream, at) ?? beginsAfter(stream, at);
    if (change === null) continue;
    // What it had decided to end before ends when the time it takes over a message has passed.
    const next = stream.changes.find((one) => one.at > at);
    const ending = next !== undefined && next.cause < record && next.at < at + seen.timers.T1 / 10;
    if (ending && next.packet.sources.length === 0) continue;
    if (mediaAddressesOf(dialog).has(keyOf(change.packet.from))) return change;
  }
  return null;
}

function failureEnds(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    for (const { message, way } of dialog.events) {
      const { packet, transaction } = message;
      if (way === 'received' || packet.kind !== 'request' || packet.to.tag === null) continue;
      if (packet.method === 'ACK' || packet.method === 'BYE') continue;
      const since = failureOf(seen, transaction);
      if (since === null) continue;
      const late = requestAfter(dialog, since.at, ['BYE', 'ACK']);
      if (late === null) holds(found, message, since.shown);
      else {
        const says = `${Named(seen, late.message)} left though ${named(seen, message)} had`;
        breaks(found, `${says} ${since.says}.`, message, since.shown, late.message);
      }
      break;
    }
  }
}

function failureOf(seen: Observation, transaction: SeenTransaction) {
  const { request } = transaction;
  if (request === null) return null;
  const final = finalReceived(transaction);
  const due = request.sent.at + seen.timers.giveUp;
  if (final !== null && final.received.at <= due) {
    const { status } = final.packet;
    if (status !== 481 && status !== 408) return null;
    return { at: final.received, shown: final, says: `got ${status}` };
  }
  // An INVITE that a 1xx answered waits longer.
  if (transaction.responses.some(hasArrived) || !outlives(seen, due)) return null;
  const timer = seen.fired.find(({ node, at }) => node === transaction.client && at === due);
  return timer === undefined ? null : { at: timer, shown: null, says: 'got no answer' };
}

function byeAllowed(seen: Observation, found: Findings): void {
  for (const one of seen.requests) {
    if (one.packet.method === 'BYE' && one.packet.to.tag === null) {
      breaks(found, `${Named(seen, one)} belongs to no dialog.`, one);
    }
  }
  for (const dialog of seen.dialogs) {
    const [bye] = requestsIn(dialog, 'sent', 'BYE');
    if (bye === undefined || dialog.opening === null) continue;
    if (dialog.caller) {
      holds(found, bye.message);
      continue;
    }
    const success = successOf(dialog);
    if (success === null || success.sent.record > bye.record) {
      breaks(found, `${Named(seen, bye.message)} left in an early dialog.`, bye.message);
      continue;
    }
    const ack = ackWith(success.packet.cseq.number, dialog, 'received');
    const waited = bye.at >= success.sent.at + seen.timers.giveUp;
    if (waited || (ack !== null && ack.record < bye.record)) holds(found, success, bye.message);
    else {
      const says = `${Named(seen, bye.message)} left before the ACK for ${named(seen, success)}.`;
      breaks(found, says, success, bye.message);
    }
  }
}

/**
 * Whether the early dialog went with its INVITE: 64·T1 after another branch's 2xx (RFC 3261
 * §13.2.2.4), after a CANCEL nobody obeyed (§9.1), or after no response at all.
 */
function isAbandoned(seen: Observation, dialog: SeenDialog, at: number): boolean {
  const { caller, opening } = dialog;
  if (!caller || opening === null) return false;
  const lost = clientGivesUpAt(seen, opening);
  const success = successOf(dialog);
  if (success !== null) return lost <= at && lost < (success.received?.at ?? 0);
  const other = firstArrived(opening.responses, 200, 299);
  const settled = other === null ? Infinity : other.received.at + seen.timers.giveUp;
  return Math.min(settled, lost) <= at;
}

function byeStopsMedia(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    const [sent] = requestsIn(dialog, 'sent', 'BYE');
    const [came] = requestsIn(dialog, 'received', 'BYE');
    if (sent !== undefined) {
      const sound = stillSending(seen, dialog, sent.at, sent.record);
      if (sound === null) holds(found, sent.message);
      else
        breaks(found, `${Who(seen, dialog.node)} sent media after its BYE.`, sent.message, sound);
    }
    if (came === undefined || dialog.opening === null) continue;
    const { node } = dialog;
    const due = promptly(seen, came.at);
    if (wasOut(seen, node, came.at, due)) continue;
    const final = finalSent(came.message.transaction);
    // A BYE that crosses another, or comes when the dialog is gone, may be refused for that.
    const began = dialog.events[0]?.at ?? came.at;
    if (forgetsAt(seen, node, began, came.at) < Infinity) continue;
    const ended = (endOf(dialog)?.record ?? came.record) < came.record;
    // Behind a later request it has a number too low, and is refused for that (§12.2.2).
    const late = final?.packet.status === 500 && isOvertaken(dialog, came);
    const gone = sent !== undefined || ended || late || isAbandoned(seen, dialog, came.at);
    if (!gone && final !== null && !isSuccess(final)) {
      const { status } = final.packet;
      breaks(found, `${Who(seen, node)} met BYE with ${status}.`, came.message, final);
      continue;
    }
    const pending = pendingAt(dialog, came);
    const sound = sent === undefined ? stillSending(seen, dialog, due) : null;
    if (pending !== null && outlives(seen, due)) {
      const what = named(seen, pending);
      breaks(found, `${Who(seen, node)} left ${what} open at the BYE.`, pending, came.message);
    } else if (sound !== null) {
      const says = `${Who(seen, node)} still sent media ${ms(seen.timers.T1)} after`;
      breaksAt(found, 'warning', `${says} ${named(seen, came.message)}.`, came.message, sound);
    } else holds(found, came.message, final);
  }
}

/** An INVITE of the other end that this one never answered, although BYE came; or null. */
function pendingAt(dialog: SeenDialog, bye: Happening): SeenMessage | null {
  for (const { message, record } of requestsIn(dialog, 'received', 'INVITE')) {
    if (record < bye.record && finalSent(message.transaction) === null) return message;
  }
  return null;
}

function forkedSuccesses(seen: Observation, found: Findings): void {
  const forks = new Map<SeenTransaction, SeenDialog[]>();
  for (const dialog of seen.dialogs) {
    if (dialog.opening === null || !dialog.caller) continue;
    const own = forks.get(dialog.opening);
    if (own === undefined) forks.set(dialog.opening, [dialog]);
    else own.push(dialog);
  }
  for (const [invite, every] of forks) {
    const dialogs = every.filter(isConfirmed);
    if (every.length < 2 || dialogs.length === 0) continue;
    const unacknowledged = dialogs.find((one) => requestsIn(one, 'sent', 'ACK').length === 0);
    const kept = dialogs.filter((one) => endOf(one) === null);
    const shown = dialogs.map((one) => successOf(one));
    const who = Who(seen, invite.client);
    if (unacknowledged !== undefined && outlives(seen, seen.endedAt)) {
      breaks(found, `${who} did not acknowledge each 2xx of its INVITE.`, ...shown);
    } else if (kept.length > 1 && seen.ended === 'quiet') {
      breaks(found, `${who} kept ${kept.length} dialogs of one INVITE.`, ...shown);
    } else holds(found, shown[0] ?? null, shown[1] ?? null);
  }
}

/** RFC 5057 table 1: what destroys the dialog, and what only the usage. */
const destroysDialog = new Set([404, 410, 416, 482, 483, 484, 485, 502, 604]);
const destroysUsage = new Set([405, 480, 481, 489, 501]);

function scopeOfErrors(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    for (const event of dialog.events) {
      const { packet } = event.message;
      if (event.way === 'sent' || packet.kind !== 'response' || packet.status < 300) continue;
      if (event.message.transaction === dialog.opening) continue;
      const { status } = packet;
      const gone = destroysDialog.has(status) || destroysUsage.has(status);
      const late = gone ? requestAfter(dialog, event, ['BYE', 'ACK']) : null;
      if (late === null) holds(found, event.message);
      else {
        const what = destroysDialog.has(status) ? 'the dialog' : 'the usage';
        const says = `${Named(seen, late.message)} left though ${status} had destroyed ${what}.`;
        breaks(found, says, event.message, late.message);
      }
    }
  }
}

function bothLegsEnd(seen: Observation, found: Findings): void {
  for (const came of transactionsOf(seen, 'INVITE')) {
    if (came.request?.packet.to.tag !== null || isProxy(seen, came.server)) continue;
    const own = endsOf(seen, came, came.server);
    for (const went of wentOnAs(seen, came)) {
      for (const other of endsOf(seen, went, went.client)) {
        for (const one of own) {
          oneLost(seen, found, one, other);
          oneLost(seen, found, other, one);
        }
        if (own.length === 0) callerTold(seen, found, other, came);
      }
    }
  }
}

/** Whether a caller that still waits is refused once the answered leg is lost. */
function callerTold(
  seen: Observation,
  found: Findings,
  lost: SeenDialog,
  came: SeenTransaction,
): void {
  const end = endOf(lost);
  const final = finalSent(came);
  if (end === null || came.request === null) return;
  const due = end.at + seen.timers.giveUp + seen.timers.T1;
  if (final !== null) holds(found, end, final);
  else if (wasOut(seen, lost.node, end.at, due)) return;
  else if (outlives(seen, due)) {
    const says = `${Who(seen, lost.node)} lost the answered leg and left the caller waiting.`;
    breaks(found, says, end, came.request);
  } else staysOpen(found, 'The record ends before the caller was told.', end);
}

/** The confirmed dialogs that an INVITE made at one of its ends. */
function endsOf(seen: Observation, opening: SeenTransaction, node: number): SeenDialog[] {
  return seen.dialogs.filter((one) => {
    return one.opening === opening && one.node === node && isConfirmed(one);
  });
}

/** Whether `other` ends as well, once `lost` has ended without its doing. */
function oneLost(seen: Observation, found: Findings, lost: SeenDialog, other: SeenDialog): void {
  const end = endOf(lost);
  if (end === null) return;
  const { node } = lost;
  const otherEnd = endOf(other);
  if (otherEnd !== null && otherEnd.record < end.record) return;
  // A dialog that is confirmed only later is ended only later.
  const success = successOf(other);
  const since = Math.max(end.at, success?.sent.at ?? 0);
  const due = since + seen.timers.giveUp + seen.timers.T1;
  if (wasOut(seen, node, end.at, due)) return;
  const shown = 'message' in end ? end : null;
  if (otherEnd === null) {
    if (outlives(seen, due)) {
      breaks(found, `${Who(seen, node)} lost one leg and kept the other.`, end, success);
    } else staysOpen(found, `The record ends before ${who(seen, node)} ended both legs.`, end);
    return;
  }
  const bye = requestsIn(other, 'sent', 'BYE').at(0)?.message ?? null;
  const hungUp = shown !== null && hasReceivedBye(lost);
  if (hungUp || bye === null || headerValue(bye.packet, 'Reason') !== null) {
    holds(found, end, bye);
  } else breaks(found, `${Named(seen, bye)} after a failure has no Reason.`, end, bye);
}

function hasReceivedBye(dialog: SeenDialog): boolean {
  return requestsIn(dialog, 'received', 'BYE').length > 0;
}
