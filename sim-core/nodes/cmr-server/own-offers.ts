import { clause } from '../../base/clause-id.ts';
import { micros } from '../../base/micros.ts';
import type { Outbox, TimerKey } from '../../kernel/node.ts';
import { withStatusAnew } from '../../sdp/preconditions.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import type { BodyPart, Header, SipRequest, SipResponse } from '../../sip/message.ts';
import { isBeingInvited } from '../../sip/refusing.ts';
import { awaitRetry, forgetRetry } from '../../sip/retrying.ts';
import { sendInDialog } from '../../sip/sending.ts';
import {
  legs,
  otherLeg,
  type CmrCall,
  type CmrServerState,
  type Leg,
  type OwnOffer,
} from './call.ts';
import {
  capabilitiesTowards,
  contactOf,
  dialogOn,
  inHistoryOf,
  prackIsOpen,
  waitsForPrack,
  withStatusOfOther,
} from './legs.ts';
import { offerForClientA } from './offer-for-client-a.ts';

/**
 * The offers this server makes by itself: one at a time on each leg. They wait for a PRACK, and
 * for this server's answer to what the party asked before; they are made again where the refusal
 * was one of the moment (GAP-26 b).
 */

/** What is to be offered, and what becomes of the leg's media when it is accepted. */
export type Wish = Pick<OwnOffer, 'method' | 'offer' | 'place' | 'relayed'> & {
  /** A refusal of the moment is told at once; otherwise SW-RETRY-MAX has it. */
  readonly once?: boolean;
};

export function makeOffer(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  { method, offer, place, relayed, once = false }: Wish,
  out: Outbox,
): void {
  const repeatsMost = once || relayed ? 0 : Number(server.config.switches['SW-RETRY-MAX']);
  const own: OwnOffer = { method, offer, place, relayed, state: 'waits', branch: '', repeatsMost };
  if (call.offers[leg] !== null) {
    call.offersBehind[leg].push(own);
    const why = `${method} waits until ${leg} has answered the one before`;
    out.note({ kind: 'ignored', why, clause: clause('R-OA-01') });
    return;
  }
  call.offers[leg] = own;
  const patient = !server.config.defects.includes('updates-before-prack');
  if (patient && isUnacknowledged(server, call, leg)) {
    const why = `${method} waits for PRACK`;
    out.note({ kind: 'ignored', why, clause: clause('GAP-06') });
    if (relayed && call.asked[otherLeg(leg)]?.method === 'UPDATE') {
      const { T1 } = server.agent.timers;
      out.startTimer(`${patience}${leg} ${call.id}`, micros(Math.floor(T1 / 2)));
    }
  } else if (call.asked[leg] !== null) {
    const why = `${method} waits until ${leg} has its answer`;
    out.note({ kind: 'ignored', why, clause: clause('R-UPD-04') });
  } else if (waitsForAck(server, call, leg, own)) {
    const why = `${method} waits until ${leg} has acknowledged a refusal`;
    out.note({ kind: 'ignored', why, clause: clause('R-REI-01') });
  } else {
    ask(server, call, leg, own, out);
  }
}

/** How long what was asked in an UPDATE waits to be passed on: it is answered soon (R-UPD-08). */
const patience = 'offer waits ';

/** The call and the leg on which an offer has waited too long to be passed on, or null. */
export function offerThatWaits(
  { calls }: CmrServerState,
  timer: TimerKey,
): { readonly call: CmrCall; readonly leg: Leg } | null {
  if (!timer.startsWith(patience)) return null;
  for (const call of calls) {
    const leg = legs.find((one) => timer === `${patience}${one} ${call.id}`);
    if (leg !== undefined) return { call, leg };
  }
  return null;
}

/**
 * R-UPD-03, R-UPD-12: a PRACK that Client-A owes, or one that Client-B has not answered; or its
 * first answer is not there yet (R-UPD-02).
 */
function isUnacknowledged(server: CmrServerState, call: CmrCall, leg: Leg): boolean {
  if (leg === 'Client-A') return waitsForPrack(server, call);
  const dialog = dialogOn(server, call, leg);
  const open = dialog?.state === 'early' && dialog.offerAnswer.session.state !== 'agreed';
  return open || prackIsOpen(server, call);
}

/** A re-INVITE of this server follows one of the party that it has refused. */
function waitsForAck(server: CmrServerState, call: CmrCall, leg: Leg, own: OwnOffer): boolean {
  const dialog = own.method === 'INVITE' ? dialogOn(server, call, leg) : null;
  return dialog !== null && isBeingInvited(server.agent, dialog);
}

/** Nothing is in the way any more: what had to wait goes now. */
export function makeWaitingOffers(server: CmrServerState, call: CmrCall, out: Outbox): void {
  if (call.over) return;
  for (const leg of legs) {
    call.offers[leg] ??= call.offersBehind[leg].shift() ?? null;
    const own = call.offers[leg];
    if (own === null || own.state !== 'waits' || call.asked[leg] !== null) continue;
    if (isUnacknowledged(server, call, leg)) continue;
    if (waitsForAck(server, call, leg, own)) continue;
    ask(server, call, leg, own, out);
  }
}

function ask(server: CmrServerState, call: CmrCall, leg: Leg, own: OwnOffer, out: Outbox): void {
  const dialog = dialogOn(server, call, leg);
  if (dialog === null || dialog.state === 'terminated') return;
  own.state = 'asked';
  if (own.relayed) out.stopTimer(`${patience}${leg} ${call.id}`);
  const offerOn = (towards: Leg, offer: SessionDescription) =>
    towards === 'Client-A'
      ? offerForClientA(server, call, offer)
      : inHistoryOf(server, call, towards, offer);
  const before = dialog.offerAnswer.session.lastSent;
  const bodies: BodyPart[] = [];
  if (own.offer !== null) {
    const said = withStatusOfOther(server, call, leg, own.offer);
    bodies.push(bodyPart('session', offerOn(leg, withStatusAnew(before, said))));
  }
  const demands = server.config.defects.includes('requires-extension-in-update');
  const more: readonly Header[] =
    demands && own.method === 'UPDATE' ? [['Require', 'cmr-continue']] : [];
  const headers = [...capabilitiesTowards(server, leg), ...more];
  const saying = { headers, bodies, contact: contactOf(server.config) };
  own.branch = sendInDialog(server.agent, dialog, own.method, saying, out);
}

/** The offer was accepted: the leg's media go where it said. */
export function settleOffer(server: CmrServerState, call: CmrCall, leg: Leg, own: OwnOffer): void {
  call.offers[leg] = null;
  const agreed = dialogOn(server, call, leg)?.offerAnswer.session.local ?? null;
  settlePlace(call, leg, own.place, agreed);
}

function settlePlace(
  call: CmrCall,
  leg: Leg,
  place: OwnOffer['place'],
  able: SessionDescription | null,
): void {
  if (place === 'conference' && able !== null) call.places[leg] = { kind: 'conference', able };
  else call.places[leg] = { kind: place === 'ring' ? 'ring' : 'other party' };
}

/** A leg whose media the Resource Server has already, if only for the ring, keeps them there. */
export function stayAtResourceServer(server: CmrServerState, call: CmrCall, leg: Leg): void {
  if (call.places[leg].kind === 'conference') return;
  const agreed = dialogOn(server, call, leg)?.offerAnswer.session.local ?? null;
  settlePlace(call, leg, 'conference', agreed);
}

/** Whether a refused offer is made again by itself, when its back-off has passed (R-REI-04). */
export function repeatsOffer(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  refused: SipRequest,
  response: SipResponse,
  out: Outbox,
): boolean {
  const own = call.offers[leg];
  const dialog = dialogOn(server, call, leg);
  if (own === null || own.repeatsMost === 0 || dialog === null) return false;
  if (!awaitRetry(server.agent, dialog, refused, response, out, own.repeatsMost)) return false;
  own.state = 'waits to be repeated';
  return true;
}

/** The back-off has passed: the offer is made again, if nothing else is in its way. */
export function repeatOffer(server: CmrServerState, call: CmrCall, leg: Leg, out: Outbox): void {
  const own = call.offers[leg];
  if (own?.state !== 'waits to be repeated') return;
  own.state = 'waits';
  makeWaitingOffers(server, call, out);
}

/** The call is over: what waits is of no use any more. */
export function forgetOffers(server: CmrServerState, call: CmrCall, out: Outbox): void {
  for (const leg of legs) {
    const own = call.offers[leg];
    const dialog = dialogOn(server, call, leg);
    if (own?.state === 'waits to be repeated' && dialog !== null) {
      forgetRetry(server.agent, dialog, own.method, out);
    }
    if (own?.relayed === true) out.stopTimer(`${patience}${leg} ${call.id}`);
    call.offers[leg] = null;
    call.offersBehind[leg] = [];
  }
}
