import type { NodeId } from '../../kernel/node.ts';
import { breaks, holds, staysOpen, type Findings } from './findings.ts';
import {
  arrivalsOf,
  cameFrom,
  decidedAt,
  isEcho,
  outlives,
  serverForgetsAt,
  wasOut,
} from './lifetimes.ts';
import type {
  Arrived,
  Happening,
  Observation,
  SeenRequest,
  SeenResponse,
  SeenTransaction,
} from './observation.ts';
import {
  finalSent,
  hasArrived,
  isProxy,
  isSuccess,
  transactionsOf,
  travelsReliably,
} from './reading-messages.ts';
import { ringingRefreshed } from './ringing-refreshed.ts';
import { rule, type Rule } from './rule.ts';
import { offSchedule } from './schedules.ts';
import { counted, ms, named, Named, Who } from './words.ts';

/** RFC 3261 §17.2, RFC 6026 §7.1 and RFC 4320: the two server transactions. */
export const serverTransactions: readonly Rule[] = [
  rule(
    'R-TX-01',
    tryingInTime,
    (count) => `${counted(count, 'INVITE')} got a first response within 200 ms, or a 100.`,
    'No INVITE arrived.',
  ),
  rule(
    'R-TX-02',
    tryingStays,
    (count) => `${counted(count, 'response')} stayed on its hop or went on as it should.`,
    'No provisional response arrived at a node that has another hop.',
  ),
  rule(
    'R-TX-11',
    refusalsRepeated,
    (count) => `${counted(count, 'refusal')} of an INVITE left again as Timer G has it.`,
    'No INVITE was refused.',
  ),
  rule(
    'R-TX-12',
    lateAcksAbsorbed,
    (count) => `${counted(count, 'late ACK')} of a refusal led to nothing.`,
    'No ACK of a refusal came twice.',
  ),
  rule(
    'R-TX-13',
    answersRepeated,
    (count) => `${counted(count, 'request')} that came again got the same final response again.`,
    'No request but INVITE came again after its final response.',
  ),
  rule(
    'R-TX-14',
    provisionalsRepeated,
    (count) => `${counted(count, 'INVITE')} that came again got the latest provisional again.`,
    'No INVITE came again while it was being worked on.',
  ),
  rule(
    'R-TX-15',
    invitesAbsorbed,
    (count) => `${counted(count, 'copy', 'copies')} of an answered INVITE led to nothing new.`,
    'No INVITE came again after its 2xx.',
  ),
  rule(
    'R-TX-18',
    noProvisional,
    (count) => `${counted(count, 'request')} got no 1xx too early, none too late, and no 408.`,
    'No request but INVITE and ACK arrived.',
  ),
  rule(
    'R-TX-20',
    ringingRefreshed,
    (count) => `${counted(count, 'INVITE')} never waited too long for a provisional response.`,
    'No INVITE arrived at a user agent.',
  ),
  rule(
    'R-TX-21',
    oneFinal,
    (count) => `${counted(count, 'request')} got one final response.`,
    'No request but INVITE was answered.',
  ),
];

const trying = 200_000;

function tryingInTime(seen: Observation, found: Findings): void {
  for (const { request, responses, server } of transactionsOf(seen, 'INVITE')) {
    if (!hasArrived(request)) continue;
    const since = request.received.at;
    const [first] = responses;
    if (first === undefined) {
      if (wasOut(seen, server, since, since + trying)) continue;
      const what = named(seen, request);
      // A node that takes longer over a message has not come to it yet.
      if (outlives(seen, since + 2 * seen.timers.T1)) {
        breaks(found, `${Who(seen, server)} did not respond to ${what}.`, request);
      } else staysOpen(found, `The record ends before ${what} got a response.`, request);
      continue;
    }
    const took = first.sent.at - since;
    // A slow node's 100 is as early as it can be: it is what the INVITE itself set off.
    // One that its own timer sent is, too, if that ran from when the node had dealt with it; and
    // so is whatever comes just before that.
    const { status } = first.packet;
    const { record } = request.received;
    const timed = seen.causes[seen.causes[first.sent.cause] ?? 0] === record;
    const inTime = timed && took <= trying + seen.timers.T1 / 4;
    const before = status >= 200 && took <= trying + seen.timers.T1 / 20;
    const atOnce = before || (status === 100 && (first.sent.cause === record || inTime));
    if (took <= trying || atOnce || wasOut(seen, server, since, first.sent.at)) {
      holds(found, request, first);
    } else {
      const says = `${Named(seen, first)} was the first response, ${ms(took)} after the INVITE.`;
      breaks(found, says, request, first);
    }
  }
}

function tryingStays(seen: Observation, found: Findings): void {
  for (const one of seen.responses) {
    const { packet, to, received } = one;
    if (received === null) continue;
    const effect = seen.effectOf[received.record];
    const onward =
      effect !== undefined && effect.to !== one.from && effect.packet.label === packet.label
        ? effect
        : (packet.status === 100 && isProxy(seen, to) && copyCausedBy(seen, to, received)) || null;
    if (packet.status === 100) {
      if (onward === null) holds(found, one);
      else breaks(found, `${Who(seen, to)} passed on ${named(seen, one)}.`, one, onward);
      continue;
    }
    const ownRequest = (one.transaction.request?.packet.via.length ?? 0) < 2;
    if (!isProxy(seen, to) || packet.status >= 300 || ownRequest) continue;
    const came = cameFrom(seen, one.transaction);
    const settled = came === null ? null : finalSent(came);
    // RFC 3261 §16.7 step 5: nothing provisional follows what was answered already.
    if (onward === null && settled !== null && decidedAt(settled) < received.record) continue;
    if (onward !== null) holds(found, one, onward);
    else if (
      outlives(seen, received.at + seen.timers.T1) &&
      !wasOut(seen, to, received.at, received.at)
    ) {
      breaks(found, `${Who(seen, to)} did not pass on ${named(seen, one)} at once.`, one);
    }
  }
}

function refusalsRepeated(seen: Observation, found: Findings): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    const { request, ack, server, branch } = invite;
    const sent = finalSent(invite);
    if (sent === null || isSuccess(sent) || request === null) continue;
    // A copy of the INVITE that comes when it is forgotten is refused anew, for its own ACK.
    const forgotten = serverForgetsAt(seen, invite);
    const final = { ...sent, copies: sent.copies.filter(({ at }) => at < forgotten) };
    const givesUpAt = final.sent.at + seen.timers.giveUp;
    const until = ack?.received?.at ?? Infinity;
    const off = offSchedule(seen, final, {
      longest: seen.timers.T2,
      slowFrom: Infinity,
      until: travelsReliably(final) ? final.sent : (ack?.received ?? null),
      givesUpAt,
    });
    if (off !== null) {
      breaks(found, `${Named(seen, final)}: ${off.says}.`, final, off.shown);
      continue;
    }
    if (until <= givesUpAt) {
      holds(found, final, ack);
      continue;
    }
    const timer = `H ${branch}`;
    const fired = seen.fired.find((one) => one.node === server && one.timer === timer);
    if (fired !== undefined && fired.at === givesUpAt) holds(found, final, fired);
    else if (wasOut(seen, server, final.sent.at, givesUpAt)) continue;
    else if (outlives(seen, givesUpAt)) {
      const says = `${Who(seen, server)} did not give up on the ACK for ${named(seen, final)}`;
      breaks(found, `${says} after 64·T1.`, final, fired ?? null);
    } else staysOpen(found, `The record ends before ${named(seen, final)} was settled.`, final);
  }
}

/** A 100 of that node that is as its own before, and left because this one came. */
function copyCausedBy(seen: Observation, node: NodeId, { record }: Happening): SeenResponse | null {
  const its = seen.responses.filter(({ from, packet }) => from === node && packet.status === 100);
  return its.find(({ copies }) => copies.some(({ cause }) => cause === record)) ?? null;
}

function lateAcksAbsorbed(seen: Observation, found: Findings): void {
  for (const { ack } of transactionsOf(seen, 'INVITE')) {
    if (!hasArrived(ack)) continue;
    for (const copy of arrivalsOf(ack)) {
      const late = copy.at - ack.received.at;
      if (copy.record === ack.received.record || late > seen.timers.T4) continue;
      leadsToNothing(seen, found, ack, copy);
    }
  }
}

function leadsToNothing(
  seen: Observation,
  found: Findings,
  message: SeenRequest,
  copy: Happening,
): void {
  const effect = seen.effectOf[copy.record];
  if (effect === undefined) holds(found, copy);
  else {
    const says = `${Named(seen, effect)} left because ${named(seen, message)} came again.`;
    breaks(found, says, copy, effect);
  }
}

function answersRepeated(seen: Observation, found: Findings): void {
  for (const transaction of seen.transactions) {
    const { request, method, server } = transaction;
    if (!hasArrived(request) || method === 'INVITE' || method === 'ACK') continue;
    const final = finalSent(transaction);
    if (final === null) continue;
    const arrivals = arrivalsOf(request);
    if (arrivals.length < 2) continue;
    const last = serverForgetsAt(seen, transaction);
    const due = arrivals.filter(({ at, record }) => {
      return record > final.sent.record && at < last && outlives(seen, at + seen.timers.T1);
    });
    if (wasOut(seen, server, final.sent.at, last)) continue;
    const again = final.copies.length;
    if (again > arrivals.length - 1) {
      const says = `${Named(seen, final)} left again more often than its request came again.`;
      breaks(found, says, request, final, ...final.copies);
    } else if (again < due.length) {
      const says = `${Named(seen, request)} came again, but not ${named(seen, final)}.`;
      breaks(found, says, request, final, ...due);
    } else if (due.length > 0) holds(found, final, request);
  }
}

/**
 * When the server said something else, be it what it had said before and says anew: a user that
 * is told the same twice may tell it twice. Infinity: never.
 */
function supersededAt(
  seen: Observation,
  { request, responses }: SeenTransaction,
  one: SeenResponse,
): number {
  let first = Infinity;
  for (const other of responses) {
    if (other === one) continue;
    for (const sent of [other.sent, ...other.copies]) {
      const echo = sent !== other.sent && seen.messageOf[sent.cause] === request;
      if (sent.record < one.sent.record || echo) continue;
      first = Math.min(first, sent.at);
    }
  }
  return first;
}

function provisionalsRepeated(seen: Observation, found: Findings): void {
  for (const transaction of transactionsOf(seen, 'INVITE')) {
    const { request, responses, server } = transaction;
    if (!hasArrived(request)) continue;
    const arrivals = arrivalsOf(request).slice(1);
    if (arrivals.length === 0) continue;
    for (const one of responses) {
      if (one.packet.status >= 200) break;
      const until = supersededAt(seen, transaction, one);
      // Between deciding on a response and sending it, either one may count as the latest.
      const due = arrivals.filter(({ at, record }) => {
        const settled = record > one.sent.record && at + seen.timers.T1 / 2 < until;
        return settled && outlives(seen, at + seen.timers.T1);
      });
      if (due.length === 0 || wasOut(seen, server, one.sent.at, until)) continue;
      const echoes = one.copies.filter((copy) => isEcho(seen, copy)).length;
      if (echoes >= due.length) holds(found, one, due[0] ?? null);
      else {
        const says = `The INVITE came again without getting ${named(seen, one)} again.`;
        breaks(found, says, one, ...due);
      }
    }
  }
}

function invitesAbsorbed(seen: Observation, found: Findings): void {
  for (const transaction of transactionsOf(seen, 'INVITE')) {
    const { request } = transaction;
    const final = finalSent(transaction);
    if (!hasArrived(request) || final === null || !isSuccess(final)) continue;
    const last = final.sent.at + seen.timers.giveUp;
    for (const copy of arrivalsOf(request)) {
      if (copy.record < final.sent.record || copy.at >= last) continue;
      leadsToNothing(seen, found, request, copy);
    }
  }
}

function noProvisional(seen: Observation, found: Findings): void {
  const soonest = untilSlow(seen);
  for (const transaction of seen.transactions) {
    const { request, method, responses, server } = transaction;
    if (!hasArrived(request) || method === 'INVITE' || method === 'ACK') continue;
    const final = finalSent(transaction);
    let kept = true;
    for (const one of responses) {
      const says = wrongResponse(seen, one, request, soonest);
      if (says === null) continue;
      kept = false;
      breaks(found, says, request, one);
    }
    const due = request.received.at + soonest;
    const slow = final === null || final.sent.at > due + seen.timers.T1 / 2;
    const said = responses.some(
      ({ packet, sent }) => packet.status === 100 && sent.at <= due + seen.timers.T1 / 2,
    );
    if (slow && !said && !wasOut(seen, server, request.received.at, due)) {
      if (!outlives(seen, due + seen.timers.T1 / 2)) continue;
      kept = false;
      const what = named(seen, request);
      breaks(found, `${Who(seen, server)} sent no 100 for ${what}, which it left open.`, request);
    }
    if (kept) holds(found, request, final);
  }
}

/** How long it takes Timer E to be set to T2: 3.5 s with the usual values. */
function untilSlow({ timers: { T1, T2 } }: Observation): number {
  let waited: number = T1;
  let wait: number = T1;
  while (2 * wait < T2) {
    wait *= 2;
    waited += wait;
  }
  return waited;
}

function wrongResponse(
  seen: Observation,
  one: SeenResponse,
  request: Arrived<SeenRequest>,
  soonest: number,
): string | null {
  const { status, cseq } = one.packet;
  if (status > 100 && status < 200) return `${Named(seen, one)} is a provisional response.`;
  if (status === 408) return `${Named(seen, one)} is a 408, which only INVITE may get.`;
  const after = one.sent.at - request.received.at;
  if (status !== 100 || travelsReliably(one) || after >= soonest) return null;
  return `${Named(seen, one)} left ${ms(after)} after the ${cseq.method}, before ${ms(soonest)}.`;
}

/** Whether a copy of the request had come that its server could only take for another request. */
function isAnswerToNew(
  seen: Observation,
  transaction: SeenTransaction,
  request: SeenRequest,
  { sent }: SeenResponse,
): boolean {
  const forgotten = serverForgetsAt(seen, transaction);
  return arrivalsOf(request).some(({ at, record }) => at >= forgotten && record < sent.record);
}

function oneFinal(seen: Observation, found: Findings): void {
  for (const transaction of seen.transactions) {
    const { request, method, responses } = transaction;
    if (method === 'INVITE' || request === null) continue;
    const [first, second] = responses.filter(({ packet }) => packet.status >= 200);
    if (first === undefined) continue;
    if (second === undefined || isAnswerToNew(seen, transaction, request, second)) {
      holds(found, first);
    } else {
      const says = `${Named(seen, second)} followed ${named(seen, first)}.`;
      breaks(found, says, first, second);
    }
  }
}
