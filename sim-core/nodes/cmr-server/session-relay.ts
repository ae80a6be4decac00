import type { Outbox, TimerKey } from '../../kernel/node.ts';
import { answerTo } from '../../sdp/answer.ts';
import { sameSession } from '../../sdp/history.ts';
import { isOn } from '../../sdp/media-lines.ts';
import { hasPreconditions, withStatusAnswering, withStatusOf } from '../../sdp/preconditions.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { dialogOfRequest } from '../../sip/dialog.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import { bodyOf, type SipRequest } from '../../sip/message.ts';
import { respond, respondToInvite } from '../../sip/sending.ts';
import { legs, otherLeg, type Asked, type CmrCall, type CmrServerState, type Leg } from './call.ts';
import { remix } from './conference-media.ts';
import { acknowledgeLate } from './late-ack.ts';
import { asAnswerTo, capabilitiesTowards, contactOf, dialogOn, inHistoryOf } from './legs.ts';
import { makeOffer, makeWaitingOffers, offerThatWaits } from './own-offers.ts';
import { refuseOffer } from './refusing-offers.ts';
import { forward } from './relay.ts';
import { renegotiateRing } from './resource-control.ts';

/**
 * A re-INVITE or UPDATE of one party in its dialog. Where its media go to the CMR Resource Server
 * it is answered for that server; while Client-A has not been answered, for the other party; and
 * otherwise it is passed on, and the other party answers.
 */
export function hearSessionRequest(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  request: SipRequest,
  branch: string,
  out: Outbox,
): void {
  if (request.method !== 'INVITE' && request.method !== 'UPDATE') return;
  const { method } = request;
  const offer = bodyOf(request, 'session');
  if (call.over) {
    refuseOffer(server, { method, branch }, 487, out);
    return;
  }
  if (offer === null && method === 'UPDATE') {
    accept(server, leg, { method, branch }, null, out); // it refreshes its own leg alone (GAP-39)
    return;
  }
  answerSomehow(server, call, leg, { method, branch, offer }, out);
}

/** A PRACK may carry another offer (R-PRK-17); its 200 has the answer. */
export function hearOfferInPrack(
  server: CmrServerState,
  call: CmrCall,
  offer: SessionDescription,
  branch: string,
  out: Outbox,
): void {
  answerSomehow(server, call, 'Client-A', { method: 'PRACK', branch, offer }, out);
}

function answerSomehow(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  asked: Asked,
  out: Outbox,
): void {
  if (call.asked[leg] !== null) {
    // Another dialog of a fork asks as well, while the first one waits for its answer.
    refuseOffer(server, asked, 491, out);
    return;
  }
  call.asked[leg] = asked;
  const place = call.places[leg];
  if (isRinging(call) && asked.offer !== null && tellsStatusOnly(server, call, leg, asked.offer)) {
    passOn(server, call, leg, asked, out); // GAP-29
  } else if (leg === 'Client-A' && asked.offer !== null && isRinging(call)) {
    renegotiateRing(server, call, asked.offer, out); // GAP-43
  } else if (place.kind === 'conference') {
    answerAt(server, call, leg, place.able, out);
  } else if (areTogether(server, call)) {
    passOn(server, call, leg, asked, out);
  } else {
    answerForOtherParty(server, call, leg, out);
  }
}

/** Whether the ring plays to Client-A's regular address, and nothing has moved it since. */
function isRinging(call: CmrCall): boolean {
  return (
    call.places['Client-A'].kind === 'ring' &&
    (call.rings['Client-A']?.description ?? null) !== null
  );
}

/** Whether what is new in an offer is how far its sender's network is, and no medium moves. */
function tellsStatusOnly(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  offer: SessionDescription,
): boolean {
  const [a, b] = legs.map((one) => dialogOn(server, call, one));
  if (a?.state !== 'early' || b?.state !== 'early' || !hasPreconditions(offer)) return false;
  const before = dialogOn(server, call, leg)?.offerAnswer.session.remote ?? null;
  return before !== null && sameSession(before, withStatusOf(offer, before));
}

/** Both legs have come equally far, and know of each other's media. */
function areTogether(server: CmrServerState, call: CmrCall): boolean {
  const [a, b] = [dialogOn(server, call, 'Client-A'), dialogOn(server, call, 'Client-B')];
  if (a === null || a.state !== b?.state || call.places['Client-A'].kind !== 'other party') {
    return false;
  }
  // Client-A may not be offered anything while its own first offer is open (R-UPD-03).
  return a.offerAnswer.session.local !== null && b.offerAnswer.session.local !== null;
}

/** The Resource Server's answer to what Client-A offered while the ring plays (GAP-43). */
export function answerForRing(
  server: CmrServerState,
  call: CmrCall,
  answer: SessionDescription,
  out: Outbox,
): void {
  const asked = call.asked['Client-A'];
  if (asked === null) return;
  settle(server, call, 'Client-A', asked, answer, out);
}

export function refuseForRing(server: CmrServerState, call: CmrCall, out: Outbox): void {
  refuseAsked(server, call, 'Client-A', 488, out);
}

/** As far as the conference can: its ports, in the directions it had offered there. */
function answerAt(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  able: SessionDescription,
  out: Outbox,
): void {
  const asked = call.asked[leg];
  if (asked === null) return;
  const { offer } = asked;
  const answer = offer === null ? able : answerTo(offer, able, { origin: able.origin });
  if (!answer.media.some(isOn)) {
    refuseAsked(server, call, leg, 488, out);
    return;
  }
  settle(server, call, leg, asked, answer, out);
  if (offer !== null) remix(server, call, out); // otherwise when the ACK has the answer
}

/** What this leg was told of the other party holds on until both are brought together. */
function answerForOtherParty(server: CmrServerState, call: CmrCall, leg: Leg, out: Outbox): void {
  const asked = call.asked[leg];
  const able = dialogOn(server, call, leg)?.offerAnswer.session.local ?? null;
  if (asked === null || able === null) {
    refuseAsked(server, call, leg, 488, out);
    return;
  }
  const { offer } = asked;
  const answer =
    offer === null
      ? able
      : withStatusAnswering(answerTo(offer, able, { origin: able.origin }), offer);
  settle(server, call, leg, asked, answer, out);
}

/** Both parties are in the call, and their media go from one to the other. */
function passOn(server: CmrServerState, call: CmrCall, leg: Leg, asked: Asked, out: Outbox): void {
  const towards = otherLeg(leg);
  const dialog = dialogOn(server, call, towards);
  const busy = call.offers[towards] !== null || call.asked[towards] !== null;
  if (dialog === null || dialog.state === 'terminated' || busy) {
    refuseAsked(server, call, leg, 491, out);
    return;
  }
  const ring = ringFor(server, call, towards);
  const { offer } = asked;
  const updates = asked.method !== 'INVITE' && dialog.peerAllows.includes('update');
  if (dialog.state === 'early' && !updates) {
    refuseAsked(server, call, leg, 488, out);
    return;
  }
  const method = updates ? 'UPDATE' : 'INVITE';
  const wish =
    ring !== null && offer !== null
      ? { offer: withStatusOf(ring, offer), place: 'ring' as const }
      : { offer, place: 'other party' as const };
  makeOffer(server, call, towards, { ...wish, method, relayed: true }, out);
}

/** Where the ring's media are what Client-A knows, it is told no others: their description. */
function ringFor(server: CmrServerState, call: CmrCall, leg: Leg): SessionDescription | null {
  if (leg !== 'Client-A' || !isRinging(call)) return null;
  return dialogOn(server, call, leg)?.offerAnswer.session.local ?? null;
}

/**
 * The other leg has accepted what was passed on. Where the ring's description is what one of them
 * knows, the answer is to another offer than the other one made, and is fitted to it (R-OA-09).
 */
export function answerRelayed(
  server: CmrServerState,
  call: CmrCall,
  from: Leg,
  answer: SessionDescription,
  out: Outbox,
): void {
  const leg = otherLeg(from);
  const asked = call.asked[leg];
  if (asked === null) return;
  const ring = ringFor(server, call, leg);
  const { offer } = asked;
  const able = ring === null ? answer : withStatusOf(ring, answer);
  const fits = offer === null || (ring === null && call.places[from].kind !== 'ring');
  settle(server, call, leg, asked, fits ? able : answerTo(offer, able, able), out);
}

/** The other leg has offered in its 2xx: that offer goes on, and its ACK waits for the answer. */
export function offerRelayed(
  server: CmrServerState,
  call: CmrCall,
  from: Leg,
  sequence: number,
  offer: SessionDescription,
  out: Outbox,
): void {
  call.lateAck = { leg: from, sequence, offer };
  answerRelayed(server, call, from, offer, out);
}

/** The ACK of a re-INVITE that left the offer to this server has the answer to it. */
export function hearAnswerInAck(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  answer: SessionDescription,
  out: Outbox,
): void {
  if (call.over) return;
  const { lateAck } = call;
  if (call.places[leg].kind === 'conference') {
    remix(server, call, out);
  } else if (lateAck !== null && lateAck.leg !== leg) {
    const { offer } = lateAck;
    const fitting = inHistoryOf(server, call, lateAck.leg, asAnswerTo(offer, answer));
    acknowledgeLate(server, call, [bodyPart('session', fitting)], out);
  }
}

export function refuseRelayed(
  server: CmrServerState,
  call: CmrCall,
  from: Leg,
  status: number,
  out: Outbox,
): void {
  refuseAsked(server, call, otherLeg(from), status < 300 ? 488 : status, out);
}

/** What could not be passed on soon enough may be asked again: 491, as where the leg is busy. */
export function losePatience(server: CmrServerState, timer: TimerKey, out: Outbox): boolean {
  const found = offerThatWaits(server, timer);
  if (found === null) return false;
  const { call, leg } = found;
  call.offers[leg] = null;
  refuseRelayed(server, call, leg, 491, out);
  return true;
}

function settle(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  asked: Asked,
  answer: SessionDescription,
  out: Outbox,
): void {
  const { offer } = asked;
  const fitting = offer === null ? answer : asAnswerTo(offer, answer);
  // Behind a fork another dialog may ask than the one this leg goes by.
  const { branch, method } = asked;
  const asking = server.agent.transactions.find(
    (one) => one.branch === branch && one.request.method === method,
  );
  const dialog =
    asking === undefined ? null : dialogOfRequest(server.agent.dialogs, asking.request);
  const whole = inHistoryOf(server, call, leg, fitting, 'session', dialog);
  // Lines that only a refused offer of this server had are none of this answer's (R-OA-06).
  const said = offer === null ? whole : asAnswerTo(offer, whole);
  accept(server, leg, asked, said, out);
  if (leg === 'Client-A' && offer !== null) call.lastOfferOfClientA = offer; // GAP-38
  call.asked[leg] = null;
  sendWhatWaited(server, call, out);
}

/** What had to wait for a PRACK or for this answer goes now (GAP-06, R-PRK-12). */
export function sendWhatWaited(server: CmrServerState, call: CmrCall, out: Outbox): void {
  makeWaitingOffers(server, call, out);
  if (call.over || call.asked['Client-A'] !== null) return;
  for (const onward of call.responsesWait.splice(0)) forward(server, call, onward, out);
}

function accept(
  server: CmrServerState,
  leg: Leg,
  { method, branch }: Omit<Asked, 'offer'>,
  answer: SessionDescription | null,
  out: Outbox,
): void {
  const bodies = answer === null ? [] : [bodyPart('session', answer)];
  const headers = capabilitiesTowards(server, leg);
  const saying = { headers, bodies, contact: contactOf(server.config) };
  if (method === 'INVITE') respondToInvite(server.agent, branch, 200, saying, false, out);
  else respond(server.agent, branch, method, 200, saying, out);
}

function refuseAsked(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  status: number,
  out: Outbox,
): void {
  const asked = call.asked[leg];
  call.asked[leg] = null;
  if (asked === null) return;
  refuseOffer(server, asked, status, out);
  sendWhatWaited(server, call, out);
}
