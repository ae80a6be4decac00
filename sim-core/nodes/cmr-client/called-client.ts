import type { Outbox } from '../../kernel/node.ts';
import { nextVersion, relocate } from '../../sdp/history.ts';
import type { SipIndication } from '../../sip/agent.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import { bodyOf, headerTokens, type BodyPart, type SipRequest } from '../../sip/message.ts';
import { dialogOfInvite, inviteServerOf, respondToInvite } from '../../sip/sending.ts';
import {
  capabilityHeaders,
  contactOf,
  dialogOfCall,
  endCall,
  type CmrClientState,
} from './client-state.ts';
import {
  answerBodies,
  endExpired,
  giveUpUnacknowledged,
  hearInDialog,
  offersAnything,
  react,
} from './in-dialog.ts';

/** The called side: RFC 3261 §13.3, RFC 3262 §3. */

export function hearAsCalled(client: CmrClientState, heard: SipIndication, out: Outbox): void {
  switch (heard.kind) {
    case 'request':
      hearRequest(client, heard, out);
      return;
    case 'ACK':
      return;
    case 'not acknowledged':
      giveUp(client, heard.response.status, out);
      return;
    case 'session expired':
      endExpired(client, heard.dialog, out);
      return;
    case 'response':
    case 'retry':
    case 'no answer':
      return;
  }
}

function hearRequest(
  client: CmrClientState,
  heard: Extract<SipIndication, { kind: 'request' }>,
  out: Outbox,
): void {
  const { request, branch } = heard;
  const nothing = { headers: [], bodies: [], contact: null };
  if (request.method === 'INVITE' && heard.dialog === null) {
    if (client.phase !== 'idle') {
      respondToInvite(client.agent, branch, 486, nothing, false, out);
      return;
    }
    client.phase = 'invited';
    client.inviteBranch = branch;
    const { least, most } = client.config.alerting.after;
    out.startTimer('own alert', least, most);
    react(client, 'invited', out);
    return;
  }
  if (request.method === 'CANCEL') {
    endCall(client, out);
    out.stopTimer('own alert');
    respondToInvite(client.agent, branch, 487, nothing, false, out);
    return;
  }
  hearInDialog(client, heard, out);
  if (client.answerWaits && client.agent.provisionals.length === 0) answer(client, out);
}

/** The terminal alerts its user and says so: 180, reliably where both ends can (R-PRK-01). */
export function alert(client: CmrClientState, out: Outbox): void {
  const { agent, config, inviteBranch } = client;
  const invite = inviteServerOf(agent, inviteBranch)?.request;
  if (invite === undefined || client.phase !== 'invited') return;
  const { reliable, withAnswer } = config.alerting;
  const reliably = reliable && allowsReliability(invite);
  const bodies = reliably && withAnswer ? firstAnswer(client, invite) : [];
  client.phase = 'alerting';
  const headers = [...capabilityHeaders(client), ...config.headers.provisional];
  const saying = { headers, bodies, contact: contactOf(client) };
  respondToInvite(agent, inviteBranch, 180, saying, reliably, out);
  findDialog(client);
  react(client, 'ringing', out);
}

/**
 * The user answers: 200, with the answer unless the reliable 180 had it. It waits while that
 * 180 is not acknowledged (R-PRK-12).
 */
export function answer(client: CmrClientState, out: Outbox): void {
  const { agent, config, inviteBranch } = client;
  const invite = inviteServerOf(agent, inviteBranch)?.request;
  if (invite === undefined) return;
  client.answerWaits =
    !config.defects.includes('answers-before-prack') &&
    agent.provisionals.some(({ response }) => response.bodies.length > 0);
  if (client.answerWaits) return;
  const agreed = dialogOfCall(client)?.offerAnswer.session.state === 'agreed';
  const bodies = agreed ? repeatedAnswer(client) : firstAnswer(client, invite);
  if (!agreed && !offersAnything(bodies)) {
    endCall(client, out);
    const refusal = { headers: [], bodies: [], contact: null };
    respondToInvite(agent, inviteBranch, 488, refusal, false, out);
    return;
  }
  const headers = [...capabilityHeaders(client), ...config.headers.success];
  const saying = { headers, bodies, contact: contactOf(client) };
  client.phase = 'in call';
  respondToInvite(agent, inviteBranch, 200, saying, false, out);
  findDialog(client);
  react(client, 'answered', out);
}

/** The dialog is there once a response with a To tag has left. */
function findDialog(client: CmrClientState): void {
  const dialog = dialogOfInvite(client.agent, client.inviteBranch);
  if (dialog !== null) client.dialog = client.agent.dialogs.indexOf(dialog);
}

function firstAnswer(client: CmrClientState, invite: SipRequest): BodyPart[] {
  const offer = bodyOf(invite, 'session');
  return offer === null ? [] : answerBodies(client, dialogOfCall(client), offer);
}

/** Nothing (R-OA-04); with the defect the answer again, at other ports. */
function repeatedAnswer(client: CmrClientState): BodyPart[] {
  const sent = dialogOfCall(client)?.offerAnswer.session.lastSent ?? null;
  if (sent === null || !client.config.defects.includes('changes-answer-in-200')) return [];
  const moved = relocate(sent, client.config.address, ({ port }) => port + 2);
  return [bodyPart('session', nextVersion(sent, moved))];
}

function allowsReliability(invite: SipRequest): boolean {
  return (
    headerTokens(invite, 'Supported').includes('100rel') ||
    headerTokens(invite, 'Require').includes('100rel')
  );
}

/** 64·T1 without PRACK: 5xx to the INVITE (R-PRK-07); without ACK: BYE (R-2XX-02). */
function giveUp(client: CmrClientState, status: number, out: Outbox): void {
  if (status >= 200) {
    giveUpUnacknowledged(client, out);
    return;
  }
  endCall(client, out);
  const refusal = { headers: [], bodies: [], contact: null };
  respondToInvite(client.agent, client.inviteBranch, 504, refusal, false, out);
}
