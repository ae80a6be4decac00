import { clause } from '../../base/clause-id.ts';
import type { Outbox, Renegotiation, UserAction } from '../../kernel/node.ts';
import { sectionFor } from '../../sdp/answer.ts';
import { nextVersion, relocate } from '../../sdp/history.ts';
import { makeSession } from '../../sdp/make-description.ts';
import { directionOf, isOn, withDirection, withPort } from '../../sdp/media-lines.ts';
import type {
  Direction,
  MediaDescription,
  SessionDescription,
} from '../../sdp/session-description.ts';
import type { SipIndication } from '../../sip/agent.ts';
import type { Dialog } from '../../sip/dialog.ts';
import { hangUp } from '../../sip/hanging-up.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import type { BodyPart } from '../../sip/message.ts';
import { awaitRetry } from '../../sip/retrying.ts';
import { cancelInvite, respondToInvite, sendAck, sendInDialog } from '../../sip/sending.ts';
import {
  capabilityHeaders,
  contactOf,
  dialogOfCall,
  endCall,
  type CmrClientState,
} from './client-state.ts';
import { answersDue } from './in-dialog.ts';

/** A terminal changes the session by itself: RFC 3261 §14.1, RFC 3311 §5.1, RFC 3264 §8. */

export type RenegotiatingAct = Extract<
  UserAction,
  { kind: 'hold' | 'resume' | 're-invite' | 'update' }
>;

/** Sends the request, or gives false where the rules leave no room for it now. */
export function renegotiate(client: CmrClientState, act: RenegotiatingAct, out: Outbox): boolean {
  const dialog = dialogOfCall(client);
  if (dialog === null || !mayRenegotiate(client, dialog, act)) return false;
  if (act.kind === 'hold' || act.kind === 'resume') client.onHold = act.kind === 'hold';
  else if (act.offer === 'new-ports') moveToOtherPorts(client);
  const offers = !('offer' in act) || act.offer !== 'none';
  const byUpdate = act.kind === 'update' || dialog.state === 'early';
  sendOffer(client, dialog, byUpdate ? 'UPDATE' : 'INVITE', offers, out);
  return true;
}

/**
 * R-UPD-02, R-UPD-04, R-REI-01: no offer while one is open or none was answered, no re-INVITE
 * before the call is confirmed, and none of the two while the other is under way (R-UPD-12).
 */
function mayRenegotiate(client: CmrClientState, dialog: Dialog, act: RenegotiatingAct): boolean {
  if (dialog.state === 'terminated' || isRenegotiating(client, dialog)) return false;
  if (dialog.state === 'early' && act.kind === 're-invite') return false;
  const { state } = dialog.offerAnswer.session;
  if (act.kind === 'update' && act.offer === 'none') return true;
  const byUpdate = act.kind === 'update' || dialog.state === 'early';
  if (byUpdate && !dialog.peerAllows.includes('update')) return false;
  return state === 'agreed';
}

function isRenegotiating({ agent }: CmrClientState, dialog: Dialog): boolean {
  return agent.transactions.some(
    ({ kind, state, request }) =>
      (kind === 'INVITE client' || kind === 'non-INVITE client') &&
      (state === 'Calling' || state === 'Trying' || state === 'Proceeding') &&
      request.callId === dialog.callId &&
      (request.method === 'UPDATE' || (request.method === 'INVITE' && request.to.tag !== null)),
  );
}

function sendOffer(
  client: CmrClientState,
  dialog: Dialog,
  method: 'INVITE' | 'UPDATE',
  offers: boolean,
  out: Outbox,
): void {
  const bodies: BodyPart[] = offers ? [bodyPart('session', offerNow(client, dialog))] : [];
  const saying = { headers: capabilityHeaders(client), bodies, contact: contactOf(client) };
  sendInDialog(client.agent, dialog, method, saying, out);
}

/** A new offer of this end, for a request that carries one beside its own purpose. */
export function freshOffer(
  client: CmrClientState,
  dialog: Dialog,
  offer: Exclude<Renegotiation, 'none'>,
): BodyPart {
  if (offer === 'new-ports') moveToOtherPorts(client);
  return bodyPart('session', offerNow(client, dialog));
}

/**
 * The whole session again (R-REI-06), line by line as this end described it last (R-OA-13), where
 * it is able to receive now and in the directions that holding leaves.
 */
function offerNow(client: CmrClientState, dialog: Dialog): SessionDescription {
  const { able, onHold } = client;
  const previous = dialog.offerAnswer.session.lastSent;
  const base = previous ?? able;
  const media = base.media.map((section, index) => {
    const own = sectionFor(base, index, able);
    if (!isOn(section) || own === null) return section;
    return withDirection(withPort(section, own.port), wantedDirection(own, able, onHold));
  });
  const next = makeSession(base.origin, base.sessionName, base.lines, media);
  return nextVersion(previous, next);
}

/** RFC 3264 §8.4: who holds does not listen any more, and leaves open whether it sends. */
function wantedDirection(
  own: MediaDescription,
  able: SessionDescription,
  onHold: boolean,
): Direction {
  const direction = directionOf(own, able);
  if (!onHold) return direction;
  return direction === 'sendrecv' || direction === 'sendonly' ? 'sendonly' : 'inactive';
}

/** Far enough from the old ports that the early session keeps its own. */
const portStep = 100;

function moveToOtherPorts(client: CmrClientState): void {
  const { able, config } = client;
  const highest = Math.max(...able.media.map(({ port }) => port));
  const step = highest + portStep > 65_535 ? -portStep : portStep;
  client.able = relocate(able, config.address, ({ port }) => port + step);
}

/** What comes of such a request; gives false for responses to anything else. */
export function hearOfRenegotiation(
  client: CmrClientState,
  heard: SipIndication,
  out: Outbox,
): boolean {
  if (heard.kind === 'retry') {
    if (client.phase === 'over') return true;
    const method = heard.to.method === 'UPDATE' ? 'UPDATE' : 'INVITE';
    sendOffer(client, heard.dialog, method, heard.to.bodies.length > 0, out);
    return true;
  }
  if (heard.kind !== 'response' && heard.kind !== 'no answer') return false;
  const { to, dialog } = heard;
  const ours = to.method === 'UPDATE' || (to.method === 'INVITE' && to.to.tag !== null);
  if (!ours || dialog === null) return false;
  if (heard.kind === 'no answer') {
    leave(client, dialog, out);
    return true;
  }
  const { response } = heard;
  if (response.status < 300) {
    if (to.method === 'UPDATE' || response.status < 200) return true;
    sendAck(client.agent, dialog, to.cseq.number, out, answersDue(client, dialog, response));
    return true;
  }
  if (dialog.state === 'terminated') {
    leave(client, dialog, out);
    return true;
  }
  // 491, or 500 with Retry-After: once more in its time (R-REI-04).
  if (client.phase !== 'over' && awaitRetry(client.agent, dialog, to, response, out)) return true;
  const why = `${to.method} refused with ${response.status}: the session stays as it was`;
  const id = to.method === 'UPDATE' ? 'R-UPD-09' : 'R-REI-05';
  out.note({ kind: 'ignored', why, clause: clause(id) });
  return true;
}

/**
 * A dialog in which nobody answers any more is ended (R-DLG-10). While it is early, its INVITE is:
 * the caller cancels it, the called party refuses it, for it must not send BYE yet (R-DLG-11).
 */
function leave(client: CmrClientState, dialog: Dialog, out: Outbox): void {
  const { agent, inviteBranch, isCaller } = client;
  endCall(client, out);
  if (dialog.state === 'confirmed') hangUp(agent, dialog, [], out);
  else if (isCaller) cancelInvite(agent, inviteBranch, [], out);
  else respondToInvite(agent, inviteBranch, 504, nothing, false, out);
}

const nothing = { headers: [], bodies: [], contact: null };
