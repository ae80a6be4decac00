import type { Outbox } from '../../kernel/node.ts';
import type { SipIndication } from '../../sip/agent.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import {
  bodyOf,
  reliableSequence,
  type BodyPart,
  type Header,
  type SipResponse,
} from '../../sip/message.ts';
import type { Dialog } from '../../sip/dialog.ts';
import { hangUp } from '../../sip/hanging-up.ts';
import { inviteAgain } from '../../sip/inviting-again.ts';
import { sendAck, sendInvite, sendPrack } from '../../sip/sending.ts';
import {
  capabilityHeaders,
  contactOf,
  endCall,
  firstOffer,
  firstSupported,
  type CmrClientState,
} from './client-state.ts';
import { noteEarlyMedia } from './early-media.ts';
import { endEarlySession } from './early-session.ts';
import { answersDue, endExpired, hearInDialog, react } from './in-dialog.ts';
import { freshOffer, hearOfRenegotiation } from './renegotiating.ts';

/** The calling side: DEL-GW-CLI-01 and 02, DEL-AS-CLI-01, RFC 3261 §13.2, RFC 3262 §4. */

/** The user dials: an INVITE, with the terminal's capability as its offer. */
export function dial(client: CmrClientState, target: string, out: Outbox): void {
  const { config, agent } = client;
  const headers: Header[] = [...capabilityHeaders(client, firstSupported(client))];
  if (config.earlyMedia) headers.push(['P-Early-Media', 'supported']);
  const offer = firstOffer(client);
  client.phase = 'calling';
  client.isCaller = true;
  client.inviteBranch = sendInvite(
    agent,
    {
      peer: config.nextHop,
      requestUri: target,
      fromUri: config.identity,
      toUri: target,
      contact: contactOf(client),
      headers: [...headers, ...config.headers.invite],
      bodies: offer === null ? [] : [bodyPart('session', offer)],
    },
    out,
  );
}

export function hearAsCaller(client: CmrClientState, heard: SipIndication, out: Outbox): void {
  switch (heard.kind) {
    case 'request':
      hearInDialog(client, heard, out);
      return;
    case 'response':
      if (hearOfRenegotiation(client, heard, out)) return;
      if (heard.to.method === 'INVITE') hearResponse(client, heard, out);
      return;
    case 'no answer':
      if (hearOfRenegotiation(client, heard, out)) return;
      if (heard.to.method === 'INVITE') endCall(client, out);
      return;
    case 'session expired':
      endExpired(client, heard.dialog, out);
      return;
    case 'retry':
      hearOfRenegotiation(client, heard, out);
      return;
    case 'ACK':
    case 'not acknowledged':
      return;
  }
}

function hearResponse(
  client: CmrClientState,
  heard: Extract<SipIndication, { kind: 'response' }>,
  out: Outbox,
): void {
  const { response, dialog } = heard;
  if (response.status >= 300) {
    if (client.phase !== 'over' && dialsAgain(client, heard, out)) return;
    endCall(client, out);
    return;
  }
  if (dialog === null) return;
  // Of several early dialogs the first counts, until one of them is answered (GAP-32).
  if (client.dialog < 0 || response.status >= 200) {
    client.dialog = client.agent.dialogs.indexOf(dialog);
  }
  if (response.status < 200) {
    noteEarlyMedia(client, dialog, response);
    hearProvisional(client, response, out);
    if (reliableSequence(response) !== null) {
      const due = answersDue(client, dialog, response);
      const bodies = due.length > 0 ? due : offerInPrack(client, dialog, response);
      sendPrack(client.agent, dialog, response, bodies, out);
    }
    return;
  }
  const answers = answersDue(client, dialog, response);
  const silent = client.config.defects.includes('never-acknowledges');
  if (!silent) sendAck(client.agent, dialog, response.cseq.number, out, answers);
  if (client.phase === 'over') {
    // It was cancelled, and the answer came first: acknowledged, then ended (R-CAN-07).
    hangUp(client.agent, dialog, [], out);
    return;
  }
  if (client.phase === 'in call') return;
  client.phase = 'in call';
  client.dialog = client.agent.dialogs.indexOf(dialog);
  endEarlySession(client);
  react(client, 'answered', out);
}

/** The call goes on under another INVITE where the first asked for too short a session (422). */
function dialsAgain(
  client: CmrClientState,
  { to, response }: Extract<SipIndication, { kind: 'response' }>,
  out: Outbox,
): boolean {
  if (to.to.tag !== null) return false;
  const again = inviteAgain(client.agent, client.config.nextHop, to, response, out);
  client.inviteBranch = again ?? client.inviteBranch;
  return again !== null;
}

/** 180 means that the other end rings. */
function hearProvisional(client: CmrClientState, response: SipResponse, out: Outbox): void {
  if (response.status !== 180 || client.phase !== 'calling') return;
  client.phase = 'hearing ringback';
  react(client, 'ringing', out);
}

/** R-PRK-17: the PRACK of a response that brought the answer may carry the next offer. */
function offerInPrack(client: CmrClientState, dialog: Dialog, response: SipResponse): BodyPart[] {
  const { prackOffer } = client.config.calling;
  const answered =
    dialog.offerAnswer.session.state === 'agreed' && bodyOf(response, 'session') !== null;
  return answered && prackOffer !== 'none' ? [freshOffer(client, dialog, prackOffer)] : [];
}
