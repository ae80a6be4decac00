import { clause } from '../../base/clause-id.ts';
import type { Micros } from '../../base/micros.ts';
import type { NodeId, Outbox } from '../../kernel/node.ts';
import type { SipIndication } from '../../sip/agent.ts';
import type { Header, Method, SipRequest } from '../../sip/message.ts';
import { respond, respondToInvite } from '../../sip/sending.ts';
import { endCall, type CmrClientState } from './client-state.ts';

/** How a terminal answers against its habit, because the scenario says so. */

/** One such answer: to which requests, with what, and how late. */
export interface ResponseRule {
  readonly to: Exclude<Method, 'ACK' | 'CANCEL'>;
  /** Only within a dialog, or only outside one; null: both. */
  readonly inDialog: boolean | null;
  /** Counted from 1 over the requests that match; empty: every one. */
  readonly occurrences: readonly number[];
  /** A status code, silence, or what it would have said anyway. */
  readonly with: number | 'nothing' | 'as usual';
  readonly headers: readonly Header[];
  readonly after: Micros;
}

export type HeardRequest = Extract<SipIndication, { kind: 'request' }>;

/** A request whose response waits, because a rule says so. */
export interface DelayedResponse {
  readonly request: SipRequest;
  readonly branch: string;
  /** Place of its dialog in `agent.dialogs`; −1 outside one. */
  readonly dialog: number;
  readonly from: NodeId;
  readonly rule: number;
}

/**
 * Answers as a rule says, if one holds for this request: the first that matches decides. Gives
 * whether the terminal's habit has nothing to do with the request any more, or not yet.
 */
export function respondByRule(client: CmrClientState, heard: HeardRequest, out: Outbox): boolean {
  const index = ruleFor(client, heard.request);
  const rule = client.config.responds[index];
  if (rule === undefined) return false;
  if (rule.after > 0) {
    const { request, branch, from } = heard;
    const dialog = heard.dialog === null ? -1 : client.agent.dialogs.indexOf(heard.dialog);
    client.delayed.push({ request, branch, dialog, from, rule: index });
    out.startTimer(`${delayedResponse}${heard.branch}`, rule.after);
    return true;
  }
  return carryOut(client, rule, heard, out);
}

/** Leads the timers of responses that wait. */
export const delayedResponse = 'own respond ';

/** The wait is over; gives the request where the terminal is to answer it as usual after all. */
export function respondLate(
  client: CmrClientState,
  timer: string,
  out: Outbox,
): HeardRequest | null {
  const branch = timer.slice(delayedResponse.length);
  const place = client.delayed.findIndex((one) => one.branch === branch);
  const [waiting] = place < 0 ? [] : client.delayed.splice(place, 1);
  const rule = client.config.responds[waiting?.rule ?? -1];
  if (waiting === undefined || rule === undefined) return null;
  const { request, from } = waiting;
  const dialog = client.agent.dialogs[waiting.dialog] ?? null;
  const heard: HeardRequest = { kind: 'request', request, branch, dialog, from };
  return carryOut(client, rule, heard, out) ? null : heard;
}

function ruleFor(client: CmrClientState, { method, to }: SipRequest): number {
  const { responds } = client.config;
  for (let index = 0; index < responds.length; index += 1) {
    const rule = responds[index]!;
    if (rule.to !== method) continue;
    if (rule.inDialog !== null && rule.inDialog !== (to.tag !== null)) continue;
    const count = (client.ruleUses[index] ?? 0) + 1;
    client.ruleUses[index] = count;
    if (rule.occurrences.length === 0 || rule.occurrences.includes(count)) return index;
  }
  return -1;
}

function carryOut(
  client: CmrClientState,
  rule: ResponseRule,
  heard: HeardRequest,
  out: Outbox,
): boolean {
  const { branch, request } = heard;
  const { method } = request;
  if (rule.with === 'as usual') return false;
  if (request.to.tag === null || method === 'BYE') endCall(client, out);
  if (rule.with === 'nothing') {
    out.stopTimer(`100 ${branch}`);
    const why = `${method} stays without an answer`;
    out.note({ kind: 'ignored', why, clause: clause('RFC3261 8.2.6') });
    return true;
  }
  const saying = { headers: rule.headers, bodies: [], contact: null };
  if (method === 'INVITE') respondToInvite(client.agent, branch, rule.with, saying, false, out);
  else if (method !== 'ACK') respond(client.agent, branch, method, rule.with, saying, out);
  return true;
}
