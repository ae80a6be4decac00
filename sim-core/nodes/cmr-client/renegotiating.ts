import { clause } from '../../base/clause-id.ts';
import type { Outbox, Renegotiation } from '../../kernel/node.ts';
import { sectionFor } from '../../sdp/answer.ts';
import { nextVersion, relocate } from '../../sdp/history.ts';
import { makeSession } from '../../sdp/make-description.ts';
import { directionOf, isOn, withDirection, withPort } from '../../sdp/media-lines.ts';
import { withStatusAnew } from '../../sdp/preconditions.ts';
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
import { isBeingInvited } from '../../sip/refusing.ts';
import { awaitsPrack } from '../../sip/reliable-provisional.ts';
import { awaitRetry } from '../../sip/retrying.ts';
import { cancelInvite, respondToInvite, sendAck, sendInDialog } from '../../sip/sending.ts';
import {
  capabilityHeaders,
  contactOf,
  dialogOfCall,
  endCall,
  type CmrClientState,
  type RenegotiatingAct,
} from './client-state.ts';
import { answersDue } from './in-dialog.ts';

/** A terminal changes the session by itself: RFC 3261 §14.1, RFC 3311 §5.1, RFC 3264 §8. */

/**
 * Sends the request, now or as soon as the rules leave room for it; gives false where they never
 * do, or a change of the same kind waits already.
 */
export function renegotiate(client: CmrClientState, act: RenegotiatingAct, out: Outbox): boolean {
  const dialog = dialogOfCall(client);
  if (dialog === null || !canRenegotiate(dialog, act)) return false;
  const why = client.wishes.length > 0 ? 'R-OA-01' : whatIsInTheWay(client, dialog, act);
  if (why === null) {
    make(client, dialog, act, out);
    return true;
  }
  if (client.wishes.some(({ kind }) => kind === act.kind)) return false;
  client.wishes.push(act);
  out.note({ kind: 'ignored', why: `the ${act.kind} waits`, clause: clause(why) });
  return true;
}

/** Nothing may be in the way any more: what had to wait goes now, one thing after the other. */
export function renegotiateAsWished(client: CmrClientState, out: Outbox): void {
  const [act] = client.wishes;
  const dialog = dialogOfCall(client);
  if (act === undefined || dialog === null) return;
  if (whatIsInTheWay(client, dialog, act) !== null) return;
  client.wishes.shift();
  if (canRenegotiate(dialog, act)) make(client, dialog, act, out);
}

function make(client: CmrClientState, dialog: Dialog, act: RenegotiatingAct, out: Outbox): void {
  if (act.kind === 'hold' || act.kind === 'resume') client.onHold = act.kind === 'hold';
  else if (act.offer === 'new-ports') moveToOtherPorts(client);
  sendOffer(client, dialog, isByUpdate(dialog, act) ? 'UPDATE' : 'INVITE', hasOffer(act), out);
}

/** An early dialog knows no re-INVITE, and not every terminal knows UPDATE (R-UPD-01). */
function canRenegotiate(dialog: Dialog, act: RenegotiatingAct): boolean {
  if (dialog.state === 'terminated') return false;
  if (dialog.state === 'early' && act.kind === 're-invite') return false;
  return !isByUpdate(dialog, act) || !hasOffer(act) || dialog.peerAllows.includes('update');
}

function isByUpdate(dialog: Dialog, act: RenegotiatingAct): boolean {
  return act.kind === 'update' || dialog.state === 'early';
}

function hasOffer(act: RenegotiatingAct): boolean {
  return !('offer' in act) || act.offer !== 'none';
}

/**
 * The clause for which it has to wait: no offer while one is open or none was answered (R-UPD-02,
 * R-UPD-04), none of the called party before the PRACK of its answer (R-UPD-03), and no request
 * while another of this end is under way (R-REI-01, R-UPD-12). Null where nothing is in the way.
 */
function whatIsInTheWay(
  client: CmrClientState,
  dialog: Dialog,
  act: RenegotiatingAct,
): string | null {
  if (isRenegotiating(client, dialog)) return 'R-UPD-12';
  if (!isByUpdate(dialog, act) && isBeingInvited(client.agent, dialog)) return 'R-REI-01';
  if (!hasOffer(act) && act.kind === 'update') return null;
  if (dialog.offerAnswer.session.state !== 'agreed') return 'R-UPD-04';
  return dialog.state === 'early' && hasOpenPrack(client) ? 'R-UPD-03' : null;
}

/** R-UPD-03, R-UPD-12: the PRACK of either end that goes with the answer is not answered yet. */
export function hasOpenPrack({ agent, inviteBranch }: CmrClientState): boolean {
  return (
    awaitsPrack(agent, inviteBranch) ||
    agent.transactions.some(
      ({ kind, state, request }) =>
        kind === 'non-INVITE client' &&
        request.method === 'PRACK' &&
        (state === 'Trying' || state === 'Proceeding'),
    )
  );
}

/** Whether an UPDATE or a re-INVITE of this end has no final response yet. */
export function isRenegotiating({ agent }: CmrClientState, dialog: Dialog): boolean {
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
  return nextVersion(previous, withStatusAnew(previous, next));
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
    const kind = heard.to.method === 'UPDATE' ? 'update' : 're-invite';
    renegotiate(client, { kind, offer: heard.to.bodies.length > 0 ? 'as-before' : 'none' }, out);
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
