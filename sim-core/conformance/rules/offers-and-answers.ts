import { breaks, breaksAt, holds, type Findings } from './findings.ts';
import {
  decidedAt,
  sessionNegotiations,
  negotiationsOf,
  type BodySeen,
  type Negotiation,
} from './negotiation.ts';
import type { DialogEvent, Observation } from './observation.ts';
import { finalSent } from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { sameText } from './comparing-descriptions.ts';
import { bare, counted, Named, named } from './words.ts';

/** RFC 3264 §4, RFC 6337 and RFC 3261 §13.2.1: the course of offers and answers. */
export const offersAndAnswers: readonly Rule[] = [
  rule(
    'R-OA-01',
    oneOpenOffer,
    (count) => `${counted(count, 'offer')} made while no other was open.`,
    'Nobody offered anything.',
  ),
  rule(
    'R-OA-02',
    legalCarriers,
    (count) => `${counted(count, 'session description')} where offers and answers may travel.`,
    'No session description left.',
  ),
  rule(
    'R-OA-03',
    firstIsAnswer,
    (count) => `${counted(count, 'repetition')} of a description in responses, always the same.`,
    'No response repeated a description.',
  ),
  rule(
    'R-OA-04',
    noneAfterAnswer,
    (count) => `${counted(count, 'response')} after a reliable answer without SDP.`,
    'No response followed a reliable answer.',
  ),
  rule(
    'R-OA-05',
    previewOpensNothing,
    (count) => `${counted(count, 'preview')} opened no new offer before the answer.`,
    'No unreliable response carried SDP.',
  ),
  rule(
    'R-OA-20',
    offerlessInvite,
    (count) =>
      `${counted(count, 'INVITE')} without SDP got an offer in the first reliable response.`,
    'Every INVITE carried an offer.',
  ),
  rule(
    'R-OA-21',
    collisions,
    (count) => `${counted(count, 'collision')} answered with 491 or 500 as the table has it.`,
    'No offers collided.',
  ),
  rule(
    'R-OA-22',
    independentForks,
    (count) => `${counted(count, 'forked dialog')} with offers and answers of its own.`,
    'No INVITE made more than one dialog.',
  ),
];

/** The bodies that an end itself sent. */
function sentBodies({ bodies }: Negotiation): BodySeen[] {
  return bodies.filter(({ event }) => event.way === 'sent');
}

function oneOpenOffer(seen: Observation, found: Findings): void {
  for (const negotiation of sessionNegotiations(seen)) {
    for (const { event, role, open } of sentBodies(negotiation)) {
      if (role !== 'offer') continue;
      const [other] = open;
      if (other === undefined) holds(found, event.message);
      else {
        const says =
          `${Named(seen, event.message)} offers while ` +
          `${named(seen, other.offer.message)} is open.`;
        breaks(found, says, other.offer, event.message);
      }
    }
  }
}

function legalCarriers(seen: Observation, found: Findings): void {
  for (const negotiation of sessionNegotiations(seen)) {
    for (const { event, role } of sentBodies(negotiation)) {
      if (role !== 'illegal') holds(found, event.message);
      else {
        const says = `${Named(seen, event.message)} has SDP that is neither offer nor answer.`;
        breaks(found, says, event.message);
      }
    }
  }
}

/** RFC 6337 §3.1.1, per To tag and disposition; the o= line counts too. */
function firstIsAnswer(seen: Observation, found: Findings): void {
  for (const { bodies } of negotiationsOf(seen)) {
    const first = new Map<unknown, BodySeen>();
    for (const body of bodies) {
      const { event, role, exchange } = body;
      const { packet } = event.message;
      if (event.way !== 'sent' || packet.kind !== 'response' || exchange === null) continue;
      if (packet.cseq.method !== 'INVITE' || role === 'capability') continue;
      const before = first.get(exchange);
      if (before === undefined) {
        first.set(exchange, body);
        continue;
      }
      if (sameText(before.description, body.description)) holds(found, before.event, event);
      else {
        const says =
          `${Named(seen, event.message)} has other SDP ` +
          `than ${named(seen, before.event.message)}.`;
        breaks(found, says, before.event, event);
      }
    }
  }
}

function noneAfterAnswer(seen: Observation, found: Findings): void {
  for (const negotiation of sessionNegotiations(seen)) {
    const { dialog, bodies } = negotiation;
    for (const { event: answered, role, exchange } of bodies) {
      const { packet, transaction } = answered.message;
      if (role !== 'answer' || answered.way !== 'sent' || packet.kind !== 'response') continue;
      if (exchange?.carrier !== 'INVITE' || packet.status >= 200) continue;
      for (const later of dialog.events) {
        const { message } = later;
        if (message.transaction !== transaction || message.packet.kind !== 'response') continue;
        if (later.way !== 'sent' || decidedAt(later) <= decidedAt(answered)) continue;
        if (later === answered || message.packet.status >= 300) continue;
        const repeats = message.packet.bodies.some(({ disposition }) => disposition === 'session');
        if (!repeats) holds(found, answered, message);
        else {
          const says = `${Named(seen, message)} has SDP after the reliable answer.`;
          breaks(found, says, answered, message);
        }
      }
    }
  }
}

function previewOpensNothing(seen: Observation, found: Findings): void {
  for (const { bodies } of sessionNegotiations(seen)) {
    for (const { event: preview, role, exchange } of bodies) {
      if (role !== 'preview' || exchange === null) continue;
      const early = bodies.find(
        (one) =>
          one.role === 'offer' &&
          one.event.way === 'sent' &&
          one.exchange !== exchange &&
          one.open.includes(exchange) &&
          decidedAt(one.event) >= decidedAt(preview),
      );
      if (early === undefined) holds(found, preview);
      else {
        const says = `${Named(seen, early.event.message)} offers on the strength of a preview.`;
        breaks(found, says, preview, early.event);
      }
    }
  }
}

function offerlessInvite(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    const { opening, caller } = dialog;
    if (caller || opening === null || opening.request === null) continue;
    if (opening.request.packet.bodies.some(({ disposition }) => disposition === 'session'))
      continue;
    const reliable = dialog.events.find(({ way, message: { packet, transaction } }) => {
      if (way !== 'sent' || transaction !== opening || packet.kind !== 'response') return false;
      const { status, headers } = packet;
      if (status >= 300 || status <= 100) return false;
      return status >= 200 || headers.some(([name]) => name.toLowerCase() === 'rseq');
    });
    if (reliable === undefined) continue;
    const offers = reliable.message.packet.bodies.some(
      ({ disposition }) => disposition === 'session',
    );
    if (offers) holds(found, opening.request, reliable);
    else {
      const says =
        `${Named(seen, reliable.message)} is the ` + `first reliable response and offers nothing.`;
      breaks(found, says, opening.request, reliable);
    }
  }
}

/** RFC 6337 §4.3: against an own request 491, after another one of the same end 500. */
function collisions(seen: Observation, found: Findings): void {
  for (const { dialog, bodies } of sessionNegotiations(seen)) {
    for (const { event, role, exchange, open } of bodies) {
      if (event.way !== 'received' || role !== 'offer') continue;
      const { carrier } = exchange ?? {};
      const [other] = open;
      if ((carrier !== 'INVITE' && carrier !== 'UPDATE') || other === undefined) continue;
      if (event.message.transaction === dialog.opening) continue;
      const given = finalSent(event.message.transaction);
      if (given === null || given.packet.status === 481 || given.packet.status === 487) continue;
      const due = open.some(({ by }) => by === 'self') ? 491 : 500;
      if (given.packet.status === due) holds(found, event.message, given);
      else {
        const met = `${bare(event.message)} met ${named(seen, other.offer.message)}`;
        const says = `${met} and got ${given.packet.status}, not ${due}.`;
        breaks(found, `${says.charAt(0).toUpperCase()}${says.slice(1)}`, other.offer, event, given);
      }
    }
  }
}

/** Of dialogs that one INVITE made, an end may not act in one as if it were another. */
function independentForks(seen: Observation, found: Findings): void {
  const byOpening = new Map<unknown, Negotiation[]>();
  for (const negotiation of sessionNegotiations(seen)) {
    const { opening, caller } = negotiation.dialog;
    if (opening === null || !caller) continue;
    const forks = byOpening.get(opening);
    if (forks === undefined) byOpening.set(opening, [negotiation]);
    else forks.push(negotiation);
  }
  for (const forks of byOpening.values()) {
    if (forks.length < 2) continue;
    for (const fork of forks) judgeFork(seen, found, fork, forks);
  }
}

function judgeFork(
  seen: Observation,
  found: Findings,
  fork: Negotiation,
  forks: readonly Negotiation[],
): void {
  const [first] = fork.exchanges;
  for (const { event, role, open } of fork.bodies) {
    if (event.way !== 'sent' || role !== 'offer' || first === undefined) continue;
    if (!open.includes(first)) continue;
    const answeredElsewhere = forks.some(
      (other) => other !== fork && wasAnsweredBefore(other, event),
    );
    if (!answeredElsewhere) continue;
    const says = `${Named(seen, event.message)} offers in a dialog whose own answer is still due.`;
    breaksAt(found, 'error', says, event.message);
    return;
  }
  holds(found, fork.dialog.events[1] ?? null);
}

function wasAnsweredBefore({ exchanges }: Negotiation, event: DialogEvent): boolean {
  const answer = exchanges[0]?.answer ?? null;
  return answer !== null && decidedAt(answer.event) <= decidedAt(event);
}
