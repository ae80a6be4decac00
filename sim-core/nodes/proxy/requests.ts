import { clause } from '../../base/clause-id.ts';
import type { NodeId, Outbox } from '../../kernel/node.ts';
import type { SipRequest } from '../../sip/message.ts';
import { inviteServerOf, nextVia, respond, respondToInvite } from '../../sip/sending.ts';
import { acknowledgeInInviteServer } from '../../sip/transaction/invite-server.ts';
import { serverTransactionOf } from '../../sip/transaction/match.ts';
import { newServerTransaction } from '../../sip/transaction/new-server.ts';
import { absorbRepeated } from '../../sip/transaction/repeated.ts';
import { outboxOf, timersTowards } from '../../sip/transaction/running.ts';
import { expectAnswerElsewhere } from '../../sip/trying.ts';
import { copied, forwardTo } from './forwarding.ts';
import type { ProxyState, ResponseContext } from './proxy-state.ts';
import { cancelPending, contextOf } from './responses.ts';
import { routingOf } from './routing.ts';

const nothing = { headers: [], bodies: [], contact: null };

/** A request arrives: its transaction, then where it goes (RFC 3261 §16.3 to §16.6, §16.10). */
export function takeRequest(
  proxy: ProxyState,
  request: SipRequest,
  from: NodeId,
  out: Outbox,
): void {
  const { agent } = proxy;
  const known = serverTransactionOf(agent.transactions, request);
  if (request.method === 'ACK') {
    if (known?.kind === 'INVITE server' && known.state !== 'Accepted') {
      const timers = timersTowards(agent, from);
      acknowledgeInInviteServer(known, timers, outboxOf(agent, known, out));
    } else forwardAck(proxy, request, out);
    return;
  }
  if (known !== null) {
    absorbRepeated(agent, known, out);
    return;
  }
  const transaction = newServerTransaction(agent, request, from, out);
  const { branch } = transaction;
  if (request.method === 'CANCEL') {
    takeCancel(proxy, request, branch, out);
    return;
  }
  if (request.method === 'INVITE') respondToInvite(agent, branch, 100, nothing, false, out);
  if (request.maxForwards === 0) {
    refuse(proxy, request, branch, 483, out);
    return;
  }
  const { targets, headers } = routingOf(proxy, request);
  if (targets.length === 0) {
    refuse(proxy, request, branch, request.to.tag === null ? 404 : 481, out);
    return;
  }
  const together = proxy.config.ringTime === null ? targets.length : 1;
  const context: ResponseContext = {
    branch,
    method: request.method,
    branches: [],
    waiting: targets.slice(together),
    best: null,
    answered: false,
  };
  proxy.contexts.push(context);
  if (transaction.kind === 'non-INVITE server') expectAnswerElsewhere(agent, transaction, out);
  for (const target of targets.slice(0, together)) {
    context.branches.push(forwardTo(proxy, request, headers, target, out));
  }
}

/** RFC 3261 §16.10: answered at once, and passed on to every branch that is still pending. */
function takeCancel(proxy: ProxyState, cancel: SipRequest, branch: string, out: Outbox): void {
  const known = inviteServerOf(proxy.agent, branch) !== null;
  respond(proxy.agent, branch, 'CANCEL', known ? 200 : 481, nothing, out);
  const context = contextOf(proxy, branch, 'INVITE');
  if (context === null || context.answered) return;
  context.waiting = [];
  const reasons = cancel.headers.filter(([name]) => name === 'Reason');
  cancelPending(proxy, context, reasons, out);
}

/** An ACK to a 2xx has no transaction: it follows its Route (§16.6, §17.1.1.3). */
function forwardAck(proxy: ProxyState, ack: SipRequest, out: Outbox): void {
  const { targets, headers } = routingOf(proxy, ack);
  const [target] = targets;
  if (target === undefined || ack.maxForwards === 0) {
    out.note({ kind: 'ignored', why: 'an ACK for nobody', clause: clause('R-DLG-08') });
    return;
  }
  out.send(copied(ack, nextVia(proxy.agent, target.node), target.uri, headers), target.node);
}

function refuse(
  { agent }: ProxyState,
  request: SipRequest,
  branch: string,
  status: number,
  out: Outbox,
): void {
  const { method } = request;
  if (method === 'INVITE') respondToInvite(agent, branch, status, nothing, false, out);
  else if (method !== 'ACK') respond(agent, branch, method, status, nothing, out);
}
