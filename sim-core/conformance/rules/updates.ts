import { headerTokens } from '../../sip/message.ts';
import { placeAfter } from './dialog-requests.ts';
import { breaks, breaksAt, holds, type Findings } from './findings.ts';
import {
  decidedAt,
  inOrderOfDecision,
  sessionNegotiations,
  type BodySeen,
  type Exchange,
  type Negotiation,
} from './negotiation.ts';
import type { DialogEvent, Observation, SeenDialog, SeenTransaction } from './observation.ts';
import { finalOf, reliabilityAt } from './reliability.ts';
import { rule, type Rule } from './rule.ts';
import { counted, Named, named } from './words.ts';

/** RFC 3311 §4 and §5.1, RFC 6337 §4.3: when an UPDATE may be sent. */
export const updates: readonly Rule[] = [
  rule(
    'R-UPD-01',
    allowedByPeer,
    (count) => `${counted(count, 'UPDATE')} to ends that allow it.`,
    'No UPDATE left.',
  ),
  rule(
    'R-UPD-02',
    byCallerBeforeFinal,
    (count) => `${counted(count, 'offer')} of a caller in an UPDATE, after its first exchange.`,
    'No caller offered in an UPDATE before the final response.',
  ),
  rule(
    'R-UPD-03',
    byCalledBeforeFinal,
    (count) => `${counted(count, 'offer')} of a called end in an UPDATE, after answer and PRACK.`,
    'No called end offered in an UPDATE before its final response.',
  ),
  rule(
    'R-UPD-04',
    afterCompletion,
    (count) => `${counted(count, 'offer')} in an UPDATE after the answer to the INVITE, alone.`,
    'Nobody offered in an UPDATE after the final response.',
  ),
  rule(
    'R-UPD-10',
    sameContactInSuccess,
    (count) => `${counted(count, '2xx', '2xx')} with the Contact that the UPDATE had told.`,
    'No UPDATE told a Contact before the 2xx of its called end.',
  ),
  rule(
    'R-UPD-11',
    preferReinvite,
    () => 'Nobody offered in an UPDATE in a confirmed dialog.',
    'Nobody offered in an UPDATE.',
  ),
  rule(
    'R-UPD-12',
    oneAfterTheOther,
    (count) => `${counted(count, 'request')} left while nothing it depends on was under way.`,
    'No UPDATE left.',
  ),
];

/** UPDATEs that an end sent, with their dialog. */
function* sentUpdates(seen: Observation): Generator<[SeenDialog, DialogEvent]> {
  for (const dialog of seen.dialogs) {
    for (const event of dialog.events) {
      const { packet } = event.message;
      if (event.way !== 'sent' || packet.kind !== 'request') continue;
      if (packet.method === 'UPDATE') yield [dialog, event];
    }
  }
}

function allowedByPeer(seen: Observation, found: Findings): void {
  for (const [dialog, update] of sentUpdates(seen)) {
    const listed = lastAllowBefore(dialog, decidedAt(update));
    const { message } = update;
    if (listed === null) {
      breaks(
        found,
        `${Named(seen, message)} left before the other end listed what it allows.`,
        message,
      );
    } else if (headerTokens(listed.message.packet, 'Allow').includes('update')) {
      holds(found, listed, message);
    } else {
      breaks(
        found,
        `${Named(seen, message)} is not among what the other end allows.`,
        listed,
        message,
      );
    }
  }
}

/** The last message that reached this end until that record and listed what it allows, or null. */
function lastAllowBefore({ events }: SeenDialog, until: number): DialogEvent | null {
  for (let at = placeAfter(events, until) - 1; at >= 0; at -= 1) {
    const event = events[at]!;
    if (event.way !== 'received') continue;
    if (headerTokens(event.message.packet, 'Allow').length > 0) return event;
  }
  return null;
}

/** Offers that an end sent in an UPDATE. */
function* offersInUpdates(seen: Observation): Generator<[Negotiation, BodySeen]> {
  for (const negotiation of sessionNegotiations(seen)) {
    for (const body of negotiation.bodies) {
      const { event, exchange } = body;
      if (event.way !== 'sent' || body.role !== 'offer' || exchange?.carrier !== 'UPDATE') continue;
      yield [negotiation, body];
    }
  }
}

/** Whether the offer was decided on before this end sent or received the final response. */
function isEarly(dialog: SeenDialog, offer: DialogEvent): boolean {
  const final = finalOf(dialog);
  return final === null || decidedAt(final) > decidedAt(offer);
}

/** The exchange that the INVITE began, or the first reliable response to it; null before it. */
function firstExchange({ exchanges }: Negotiation): Exchange | null {
  return exchanges[0] ?? null;
}

function byCallerBeforeFinal(seen: Observation, found: Findings): void {
  for (const [negotiation, { event, open }] of offersInUpdates(seen)) {
    const { dialog } = negotiation;
    if (!dialog.caller || !isEarly(dialog, event)) continue;
    judgeEarlyOffer(seen, found, negotiation, event, open);
  }
}

function byCalledBeforeFinal(seen: Observation, found: Findings): void {
  for (const [negotiation, { event, open }] of offersInUpdates(seen)) {
    const { dialog } = negotiation;
    if (dialog.caller || !isEarly(dialog, event)) continue;
    const answer = firstExchange(negotiation)?.answer ?? null;
    const late = answer === null ? null : withoutPrack(seen, dialog, answer.event, event);
    if (late === null) judgeEarlyOffer(seen, found, negotiation, event, open);
    else {
      const says =
        `${Named(seen, event.message)} offers before ` +
        `the PRACK of ${named(seen, late.message)}.`;
      breaks(found, says, late, event.message);
    }
  }
}

/** The reliable response with the answer, where its PRACK had not come yet; otherwise null. */
function withoutPrack(
  seen: Observation,
  dialog: SeenDialog,
  answer: DialogEvent,
  update: DialogEvent,
): DialogEvent | null {
  for (const reliability of reliabilityAt(seen, 'server')) {
    if (reliability.dialog !== dialog) continue;
    for (const { event, pracks } of reliability.responses) {
      if (event.message !== answer.message) continue;
      const [first] = pracks;
      return first !== undefined && decidedAt(first) <= decidedAt(update) ? null : event;
    }
  }
  return null;
}

function judgeEarlyOffer(
  seen: Observation,
  found: Findings,
  negotiation: Negotiation,
  event: DialogEvent,
  open: readonly Exchange[],
): void {
  const first = firstExchange(negotiation);
  const answer = first?.answer ?? null;
  const [other] = open;
  if (first === null || answer === null || decidedAt(answer.event) > decidedAt(event)) {
    breaks(found, `${Named(seen, event.message)} offers before the first answer.`, event.message);
  } else if (other !== undefined) {
    const says =
      `${Named(seen, event.message)} offers while ` +
      `${named(seen, other.offer.message)} has no answer.`;
    breaks(found, says, other.offer, event.message);
  } else holds(found, answer.event, event.message);
}

function afterCompletion(seen: Observation, found: Findings): void {
  for (const [{ dialog }, { event, open }] of offersInUpdates(seen)) {
    if (isEarly(dialog, event)) continue;
    const [other] = open;
    if (other === undefined) holds(found, event.message);
    else {
      const says =
        `${Named(seen, event.message)} offers while ` +
        `${named(seen, other.offer.message)} has no answer.`;
      breaks(found, says, other.offer, event.message);
    }
  }
}

function sameContactInSuccess(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    if (dialog.caller) continue;
    const final = finalOf(dialog);
    if (final === null || final.way !== 'sent') continue;
    const { packet } = final.message;
    if (packet.kind !== 'response' || packet.status >= 300) continue;
    let told: DialogEvent | null = null;
    for (const event of inOrderOfDecision(dialog)) {
      const { packet: other } = event.message;
      if (event.way !== 'sent' || decidedAt(event) > decidedAt(final)) continue;
      if (other.cseq.method !== 'UPDATE' || other.contact === null) continue;
      if (other.kind === 'request' || other.status < 300) told = event;
    }
    if (told === null) continue;
    if (told.message.packet.contact === packet.contact) holds(found, told, final);
    else {
      const says = `${Named(seen, final.message)} has another Contact than the UPDATE before it.`;
      breaks(found, says, told, final);
    }
  }
}

function preferReinvite(seen: Observation, found: Findings): void {
  for (const [{ dialog }, { event }] of offersInUpdates(seen)) {
    const final = finalOf(dialog);
    if (final === null || decidedAt(final) > decidedAt(event)) holds(found, event.message);
    else {
      const says = `${Named(seen, event.message)} offers in a confirmed dialog.`;
      breaksAt(found, 'info', says, event.message);
    }
  }
}

/** RFC 6337 §4.3, UAC-IU, UAC-UI and UAC-UU. */
function oneAfterTheOther(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    const events = inOrderOfDecision(dialog);
    const sent = events.filter(({ way, message: { packet } }) => {
      return way === 'sent' && packet.kind === 'request' && isOffering(packet.method);
    });
    if (!sent.some(({ message }) => message.packet.cseq.method === 'UPDATE')) continue;
    const settled = updatesSettled(events);
    let pending: readonly DialogEvent[] = [];
    for (const event of sent) {
      const { cseq } = event.message.packet;
      pending = pending.filter(({ message: { transaction } }) => {
        return (settled.get(transaction) ?? Infinity) > decidedAt(event);
      });
      const inTheWay =
        pending[0] ?? (cseq.method === 'UPDATE' ? pendingExchange(seen, dialog, event) : null);
      if (cseq.method === 'UPDATE') pending = [...pending, event];
      if (inTheWay === null) {
        if (cseq.method === 'UPDATE') holds(found, event.message);
        continue;
      }
      const says =
        `${Named(seen, event.message)} left while ` +
        `${named(seen, inTheWay.message)} was not settled.`;
      breaks(found, says, inTheWay, event.message);
    }
  }
}

function isOffering(method: string): boolean {
  return method === 'UPDATE' || method === 'INVITE';
}

/** From which record on an UPDATE had its response, for events in the order of decision. */
function updatesSettled(events: readonly DialogEvent[]): ReadonlyMap<SeenTransaction, number> {
  const settled = new Map<SeenTransaction, number>();
  for (const event of events) {
    const { packet, transaction } = event.message;
    if (packet.kind !== 'response' || packet.cseq.method !== 'UPDATE') continue;
    if (!settled.has(transaction)) settled.set(transaction, decidedAt(event));
  }
  return settled;
}

/**
 * A description in a response to an INVITE still under way whose PRACK has not come: sent by
 * this end without PRACK, the offer/answer exchange is not known to be settled.
 */
function pendingExchange(
  seen: Observation,
  dialog: SeenDialog,
  update: DialogEvent,
): DialogEvent | null {
  if (dialog.caller || !isEarly(dialog, update)) return null;
  for (const reliability of reliabilityAt(seen, 'server')) {
    if (reliability.dialog !== dialog) continue;
    for (const { event, pracks } of reliability.responses) {
      const described = event.message.packet.bodies.some(
        ({ disposition }) => disposition === 'session',
      );
      if (!described || decidedAt(event) > decidedAt(update)) continue;
      const [first] = pracks;
      if (first === undefined || decidedAt(first) > decidedAt(update)) return event;
    }
  }
  return null;
}
