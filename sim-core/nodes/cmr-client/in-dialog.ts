import { clause } from '../../base/clause-id.ts';
import type { Outbox } from '../../kernel/node.ts';
import { answerTo } from '../../sdp/answer.ts';
import { nextVersion } from '../../sdp/history.ts';
import { isOn } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { SipIndication } from '../../sip/agent.ts';
import type { Dialog } from '../../sip/dialog.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import {
  bodyOf,
  type BodyPart,
  type Header,
  type SipMessage,
  type SipRequest,
} from '../../sip/message.ts';
import { hangUp, hangUpNow } from '../../sip/hanging-up.ts';
import { respond, respondToInvite } from '../../sip/sending.ts';
import {
  capabilityHeaders,
  contactOf,
  dialogOfCall,
  endCall,
  type CmrClientState,
  type Reaction,
} from './client-state.ts';
import { noteEarlyMedia } from './early-media.ts';
import { earlyAnswerTo, earlySessionTag, requiresEarlySession } from './early-session.ts';
import { noteReserved } from './reserving.ts';

/** What caller and called party do alike once there is a dialog. */
export function hearInDialog(
  client: CmrClientState,
  indication: Extract<SipIndication, { kind: 'request' }>,
  out: Outbox,
): void {
  const { agent } = client;
  const { request, branch, dialog } = indication;
  noteEarlyMedia(client, dialog, request);
  const nothing = { headers: [], bodies: [], contact: null };
  switch (request.method) {
    case 'BYE':
      // Another branch of a fork ends its own dialog, and not that of the one who answered.
      if (dialogOfCall(client)?.state !== 'confirmed') endCall(client, out);
      respond(agent, branch, 'BYE', 200, nothing, out);
      return;
    case 'PRACK':
      respond(agent, branch, 'PRACK', 200, answering(answersDue(client, dialog, request)), out);
      return;
    case 'UPDATE':
    case 'INVITE':
      if (dialog !== null) answerInDialog(client, request, branch, dialog, out);
      return;
    case 'OPTIONS':
      respond(agent, branch, 'OPTIONS', 200, { ...nothing, headers: abilities(client) }, out);
      return;
    default:
      if (request.method !== 'ACK') respond(agent, branch, request.method, 501, nothing, out);
  }
}

/** RFC 3261 §11.2: what a terminal can, whether it is asked in a call or before one. */
function abilities(client: CmrClientState): Header[] {
  return [...capabilityHeaders(client), ['Accept', 'application/sdp']];
}

/** An UPDATE or a re-INVITE is answered at once, from what the terminal can do (R-UPD-08). */
function answerInDialog(
  client: CmrClientState,
  request: SipRequest,
  branch: string,
  dialog: Dialog,
  out: Outbox,
): void {
  const { agent } = client;
  const offer = bodyOf(request, 'session');
  const { headers, bodies } = answering(answersDue(client, dialog, request));
  const acceptable = offer === null || offersAnything(bodies) || ignoresOffers(client);
  const contact = acceptable ? contactOf(client) : null;
  const saying = acceptable
    ? { headers: [...capabilityHeaders(client), ...headers], bodies, contact }
    : { headers: [incompatible(agent.host)], bodies: [], contact };
  const status = acceptable ? 200 : 488;
  if (request.method === 'INVITE') respondToInvite(agent, branch, status, saying, false, out);
  else respond(agent, branch, 'UPDATE', status, saying, out);
}

/** The answers to the offers that a message has just brought into its dialog. */
export function answersDue(
  client: CmrClientState,
  dialog: Dialog | null,
  message: SipMessage,
): BodyPart[] {
  if (dialog === null || ignoresOffers(client)) return [];
  return message.bodies.flatMap(({ disposition, description }) => {
    const { state, pending } = dialog.offerAnswer[disposition];
    if (state !== 'offer received' || pending !== description) return [];
    return disposition === earlySessionTag
      ? earlyAnswerTo(client, dialog, description)
      : answerBodies(client, dialog, description);
  });
}

function ignoresOffers({ config }: CmrClientState): boolean {
  return config.defects.includes('leaves-offers-unanswered');
}

/** What a response with these answers says beside them. */
function answering(bodies: readonly BodyPart[]) {
  const early = bodies.some(({ disposition }) => disposition === earlySessionTag);
  return { headers: early ? [requiresEarlySession] : [], bodies, contact: null };
}

/** The answer to an offer, in this dialog's history of descriptions (RFC 3264 §6, §8). */
export function answerBodies(
  client: CmrClientState,
  dialog: Dialog | null,
  offer: SessionDescription,
): BodyPart[] {
  noteReserved(client, offer);
  const { able, onHold } = client;
  const previous = dialog?.offerAnswer.session.lastSent ?? null;
  const origin = previous?.origin ?? able.origin;
  const answer = answerTo(offer, able, { origin, direction: onHold ? 'sendonly' : 'mirror' });
  return [bodyPart('session', nextVersion(previous, answer))];
}

/** RFC 3261 §20.43: why an offer is refused (R-UPD-08). */
function incompatible(host: string): Header {
  return ['Warning', `305 ${host} "Incompatible media format"`];
}

/** An answer that refuses every line is no answer: 488 says so (R-UPD-08). */
export function offersAnything(bodies: readonly BodyPart[]): boolean {
  return bodies.some(
    ({ disposition, description }) => disposition === 'session' && description.media.some(isOn),
  );
}

/** Lets the user act on what has just happened to them. */
export function react(client: CmrClientState, since: Reaction['since'], out: Outbox): void {
  for (const reaction of client.config.reactions) {
    if (reaction.since === since) out.expectUser(reaction.does, reaction.after);
  }
}

/** 64·T1 without ACK: the session is ended (R-2XX-02). */
export function giveUpUnacknowledged(client: CmrClientState, out: Outbox): void {
  const dialog = dialogOfCall(client);
  if (dialog === null || dialog.state === 'terminated') return;
  out.note({ kind: 'ignored', why: 'no ACK within 64·T1', clause: clause('R-2XX-02') });
  endCall(client, out);
  if (dialog.byeWaits !== null) hangUpNow(client.agent, dialog, out);
  else hangUp(client.agent, dialog, [], out);
}

/** The session was not refreshed in time: it is ended, and the other end told why. */
export function endExpired(client: CmrClientState, dialog: Dialog, out: Outbox): void {
  endCall(client, out);
  hangUp(client.agent, dialog, [['Reason', 'SIP;cause=408;text="Session expired"']], out);
}
