import type { Outbox } from '../../kernel/node.ts';
import { makeSession } from '../../sdp/make-description.ts';
import { refused } from '../../sdp/media-lines.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import type { BodyPart } from '../../sip/message.ts';
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
  const { origin, sessionName, lines, media } = offer;
  const none = makeSession(origin, sessionName, lines, media.map(refused));
  return [bodyIn(server, call, 'Client-B', bodyPart('session', none))];
}

/** Sends the PRACK for Client-B's last reliable response, unless something has still to come. */
export function sendPrackToClientB(server: CmrServerState, call: CmrCall, out: Outbox): void {
  const { response, due, held, says } = call.prack;
  const dialog = server.agent.dialogs[call.prack.dialog] ?? null;
  const answer = answerDueToClientB(server, call);
  if (dialog === null || response === null || !due || held || answer === null) return;
  call.prack.due = false;
  const bodies = [...answer, ...says.bodies];
  sendPrack(server.agent, dialog, response, bodies, out, says.headers);
}
