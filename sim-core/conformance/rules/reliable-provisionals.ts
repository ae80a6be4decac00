import { headerTokens, headerValue, reliableSequence } from '../../sip/message.ts';
import { breaks, breaksAt, holds, staysOpen, type Findings } from './findings.ts';
import { decidedAt } from './negotiation.ts';
import { wasOut } from './lifetimes.ts';
import {
  SeenAct,
  type DialogEvent,
  type Observation,
  type SeenMessage,
  type SeenResponse,
} from './observation.ts';
import { finalSent, isProxy, opensCall, transactionsOf } from './reading-messages.ts';
import {
  acknowledgedBefore,
  finalIn,
  reliabilityAt,
  type ReliableResponse,
} from './reliability.ts';
import { rule, type Rule } from './rule.ts';
import { counted, ms, Named, named } from './words.ts';

/** RFC 3262 §3: what a server may send reliably, and how it repeats it. */
export const reliableProvisionals: readonly Rule[] = [
  rule(
    'R-PRK-01',
    onlyWhereOffered,
    (count) => `${counted(count, 'reliable response')} to INVITEs that list 100rel.`,
    'No provisional response was sent reliably.',
  ),
  rule(
    'R-PRK-02',
    tagAndSequence,
    (count) => `${counted(count, 'reliable response')} with Require: 100rel and RSeq.`,
    'No provisional response was sent reliably.',
  ),
  rule(
    'R-PRK-03',
    tryingIsUnreliable,
    (count) => `${counted(count, '100')} without RSeq.`,
    'No 100 left.',
  ),
  rule(
    'R-PRK-04',
    sequences,
    (count) => `${counted(count, 'RSeq')} in their order.`,
    'No provisional response was sent reliably.',
  ),
  rule(
    'R-PRK-05',
    oneAtATime,
    (count) => `${counted(count, 'reliable response')} waited for the PRACK of the one before.`,
    'No INVITE got a second reliable response.',
  ),
  rule(
    'R-PRK-06',
    repetition,
    (count) => `${counted(count, 'reliable response')} repeated when due, and not otherwise.`,
    'No provisional response was sent reliably.',
  ),
  rule(
    'R-PRK-07',
    givingUp,
    (count) => `${counted(count, 'INVITE')} refused after 64·T1 without PRACK.`,
    'No reliable response stayed without PRACK for 64·T1.',
  ),
  rule(
    'R-PRK-13',
    noneAfterFinal,
    (count) => `${counted(count, 'reliable response')} left before the final one.`,
    'No INVITE with a reliable response got a final one.',
  ),
  rule(
    'R-PRK-15',
    allReliable,
    (count) => `${counted(count, 'provisional response')} reliable, as the INVITE requires.`,
    'No INVITE requires 100rel.',
  ),
];

/** Every provisional response to INVITE but 100 that its own server sent. */
function provisionals(seen: Observation): SeenResponse[] {
  const all: SeenResponse[] = [];
  for (const { responses, server } of transactionsOf(seen, 'INVITE')) {
    if (isProxy(seen, server)) continue;
    for (const one of responses) {
      const { status } = one.packet;
      if (status > 100 && status < 200) all.push(one);
    }
  }
  return all;
}

function isReliable({ packet }: SeenMessage): boolean {
  return reliableSequence(packet) !== null || headerTokens(packet, 'Require').includes('100rel');
}

function onlyWhereOffered(seen: Observation, found: Findings): void {
  for (const one of provisionals(seen)) {
    const { request } = one.transaction;
    if (request === null || !isReliable(one)) continue;
    const { packet } = request;
    const offered =
      headerTokens(packet, 'Supported').includes('100rel') ||
      headerTokens(packet, 'Require').includes('100rel');
    if (offered) holds(found, request, one);
    else
      breaks(found, `${Named(seen, one)} is reliable; its INVITE lists no 100rel.`, request, one);
  }
}

function tagAndSequence(seen: Observation, found: Findings): void {
  for (const one of provisionals(seen)) {
    if (!isReliable(one)) continue;
    const tagged = headerTokens(one.packet, 'Require').includes('100rel');
    const counts = reliableSequence(one.packet) !== null;
    if (tagged && counts) holds(found, one);
    else {
      const lack = tagged ? 'RSeq' : 'Require: 100rel';
      breaks(found, `${Named(seen, one)} is sent reliably without ${lack}.`, one);
    }
  }
}

function tryingIsUnreliable(seen: Observation, found: Findings): void {
  for (const { responses } of transactionsOf(seen, 'INVITE')) {
    for (const one of responses) {
      if (one.packet.status !== 100) continue;
      const reliable = headerValue(one.packet, 'RSeq') !== null || isReliable(one);
      if (reliable) breaks(found, `${Named(seen, one)} is sent reliably.`, one);
      else holds(found, one);
    }
  }
}

const largestFirst = 2_147_483_647;

function sequences(seen: Observation, found: Findings): void {
  for (const { responses } of reliabilityAt(seen, 'server')) {
    let before: ReliableResponse | null = null;
    for (const one of responses) {
      const { message } = one.event;
      const { sequence } = one;
      if (before === null || before.event.message.transaction !== message.transaction) {
        if (sequence >= 1 && sequence <= largestFirst) holds(found, message);
        else breaks(found, `${Named(seen, message)} begins with RSeq ${sequence}.`, message);
      } else if (sequence === before.sequence + 1) holds(found, before.event, message);
      else {
        const says = `${Named(seen, message)} has RSeq ${sequence} after ${before.sequence}.`;
        breaks(found, says, before.event, message);
      }
      before = one;
    }
  }
}

function oneAtATime(seen: Observation, found: Findings): void {
  for (const { responses } of reliabilityAt(seen, 'server')) {
    for (let index = 1; index < responses.length; index += 1) {
      const one = responses[index];
      const before = responses[index - 1];
      if (one === undefined || before === undefined) continue;
      if (one.event.message.transaction !== before.event.message.transaction) continue;
      if (acknowledgedBefore(before, one.event)) {
        holds(found, before.pracks[0] ?? null, one.event);
        continue;
      }
      const says =
        `${Named(seen, one.event.message)} left ` + `before the PRACK of RSeq ${before.sequence}.`;
      // RFC 3262 §3: the second has to wait for the first; later ones had better wait.
      breaksAt(found, index === 1 ? 'error' : 'warning', says, before.event, one.event);
    }
  }
}

/**
 * When the server had no reason to repeat the response any more: PRACK, final, or 64·T1. The final
 * response may belong to another dialog: it ends the INVITE in all that it has made.
 */
function endOfRepetition(seen: Observation, one: ReliableResponse): number {
  const from = one.event.message.sent.at;
  const prack = acknowledgementOf(one);
  const final = finalSent(one.event.message.transaction);
  return Math.min(
    from + seen.timers.giveUp,
    prack?.at ?? Number.MAX_SAFE_INTEGER,
    // A final response is decided on before it leaves, and what repeats stops at once.
    final === null ? Number.MAX_SAFE_INTEGER : timeOfDecision(seen, final),
  );
}

/**
 * The PRACK that acknowledges a response, or none: one that is refused for what it requires
 * (R-MSG-10), or because a later request has overtaken it (R-DLG-04), does not.
 */
function acknowledgementOf({ pracks }: ReliableResponse): DialogEvent | undefined {
  return pracks.find(({ message }) => {
    const status = finalSent(message.transaction)?.packet.status;
    return status !== 420 && status !== 500;
  });
}

/** The instant of the record that made a message leave. */
function timeOfDecision(seen: Observation, message: SeenMessage): number {
  const { cause, at } = message.sent;
  const came = seen.messageOf[cause];
  if (came !== undefined && came.received?.record === cause) return came.received.at;
  const behind = seen.behind[cause];
  return behind instanceof SeenAct ? behind.at : at;
}

function repetition(seen: Observation, found: Findings): void {
  for (const { dialog, responses } of reliabilityAt(seen, 'server')) {
    for (const one of responses) {
      const { message } = one.event;
      const end = endOfRepetition(seen, one);
      let due = message.sent.at + seen.timers.T1;
      let gap: number = seen.timers.T1;
      let problem: string | null = null;
      for (const { at, cause } of message.copies) {
        // An INVITE that comes again is answered with the last response, whatever the time.
        if (seen.messageOf[cause] !== undefined) continue;
        if (at !== due) problem ??= `was repeated at ${ms(at)}, not at ${ms(due)}`;
        // A copy that left before the news of the end had been acted on is in time.
        else if (at > end) problem ??= `was repeated at ${ms(at)}, after ${ms(end)}`;
        gap *= 2;
        due += gap;
      }
      const missing = due < end && due < seen.endedAt;
      if (missing && wasOut(seen, dialog.node, message.sent.at, due)) continue;
      if (missing) problem ??= `was not repeated at ${ms(due)}`;
      if (problem === null) holds(found, message);
      else breaks(found, `${Named(seen, message)} ${problem}.`, message);
    }
  }
}

function givingUp(seen: Observation, found: Findings): void {
  for (const { responses } of reliabilityAt(seen, 'server')) {
    for (const one of responses) {
      const { message } = one.event;
      const until = message.sent.at + seen.timers.giveUp;
      const prack = acknowledgementOf(one);
      if (prack !== undefined && prack.at <= until) continue;
      const final = finalSent(message.transaction);
      if (final !== null && timeOfDecision(seen, final) < until) continue;
      if (seen.endedAt < until + seen.timers.T1 && final === null) {
        if (seen.endedAt < until) continue;
        staysOpen(found, `The record ends as ${named(seen, message)} is given up.`, message);
      } else if (final !== null && refusesWith5xx(final)) {
        holds(found, message, final);
      } else {
        const says = `${Named(seen, message)} got no PRACK, and its INVITE no 5xx by ${ms(until)}.`;
        breaks(found, says, message, final);
      }
    }
  }
}

function refusesWith5xx({ packet }: SeenMessage): boolean {
  return packet.kind === 'response' && packet.status >= 500 && packet.status < 600;
}

function noneAfterFinal(seen: Observation, found: Findings): void {
  for (const { dialog, responses } of reliabilityAt(seen, 'server')) {
    for (const one of responses) {
      const final = finalIn(dialog, one.event);
      if (final === null) continue;
      if (leftBefore(one.event, final)) holds(found, one.event, final);
      else {
        const { message } = one.event;
        const says =
          `${Named(seen, message)} left at ` + `${ms(one.event.at)}, after the final response.`;
        breaks(found, says, final, message);
      }
    }
  }
}

/** What one and the same input brought about left in the order of its records. */
function leftBefore(one: DialogEvent, other: DialogEvent): boolean {
  const apart = decidedAt(one) - decidedAt(other);
  return apart === 0 ? one.record < other.record : apart < 0;
}

function allReliable(seen: Observation, found: Findings): void {
  for (const one of transactionsOf(seen, 'INVITE')) {
    const { request, responses, server } = one;
    if (request === null || !opensCall(one) || isProxy(seen, server)) continue;
    if (!headerTokens(request.packet, 'Require').includes('100rel')) continue;
    for (const response of responses) {
      const { status } = response.packet;
      if (status <= 100 || status >= 200) continue;
      if (isReliable(response)) holds(found, request, response);
      else breaks(found, `${Named(seen, response)} is unreliable.`, request, response);
    }
  }
}
