import { ackWith, firstInviteAbove, placeAfter, requestsIn } from './dialog-requests.ts';
import { breaks, holds, staysOpen, type Findings } from './findings.ts';
import {
  arrivalsOf,
  decidedAt,
  endOf,
  finalTaken,
  isEcho,
  outlives,
  promptly,
  serverForgetsAt,
  successOf,
  timesSent,
  wasOut,
} from './lifetimes.ts';
import type {
  Arrived,
  DialogEvent,
  Observation,
  SeenDialog,
  SeenMessage,
  SeenResponse,
  SeenTransaction,
} from './observation.ts';
import {
  dialogOf,
  finalSent,
  has,
  hasArrived,
  isProxy,
  isSuccess,
  transactionsOf,
} from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { offSchedule } from './schedules.ts';
import { counted, ms, Named, named, Who } from './words.ts';

/** RFC 3261 §13.2.2.4 and §13.3.1.4: the 2xx to an INVITE, and its ACK. */
export const successResponses: readonly Rule[] = [
  rule(
    'R-2XX-01',
    repeatedUntilAck,
    (count) =>
      `${counted(count, '2xx', '2xx responses')} left again as T1 and T2 have it, until the ACK.`,
    'No INVITE got a 2xx.',
  ),
  rule(
    'R-2XX-02',
    endedWithoutAck,
    (count) => `${counted(count, 'dialog')} whose 2xx got no ACK for 64·T1 ended with BYE.`,
    'Every 2xx got its ACK, or its dialog ended before 64·T1.',
  ),
  rule(
    'R-2XX-03',
    acknowledged,
    (count) =>
      `${counted(count, '2xx', '2xx responses')} got an ACK with their CSeq number and tags.`,
    'No 2xx to an INVITE arrived.',
  ),
  rule(
    'R-2XX-04',
    acknowledgedAgain,
    (count) => `${counted(count, '2xx', '2xx responses')} that came again got an ACK each time.`,
    'No 2xx came again after its ACK had left.',
  ),
  rule(
    'R-2XX-05',
    bodyOfAck,
    (count) => `${counted(count, 'ACK')} carried SDP exactly if the 2xx had an offer.`,
    'No 2xx was acknowledged.',
  ),
  rule(
    'R-2XX-06',
    bodyOfSuccess,
    (count) => `${counted(count, '2xx', '2xx responses')} carried the SDP that was due.`,
    'No INVITE got a 2xx.',
  ),
  rule(
    'R-2XX-07',
    otherDialogsEnd,
    (count) => `${counted(count, 'early dialog')} beside an answered one ended in time.`,
    'No early dialog was left over beside an answered one.',
  ),
  rule(
    'R-2XX-08',
    acknowledgedThenEnded,
    (count) => `${counted(count, 'caller')} acknowledged the 2xx before the BYE.`,
    'No caller hung up.',
  ),
  rule(
    'R-2XX-09',
    lateAckCounts,
    (count) => `${counted(count, 'ACK')} counted although a later INVITE had arrived before.`,
    'No ACK arrived after a later INVITE of its dialog.',
  ),
  rule(
    'R-2XX-10',
    reinvitedBeforeAck,
    (count) => `${counted(count, 're-INVITE')} before the ACK got the status that suits.`,
    'No re-INVITE arrived between a 2xx and its ACK.',
  ),
];

/** Every 2xx to INVITE of a user agent, with its end of the dialog. */
function eachSuccess(
  seen: Observation,
  tell: (success: SeenResponse, dialog: SeenDialog | null, invite: SeenTransaction) => void,
): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    if (isProxy(seen, invite.server)) continue;
    for (const one of invite.responses) {
      if (isSuccess(one)) tell(one, dialogOf(seen, one, one.from), invite);
    }
  }
}

/** The ACK that arrived for it at this end of the dialog, or null. */
function ackFor(dialog: SeenDialog | null, success: SeenMessage, way: 'sent' | 'received') {
  return dialog === null ? null : ackWith(success.packet.cseq.number, dialog, way);
}

function repeatedUntilAck(seen: Observation, found: Findings): void {
  eachSuccess(seen, (success, dialog) => {
    const ack = ackFor(dialog, success, 'received');
    const ended = dialog === null ? null : endAfter(dialog, success);
    const off = offSchedule(seen, success, {
      longest: seen.timers.T2,
      slowFrom: Infinity,
      until: ended === null || (ack !== null && ack.record < ended.record) ? ack : ended,
      givesUpAt: success.sent.at + seen.timers.giveUp,
    });
    if (off === null) holds(found, success, ack?.message ?? null);
    else breaks(found, `${Named(seen, success)}: ${off.says}.`, success, off.shown);
  });
}

/** What ended the dialog after that message was decided on, or null. */
function endAfter(dialog: SeenDialog, since: SeenMessage) {
  const end = endOf(dialog);
  return end !== null && end.record > decidedAt(since) ? end : null;
}

function endedWithoutAck(seen: Observation, found: Findings): void {
  eachSuccess(seen, (success, dialog) => {
    if (dialog === null || ackFor(dialog, success, 'received') !== null) return;
    const due = success.sent.at + seen.timers.giveUp;
    const ended = endAfter(dialog, success);
    if (ended !== null && ended.at < due) return;
    if (wasOut(seen, dialog.node, success.sent.at, due)) return;
    const bye = requestsIn(dialog, 'sent', 'BYE').at(0) ?? null;
    if (ended !== null && ended.at <= promptly(seen, due))
      holds(found, success, bye?.message ?? null);
    else if (outlives(seen, promptly(seen, due))) {
      const says = `${Who(seen, dialog.node)} did not hang up, though nobody acknowledged`;
      breaks(found, `${says} ${named(seen, success)} for 64·T1.`, success);
    } else staysOpen(found, `The record ends before 64·T1 passed without an ACK.`, success);
  });
}

/** Every 2xx to INVITE that a user agent took, with its end of the dialog. */
function eachTaken(
  seen: Observation,
  tell: (success: Arrived<SeenResponse>, dialog: SeenDialog) => void,
): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    if (isProxy(seen, invite.client)) continue;
    const last = finalTaken(seen, invite);
    if (last === null) continue;
    for (const one of invite.responses) {
      if (!isSuccess(one) || !hasArrived(one)) continue;
      // Timer M: what comes later finds no transaction.
      if (one.received.at > last.received.at + seen.timers.giveUp) continue;
      // A copy of the INVITE that came when its refusal was forgotten asks for nobody any more.
      if (!isSuccess(last) && one.sent.at > serverForgetsAt(seen, invite)) continue;
      const dialog = dialogOf(seen, one, invite.client);
      if (dialog !== null) tell(one, dialog);
    }
  }
}

function acknowledged(seen: Observation, found: Findings): void {
  eachTaken(seen, (success, dialog) => {
    const ack = ackFor(dialog, success, 'sent');
    if (ack !== null) {
      holds(found, success, ack.message);
      return;
    }
    const what = named(seen, success);
    // Once the other end has hung up, nobody waits for an ACK any more.
    const ended = requestsIn(dialog, 'received', 'BYE').length > 0;
    if (ended || wasOut(seen, dialog.node, success.received.at, seen.endedAt)) return;
    if (outlives(seen, success.received.at + seen.timers.giveUp)) {
      breaks(found, `${Who(seen, dialog.node)} never acknowledged ${what}.`, success);
    } else staysOpen(found, `The record ends before ${what} was acknowledged.`, success);
  });
}

function acknowledgedAgain(seen: Observation, found: Findings): void {
  eachTaken(seen, (success, dialog) => {
    const ack = ackFor(dialog, success, 'sent');
    if (ack === null) return;
    const arrivals = arrivalsOf(success);
    const last = success.received.at + seen.timers.giveUp;
    const due = arrivals.filter(({ at, record }) => {
      return record > ack.record && at < last && outlives(seen, promptly(seen, at));
    });
    const again = timesSent(ack.message) - 1;
    if (wasOut(seen, dialog.node, ack.at, last)) return;
    if (again > arrivals.length - 1) {
      const says = `${Who(seen, dialog.node)} acknowledged more often than the 2xx had arrived`;
      breaks(found, `${says}: ${again + 1} ACKs.`, success, ack.message);
    } else if (again < due.length) {
      const says = `${Named(seen, success)} came ${counted(due.length, 'time')} more after its ACK`;
      breaks(found, `${says}, which left ${counted(again, 'time')} more.`, ack.message, ...due);
    } else if (due.length > 0) holds(found, ack.message, due[0] ?? null);
  });
}

function hasSession({ packet }: SeenMessage): boolean {
  return packet.bodies.some(({ disposition }) => disposition === 'session');
}

/** Whether a provisional response that is to be acknowledged carried session SDP. */
function saidEarly({ responses }: SeenTransaction): boolean {
  return responses.some((one) => {
    return one.packet.status < 200 && has(one, 'RSeq') && hasSession(one);
  });
}

function bodyOfAck(seen: Observation, found: Findings): void {
  eachTaken(seen, (success, dialog) => {
    const ack = ackFor(dialog, success, 'sent');
    const { transaction } = success;
    if (ack === null || transaction.request === null) return;
    const offers =
      hasSession(success) && !hasSession(transaction.request) && !saidEarly(transaction);
    if (hasSession(ack.message) === offers) holds(found, success, ack.message);
    else if (offers) {
      const says = `${Named(seen, ack.message)} has no answer to the offer in the 2xx.`;
      breaks(found, says, success, ack.message);
    } else {
      const says = `${Named(seen, ack.message)} has SDP, though the 2xx offered nothing.`;
      breaks(found, says, success, ack.message);
    }
  });
}

function bodyOfSuccess(seen: Observation, found: Findings): void {
  eachSuccess(seen, (success, _dialog, invite) => {
    const { request } = invite;
    if (request === null) return;
    if (saidEarly(invite) || hasSession(success)) {
      holds(found, request, success);
      return;
    }
    const due = hasSession(request) ? 'the answer' : 'an offer';
    breaks(
      found,
      `${Named(seen, success)} lacks ${due}, which nothing before it gave.`,
      request,
      success,
    );
  });
}

function otherDialogsEnd(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    const { opening, caller } = dialog;
    if (opening === null || !caller || successOf(dialog) !== null) continue;
    const answer = opening.responses.find((one) => isSuccess(one) && one.received !== null);
    if (!answer?.received) continue;
    const due = answer.received.at + seen.timers.giveUp;
    const late = dialog.events.find(({ at, way, message }) => {
      return way === 'sent' && at > due && message.packet.kind === 'request';
    });
    if (late === undefined) holds(found, answer, lastOf(dialog));
    else {
      const says = `${Named(seen, late.message)} left in an early dialog ${ms(late.at - due)}`;
      breaks(found, `${says} after it had ended with the INVITE.`, answer, late.message);
    }
  }
}

function lastOf(dialog: SeenDialog): DialogEvent | null {
  return dialog.events.at(-1) ?? null;
}

function acknowledgedThenEnded(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    const success = dialog.caller ? successOf(dialog) : null;
    const bye = requestsIn(dialog, 'sent', 'BYE').at(0);
    if (success === null || bye === undefined) continue;
    const taken = dialog.events.find(({ message }) => message === success);
    if (taken === undefined || taken.record > bye.record) continue;
    const ack = ackFor(dialog, success, 'sent');
    if (ack !== null && ack.record < bye.record) holds(found, ack.message, bye.message);
    else {
      const says = `${Named(seen, bye.message)} left before an ACK for ${named(seen, success)}.`;
      breaks(found, says, success, bye.message);
    }
  }
}

function lateAckCounts(seen: Observation, found: Findings): void {
  eachSuccess(seen, (success, dialog) => {
    const ack = ackFor(dialog, success, 'received');
    if (dialog === null || ack === null) return;
    const later = firstInviteAbove(success.packet.cseq.number, dialog);
    if (later === null || later.record > ack.record) return;
    const deaf = success.copies.find((copy) => copy.at > ack.at && !isEcho(seen, copy));
    if (deaf === undefined) holds(found, later.message, ack.message);
    else {
      const says = `${Who(seen, dialog.node)} went on repeating ${named(seen, success)}`;
      breaks(found, `${says} after its ACK, which came late.`, ack.message, deaf);
    }
  });
}

/** The first INVITE with a higher number that arrived after the 2xx and before a record. */
function inviteBetween(
  dialog: SeenDialog,
  success: SeenMessage,
  before: number,
): DialogEvent | null {
  const invites = requestsIn(dialog, 'received', 'INVITE');
  for (let at = placeAfter(invites, success.sent.record); at < invites.length; at += 1) {
    const invite = invites[at]!;
    if (invite.record > before) return null;
    if (invite.message.packet.cseq.number > success.packet.cseq.number) return invite;
  }
  return null;
}

function reinvitedBeforeAck(seen: Observation, found: Findings): void {
  eachSuccess(seen, (success, dialog, invite) => {
    if (dialog === null || invite.request === null) return;
    const ack = ackFor(dialog, success, 'received');
    const again = inviteBetween(dialog, success, ack?.record ?? Infinity);
    const final = again && finalSent(again.message.transaction);
    if (!again || !final) return;
    const offers = hasSession(success) && !hasSession(invite.request) && !saidEarly(invite);
    const { status } = final.packet;
    const suits = offers ? status === 491 || status === 500 : isSuccess(final) || status === 491;
    if (suits) holds(found, again.message, final);
    else {
      const says = `${Who(seen, dialog.node)} met a re-INVITE before the ACK with ${status}.`;
      breaks(found, says, success, again.message, final);
    }
  });
}
