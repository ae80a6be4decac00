import { remark } from '../../base/diagnostics.ts';
import { encodingOf, isOn } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { headerTokens, type SipMessage } from '../../sip/message.ts';
import { waitsForPreconditions } from './early-preconditions.ts';
import { breaks, breaksAt, holds, type Findings } from './findings.ts';
import {
  decidedAt,
  sessionNegotiations,
  earlySessionNegotiations,
  type BodySeen,
  type Exchange,
  type Negotiation,
} from './negotiation.ts';
import type { Observation, SeenDialog, SeenMessage } from './observation.ts';
import { isProxy } from './reading-messages.ts';
import { finalOf } from './reliability.ts';
import { rule, type Rule } from './rule.ts';
import { arriving, heardAt, hearingsOf, placeIn, receivesAt } from './watching-media.ts';
import { counted, ms, Named, named, Who } from './words.ts';

/** RFC 3959: early sessions, a second negotiation beside the session's. */
export const earlySessions: readonly Rule[] = [
  rule(
    'R-ES-01',
    ownAutomaton,
    (count) =>
      `${counted(count, 'early-session body', 'early-session bodies')} by offer and answer.`,
    'No early-session body left.',
  ),
  rule(
    'R-ES-02',
    notInSuccess,
    (count) => `${counted(count, 'message')} of an early session, none a 2xx to INVITE or an ACK.`,
    'No early-session body left.',
  ),
  rule(
    'R-ES-03',
    notInInvite,
    (count) => `${counted(count, 'early-session offer')} outside INVITE.`,
    'No early session was offered.',
  ),
  rule(
    'R-ES-04',
    placesOfTheirOwn,
    (count) =>
      `${counted(count, 'early-session body', 'early-session bodies')} with ports of its own.`,
    'No end described both an early session and a session.',
  ),
  rule(
    'R-ES-05',
    refusedByPorts,
    (count) => `${counted(count, 'refused early session')} in which nothing was played.`,
    'No early session was refused.',
  ),
  rule(
    'R-ES-06',
    endsWithDialog,
    (count) => `${counted(count, 'early session')} silent once its dialog had its final response.`,
    'No early session was agreed on at an end that plays media.',
  ),
  rule(
    'R-ES-07',
    sameCodecs,
    (count) => `${counted(count, 'early session')} with codecs of the session.`,
    'No end described both an early session and a session.',
  ),
  rule(
    'R-ES-08',
    listedByPeer,
    (count) =>
      `${counted(count, 'early-session body', 'early-session bodies')} as both ends list it.`,
    'No early session was offered.',
  ),
  rule(
    'R-ES-09',
    waitsForPreconditions,
    (count) => `${counted(count, 'early session')} waited for its preconditions.`,
    'No early session had preconditions.',
  ),
  rule(
    'R-ES-10',
    notAuthorised,
    (count) => `${counted(count, 'early stream')} heard, whatever P-Early-Media said.`,
    'No early session met P-Early-Media.',
  ),
  rule(
    'R-ES-11',
    initialOfferInPrack,
    (count) => `${counted(count, 'early session')} begun in a provisional response.`,
    'No early session was offered.',
  ),
];

function early(seen: Observation): Negotiation[] {
  return earlySessionNegotiations(seen);
}

function isInSuccessOrAck({ packet }: SeenMessage): boolean {
  if (packet.kind === 'request') return packet.method === 'ACK';
  return packet.cseq.method === 'INVITE' && packet.status >= 200 && packet.status < 300;
}

/** A body where RFC 3959 §4 forbids it is R-ES-02's affair. */
function ownAutomaton(seen: Observation, found: Findings): void {
  for (const { bodies } of early(seen)) {
    for (const { event, role, open } of bodies) {
      const { message } = event;
      if (event.way !== 'sent' || isInSuccessOrAck(message)) continue;
      const [other] = open;
      if (role === 'illegal') {
        breaks(
          found,
          `${Named(seen, message)} has an early-session body that is neither offer nor answer.`,
          message,
        );
      } else if (role === 'offer' && other !== undefined) {
        const says = `${Named(seen, message)} offers an early session while one is open.`;
        breaks(found, says, other.offer, message);
      } else holds(found, message);
    }
  }
}

function notInSuccess(seen: Observation, found: Findings): void {
  for (const message of earlyMessages(seen)) {
    if (isInSuccessOrAck(message)) {
      breaks(found, `${Named(seen, message)} has an early-session body.`, message);
    } else holds(found, message);
  }
}

function earlyMessages(seen: Observation): SeenMessage[] {
  return seen.messages.filter(
    ({ packet, from }) =>
      packet.bodies.some(({ disposition }) => disposition === 'early-session') &&
      !isProxy(seen, from),
  );
}

function notInInvite(seen: Observation, found: Findings): void {
  for (const message of earlyMessages(seen)) {
    const { packet } = message;
    if (packet.kind === 'request' && packet.method === 'INVITE') {
      breaks(found, `${Named(seen, message)} offers an early session.`, message);
    }
  }
  for (const { exchanges } of early(seen)) {
    for (const { by, carrier, offer } of exchanges) {
      if (by === 'self' && carrier !== 'INVITE') holds(found, offer);
    }
  }
}

function sentOf({ bodies }: Negotiation): BodySeen[] {
  return bodies.filter(({ event }) => event.way === 'sent');
}

/** The session's negotiation of the same end, or null. */
function sessionOf(seen: Observation, dialog: SeenDialog): Negotiation | null {
  return sessionNegotiations(seen).find((one) => one.dialog === dialog) ?? null;
}

function placesOfTheirOwn(seen: Observation, found: Findings): void {
  for (const negotiation of early(seen)) {
    const session = sessionOf(seen, negotiation.dialog);
    if (session === null) continue;
    const regular = sentOf(session).map(({ description }) => description);
    if (regular.length === 0) continue;
    for (const { event, description } of sentOf(negotiation)) {
      const shared = sharedPlace(description, regular);
      if (shared === null) holds(found, event.message);
      else {
        const says =
          `${Named(seen, event.message)} has early ` + `media at ${shared}, where the session is.`;
        breaks(found, says, event.message);
      }
    }
  }
}

function sharedPlace(
  description: SessionDescription,
  regular: readonly SessionDescription[],
): string | null {
  for (const line of description.media) {
    const place = placeIn(line, description);
    const shared = regular.some((other) =>
      other.media.some((one) => receivesAt(one, other, place)),
    );
    if (place !== null && shared) return `${place.address}:${place.port}`;
  }
  return null;
}

function refusedByPorts(seen: Observation, found: Findings): void {
  for (const { exchanges } of early(seen)) {
    for (const { by, answer, offered } of exchanges) {
      if (by !== 'self' || answer === null || answer.description.media.some(isOn)) continue;
      const played = seen.streams.find(({ changes }) =>
        changes.some(({ packet, at }) => {
          if (at < answer.event.at || packet.sources.length === 0) return false;
          return offered.media.some((line) => receivesAt(line, offered, packet.from));
        }),
      );
      if (played === undefined) holds(found, answer.event);
      else {
        const says =
          `${Who(seen, played.from)} plays although ` +
          `${named(seen, answer.event.message)} refused.`;
        breaks(found, says, answer.event, played.changes[0] ?? null);
      }
    }
  }
}

/** What this end said it would receive in its early session; null before anything was agreed. */
function ownPart({ exchanges }: Negotiation): Exchange | null {
  return exchanges.findLast(({ answer }) => answer !== null) ?? null;
}

function ownDescription({ by, offered, answer }: Exchange): SessionDescription {
  return by === 'self' || answer === null ? offered : answer.description;
}

function endsWithDialog(seen: Observation, found: Findings): void {
  for (const negotiation of early(seen)) {
    const { node } = negotiation.dialog;
    const agreed = ownPart(negotiation);
    const final = finalOf(negotiation.dialog);
    const hearings = hearingsOf(seen, node, 'audio');
    if (agreed === null || final === null || hearings.length === 0) continue;
    const own = ownDescription(agreed);
    const at = decidedAt(final) === final.record ? final.at : final.message.sent.at;
    const late = hearings.find((one) => one.at >= at && heardFromEarly(seen, node, own, one.at));
    if (late === undefined && !heardFromEarly(seen, node, own, at)) holds(found, final);
    else {
      const says =
        `${Who(seen, node)} still plays its early session at ` +
        `${ms(late?.at ?? at)}, after ${named(seen, final.message)}.`;
      breaks(found, says, final, late ?? null);
    }
  }
}

/** Whether what is heard at that instant comes to early ports alone. */
function heardFromEarly(
  seen: Observation,
  node: SeenDialog['node'],
  own: SessionDescription,
  at: number,
): boolean {
  const heard = heardAt(hearingsOf(seen, node, 'audio'), at)?.sources ?? [];
  const streams = arriving(seen, node, 'audio', at);
  return heard.some(({ source }) => {
    const carrying = streams.filter(({ packet }) =>
      packet.sources.some((each) => each.source === source),
    );
    return (
      carrying.length > 0 &&
      carrying.every(({ packet }) => own.media.some((line) => receivesAt(line, own, packet.to)))
    );
  });
}

/** RFC 3959 §4 advises one set of codecs; an answer can only take what the offer has of it. */
function sameCodecs(seen: Observation, found: Findings): void {
  for (const negotiation of early(seen)) {
    const session = sessionOf(seen, negotiation.dialog);
    if (session === null) continue;
    const regular = new Set<string>();
    for (const { description } of session.bodies) addCodecs(regular, description);
    for (const { event, description, role } of sentOf(negotiation)) {
      if (regular.size === 0 || (role !== 'offer' && role !== 'answer')) continue;
      const codecs = new Set<string>();
      addCodecs(codecs, description);
      if (codecs.size === 0) continue;
      if ([...codecs].some((codec) => regular.has(codec))) holds(found, event.message);
      else {
        breaks(found, `${Named(seen, event.message)} has no codec of the session.`, event.message);
      }
    }
  }
}

function addCodecs(into: Set<string>, { media }: SessionDescription): void {
  for (const line of media) {
    if (!isOn(line)) continue;
    for (const format of line.formats) {
      const encoding = encodingOf(line, format);
      if (encoding !== null) into.add(`${line.media} ${encoding.name.toUpperCase()}`);
    }
  }
}

/** Who requires an extension understands it as well. */
function knowsEarlySessions(packet: SipMessage): boolean {
  return ['Supported', 'Require'].some((name) =>
    headerTokens(packet, name).includes('early-session'),
  );
}

function listedByPeer(seen: Observation, found: Findings): void {
  for (const { dialog, exchanges, bodies } of early(seen)) {
    for (const { by, offer } of exchanges) {
      if (by !== 'self' || isInSuccessOrAck(offer.message)) continue;
      const listed = dialog.events.find(
        ({ way, record, message }) =>
          way === 'received' && record <= decidedAt(offer) && knowsEarlySessions(message.packet),
      );
      if (listed === undefined) {
        const says =
          `${Named(seen, offer.message)} offers an ` + `early session to an end that lists none.`;
        breaks(found, says, offer);
      } else holds(found, listed, offer);
    }
    for (const { event } of bodies) {
      const { packet } = event.message;
      if (event.way !== 'sent' || packet.kind !== 'response') continue;
      if (packet.cseq.method !== 'INVITE' || isInSuccessOrAck(event.message)) continue;
      if (headerTokens(packet, 'Require').includes('early-session')) continue;
      breaks(found, `${Named(seen, event.message)} does not require early-session.`, event.message);
    }
  }
}

function notAuthorised(seen: Observation, found: Findings): void {
  for (const negotiation of early(seen)) {
    const { node, events, caller } = negotiation.dialog;
    const agreed = ownPart(negotiation);
    const hearings = hearingsOf(seen, node, 'audio');
    if (!caller || agreed === null || hearings.length === 0) continue;
    const forbidding = events.find(({ way, message }) => {
      const [first] = headerTokens(message.packet, 'P-Early-Media');
      return way === 'received' && (first === 'inactive' || first === 'recvonly');
    });
    if (forbidding === undefined) continue;
    const own = ownDescription(agreed);
    for (const { to, changes, medium } of seen.streams) {
      if (to !== node || medium !== 'audio') continue;
      const [first] = changes;
      if (first === undefined || first.received === null) continue;
      if (first.received.at < forbidding.at) continue;
      if (!own.media.some((line) => receivesAt(line, own, first.packet.to))) continue;
      const at = first.received.at + seen.timers.T1;
      const heard = heardAt(hearings, at)?.sources ?? [];
      const plays = first.packet.sources.every(({ source }) =>
        heard.some((one) => one.source === source),
      );
      if (plays) holds(found, forbidding, first);
      else breaks(found, `${Who(seen, node)} keeps its early session back.`, forbidding, first);
    }
  }
}

function initialOfferInPrack(seen: Observation, found: Findings): void {
  for (const { exchanges } of early(seen)) {
    const [first] = exchanges;
    if (first === undefined || first.by !== 'self') continue;
    if (first.carrier === 'PRACK') {
      const says = `${Named(seen, first.offer.message)} is off the patterns of RFC 6337.`;
      breaksAt(found, 'info', remark('I-ES-OFFER-IN-PRACK', says), first.offer);
    } else holds(found, first.offer);
  }
}
