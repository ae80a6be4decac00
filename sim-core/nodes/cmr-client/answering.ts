import type { Outbox } from '../../kernel/node.ts';
import { nextVersion, relocate } from '../../sdp/history.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import { listsPreconditions } from '../../sip/precondition-tag.ts';
import { bodyOf, headerTokens, type BodyPart, type SipRequest } from '../../sip/message.ts';
import { dialogOfInvite, inviteServerOf, respondToInvite } from '../../sip/sending.ts';
import {
  capabilityHeaders,
  contactOf,
  dialogOfCall,
  endCall,
  stopRingingTimers,
  type CmrClientState,
} from './client-state.ts';
import { earlyAnswerTo, endEarlySession } from './early-session.ts';
import { answerBodies, offersAnything, react } from './in-dialog.ts';

/** What a called terminal says of the session, and when its user answers (RFC 3261 §13.3.1.4). */

/**
 * The user answers: 200, with the answer unless the reliable 180 had it. It waits while that
 * 180 is not acknowledged (R-PRK-12).
 */
export function answer(client: CmrClientState, out: Outbox): void {
  const { agent, config, inviteBranch } = client;
  const invite = inviteServerOf(agent, inviteBranch)?.request;
  if (invite === undefined) return;
  client.answerWaits = !config.defects.includes('answers-before-prack') && waitsForPrack(client);
  if (client.answerWaits) return;
  // It counts that both ends agreed once: an UPDATE of either may be under way.
  const agreed = (dialogOfCall(client)?.offerAnswer.session.local ?? null) !== null;
  const bodies = agreed ? repeatedAnswer(client) : firstDescription(client, invite);
  if (!agreed && !offersAnything(bodies)) {
    endCall(client, out);
    const refusal = { headers: [], bodies: [], contact: null };
    respondToInvite(agent, inviteBranch, 488, refusal, false, out);
    return;
  }
  const headers = [...capabilityHeaders(client), ...config.headers.success];
  const saying = { headers, bodies, contact: contactOf(client) };
  client.phase = 'in call';
  stopRingingTimers(out);
  endEarlySession(client);
  respondToInvite(agent, inviteBranch, 200, saying, false, out);
  findDialog(client);
  react(client, 'answered', out);
}

/** The dialog is there once a response with a To tag has left. */
export function findDialog(client: CmrClientState): void {
  const dialog = dialogOfInvite(client.agent, client.inviteBranch);
  if (dialog !== null) client.dialog = client.agent.dialogs.indexOf(dialog);
}

/** The answer to the INVITE's offer; where it had none, this end's own offer (R-2XX-06). */
export function firstDescription(client: CmrClientState, invite: SipRequest): BodyPart[] {
  const offer = bodyOf(invite, 'session');
  // R-MSG-11: an offer here may ask for preconditions only where the INVITE lists them.
  const able = listsPreconditions(invite) ? client.able : client.config.sdp;
  return offer === null
    ? [bodyPart('session', able)]
    : answerBodies(client, dialogOfCall(client), offer);
}

/** R-PRK-12: no 200 while a reliable response with a description has no PRACK yet. */
function waitsForPrack({ agent, inviteBranch }: CmrClientState): boolean {
  return (
    agent.provisionals.some(
      ({ branch, response }) => branch === inviteBranch && response.bodies.length > 0,
    ) ||
    agent.queued.some(({ branch, saying }) => branch === inviteBranch && saying.bodies.length > 0)
  );
}

/** Nothing (R-OA-04); with the defect the answer again, at other ports. */
function repeatedAnswer(client: CmrClientState): BodyPart[] {
  const sent = dialogOfCall(client)?.offerAnswer.session.lastSent ?? null;
  if (sent === null || !client.config.defects.includes('changes-answer-in-200')) return [];
  const moved = relocate(sent, client.config.address, ({ port }) => port + 2);
  return [bodyPart('session', nextVersion(sent, moved))];
}

/** SW-CMRT-ES-CARRIER `invite`: an early offer there is answered in a reliable 1xx (R-ES-02). */
export function firstEarlyAnswer(client: CmrClientState, invite: SipRequest): BodyPart[] {
  const offer = bodyOf(invite, 'early-session');
  return offer === null ? [] : earlyAnswerTo(client, dialogOfCall(client), offer);
}

export function allowsReliability(invite: SipRequest): boolean {
  return (
    headerTokens(invite, 'Supported').includes('100rel') ||
    headerTokens(invite, 'Require').includes('100rel')
  );
}
