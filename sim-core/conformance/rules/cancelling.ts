import { headerValue } from '../../sip/message.ts';
import { requestsIn } from './dialog-requests.ts';
import { breaks, breaksAt, holds, staysOpen, type Findings } from './findings.ts';
import {
  clientGivesUpAt,
  decidedAt,
  endOf,
  forgetsAt,
  outlives,
  promptly,
  serverForgetsAt,
  successOf,
  wasOut,
  wentOnAs,
} from './lifetimes.ts';
import type { Observation, SeenRequest, SeenResponse, SeenTransaction } from './observation.ts';
import {
  dialogOf,
  finalReceived,
  finalSent,
  firstArrived,
  hasArrived,
  isProxy,
  isSuccess,
  transactionsOf,
  travelsReliably,
} from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { counted, ms, named, Named, Who, who } from './words.ts';

/** RFC 3261 §9 and §16.10: CANCEL. */
export const cancelling: readonly Rule[] = [
  rule(
    'R-CAN-01',
    onlyInvites,
    (count) => `${counted(count, 'CANCEL')} named an INVITE.`,
    'Nobody sent CANCEL.',
  ),
  rule(
    'R-CAN-02',
    copiesInvite,
    (count) => `${counted(count, 'CANCEL')} repeated what the INVITE says.`,
    'Nobody sent CANCEL.',
  ),
  rule(
    'R-CAN-03',
    waitsForProvisional,
    (count) => `${counted(count, 'CANCEL')} left after a provisional response had arrived.`,
    'Nobody sent CANCEL.',
  ),
  rule(
    'R-CAN-04',
    notAfterFinal,
    (count) => `${counted(count, 'CANCEL')} left before a final response had arrived.`,
    'Nobody sent CANCEL.',
  ),
  rule(
    'R-CAN-05',
    answered,
    (count) => `${counted(count, 'CANCEL')} got 200, and the INVITE 487 where it was open.`,
    'No CANCEL arrived.',
  ),
  rule(
    'R-CAN-06',
    tooLate,
    (count) => `${counted(count, 'CANCEL')} after the final response changed nothing.`,
    'No CANCEL arrived after the final response.',
  ),
  rule(
    'R-CAN-07',
    crosses,
    (count) => `${counted(count, '2xx', '2xx responses')} that crossed a CANCEL got ACK, then BYE.`,
    'No CANCEL crossed a 2xx.',
  ),
  rule(
    'R-CAN-08',
    unanswered,
    (count) => `${counted(count, 'INVITE')} ended 64·T1 after a CANCEL that brought no final.`,
    'Every cancelled INVITE got its final response.',
  ),
  rule(
    'R-CAN-09',
    passedOn,
    (count) => `${counted(count, 'branch', 'branches')} of a cancelled call ended with it.`,
    'No CANCEL reached a node with another leg of the call.',
  ),
];

/** Every CANCEL with the INVITE it cancels. */
function eachCancel(
  seen: Observation,
  tell: (cancel: SeenRequest, invite: SeenTransaction, its: SeenRequest) => void,
): void {
  for (const { request, cancels } of transactionsOf(seen, 'CANCEL')) {
    if (request !== null && cancels?.request) tell(request, cancels, cancels.request);
  }
}

function onlyInvites(seen: Observation, found: Findings): void {
  for (const { request, cancels, client, branch } of transactionsOf(seen, 'CANCEL')) {
    if (request === null) continue;
    if (cancels !== null) holds(found, cancels.request, request);
    else {
      const other = seen.transactions.find((one) => {
        return one.client === client && one.branch === branch && one.request !== request;
      });
      if (!other?.request) continue;
      breaks(found, `${Named(seen, request)} cancels ${other.method}.`, other.request, request);
    }
  }
}

function copiesInvite(seen: Observation, found: Findings): void {
  eachCancel(seen, (cancel, _invite, its) => {
    const other = otherField(cancel, its);
    if (other === null) holds(found, its, cancel);
    else breaks(found, `${Named(seen, cancel)} has another ${other} than its INVITE.`, its, cancel);
  });
}

function otherField({ packet: cancel }: SeenRequest, { packet: invite }: SeenRequest) {
  if (cancel.requestUri !== invite.requestUri) return 'Request-URI';
  if (cancel.from.uri !== invite.from.uri || cancel.from.tag !== invite.from.tag) return 'From';
  if (cancel.to.uri !== invite.to.uri || cancel.to.tag !== invite.to.tag) return 'To';
  if (cancel.via.length !== 1 || cancel.via[0]?.sentBy !== invite.via[0]?.sentBy) return 'Via';
  return headerValue(cancel, 'Route') === headerValue(invite, 'Route') ? null : 'Route';
}

function waitsForProvisional(seen: Observation, found: Findings): void {
  eachCancel(seen, (cancel, invite) => {
    const first = firstArrived(invite.responses, 100, 699);
    const waited = first !== null && first.received.record < cancel.sent.record;
    if (waited) holds(found, first, cancel);
    else breaks(found, `${Named(seen, cancel)} left before any response had arrived.`, cancel);
  });
}

function notAfterFinal(seen: Observation, found: Findings): void {
  eachCancel(seen, (cancel, invite) => {
    const final = finalReceived(invite);
    if (final === null || final.received.record > cancel.sent.record) {
      holds(found, cancel);
      return;
    }
    // It was on its way out when the final response came in.
    if (decidedAt(cancel) < final.received.record) holds(found, cancel);
    else breaks(found, `${Named(seen, cancel)} left after ${named(seen, final)}.`, final, cancel);
  });
}

function answered(seen: Observation, found: Findings): void {
  for (const transaction of transactionsOf(seen, 'CANCEL')) {
    const { request, cancels, server } = transaction;
    if (!hasArrived(request)) continue;
    const { received } = request;
    const due = promptly(seen, received.at);
    if (wasOut(seen, server, received.at, due)) continue;
    const final = finalSent(transaction);
    if (final === null) {
      const what = named(seen, request);
      if (outlives(seen, due)) breaks(found, `Nobody answered ${what}.`, request);
      else staysOpen(found, `The record ends before ${what} was answered.`, request);
      continue;
    }
    const { status } = final.packet;
    const known = isKnown(seen, cancels, request);
    if (known === null && (status === 200 || status === 481)) {
      holds(found, request, final);
      continue;
    }
    if (known !== true || cancels === null) {
      if (status === 481) holds(found, request, final);
      else {
        const says = `${Named(seen, request)} found no INVITE and got ${status}, not 481.`;
        breaksAt(found, 'warning', says, request, final);
      }
      continue;
    }
    if (status !== 200) {
      breaks(found, `${Named(seen, request)} got ${status}, not 200.`, request, final);
      continue;
    }
    refusedAtOnce(seen, found, cancels, request, due);
  }
}

/**
 * Whether the server still has the INVITE's transaction when its CANCEL comes: to the end of
 * Timer L or H, or of Timer I, which runs since the ACK of a refusal. Null where that end is so
 * near that the time a node takes over a message decides.
 */
function isKnown(
  seen: Observation,
  invite: SeenTransaction | null,
  { received }: SeenRequest,
): boolean | null {
  const { timers } = seen;
  const came = invite?.request?.received ?? null;
  if (invite === null || came === null || received === null) return false;
  if (came.record > received.record) return false;
  if (forgetsAt(seen, invite.server, came.at, received.at) < Infinity) return false;
  const final = finalSent(invite);
  if (final === null) return true;
  const acknowledged = isSuccess(final) ? null : (invite.ack?.received ?? null);
  if (acknowledged === null) return received.at < final.sent.at + timers.giveUp;
  const linger = invite.request !== null && travelsReliably(invite.request) ? 0 : timers.T4;
  const ends = acknowledged.at + linger;
  if (received.at < ends) return true;
  return received.at < ends + timers.T1 ? null : false;
}

/** Whether the INVITE got its 487 at once, where nothing had been decided before. */
function refusedAtOnce(
  seen: Observation,
  found: Findings,
  invite: SeenTransaction,
  cancel: SeenRequest,
  due: number,
): void {
  const final = finalSent(invite);
  const came = cancel.received?.record ?? 0;
  if (final !== null && decidedAt(final) < came) {
    holds(found, cancel, final);
    return;
  }
  if (isProxy(seen, invite.server)) {
    holds(found, cancel);
    return;
  }
  const at487 = final !== null && final.packet.status === 487 && final.sent.at <= due;
  if (at487) holds(found, cancel, final);
  else if (final === null && !outlives(seen, due)) {
    staysOpen(found, 'The record ends before the cancelled INVITE was refused.', cancel);
  } else {
    const instead =
      final === null ? 'nothing' : `${final.packet.status} ${late(final.sent.at, due)}`;
    const whose = `The INVITE cancelled by ${who(seen, cancel.from)}`;
    const says = `${whose} got ${instead}, not 487 at once.`;
    breaksAt(found, 'warning', says, cancel, final);
  }
}

function late(at: number, due: number): string {
  return at > due ? `${ms(at - due)} late` : 'in time';
}

function tooLate(seen: Observation, found: Findings): void {
  eachCancel(seen, (cancel, invite) => {
    const final = finalSent(invite);
    const { received } = cancel;
    if (final === null || received === null || final.sent.record > received.record) return;
    const effect = seen.effectOf[received.record];
    const own = effect === undefined || effect.transaction.method === 'CANCEL';
    // A copy of the INVITE that comes when it is forgotten is another INVITE.
    const forgotten = serverForgetsAt(seen, invite);
    const again = invite.responses.find((one) => {
      const { status, to } = one.packet;
      if (status < 200 || one.sent.record < received.record || one.sent.at >= forgotten)
        return false;
      // A proxy passes on the 2xx of every branch, whatever it has said before (§16.7 item 5).
      return !(isProxy(seen, invite.server) && isSuccess(one) && to.tag !== final.packet.to.tag);
    });
    if (own && again === undefined) holds(found, final, cancel);
    else {
      const shown = again ?? effect ?? null;
      const what = shown === null ? 'something' : named(seen, shown);
      const says = `${Named(seen, cancel)} came too late and still led to ${what}.`;
      breaks(found, says, cancel, shown);
    }
  });
}

function crosses(seen: Observation, found: Findings): void {
  eachCancel(seen, (cancel, invite) => {
    if (isProxy(seen, invite.client)) return;
    for (const success of invite.responses) {
      if (!isSuccess(success) || !hasArrived(success)) continue;
      if (success.received.record < cancel.sent.record) continue;
      if (success.received.at > clientGivesUpAt(seen, invite)) continue;
      const dialog = dialogOf(seen, success, invite.client);
      if (dialog === null) continue;
      const [ack] = requestsIn(dialog, 'sent', 'ACK');
      const [bye] = requestsIn(dialog, 'sent', 'BYE');
      const ended = requestsIn(dialog, 'received', 'BYE').length > 0;
      const due = promptly(seen, success.received.at);
      if (wasOut(seen, invite.client, success.received.at, due)) continue;
      if (ack !== undefined && (bye !== undefined || ended)) {
        holds(found, success, bye?.message ?? ack.message);
      } else if (!outlives(seen, due)) {
        staysOpen(
          found,
          'The record ends before the 2xx that crossed a CANCEL was ended.',
          success,
        );
      } else {
        const missing = ack === undefined ? 'ACK' : 'BYE';
        const says = `${Who(seen, invite.client)} cancelled, got ${named(seen, success)}`;
        breaks(found, `${says} and sent no ${missing}.`, cancel, success);
      }
    }
  });
}

function unanswered(seen: Observation, found: Findings): void {
  eachCancel(seen, (cancel, invite) => {
    const due = cancel.sent.at + seen.timers.giveUp;
    const final = finalReceived(invite);
    if (final !== null && final.received.at <= due) return;
    const gone = seen.states.find(({ node, note }) => {
      if (node !== invite.client || note.kind !== 'state') return false;
      if (note.machine !== 'INVITE client' || note.subject !== invite.branch) return false;
      return note.to === 'Terminated';
    });
    if (gone !== undefined && gone.at <= promptly(seen, due)) holds(found, cancel, gone);
    else if (wasOut(seen, invite.client, cancel.sent.at, due)) return;
    else if (outlives(seen, promptly(seen, due))) {
      const says = `${Who(seen, invite.client)} kept the cancelled INVITE beyond 64·T1.`;
      breaks(found, says, cancel, gone ?? null);
    } else staysOpen(found, 'The record ends before the cancelled INVITE was given up.', cancel);
  });
}

function passedOn(seen: Observation, found: Findings): void {
  eachCancel(seen, (cancel, invite) => {
    const { received } = cancel;
    if (received === null) return;
    const final = finalSent(invite);
    // What came too late is R-CAN-06's.
    if (final !== null && (final.sent.record < received.record || isSuccess(final))) return;
    const since = invite.request?.received?.at ?? Infinity;
    if (forgetsAt(seen, invite.server, since, received.at) < Infinity) return;
    for (const branch of wentOnAs(seen, invite)) onBranch(seen, found, cancel, branch);
  });
  for (const came of transactionsOf(seen, 'INVITE')) {
    if (isProxy(seen, came.server)) othersCancelled(seen, found, wentOnAs(seen, came));
  }
}

/** RFC 3261 §16.7 step 10: one branch of a proxy is answered, those pending are cancelled. */
function othersCancelled(
  seen: Observation,
  found: Findings,
  branches: readonly SeenTransaction[],
): void {
  let answer: SeenResponse | null = null;
  for (const one of branches) {
    const success = firstArrived(one.responses, 200, 299);
    if (success === null) continue;
    if (success.received.record < (answer?.received?.record ?? Infinity)) answer = success;
  }
  const at = answer?.received ?? null;
  if (answer === null || at === null) return;
  for (const branch of branches) {
    const final = finalReceived(branch);
    if (branch === answer.transaction || branch.request === null) continue;
    if (final !== null && final.received.record < at.record) continue;
    const first = firstArrived(branch.responses, 100, 199);
    if (branch.cancelledBy?.request) holds(found, answer, branch.cancelledBy.request);
    else if (first !== null && final === null && outlives(seen, promptly(seen, at.at))) {
      const says = `${Who(seen, branch.client)} got ${named(seen, answer)} and left another branch`;
      breaks(found, `${says} pending.`, answer, branch.request);
    }
  }
}

/** Whether one branch ends with the call: cancelled when it can be, or with BYE if answered. */
function onBranch(
  seen: Observation,
  found: Findings,
  cancel: SeenRequest,
  branch: SeenTransaction,
): void {
  const came = cancel.received;
  if (came === null || branch.request === null) return;
  const { client, cancelledBy, responses } = branch;
  if (cancelledBy?.request) {
    holds(found, cancel, cancelledBy.request);
    return;
  }
  const final = finalReceived(branch);
  const first = firstArrived(responses, 100, 699);
  // Nothing to cancel: it failed, or nobody ever answered.
  if (first === null || (final !== null && !isSuccess(final))) return;
  const due = promptly(seen, Math.max(came.at, first.received.at));
  if (wasOut(seen, client, came.at, due)) return;
  if (final !== null && isProxy(seen, client)) return;
  const dialog = final === null ? null : dialogOf(seen, final, client);
  const end = dialog === null ? null : endOf(dialog);
  if (end !== null) holds(found, cancel, end);
  else if (!outlives(seen, promptly(seen, due))) {
    staysOpen(found, 'The record ends before the cancellation was passed on.', cancel);
  } else {
    const kept = dialog === null ? branch.request : successOf(dialog);
    const says = `${Who(seen, client)} was told to cancel, but ${named(seen, branch.request)}`;
    breaks(found, `${says} goes on.`, cancel, kept);
  }
}
