import { clause } from '../../../base/clause-id.ts';
import type { Outbox } from '../../../kernel/node.ts';
import { answerTo } from '../../../sdp/answer.ts';
import { isOn } from '../../../sdp/media-lines.ts';
import {
  hasPreconditions,
  reservedAtSender,
  withPreconditions,
  withStatusAnswering,
} from '../../../sdp/preconditions.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import type { Dialog } from '../../../sip/dialog.ts';
import { bodyPart } from '../../../sip/making-messages.ts';
import type { BodyPart, Disposition, Header } from '../../../sip/message.ts';
import type { OfferAnswer } from '../../../sip/offer-answer.ts';
import { respond, sendInDialog } from '../../../sip/sending.ts';
import {
  nothingMore,
  type CmrCall,
  type CmrServerState,
  type EarlySession,
  type Leg,
} from '../call.ts';
import {
  acceptsMultipart,
  awaitsFirstOffer,
  capabilities,
  contactOf,
  dialogOn,
  inHistoryOf,
  prackIsOpen,
} from '../legs.ts';
import { sendPrackToClientB } from '../offers-of-client-b.ts';
import { refuseOffer } from '../refusing-offers.ts';

/** What a procedure of Application Server Mode may do with early sessions (RFC 3959). */
export interface EarlySessionActions {
  /**
   * Puts the offer beside the description of the kept response, and has it sent reliably. False
   * where that description is the first offer to a Client-A that takes no two bodies.
   */
  offerEarlySessionInKept(offer: SessionDescription): boolean;
  /** The usable answer to the early-session offer on this leg, or null. */
  earlyAnswer(): SessionDescription | null;
  /** R-ES-09: whether the early session has no preconditions, or has them met. */
  earlySessionIsReserved(): boolean;
  /** Keeps the PRACK back that Client-B's response asks for, until `sendPrack`. */
  holdPrack(): void;
  /** Acknowledges Client-B's last reliable response, with this early-session offer if any. */
  sendPrack(offer: SessionDescription | null): void;
  prackIsOpen(): boolean;
  /** Whether an UPDATE with that offer has left: Client-B may take none, or an offer is open. */
  updateClientB(offer: SessionDescription, disposition: Disposition): boolean;
}

export function earlySessions(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  out: Outbox,
): EarlySessionActions {
  const { agent, config } = server;
  const requires = requiringEarlySession(server);
  const partOf = (offer: SessionDescription, disposition: Disposition) =>
    bodyPart(disposition, inHistoryOf(server, call, leg, offer, disposition));
  const offering = (offer: BodyPart): BodyPart[] =>
    config.defects.includes('forgets-early-session-offer') ? [] : [offer];
  return {
    offerEarlySessionInKept(offer: SessionDescription) {
      const { kept } = call;
      if (kept === null) return false;
      const both = acceptsMultipart(server, call);
      if (!both && kept.bodies.length > 0 && awaitsFirstOffer(server, call)) return false;
      // Client-A may not take two bodies; its session answer then waits for the 200 (K-19).
      const others = both ? kept.bodies : [];
      const said = needsReservation(server, call) ? withPreconditions(offer, asOffered) : offer;
      kept.bodies = [...others, ...offering(bodyPart('early-session', said))];
      const twice = config.defects.includes('requires-early-session-twice');
      kept.headers = [...kept.headers, requires, ...(twice ? [requires] : [])];
      kept.reliably = true;
      return true;
    },
    earlyAnswer() {
      const early = earlySessionOn(server, call, leg);
      return typeof early === 'string' ? null : early.answer;
    },
    earlySessionIsReserved() {
      const remote = dialogOn(server, call, leg)?.offerAnswer['early-session'].remote ?? null;
      const reserved = remote === null ? null : reservedAtSender(remote);
      return reserved === null || reserved === 'sendrecv';
    },
    holdPrack() {
      call.prack.held = true;
    },
    sendPrack(offer: SessionDescription | null) {
      call.prack.due = true;
      call.prack.held = false;
      const mute = config.defects.includes('forgets-to-require-early-session');
      call.prack.says =
        offer === null
          ? nothingMore
          : {
              headers: mute ? [] : [requires],
              bodies: offering(partOf(offer, 'early-session')),
            };
      sendPrackToClientB(server, call, out);
    },
    prackIsOpen() {
      return prackIsOpen(server, call);
    },
    updateClientB(offer: SessionDescription, disposition: Disposition) {
      const dialog = dialogOn(server, call, 'Client-B');
      if (dialog === null || isHindered(call, dialog, disposition, out)) return false;
      const early = disposition === 'early-session';
      const headers = early ? [...capabilities, requires] : capabilities;
      const saying = { headers, bodies: [partOf(offer, disposition)], contact: contactOf(config) };
      sendInDialog(agent, dialog, 'UPDATE', saying, out);
      return true;
    },
  };
}

/** Whether something is in the way of an offer to Client-B by UPDATE, which is then noted. */
function isHindered(
  call: CmrCall,
  { peerAllows, offerAnswer }: Dialog,
  disposition: Disposition,
  out: Outbox,
): boolean {
  if (!peerAllows.includes('update')) {
    const why = 'Client-B takes no UPDATE';
    out.note({ kind: 'ignored', why, clause: clause('R-UPD-01') });
    return true;
  }
  if (disposition !== 'session') return false;
  const asks = call.asked['Client-B'] !== null;
  if (!asks && offerAnswer.session.state !== 'offer sent') return false;
  const first = asks ? 'has asked first' : 'has another offer to answer';
  const why = `Client-B ${first}, and rings its own way`;
  out.note({ kind: 'ignored', why, clause: clause('R-UPD-02') });
  return true;
}

/** The Resource Server's network is always there; Client-A's is to be told of (RFC 3312 §7). */
const asOffered = { type: 'segmented', own: 'sendrecv', other: 'none', confirm: true } as const;

function needsReservation({ config }: CmrServerState, call: CmrCall): boolean {
  const offer = call.lastOfferOfClientA;
  return config.earlyPreconditions && offer !== null && hasPreconditions(offer);
}

/** A new early-session offer of Client-A's: the Resource Server's media, and its status now. */
export function answerEarlyOffer(
  server: CmrServerState,
  call: CmrCall,
  offer: SessionDescription,
  branch: string,
  out: Outbox,
): void {
  const exchange = dialogOn(server, call, 'Client-A')?.offerAnswer['early-session'];
  const able = exchange?.local ?? null;
  if (able === null) {
    refuseOffer(server, { method: 'UPDATE', branch }, 488, out);
    return;
  }
  const answer = withStatusAnswering(answerTo(offer, able, { origin: able.origin }), offer);
  const said = inHistoryOf(server, call, 'Client-A', answer, 'early-session');
  const saying = {
    headers: [...capabilities, requiringEarlySession(server)],
    bodies: [bodyPart('early-session', said)],
    contact: contactOf(server.config),
  };
  respond(server.agent, branch, 'UPDATE', 200, saying, out);
}

/** What has become of the early-session offer on that leg. */
export function earlySessionOn(server: CmrServerState, call: CmrCall, leg: Leg): EarlySession {
  const exchange = dialogOn(server, call, leg)?.offerAnswer['early-session'];
  return exchange === undefined ? 'not offered' : becameOf(exchange);
}

function becameOf({ state, lastSent, local, remote }: OfferAnswer): EarlySession {
  if (lastSent === null) return 'not offered';
  if (state !== 'agreed' || local === null || remote === null) return 'refused';
  const fits = local.media.length === remote.media.length; // R-OA-06
  return fits && remote.media.some(isOn) ? { answer: remote } : 'refused'; // R-ES-05
}

/** DEL-AS-SRV-03 and 08, in either spelling (GAP-19). */
export function requiringEarlySession({ config }: CmrServerState): Header {
  const registered = config.switches['SW-ES-SPELLING'] === 'registered';
  return ['Require', registered ? 'early-session' : 'Early-Session'];
}
