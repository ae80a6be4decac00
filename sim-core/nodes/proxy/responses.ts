import { clause } from '../../base/clause-id.ts';
import type { Outbox } from '../../kernel/node.ts';
import { makeResponse } from '../../sip/making-messages.ts';
import { headerTokens, type Header, type SipResponse } from '../../sip/message.ts';
import { cancelInvite } from '../../sip/sending.ts';
import { receiveInInviteClient } from '../../sip/transaction/invite-client.ts';
import { respondInInviteServer } from '../../sip/transaction/invite-server.ts';
import { clientTransactionOf } from '../../sip/transaction/match.ts';
import { receiveInNonInviteClient } from '../../sip/transaction/non-invite-client.ts';
import { respondInNonInviteServer } from '../../sip/transaction/non-invite-server.ts';
import { outboxOf, timersTowards } from '../../sip/transaction/running.ts';
import { stopTryingElsewhere } from '../../sip/trying.ts';
import type { ServerTransaction } from '../../sip/transaction/transaction.ts';
import { betterOf } from './best-response.ts';
import { forwardTo, ringing } from './forwarding.ts';
import type { ProxyBranch, ProxyState, ResponseContext } from './proxy-state.ts';
import { routingOf } from './routing.ts';

/** RFC 3261 §16.7: what comes back from the branches, and what of it goes on. */

export function contextOf(
  { contexts }: ProxyState,
  branch: string,
  method: string,
): ResponseContext | null {
  return contexts.find((one) => one.branch === branch && one.method === method) ?? null;
}

/** A response arrives: its branch, then onwards without our Via; 100 stays here (R-TX-02). */
export function takeResponse(proxy: ProxyState, response: SipResponse, out: Outbox): void {
  const { agent } = proxy;
  const transaction = clientTransactionOf(agent.transactions, response);
  if (transaction === null) {
    const why = 'no transaction waits for this response';
    out.note({ kind: 'ignored', why, clause: clause('R-TX-17') });
    return;
  }
  const its = outboxOf(agent, transaction, out);
  const timers = timersTowards(agent, transaction.peer);
  const { branch, request } = transaction;
  const { status } = response;
  let passing;
  if (transaction.kind === 'INVITE client') {
    passing = receiveInInviteClient(transaction, response, timers, its);
    if (status >= 200) {
      out.stopTimer(`cancel ${branch}`);
      out.stopTimer(`C ${branch}`);
      out.stopTimer(`${ringing}${branch}`);
    } else if (transaction.cancelWanted) cancelInvite(agent, branch, [], out);
  } else passing = receiveInNonInviteClient(transaction, response, timers, its);
  const found = branchOf(proxy, branch, request.method);
  const stays = status === 100 && !proxy.config.defects.includes('passes-trying-on');
  if (passing === 'absorb' || found === null || stays) return;
  if (status < 200) forwardProvisional(proxy, found, response, out);
  else takeFinal(proxy, found, response, out);
}

/** Timer B or F, or a CANCEL that nobody obeyed: as if a 408 had come (§16.8, R-TX-19). */
export function settleUnanswered(
  proxy: ProxyState,
  branch: string,
  method: string,
  out: Outbox,
): void {
  const found = branchOf(proxy, branch, method);
  if (found === null || found.branch.status > 0) return;
  out.stopTimer(`C ${branch}`);
  found.branch.status = 408;
  const server = serverOf(proxy, found.context);
  if (server === null || found.context.answered) return;
  // RFC 4320 §4.2: a request other than INVITE gets no 408 (R-TX-18).
  if (method !== 'INVITE') {
    found.context.answered = true;
    return;
  }
  takeRefusal(proxy, found, makeResponse(server.request, 408, ownTag(server), null, [], []), out);
}

/** Timer C: a branch that rings too long is cancelled, one that never answered counts as 408. */
export function timerCFires(proxy: ProxyState, branch: string, out: Outbox): void {
  const client = proxy.agent.transactions.find(
    (one) => one.kind === 'INVITE client' && one.branch === branch,
  );
  out.note({ kind: 'ignored', why: 'Timer C', clause: clause('R-TX-19') });
  if (client?.state === 'Proceeding') cancelInvite(proxy.agent, branch, [timerCReason], out);
  else settleUnanswered(proxy, branch, 'INVITE', out);
}

const timerCReason: Header = ['Reason', 'SIP;cause=408;text="Timer C"'];

/** Cancels every branch without a final response (§16.7 item 10, §16.10). */
export function cancelPending(
  { agent }: ProxyState,
  { branches }: ResponseContext,
  headers: readonly Header[],
  out: Outbox,
): void {
  for (const { branch, status } of branches) {
    if (status === 0) cancelInvite(agent, branch, headers, out);
  }
}

/** One branch of a context. */
interface Found {
  readonly context: ResponseContext;
  readonly branch: ProxyBranch;
}

function branchOf({ contexts }: ProxyState, branch: string, method: string): Found | null {
  for (const context of contexts) {
    if (context.method !== method) continue;
    const found = context.branches.find((one) => one.branch === branch);
    if (found !== undefined) return { context, branch: found };
  }
  return null;
}

function forwardProvisional(
  proxy: ProxyState,
  { context, branch }: Found,
  response: SipResponse,
  out: Outbox,
): void {
  // Each provisional response but 100 gives the branch its time again (§16.7 item 2).
  if (context.method === 'INVITE') out.startTimer(`C ${branch.branch}`, proxy.config.timerC);
  const { tag } = response.to;
  if (tag !== null && !branch.earlyTags.includes(tag)) branch.earlyTags.push(tag);
  if (!context.answered) sendBack(proxy, context, onwardOf(proxy, response), out);
}

function takeFinal(proxy: ProxyState, found: Found, response: SipResponse, out: Outbox): void {
  const { context, branch } = found;
  branch.status = response.status;
  const onward = onwardOf(proxy, response);
  if (response.status >= 300) {
    takeRefusal(proxy, found, onward, out);
    return;
  }
  // Every 2xx to INVITE goes on at once, also a second and a repeated one (§16.7 item 5).
  if (context.answered && context.method !== 'INVITE') return;
  context.answered = true;
  sendBack(proxy, context, onward, out);
  if (context.method === 'INVITE') cancelPending(proxy, context, [completedElsewhere], out);
}

/** RFC 3326 §3.1: why the other telephones stop ringing. */
const completedElsewhere: Header = ['Reason', 'SIP;cause=200;text="Call completed elsewhere"'];

/** A refusal is kept until every branch has ended; one of class 6 ends them all. */
function takeRefusal(proxy: ProxyState, found: Found, refusal: SipResponse, out: Outbox): void {
  const { context, branch } = found;
  if (context.answered) return;
  context.best = betterOf(context.best, refusal);
  if (refusal.status >= 600) {
    context.waiting = [];
    cancelPending(proxy, context, [], out);
  }
  tryNext(proxy, context, out);
  if (context.branches.some(({ status }) => status === 0)) {
    endEarlyDialogs(proxy, context, branch, refusal.status, out);
    return;
  }
  context.answered = true;
  const { best } = context;
  const server = serverOf(proxy, context);
  if (server === null) return;
  // §16.7 item 6: what a 503 says is for us alone.
  const told =
    best.status === 503 ? makeResponse(server.request, 500, ownTag(server), null, [], []) : best;
  sendBack(proxy, context, told, out);
}

/** One after another: the next target is tried when those before have refused or rung enough. */
function tryNext(proxy: ProxyState, context: ResponseContext, out: Outbox): void {
  const server = serverOf(proxy, context);
  const [next, ...rest] = context.waiting;
  if (server === null || next === undefined) return;
  context.waiting = rest;
  const { headers } = routingOf(proxy, server.request);
  context.branches.push(forwardTo(proxy, server.request, headers, next, out));
}

/** A target has rung long enough, where there is another to try. */
export function ringTimeFires(proxy: ProxyState, branch: string, out: Outbox): void {
  const found = branchOf(proxy, branch, 'INVITE');
  if (found === null || found.branch.status > 0 || found.context.waiting.length === 0) return;
  cancelInvite(proxy.agent, branch, [], out);
}

/** RFC 6228 §6: the caller hears at once which early dialogs a refused branch has ended. */
function endEarlyDialogs(
  proxy: ProxyState,
  context: ResponseContext,
  { earlyTags }: ProxyBranch,
  status: number,
  out: Outbox,
): void {
  const server = serverOf(proxy, context);
  if (server === null || !headerTokens(server.request, 'Supported').includes('199')) return;
  for (const tag of earlyTags) {
    const reason: Header = ['Reason', `SIP;cause=${status}`];
    sendBack(proxy, context, makeResponse(server.request, 199, tag, null, [reason], []), out);
  }
}

function serverOf({ agent }: ProxyState, { branch, method }: ResponseContext) {
  const found = agent.transactions.find(
    (one): one is ServerTransaction =>
      (one.kind === 'INVITE server' || one.kind === 'non-INVITE server') &&
      one.branch === branch &&
      one.request.method === method,
  );
  return found ?? null;
}

function ownTag(server: ServerTransaction): string | null {
  return server.kind === 'INVITE server' ? server.toTag : null;
}

/** Sends a response back by the server transaction; a 2xx after the first past it (RFC 6026). */
function sendBack(
  proxy: ProxyState,
  context: ResponseContext,
  response: SipResponse,
  out: Outbox,
): void {
  const { agent } = proxy;
  const server = serverOf(proxy, context);
  if (server === null) {
    const why = 'nobody waits for this response any more';
    out.note({ kind: 'ignored', why, clause: clause('R-TX-17') });
    return;
  }
  const timers = timersTowards(agent, server.peer);
  const its = outboxOf(agent, server, out);
  if (server.kind === 'non-INVITE server') {
    stopTryingElsewhere(server, out);
    respondInNonInviteServer(server, response, timers, its);
  } else if (server.state === 'Proceeding') respondInInviteServer(server, response, timers, its);
  else if (server.state === 'Accepted' && response.status >= 200) out.send(response, server.peer);
}

/** Without our Via, and without what stays inside the trust domain. */
function onwardOf({ config }: ProxyState, response: SipResponse): SipResponse {
  const via = Object.freeze(response.via.slice(1));
  const { strips } = config;
  if (strips.length === 0) return Object.freeze({ ...response, via });
  const headers = Object.freeze(response.headers.filter(([name]) => !strips.includes(name)));
  return Object.freeze({ ...response, via, headers });
}
