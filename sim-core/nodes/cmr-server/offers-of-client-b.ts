import type { Outbox } from '../../kernel/node.ts';
import { makeSession } from '../../sdp/make-description.ts';
import { refused } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { Dialog } from '../../sip/dialog.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import { bodyOf, type BodyPart, type SipResponse } from '../../sip/message.ts';
import { sendPrack } from '../../sip/sending.ts';
import type { CmrCall, CmrServerState } from './call.ts';
import { bodyIn, dialogOn } from './legs.ts';

/**
 * An INVITE without SDP (GAP-35): Client-B makes the first offer, in a reliable provisional
 * response or in its 200. Client-A's answer goes back to it in the PRACK or in the ACK, and these
 * have to wait for it (R-2XX-05, GAP-44).
 */

/** Whether Client-B's first offer waits for its answer. */
export function clientBWaitsForAnswer(server: CmrServerState, call: CmrCall): boolean {
  const exchange = dialogOn(server, call, 'Client-B')?.offerAnswer.session;
  return exchange?.state === 'offer received' && exchange.local === null;
}

/** What Client-B's PRACK or ACK has to carry; null while Client-A has not answered. */
export function answerDueToClientB(server: CmrServerState, call: CmrCall): BodyPart[] | null {
  if (!clientBWaitsForAnswer(server, call)) return [];
  const ofA = dialogOn(server, call, 'Client-A')?.offerAnswer.session;
  if (ofA?.state !== 'agreed' || ofA.remote === null) return null;
  return [bodyIn(server, call, 'Client-B', bodyPart('session', ofA.remote))];
}

/** The answer to an offer that will find nobody any more: every line is refused. */
export function refusalDueToClientB(server: CmrServerState, call: CmrCall): BodyPart[] {
  const offer = dialogOn(server, call, 'Client-B')?.offerAnswer.session.pending ?? null;
  if (offer === null || !clientBWaitsForAnswer(server, call)) return [];
  return [refusing(server, call, offer)];
}

function refusing(server: CmrServerState, call: CmrCall, offer: SessionDescription): BodyPart {
  const { origin, sessionName, lines, media } = offer;
  const none = makeSession(origin, sessionName, lines, media.map(refused));
  return bodyIn(server, call, 'Client-B', bodyPart('session', none));
}

/**
 * Sends the PRACK for Client-B's last reliable response, unless something has still to come. When
 * the call is over nothing comes any more, and the PRACK is due all the same (R-PRK-08).
 */
export function sendPrackToClientB(server: CmrServerState, call: CmrCall, out: Outbox): void {
  const { response, due, held, says } = call.prack;
  const dialog = server.agent.dialogs[call.prack.dialog] ?? null;
  if (dialog === null || response === null || !due) return;
  // A refusal has ended the dialog and taken its offer back: nobody answers that any more.
  if (call.over || dialog.state === 'terminated') {
    call.prack.due = false;
    refuseInPrack(server, call, dialog, response, out);
    return;
  }
  const answer = answerDueToClientB(server, call);
  if (held || answer === null) return;
  call.prack.due = false;
  const bodies = [...answer, ...says.bodies];
  sendPrack(server.agent, dialog, response, bodies, out, says.headers);
}

/**
 * Acknowledges a reliable response of which nothing is wanted. One that made the first offer of
 * its dialog is owed an answer even after a refusal of the INVITE has withdrawn it (R-PRK-17).
 */
export function refuseInPrack(
  server: CmrServerState,
  call: CmrCall,
  dialog: Dialog,
  response: SipResponse,
  out: Outbox,
): void {
  const offer = dialog.offerAnswer.session.local === null ? bodyOf(response, 'session') : null;
  const bodies = offer === null ? [] : [refusing(server, call, offer)];
  sendPrack(server.agent, dialog, response, bodies, out);
}
