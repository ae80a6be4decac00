import type { UserAgent } from './agent.ts';
import type { Dialog } from './dialog.ts';
import { headerTokens, type Header, type SipRequest } from './message.ts';
import { clauseForbidding } from './offer-answer.ts';
import { refusesInterval } from './session-timer.ts';

/** What a user agent refuses by itself, before its user hears of it (RFC 3261 §8.2, §12.2.2). */

export interface Refusal {
  readonly status: number;
  readonly headers: readonly Header[];
}

/** A request that came round by another way, or that requires what this end does not know. */
export function refusalOf(agent: UserAgent, request: SipRequest, branch: string): Refusal | null {
  if (request.to.tag === null && isMerged(agent, request, branch)) {
    return { status: 482, headers: [] };
  }
  const unknown = unknownExtensions(agent, request);
  if (unknown.length > 0) {
    return { status: 420, headers: [['Unsupported', unknown.join(', ')]] };
  }
  return request.to.tag === null ? tooShort(agent, request) : null;
}

/** Within a dialog, what collides is refused for that (RFC 3311 §5.2), be it too short or not. */
export function tooShort(agent: UserAgent, request: SipRequest): Refusal | null {
  if (request.method !== 'INVITE' && request.method !== 'UPDATE') return null;
  const headers = refusesInterval(agent, request);
  return headers === null ? null : { status: 422, headers };
}

/** RFC 3261 §8.2.2.2: the same request under another branch has reached this end before. */
function isMerged(agent: UserAgent, { callId, from, cseq }: SipRequest, branch: string): boolean {
  return agent.transactions.some(
    (one) =>
      (one.kind === 'INVITE server' || one.kind === 'non-INVITE server') &&
      one.branch !== branch &&
      one.request.callId === callId &&
      one.request.from.tag === from.tag &&
      one.request.cseq.number === cseq.number &&
      one.request.cseq.method === cseq.method,
  );
}

/** R-MSG-10: the option tags of Require that this end does not understand. */
function unknownExtensions({ understands }: UserAgent, request: SipRequest): string[] {
  if (understands === null) return [];
  return headerTokens(request, 'Require').filter((tag) => !understands.includes(tag));
}

/**
 * 491 or 500 where a re-INVITE or UPDATE crosses another one (RFC 3261 §14.2, RFC 3311 §5.2,
 * RFC 6337 §4.3, R-OA-21), else null: this end's own request in progress collides (491), the
 * other end's earlier one is not finished (500).
 */
export function collides(
  agent: UserAgent,
  dialog: Dialog,
  request: SipRequest,
  branch: string,
): 491 | 500 | null {
  const { method } = request;
  if (method !== 'INVITE' && method !== 'UPDATE') return null;
  if (agent.defects.includes('takes-crossing-requests')) return null;
  for (const one of agent.transactions) {
    const { callId, from, method: earlier } = one.request;
    if (one.branch === branch || callId !== dialog.callId) continue;
    if (one.kind === 'INVITE client' && method === 'INVITE' && concerns(one.request, dialog)) {
      if (one.state === 'Calling' || one.state === 'Proceeding') return 491;
    }
    if (from.tag !== request.from.tag || earlier !== method) continue;
    // The other end's earlier request of the same kind is still unanswered (R-REI-02, R-UPD-05).
    if (one.kind === 'INVITE server' && one.state === 'Proceeding') return 500;
    if (one.kind === 'non-INVITE server' && one.state !== 'Completed') return 500;
  }
  return offersCollide(dialog, request);
}

/**
 * Whether a re-INVITE of the other end is still under way: it has no final response yet, or a
 * refusal that nobody has acknowledged. No INVITE of this end may go until then (RFC 3261 §14.1,
 * R-REI-01).
 */
export function isBeingInvited({ transactions }: UserAgent, dialog: Dialog): boolean {
  return transactions.some(
    ({ kind, state, request }) =>
      kind === 'INVITE server' &&
      (state === 'Proceeding' || state === 'Completed') &&
      request.to.tag !== null &&
      request.callId === dialog.callId &&
      request.from.tag === dialog.remote.tag,
  );
}

function concerns(own: SipRequest, dialog: Dialog): boolean {
  return own.to.tag === null ? dialog.state === 'early' : own.to.tag === dialog.remote.tag;
}

/** R-UPD-06, R-UPD-07, R-2XX-10: a new offer may not meet one that is still open. */
function offersCollide(dialog: Dialog, request: SipRequest): 491 | 500 | null {
  for (const { disposition } of request.bodies) {
    const exchange = dialog.offerAnswer[disposition];
    if (clauseForbidding(exchange, 'receive offer') === null) continue;
    return exchange.state === 'offer sent' ? 491 : 500;
  }
  // A re-INVITE without an offer asks this end for one.
  const { session } = dialog.offerAnswer;
  if (request.method !== 'INVITE' || request.bodies.length > 0) return null;
  if (clauseForbidding(session, 'send offer') === null) return null;
  return session.state === 'offer sent' ? 491 : 500;
}
