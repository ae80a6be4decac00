import { headerTokens, headerValue } from '../../sip/message.ts';
import { breaks, breaksAt, holds, staysOpen, type Findings } from './findings.ts';
import { clientGivesUpAt, endOf, isOvertaken, wasOut } from './lifetimes.ts';
import { decidedAt, sessionNegotiations } from './negotiation.ts';
import type { DialogEvent, Observation, SeenDialog, SeenRequest } from './observation.ts';
import { finalReceived, finalSent, isProxy, transactionsOf } from './reading-messages.ts';
import {
  acknowledgedBefore,
  finalIn,
  reliabilityAt,
  reliabilityOf,
  type Reliability,
  type ReliableResponse,
} from './reliability.ts';
import { rule, type Rule } from './rule.ts';
import { counted, Named, named } from './words.ts';

/** RFC 3262 §3 to §5: PRACK, and what waits for it. */
export const provisionalAcknowledgements: readonly Rule[] = [
  rule(
    'R-PRK-08',
    acknowledged,
    (count) => `${counted(count, 'reliable response')} got a PRACK that names it.`,
    'No reliable response arrived.',
  ),
  rule(
    'R-PRK-09',
    answersToPrack,
    (count) => `${counted(count, 'PRACK')} answered: 2xx where it matches, 481 where not.`,
    'No PRACK arrived.',
  ),
  rule(
    'R-PRK-10',
    onePrackEach,
    (count) => `${counted(count, 'reliable response')} got one PRACK each, whatever was repeated.`,
    'No reliable response was acknowledged.',
  ),
  rule(
    'R-PRK-11',
    inOrder,
    (count) => `${counted(count, 'reliable response')} acknowledged in the order of RSeq.`,
    'No second reliable response was acknowledged.',
  ),
  rule(
    'R-PRK-12',
    successWaits,
    (count) => `${counted(count, '2xx', '2xx')} to INVITE left after the PRACKs due before it.`,
    'No 2xx to INVITE followed a reliable response with SDP.',
  ),
  rule(
    'R-PRK-14',
    requiredInInviteOnly,
    (count) => `${counted(count, 'request')} other than INVITE without Require: 100rel.`,
    'No request other than INVITE left.',
  ),
  rule(
    'R-PRK-16',
    barePracks,
    (count) => `${counted(count, 'PRACK')} without Alert-Info, Call-Info and Contact.`,
    'No PRACK left.',
  ),
  rule(
    'R-PRK-17',
    descriptionsInPrack,
    (count) => `${counted(count, 'description')} round a PRACK where it may stand.`,
    'No PRACK had to do with a session description.',
  ),
  rule(
    'R-PRK-18',
    pracksAfterFinal,
    (count) => `${counted(count, 'PRACK')} answered after the final response.`,
    'No PRACK arrived after the final response.',
  ),
];

/** RFC 3262 §4; where the final response came first, a PRACK is left to the client. */
function acknowledged(seen: Observation, found: Findings): void {
  for (const { dialog, responses, strays } of reliabilityAt(seen, 'client')) {
    for (const one of responses) {
      const { message } = one.event;
      const [prack] = one.pracks;
      if (prack !== undefined) {
        holds(found, one.event, prack.message);
        continue;
      }
      if (wasOut(seen, dialog.node, one.event.at, one.event.at + seen.timers.T1)) continue;
      const final = finalReceived(message.transaction);
      if (final !== null && final.received.record <= one.event.record) continue;
      // Its INVITE was given up before: the response belongs to nothing.
      const gone = clientGivesUpAt(seen, message.transaction) < one.event.at;
      if (gone || outOfOrder(responses, one)) continue;
      if (seen.endedAt - one.event.at <= seen.timers.T1) {
        staysOpen(found, `The record ends soon after ${named(seen, message)}.`, message);
      } else breaks(found, `${Named(seen, message)} got no PRACK.`, message);
    }
    for (const { message } of strays) {
      const rack = headerValue(message.packet, 'RAck') ?? 'no RAck';
      breaks(found, `${Named(seen, message)} has ${rack}, which names no response.`, message);
    }
  }
}

/** Whether an earlier RSeq of the same INVITE was still missing when the response arrived. */
function outOfOrder(responses: readonly ReliableResponse[], one: ReliableResponse): boolean {
  const { transaction } = one.event.message;
  const earlier = responses.filter(
    ({ event }) => event.message.transaction === transaction && event.record < one.event.record,
  );
  if (earlier.length === 0) return false;
  const last = earlier.reduce((most, { sequence }) => Math.max(most, sequence), 0);
  return one.sequence !== last + 1;
}

function answersToPrack(seen: Observation, found: Findings): void {
  for (const { dialog, responses, strays } of reliabilityAt(seen, 'server')) {
    for (const { event, pracks } of responses) {
      const final = finalIn(dialog, event);
      let waits = true;
      for (const prack of pracks) {
        // A refusal or a BYE has ended the dialog: then nothing matches any more (R-PRK-18).
        const gone = final !== null && !succeeds(final) && decidedAt(final) < prack.record;
        if (gone || isOver(dialog, prack) || isOvertaken(dialog, prack)) continue;
        judgeAnswer(seen, found, prack, waits);
        // RFC 3262 §3 speaks of an unacknowledged response: once it has its PRACK, another one, if
        // only a proxy's belated copy of the first, matches nothing.
        waits &&= wasRefused(prack);
      }
    }
    for (const prack of strays) judgeAnswer(seen, found, prack, false);
  }
}

function isOver({ events }: SeenDialog, prack: DialogEvent): boolean {
  return events.some(
    (event) =>
      event.message.packet.cseq.method === 'BYE' &&
      event.message.packet.kind === 'request' &&
      decidedAt(event) < prack.record,
  );
}

/** RFC 6337 §2.3 leaves open whether a matching PRACK may be refused for other reasons. */
const leftOpen = new Set([401, 407, 488]);

function judgeAnswer(
  seen: Observation,
  found: Findings,
  { message, way }: DialogEvent,
  matches: boolean,
): void {
  if (way !== 'received') return;
  const final = finalSent(message.transaction);
  if (final === null) return;
  const { status } = final.packet;
  const success = status >= 200 && status < 300;
  if (success === matches && (matches || status === 481)) holds(found, message, final);
  else if (matches) {
    const says = `${Named(seen, message)} names its response and got ${status}.`;
    breaksAt(found, leftOpen.has(status) ? 'warning' : 'error', says, message, final);
  } else {
    breaks(
      found,
      `${Named(seen, message)} names no response that waits and got ${status}.`,
      message,
      final,
    );
  }
}

function onePrackEach(seen: Observation, found: Findings): void {
  for (const { responses } of reliabilityAt(seen, 'client')) {
    for (const { event, pracks } of responses) {
      const [first, second] = pracks;
      if (first === undefined) continue;
      if (second === undefined || wasRefused(first)) holds(found, event, first.message);
      else {
        const says = `${Named(seen, event.message)} got ${pracks.length} PRACKs.`;
        breaksAt(found, 'warning', says, event, ...pracks.map(({ message }) => message));
      }
    }
  }
}

/** A PRACK that was refused, for an extension say, may be sent anew. */
function wasRefused({ message }: DialogEvent): boolean {
  const final = finalSent(message.transaction);
  return final !== null && final.packet.status >= 300;
}

function inOrder(seen: Observation, found: Findings): void {
  for (const { responses } of reliabilityAt(seen, 'client')) {
    for (const one of responses) {
      const [prack] = one.pracks;
      if (prack === undefined) continue;
      const before = responses.find(
        ({ event, sequence }) =>
          event.message.transaction === one.event.message.transaction &&
          sequence === one.sequence - 1,
      );
      const first = !responses.some(
        ({ event, sequence }) =>
          event.message.transaction === one.event.message.transaction && sequence < one.sequence,
      );
      if (first) continue;
      if (before !== undefined && before.event.record < decidedAt(prack)) {
        holds(found, before.event, prack.message);
      } else {
        const says =
          `${Named(seen, prack.message)} acknowledges ` + `RSeq ${one.sequence} out of order.`;
        breaks(found, says, one.event, prack.message);
      }
    }
  }
}

function successWaits(seen: Observation, found: Findings): void {
  for (const reliability of reliabilityAt(seen, 'server')) {
    for (const one of reliability.responses) {
      if (one.event.message.packet.bodies.length === 0) continue;
      const final = finalIn(reliability.dialog, one.event);
      if (final === null || !succeeds(final)) continue;
      if (acknowledgedBefore(one, final)) holds(found, one.pracks[0] ?? null, final.message);
      else {
        const says = `${Named(seen, final.message)} left before the PRACK of RSeq ${one.sequence}.`;
        breaks(found, says, one.event, final.message);
      }
    }
  }
}

function succeeds({ message }: DialogEvent): boolean {
  const { packet } = message;
  return packet.kind === 'response' && packet.status >= 200 && packet.status < 300;
}

function requiredInInviteOnly(seen: Observation, found: Findings): void {
  for (const one of seen.requests) {
    if (one.packet.method === 'INVITE' || isProxy(seen, one.from)) continue;
    const required = headerTokens(one.packet, 'Require').includes('100rel');
    if (required) breaks(found, `${Named(seen, one)} has Require: 100rel.`, one);
    else holds(found, one);
  }
}

const notInPrack = ['Alert-Info', 'Call-Info'] as const;

function barePracks(seen: Observation, found: Findings): void {
  for (const { request } of transactionsOf(seen, 'PRACK')) {
    if (request === null) continue;
    const field = strangeField(request);
    if (field === null) holds(found, request);
    else breaks(found, `${Named(seen, request)} has ${field}.`, request);
  }
}

function strangeField({ packet }: SeenRequest): string | null {
  if (packet.contact !== null) return 'Contact';
  return notInPrack.find((name) => headerValue(packet, name) !== null) ?? null;
}

/** RFC 3262 §5, for the session: an offer in the 1xx is answered; one in the PRACK has its time. */
function descriptionsInPrack(seen: Observation, found: Findings): void {
  for (const { dialog, bodies, exchanges } of sessionNegotiations(seen)) {
    for (const { event, role, exchange } of bodies) {
      if (event.way !== 'sent' || event.message.packet.kind !== 'request') continue;
      if (event.message.packet.method !== 'PRACK') continue;
      const settled = exchanges.some(
        (other) =>
          other !== exchange &&
          other.answer !== null &&
          decidedAt(other.answer.event) < event.record,
      );
      if (role === 'answer' || settled) holds(found, event.message);
      else {
        const says = `${Named(seen, event.message)} offers, though its 1xx had no answer.`;
        breaks(found, says, event.message);
      }
    }
    for (const { carrier, by, offer, answer, closed } of exchanges) {
      if (carrier === '1xx' && by === 'peer' && closed !== null && answer === null) {
        breaks(found, `The PRACK for ${named(seen, offer.message)} has no answer.`, offer);
      }
      if (carrier === 'PRACK' && by === 'peer' && closed !== null && answer === null) {
        const refusal = finalSent(offer.message.transaction);
        if (refusal !== null && refusal.packet.status >= 300) continue;
        // Its 2xx is still due (R-PRK-18), but with the early dialog its session is over: RFC 3261
        // §12.3.
        const end = endOf(dialog);
        if (end !== null && end.record < offer.record) continue;
        breaks(found, `The 2xx to ${named(seen, offer.message)} has no answer.`, offer);
      }
    }
  }
}

function pracksAfterFinal(seen: Observation, found: Findings): void {
  for (const reliability of reliabilityOf(seen)) {
    for (const [prack, final] of lateIn(reliability)) {
      const given = finalSent(prack.message.transaction);
      if (given !== null) holds(found, prack, given);
      else if (seen.endedAt - prack.at <= seen.timers.T1) {
        staysOpen(found, `The record ends soon after ${named(seen, prack.message)}.`, prack);
      } else breaks(found, `${Named(seen, prack.message)} got no answer.`, final, prack);
    }
  }
}

/** The PRACKs that came after the final response, at the end that answers them. */
function lateIn({ dialog, responses }: Reliability): [DialogEvent, DialogEvent][] {
  const late: [DialogEvent, DialogEvent][] = [];
  for (const one of responses) {
    const final = finalIn(dialog, one.event);
    if (final === null) continue;
    for (const prack of one.pracks) {
      if (prack.way === 'received' && decidedAt(prack) > decidedAt(final))
        late.push([prack, final]);
    }
  }
  return late;
}
