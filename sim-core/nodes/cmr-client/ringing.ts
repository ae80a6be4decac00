import { seconds } from '../../base/micros.ts';
import type { Outbox, TimerKey } from '../../kernel/node.ts';
import type { BodyPart, SipRequest } from '../../sip/message.ts';
import { headerTokens } from '../../sip/message.ts';
import { inviteServerOf, respondToInvite } from '../../sip/sending.ts';
import {
  allowsReliability,
  answer,
  findDialog,
  firstDescription,
  firstEarlyAnswer,
} from './answering.ts';
import {
  capabilityHeaders,
  contactOf,
  firstSupported,
  ringingTimers,
  type CmrClientState,
  type Progress,
} from './client-state.ts';
import { requiresEarlySession } from './early-session.ts';
import { react } from './in-dialog.ts';

/** A called terminal's provisional responses: RFC 3261 §13.3.1.1, RFC 3262 §3, RFC 3960 §3.2. */

/** The INVITE has come: the terminal says what goes on, and rings, each in its time. */
export function beginRinging(client: CmrClientState, out: Outbox): void {
  const { after, progress, progressAgain } = client.config.alerting;
  if (progress !== null) {
    out.startTimer(ringingTimers.progress, progress.after.least, progress.after.most);
  }
  if (progressAgain !== null) {
    out.startTimer(ringingTimers.progressAgain, progressAgain.least, progressAgain.most);
  }
  out.startTimer(ringingTimers.alert, after.least, after.most);
  react(client, 'invited', out);
}

export function isRingingTimer(timer: TimerKey): boolean {
  return Object.values(ringingTimers).some((one) => one === timer);
}

export function ringOn(client: CmrClientState, timer: TimerKey, out: Outbox): void {
  const { alerting } = client.config;
  if (timer === ringingTimers.alert) alert(client, out);
  else if (timer === ringingTimers.again) ring(client, out);
  else if (alerting.progress !== null) sayProvisional(client, 183, alerting.progress, out);
}

/** The terminal alerts its user and says so, or answers by itself. */
function alert(client: CmrClientState, out: Outbox): void {
  if (client.phase !== 'invited') return;
  client.phase = 'alerting';
  if (client.config.alerting.autoAnswer) {
    answer(client, out);
    return;
  }
  ring(client, out);
  react(client, 'ringing', out);
}

/** 180, and again every minute, or every two and a half where it is reliable (R-TX-20). */
function ring(client: CmrClientState, out: Outbox): void {
  const { alerting } = client.config;
  const reliably = sayProvisional(client, 180, alerting, out);
  if (alerting.repeats) out.startTimer(ringingTimers.again, seconds(reliably ? 150 : 60));
}

/** Says so reliably where both ends can (R-PRK-01) or the other end insists (R-PRK-15). */
function sayProvisional(
  client: CmrClientState,
  status: 180 | 183,
  { reliable, withAnswer }: Pick<Progress, 'reliable' | 'withAnswer'>,
  out: Outbox,
): boolean {
  const { agent, config, inviteBranch } = client;
  const invite = inviteServerOf(agent, inviteBranch)?.request;
  if (invite === undefined) return false;
  const insists = headerTokens(invite, 'Require').includes('100rel');
  const reliably = insists || (reliable && allowsReliability(invite));
  const session = sessionIn(client, invite, reliably, withAnswer);
  const early = reliably && !client.said.includes('early-session');
  const earlyAnswer = early ? firstEarlyAnswer(client, invite) : [];
  const bodies = [...session, ...earlyAnswer];
  if (reliably) client.said.push(...bodies.map(({ disposition }) => disposition));
  const required = earlyAnswer.length > 0 ? [requiresEarlySession] : [];
  const supported = config.alerting.supported ?? firstSupported(client); // DEL-AS-CLI-04
  const says = capabilityHeaders(client, supported);
  const headers = [...says, ...config.headers.provisional, ...required];
  const saying = { headers, bodies, contact: contactOf(client) };
  respondToInvite(agent, inviteBranch, status, saying, reliably, out);
  findDialog(client);
  return reliably;
}

/**
 * The answer, once (R-OA-04), or as a preview as often as nobody has to acknowledge it (R-OA-05).
 * An INVITE without an offer gets one in the first reliable response (R-OA-20).
 */
function sessionIn(
  client: CmrClientState,
  invite: SipRequest,
  reliably: boolean,
  withAnswer: boolean,
): BodyPart[] {
  if (client.said.includes('session')) return [];
  const offered = invite.bodies.some(({ disposition }) => disposition === 'session');
  const due = offered ? withAnswer : reliably;
  return due ? firstDescription(client, invite) : [];
}
