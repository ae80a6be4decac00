import { once } from '../../base/worked-out.ts';
import { isOn } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { headerTokens, type SipMessage } from '../../sip/message.ts';
import { placeOf } from './comparing-descriptions.ts';
import { breaks, breaksAt, holds, type Findings } from './findings.ts';
import { decidedAt, sessionNegotiations, type BodySeen, type Negotiation } from './negotiation.ts';
import type { DialogEvent, Observation } from './observation.ts';
import {
  confirmationsOf,
  currentOf,
  desiredOf,
  isConditioned,
  mirroredType,
  unmetLine,
} from './reading-preconditions.ts';
import { rule, type Rule } from './rule.ts';
import { placeIn, receivesAt, samePlace, sendersFor } from './watching-media.ts';
import { counted, Named, named, Who } from './words.ts';

/** RFC 3312 and 4032: what must be there before anybody rings or speaks. */
export const preconditions: readonly Rule[] = [
  rule(
    'R-PRE-01',
    noEarlyAlert,
    (count) => `${counted(count, '180')} left after the mandatory preconditions were met.`,
    'No offer had mandatory preconditions.',
  ),
  rule(
    'R-PRE-02',
    noEarlyMedia,
    (count) => `${counted(count, 'stream')} began after its preconditions were met.`,
    'No stream had mandatory preconditions.',
  ),
  rule(
    'R-PRE-03',
    announced,
    (count) => `${counted(count, 'INVITE')} that list what preconditions need.`,
    'No INVITE had preconditions.',
  ),
  rule(
    'R-PRE-04',
    neverDowngraded,
    (count) => `${counted(count, 'answer')} as strict as its offer.`,
    'No answer had to do with preconditions.',
  ),
  rule(
    'R-PRE-05',
    confirmed,
    (count) => `${counted(count, 'confirmation')} given in a new offer.`,
    'Nobody asked for a confirmation.',
  ),
  rule(
    'R-PRE-06',
    refusedAptly,
    (count) => `${counted(count, 'refusal')} with 580.`,
    'No precondition failed.',
  ),
  rule(
    'R-PRE-07',
    resetWhenMoved,
    (count) => `${counted(count, 'moved stream')} with its status begun anew.`,
    'No stream with preconditions moved.',
  ),
  rule(
    'R-PRE-08',
    refusedLinesDoNotCount,
    (count) => `${counted(count, 'description')} with a refused line that nobody waited for.`,
    'No refused line had preconditions.',
  ),
  rule(
    'R-PRE-09',
    oldStaysInUse,
    (count) => `${counted(count, 'stream')} moved after the new preconditions were met.`,
    'No stream with mandatory preconditions was moved.',
  ),
];

/** The negotiations with a mandatory precondition. */
const conditioned = /* @__PURE__ */ once((seen: Observation) =>
  sessionNegotiations(seen).filter(({ bodies }) =>
    bodies.some(({ description }) => isConditioned(description)),
  ),
);

/** The newest description that this end had sent or received when that was decided on. */
function newestBefore({ bodies }: Negotiation, event: DialogEvent): BodySeen | null {
  return bodies.findLast((body) => decidedAt(body.event) <= decidedAt(event)) ?? null;
}

/** Whether the newest of both ends' descriptions, or the own one, says that all is met. */
function isMet(negotiation: Negotiation, event: DialogEvent): boolean {
  const newest = newestBefore(negotiation, event);
  return newest === null || unmetLine(newest.description) === null;
}

function noEarlyAlert(seen: Observation, found: Findings): void {
  for (const negotiation of conditioned(seen)) {
    const { dialog } = negotiation;
    if (dialog.caller) continue;
    for (const event of dialog.events) {
      const { packet } = event.message;
      if (event.way !== 'sent' || packet.kind !== 'response' || packet.status !== 180) continue;
      if (isMet(negotiation, event)) holds(found, event);
      else
        breaks(found, `${Named(seen, event.message)} left before preconditions were met.`, event);
    }
  }
}

function noEarlyMedia(seen: Observation, found: Findings): void {
  for (const negotiation of conditioned(seen)) {
    const senders = sendersFor(seen, negotiation.dialog.node);
    for (const stream of seen.streams) {
      const [change] = stream.changes;
      if (change === undefined || !senders.has(stream.from)) continue;
      const known = negotiation.bodies.filter(({ event }) => event.at <= change.at);
      const invited = known.some(
        ({ event, description }) =>
          event.way === 'received' &&
          description.media.some((line) => receivesAt(line, description, change.packet.to)),
      );
      const newest = known.at(-1);
      if (!invited || newest === undefined) continue;
      const lacking = unmetLine(newest.description);
      if (lacking?.media !== stream.medium) holds(found, change);
      else
        breaks(
          found,
          `${Who(seen, stream.from)} sends ${stream.medium} before its preconditions are met.`,
          change,
        );
    }
  }
}

function announced(seen: Observation, found: Findings): void {
  for (const one of seen.requests) {
    const { packet } = one;
    if (packet.method !== 'INVITE' || packet.to.tag !== null) continue;
    const asking = packet.bodies.some(({ description }) =>
      description.media.some((line) => isOn(line) && desiredOf(line).length > 0),
    );
    if (!asking) continue;
    const mandatory = packet.bodies.some(({ description }) => isConditioned(description));
    const required = headerTokens(packet, 'Require');
    const supported = [...headerTokens(packet, 'Supported'), ...required];
    let lack: string | null = null;
    if (mandatory && !required.includes('precondition')) lack = 'Require: precondition';
    else if (!supported.includes('precondition')) lack = 'Supported: precondition';
    else if (!supported.includes('100rel')) lack = 'Supported: 100rel';
    if (lack !== null) breaks(found, `${Named(seen, one)} has preconditions without ${lack}.`, one);
    else if (!headerTokens(packet, 'Allow').includes('update')) {
      breaksAt(
        found,
        'warning',
        `${Named(seen, one)} has preconditions and allows no UPDATE.`,
        one,
      );
    } else holds(found, one);
  }
}

const ranks = ['none', 'optional', 'mandatory'];

function neverDowngraded(seen: Observation, found: Findings): void {
  for (const { bodies } of sessionNegotiations(seen)) {
    for (const { event, role, exchange, description } of bodies) {
      if (event.way !== 'sent' || role !== 'answer' || exchange === null) continue;
      if (!isConditioned(exchange.offered)) continue;
      const problem = downgradeIn(exchange.offered, description);
      if (problem === null) holds(found, exchange.offer, event);
      else breaks(found, `${Named(seen, event.message)} ${problem}.`, exchange.offer, event);
    }
  }
}

function downgradeIn(offer: SessionDescription, answer: SessionDescription): string | null {
  for (const [index, line] of answer.media.entries()) {
    const asked = offer.media[index];
    if (asked === undefined || !isOn(line) || !isOn(asked)) continue;
    const given = desiredOf(line);
    for (const { type, strength } of desiredOf(asked)) {
      const own = given.filter((one) => one.type === mirroredType(type));
      const most = own.reduce((rank, one) => Math.max(rank, ranks.indexOf(one.strength)), -1);
      if (own.some((one) => one.strength === 'failure' || one.strength === 'unknown')) continue;
      if (most < ranks.indexOf(strength)) {
        return `asks less than ${strength} for ${type} on ${placeOf(index, line)}`;
      }
    }
  }
  return null;
}

/**
 * RFC 3312 §7: whoever was asked tells, as soon as offers may be made; or in the answer, where it
 * has come so far already.
 */
function confirmed(seen: Observation, found: Findings): void {
  for (const negotiation of sessionNegotiations(seen)) {
    const { bodies, dialog } = negotiation;
    for (const { event, description } of bodies) {
      if (event.way !== 'received') continue;
      for (const line of description.media) {
        for (const wanted of confirmationsOf(line)) {
          const type = mirroredType(wanted.type);
          // Of the whole way either end may be the one who knows.
          const told = bodies.find(
            (one) =>
              (one.event.way === 'sent' || type.endsWith(' e2e')) &&
              one.event.record > event.record &&
              one.description.media.some((other) =>
                currentOf(other).some((now) => now.type === type && now.directions !== 'none'),
              ),
          );
          if (told !== undefined) {
            holds(found, event, told.event);
            continue;
          }
          const final = dialog.events.find(
            ({ message: { packet, transaction } }) =>
              isSuccessStatus(packet) && transaction === dialog.opening,
          );
          // Who answers has met them: then nobody waits for a word any more.
          if (final === undefined || final.record <= event.record) continue;
          const says =
            `${Who(seen, dialog.node)} never confirmed ` +
            `what ${named(seen, event.message)} asks about.`;
          breaks(found, says, event, final);
        }
      }
    }
  }
}

function isSuccessStatus(packet: SipMessage): boolean {
  return packet.kind === 'response' && packet.status >= 200 && packet.status < 300;
}

function refusedAptly(seen: Observation, found: Findings): void {
  for (const { packet, transaction, sent } of seen.responses) {
    if (packet.status !== 580) continue;
    const { request } = transaction;
    const asked = request?.packet.bodies.some(({ description }) => isConditioned(description));
    const event = { record: sent.record, at: sent.at };
    if (asked === true) holds(found, request, event);
    else breaks(found, 'A 580 answers a request without mandatory preconditions.', request, event);
  }
}

/** RFC 4032 §4.1: what was reserved towards the old address says nothing of the new one. */
function resetWhenMoved(seen: Observation, found: Findings): void {
  for (const negotiation of sessionNegotiations(seen)) {
    for (const [before, next, index] of movedLines(negotiation)) {
      const line = next.description.media[index];
      if (line === undefined) continue;
      const stale = currentOf(line).find(
        ({ type, directions }) => !type.endsWith(' local') && directions !== 'none',
      );
      if (stale === undefined) holds(found, before.event, next.event);
      else {
        const says =
          `${Named(seen, next.event.message)} moves ${placeOf(index, line)} ` +
          `and still says ${stale.type} ${stale.directions}.`;
        breaks(found, says, before.event, next.event);
      }
    }
  }
}

/** New offers that put a line with preconditions elsewhere. */
function* movedLines({ bodies }: Negotiation): Generator<[BodySeen, BodySeen, number]> {
  const sent = bodies.filter(({ event }) => event.way === 'sent');
  for (let step = 1; step < sent.length; step += 1) {
    const [before, next] = [sent[step - 1], sent[step]];
    if (before === undefined || next === undefined || next.role !== 'offer') continue;
    for (const [index, line] of next.description.media.entries()) {
      const was = before.description.media[index];
      if (was === undefined || desiredOf(line).length === 0) continue;
      const [old, now] = [placeIn(was, before.description), placeIn(line, next.description)];
      if (old !== null && now !== null && !samePlace(old, now)) yield [before, next, index];
    }
  }
}

function refusedLinesDoNotCount(seen: Observation, found: Findings): void {
  for (const { bodies, dialog } of sessionNegotiations(seen)) {
    const refusedOne = bodies.find(({ description }) =>
      description.media.some(
        (line) => !isOn(line) && desiredOf(line).some(({ strength }) => strength === 'mandatory'),
      ),
    );
    if (refusedOne === undefined) continue;
    const failed = dialog.events.find(
      ({ message: { packet } }) => packet.kind === 'response' && packet.status === 580,
    );
    if (failed === undefined || isConditioned(refusedOne.description))
      holds(found, refusedOne.event);
    else breaks(found, 'A refused line failed the call.', refusedOne.event, failed);
  }
}

/** RFC 3312 §6, mid-session: media stay where they are until the new preconditions are met. */
function oldStaysInUse(seen: Observation, found: Findings): void {
  const all = sessionNegotiations(seen);
  for (const negotiation of all) {
    for (const [, next, index] of movedLines(negotiation)) {
      const line = next.description.media[index];
      const place = line === undefined ? null : placeIn(line, next.description);
      if (line === undefined || place === null || !isConditioned(next.description)) continue;
      const stream = seen.streams.find(({ changes }) =>
        changes.some(({ packet }) => samePlace(packet.to, place)),
      );
      const [first] = stream?.changes ?? [];
      if (stream === undefined || first === undefined) continue;
      // Who sends goes by what it has said and heard itself.
      const { callId } = next.event.message.packet;
      const its = all.find(
        ({ dialog, bodies }) =>
          dialog.node === stream.from && bodies[0]?.event.message.packet.callId === callId,
      );
      const known = (its ?? negotiation).bodies;
      const newest = known.findLast(({ event }) => event.at <= first.at);
      if (newest === undefined || unmetLine(newest.description) === null) {
        holds(found, next.event, first);
      } else {
        const says =
          `${Who(seen, stream.from)} sends to the ` + `new place before its preconditions are met.`;
        breaks(found, says, next.event, first);
      }
    }
  }
}
