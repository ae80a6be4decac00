import { headerValue, type SipRequest, type SipResponse } from '../../sip/message.ts';
import { breaks, holds, staysOpen, type Findings } from './findings.ts';
import {
  arrivalsOf,
  clientGivesUpAt,
  finalTaken,
  outlives,
  timesSent,
  wasOut,
} from './lifetimes.ts';
import {
  FiredTimer,
  type Happening,
  type Observation,
  type SeenRequest,
  type SeenTransaction,
} from './observation.ts';
import {
  finalReceived,
  firstArrived,
  isProxy,
  isSuccess,
  transactionsOf,
  travelsReliably,
} from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { offSchedule } from './schedules.ts';
import { counted, ms, named, Named, Who, who } from './words.ts';

/** RFC 3261 §17.1 and RFC 6026 §7.2: the two client transactions. */
export const clientTransactions: readonly Rule[] = [
  rule(
    'R-TX-03',
    invitesRepeated,
    (count) => `${counted(count, 'INVITE')} left again as Timer A has it, and no more.`,
    'No INVITE left.',
  ),
  rule(
    'R-TX-04',
    invitesGivenUp,
    (count) => `${counted(count, 'INVITE')} failed 64·T1 after leaving, without ACK.`,
    'Every INVITE was answered in time.',
  ),
  rule(
    'R-TX-05',
    silentAfterProvisional,
    (count) => `${counted(count, 'INVITE')} did not leave again after a 1xx.`,
    'No INVITE got a provisional response.',
  ),
  rule(
    'R-TX-06',
    refusalsAcknowledged,
    (count) =>
      `${counted(count, 'refusal')} of an INVITE got an ACK made from INVITE and response.`,
    'No refusal of an INVITE arrived.',
  ),
  rule(
    'R-TX-07',
    refusalsAcknowledgedAgain,
    (count) => `${counted(count, 'refusal')} that came again got an ACK each time.`,
    'No refusal of an INVITE came twice.',
  ),
  rule(
    'R-TX-08',
    requestsRepeated,
    (count) => `${counted(count, 'request')} left again as Timer E has it, and no more.`,
    'No request but INVITE and ACK left.',
  ),
  rule(
    'R-TX-09',
    requestsGivenUp,
    (count) => `${counted(count, 'request')} failed 64·T1 after leaving.`,
    'Every request was answered in time.',
  ),
  rule(
    'R-TX-10',
    responsesAbsorbed,
    (count) => `${counted(count, 'copy', 'copies')} of a final response within T4 led to nothing.`,
    'No final response to a request but INVITE came twice.',
  ),
  rule(
    'R-TX-16',
    successesPassedUp,
    (count) => `A 2xx to INVITE reached the transaction user each time it came: ${count} arrivals.`,
    'No 2xx to INVITE arrived.',
  ),
  rule(
    'R-TX-17',
    strayResponses,
    (count) => `${counted(count, 'response')} found no transaction, and led to nothing.`,
    'Every response found its transaction.',
  ),
  rule(
    'R-TX-19',
    proxiesGiveUp,
    (count) => `${counted(count, 'INVITE')} of a proxy lived by Timer C.`,
    'No proxy forwarded an INVITE.',
  ),
];

function invitesRepeated(seen: Observation, found: Findings): void {
  for (const { request, responses } of transactionsOf(seen, 'INVITE')) {
    if (request === null) continue;
    const until = repeatedUntil(request, firstArrived(responses, 100, 699)?.received ?? null);
    // What leaves after the answer is R-TX-05's.
    const late = travelsReliably(request) ? Infinity : (until?.at ?? Infinity);
    const off = offSchedule(seen, withoutLater(request, late), {
      longest: Infinity,
      slowFrom: Infinity,
      until,
      givesUpAt: request.sent.at + seen.timers.giveUp,
    });
    if (off === null) holds(found, request);
    else breaks(found, `${Named(seen, request)}: ${off.says}.`, request, off.shown);
  }
}

/** Until when copies are due: the answer's arrival. Over TCP none is (RFC 3261 §17.1.1.2). */
function repeatedUntil(request: SeenRequest, answered: Happening | null): Happening | null {
  return travelsReliably(request) ? request.sent : answered;
}

function withoutLater(request: SeenRequest, until: number): SeenRequest {
  const inTime = request.copies.every(({ at }) => at <= until);
  return inTime ? request : { ...request, copies: request.copies.filter(({ at }) => at <= until) };
}

function invitesGivenUp(seen: Observation, found: Findings): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    const { request, responses, ack } = invite;
    if (request === null) continue;
    const due = request.sent.at + seen.timers.giveUp;
    const first = firstArrived(responses, 100, 699);
    if (first !== null && first.received.at <= due) continue;
    givenUp(seen, found, invite, request, `B ${invite.branch}`, due);
    if (ack !== null) breaks(found, `${Named(seen, ack)} acknowledges a timeout.`, request, ack);
  }
}

/** Whether the client says at `due` that it has given up: by its timer, or by its state. */
function givenUp(
  seen: Observation,
  found: Findings,
  { client, branch, method }: SeenTransaction,
  request: SeenRequest,
  timer: string,
  due: number,
): void {
  const machine = method === 'INVITE' ? 'INVITE client' : 'non-INVITE client';
  const shown =
    seen.expired.find((one) => one.node === client && one.timer === timer) ??
    seen.states.find(({ node, note }) => {
      if (node !== client || note.kind !== 'state' || note.subject !== branch) return false;
      return note.machine === machine && note.to === 'Terminated';
    });
  const what = named(seen, request);
  if (shown !== undefined && shown.at === due) holds(found, request, shown);
  else if (shown !== undefined && shown.at < due) {
    const after = ms(shown.at - request.sent.at);
    breaks(found, `${Who(seen, client)} gave up ${what} after ${after}.`, request, shown);
  } else if (wasOut(seen, client, request.sent.at, due)) return;
  else if (outlives(seen, due)) {
    const instead = shown === undefined ? '' : `, but ${ms(shown.at - request.sent.at)}`;
    const says = `${Who(seen, client)} did not give up ${what} after 64·T1${instead}.`;
    breaks(found, says, request, shown ?? null);
  } else staysOpen(found, `The record ends before ${what} was answered or given up.`, request);
}

function silentAfterProvisional(seen: Observation, found: Findings): void {
  for (const { request, responses } of transactionsOf(seen, 'INVITE')) {
    const first = request && firstArrived(responses, 100, 199);
    if (!request || !first) continue;
    const late = request.copies.find(({ at }) => at > first.received.at);
    if (late === undefined) holds(found, first);
    else breaks(found, `${Named(seen, request)} left again after a 1xx.`, first, late);
  }
}

function refusalsAcknowledged(seen: Observation, found: Findings): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    const { request, ack, client } = invite;
    const final = finalTaken(seen, invite);
    if (request === null || final === null || isSuccess(final)) continue;
    if (ack === null) {
      const due = final.received.at + seen.timers.T1;
      if (wasOut(seen, client, final.received.at, due)) continue;
      const says = `${Who(seen, client)} did not acknowledge ${named(seen, final)}.`;
      if (outlives(seen, due)) breaks(found, says, final);
      else
        staysOpen(found, `The record ends before ${named(seen, final)} was acknowledged.`, final);
      continue;
    }
    const other = otherField(request.packet, final.packet, ack.packet);
    if (other === null) holds(found, final, ack);
    else breaks(found, `${Named(seen, ack)} for a refusal has another ${other}.`, final, ack);
  }
}

/** RFC 3261 §17.1.1.3: which field of the ACK is not what INVITE and response make it, or null. */
function otherField(invite: SipRequest, refusal: SipResponse, ack: SipRequest): string | null {
  if (ack.requestUri !== invite.requestUri) return 'Request-URI';
  if (ack.from.uri !== invite.from.uri || ack.from.tag !== invite.from.tag) return 'From';
  if (ack.to.uri !== refusal.to.uri || ack.to.tag !== refusal.to.tag) return 'To';
  if (ack.cseq.number !== invite.cseq.number) return 'CSeq number';
  const [top] = invite.via;
  if (ack.via.length !== 1 || ack.via[0]?.branch !== top?.branch) return 'Via';
  return headerValue(ack, 'Route') === headerValue(invite, 'Route') ? null : 'Route';
}

function refusalsAcknowledgedAgain(seen: Observation, found: Findings): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    const final = finalTaken(seen, invite);
    if (final === null || isSuccess(final)) continue;
    const arrivals = invite.responses
      .filter(({ packet }) => packet.status >= 300)
      .flatMap((one) => arrivalsOf(one));
    // Timer D is 32 s at least, 64·T1 where that is longer, and zero over a reliable transport
    // (RFC 3261 §17.1.1.2).
    const lingers = travelsReliably(final) ? 0 : Math.max(32_000_000, seen.timers.giveUp);
    const lasts = final.received.at + lingers;
    const due = arrivals.filter(({ at }) => at <= lasts && outlives(seen, at + seen.timers.T1));
    if (arrivals.length < 2) continue;
    const sent = timesSent(invite.ack);
    const { ack, client } = invite;
    if (wasOut(seen, client, final.received.at, lasts)) continue;
    if (sent >= due.length && sent <= arrivals.length) holds(found, final, ack);
    else {
      const says = `${Named(seen, final)} arrived ${counted(arrivals.length, 'time')}, but the ACK`;
      breaks(found, `${says} left ${counted(sent, 'time')}.`, final, ack, ...due);
    }
  }
}

function requestsRepeated(seen: Observation, found: Findings): void {
  for (const transaction of seen.transactions) {
    const { request, responses, method } = transaction;
    if (request === null || method === 'INVITE' || method === 'ACK') continue;
    const off = offSchedule(seen, request, {
      longest: seen.timers.T2,
      slowFrom: firstArrived(responses, 100, 199)?.received.at ?? Infinity,
      until: repeatedUntil(request, finalReceived(transaction)?.received ?? null),
      givesUpAt: request.sent.at + seen.timers.giveUp,
    });
    if (off === null) holds(found, request);
    else breaks(found, `${Named(seen, request)}: ${off.says}.`, request, off.shown);
  }
}

function requestsGivenUp(seen: Observation, found: Findings): void {
  for (const transaction of seen.transactions) {
    const { request, method, branch } = transaction;
    if (request === null || method === 'INVITE' || method === 'ACK') continue;
    const due = request.sent.at + seen.timers.giveUp;
    const final = finalReceived(transaction);
    if (final !== null && final.received.at <= due) continue;
    givenUp(seen, found, transaction, request, `F ${branch}`, due);
  }
}

function responsesAbsorbed(seen: Observation, found: Findings): void {
  for (const transaction of seen.transactions) {
    if (transaction.method === 'INVITE') continue;
    const final = finalReceived(transaction);
    if (final === null) continue;
    for (const copy of arrivalsOf(final)) {
      const late = copy.at - final.received.at;
      if (copy.record === final.received.record || late > seen.timers.T4) continue;
      const effect = seen.effectOf[copy.record];
      if (effect === undefined) holds(found, copy);
      else {
        const says = `${Named(seen, effect)} left because ${named(seen, final)} came again.`;
        breaks(found, says, copy, effect);
      }
    }
  }
}

function successesPassedUp(seen: Observation, found: Findings): void {
  let absorbed: Map<number, string> | null = null;
  for (const invite of transactionsOf(seen, 'INVITE')) {
    const final = finalTaken(seen, invite);
    if (final === null || !isSuccess(final) || isProxy(seen, invite.client)) continue;
    const last = final.received.at + seen.timers.giveUp;
    for (const copy of arrivalsOf(final)) {
      if (copy.at > last) continue;
      absorbed ??= ignoredBy(seen);
      // The user acknowledges again or holds back; the transaction must not decide that.
      const clause = absorbed.get(copy.record);
      if (clause !== 'R-TX-16' && clause !== 'R-TX-17') holds(found, copy);
      else {
        const says = `The transaction kept a copy of ${named(seen, final)} to itself.`;
        breaks(found, says, final, copy);
      }
    }
  }
}

/** The clause under which a node ignored an arrival, by the arrival's record. */
function ignoredBy(seen: Observation): Map<number, string> {
  const ignored = new Map<number, string>();
  for (const { note, cause } of seen.notes) {
    if (note.kind === 'ignored') ignored.set(cause, note.clause);
  }
  return ignored;
}

function strayResponses(seen: Observation, found: Findings): void {
  for (const transaction of seen.transactions) {
    if (isProxy(seen, transaction.client)) continue;
    const gone = clientGivesUpAt(seen, transaction);
    for (const one of transaction.responses) {
      if (one.received === null) continue;
      if (transaction.request !== null && one.received.at <= gone) continue;
      const effect = seen.effectOf[one.received.record];
      if (effect === undefined) holds(found, one);
      else {
        const what = named(seen, one);
        const says = `${Who(seen, one.to)} acted on ${what}, which no transaction waited for.`;
        breaks(found, says, one, effect);
      }
    }
  }
}

/** RFC 3261 §16.6 step 11: longer than three minutes. */
const timerC = 180_000_000;

function proxiesGiveUp(seen: Observation, found: Findings): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    const { request, responses, client, cancelledBy } = invite;
    if (request === null || !isProxy(seen, client)) continue;
    const heard = responses.flatMap((one) => (one.packet.status < 200 ? arrivalsOf(one) : []));
    const cancel = cancelledBy?.request ?? null;
    const before = heard.filter(({ at }) => cancel === null || at <= cancel.sent.at);
    const last = Math.max(request.sent.at, ...before.map(({ at }) => at));
    if (cancel !== null) {
      // A proxy may cancel for reasons of its own; only Timer C has a length to keep to.
      const behind = seen.behind[cancel.sent.cause];
      const timer = behind instanceof FiredTimer ? behind.timer : '';
      if (timer.startsWith('C ') && cancel.sent.at - last <= timerC) {
        const after = ms(cancel.sent.at - last);
        breaks(found, `Timer C of ${who(seen, client)} ended after ${after}.`, request, cancel);
      } else holds(found, request, cancel);
      continue;
    }
    const final = finalReceived(invite);
    if (final !== null || heard.length === 0) holds(found, request, final);
    else if (wasOut(seen, client, request.sent.at, last + timerC)) continue;
    else if (seen.ended === 'quiet' || seen.endedAt > last + 2 * timerC) {
      breaks(found, `${Who(seen, client)} never gave up ${named(seen, request)}.`, request);
    } else staysOpen(found, `The record ends while ${named(seen, request)} is pending.`, request);
  }
}
