import { clause } from '../../base/clause-id.ts';
import type { Outbox } from '../../kernel/node.ts';
import { nextVersion } from '../../sdp/history.ts';
import { asksToConfirm, hasPreconditions } from '../../sdp/preconditions.ts';
import type { SipIndication } from '../../sip/agent.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import { bodyOf, headerTokens, type SipRequest } from '../../sip/message.ts';
import { awaitRetry, awaitsRetry } from '../../sip/retrying.ts';
import { respondToInvite, sendInDialog } from '../../sip/sending.ts';
import { findDialog, firstDescription } from './answering.ts';
import {
  capabilityHeaders,
  contactOf,
  dialogOfCall,
  endCall,
  type CmrClientState,
} from './client-state.ts';
import { hasOpenPrack } from './renegotiating.ts';
import { reservationTimer, reserving } from './reservation.ts';
import { noteReserved, preconditionsMet } from './reserving.ts';
import { beginRinging } from './ringing.ts';

/**
 * How a terminal comes to ring that needs its access network reserved first (RFC 3312, RFC 4032):
 * 183 and PRACK, each end reserves, the caller tells by UPDATE, and only then the called terminal
 * rings (R-PRE-01).
 */

/**
 * An INVITE whose offer has preconditions: the terminal answers in a reliable 183 and does not
 * ring yet. Says whether that is so.
 */
export function waitsToRing(client: CmrClientState, invite: SipRequest, out: Outbox): boolean {
  const { reservation, agent, inviteBranch } = client;
  const offer = bodyOf(invite, 'session');
  if (reservation === null || offer === null || !hasPreconditions(offer)) return false;
  if (!headerTokens(invite, 'Supported').includes('100rel')) return false;
  reservation.ringWaits = true;
  noteReserved(client, offer);
  const bodies = firstDescription(client, invite);
  client.said.push('session');
  const saying = { headers: capabilityHeaders(client), bodies, contact: contactOf(client) };
  respondToInvite(agent, inviteBranch, 183, saying, true, out);
  findDialog(client);
  begin(client, out);
  return true;
}

/** The network has reserved what this terminal asked for, or cannot (R-PRE-06). */
export function reserved(client: CmrClientState, out: Outbox): void {
  const { reservation, config, agent, inviteBranch } = client;
  if (reservation === null || config.reservation === null || client.phase === 'over') return;
  if (config.reservation.fails && !client.isCaller) {
    endCall(client, out);
    const refusal = { headers: [], bodies: [], contact: null };
    respondToInvite(agent, inviteBranch, 580, refusal, false, out);
    return;
  }
  if (config.reservation.fails) return;
  reservation.own = 'sendrecv';
  client.able = reserving(client.able, config.reservation, reservation);
  followReservation(client, out);
}

/** After anything was heard: reserve, tell the other end, or ring, as far as things have come. */
export function followReservation(client: CmrClientState, out: Outbox): void {
  const { reservation } = client;
  const exchange = dialogOfCall(client)?.offerAnswer.session;
  if (reservation === null || exchange?.state !== 'agreed' || exchange.remote === null) return;
  if (client.phase === 'over' || client.phase === 'in call') return;
  noteReserved(client, exchange.remote);
  if (!hasPreconditions(exchange.remote)) return;
  begin(client, out);
  if (reservation.ringWaits && preconditionsMet(client)) {
    reservation.ringWaits = false;
    beginRinging(client, out);
  }
  const owes = client.isCaller || asksToConfirm(exchange.remote);
  if (!owes || reservation.own === reservation.told) return;
  const dialog = dialogOfCall(client);
  const waits = dialog === null || awaitsRetry(client.agent, dialog, 'UPDATE');
  if (!waits && !hasOpenPrack(client)) tell(client, out);
}

/** Two ends that tell each other at once refuse each other: both try again in their time. */
export function hearOfTelling(client: CmrClientState, heard: SipIndication, out: Outbox): void {
  const { reservation, agent, phase } = client;
  if (reservation === null || phase === 'in call' || phase === 'over') return;
  if (heard.kind !== 'response' || heard.to.method !== 'UPDATE' || heard.dialog === null) return;
  if (heard.response.status < 300) return;
  if (awaitRetry(agent, heard.dialog, heard.to, heard.response, out, tellingMost)) {
    reservation.told = 'none';
  }
}

const tellingMost = 3;

function begin(client: CmrClientState, out: Outbox): void {
  const { reservation, config } = client;
  if (reservation === null || config.reservation === null || reservation.begun) return;
  reservation.begun = true;
  const { least, most } = config.reservation.after;
  out.startTimer(reservationTimer, least, most);
}

/** R-PRE-05: a new offer says what has been reached. */
function tell(client: CmrClientState, out: Outbox): void {
  const { agent, reservation, config } = client;
  const dialog = dialogOfCall(client);
  const last = dialog?.offerAnswer.session.lastSent ?? null;
  if (dialog === null || last === null || reservation === null) return;
  if (!dialog.peerAllows.includes('update')) {
    const why = 'the other end takes no UPDATE';
    out.note({ kind: 'ignored', why, clause: clause('R-UPD-01') });
    return;
  }
  reservation.told = reservation.own;
  const offer = nextVersion(last, reserving(last, config.reservation, reservation));
  const bodies = [bodyPart('session', offer)];
  const headers = capabilityHeaders(client);
  sendInDialog(agent, dialog, 'UPDATE', { headers, bodies, contact: contactOf(client) }, out);
}
