import type { Outbox } from '../../kernel/node.ts';
import { makeRequest } from '../../sip/making-messages.ts';
import type { Header, SipRequest } from '../../sip/message.ts';
import { nextVia } from '../../sip/sending.ts';
import { newClientTransaction } from '../../sip/transaction/new-client.ts';
import { startClient } from '../../sip/transaction/running.ts';
import type { ProxyBranch, ProxyState, ProxyTarget } from './proxy-state.ts';
import { recordingRoute } from './routing.ts';

/** §16.6: a copy with one hop less to go, our Via on top, and a transaction of its own. */
export function forwardTo(
  proxy: ProxyState,
  request: SipRequest,
  headers: readonly Header[],
  target: ProxyTarget,
  out: Outbox,
): ProxyBranch {
  const { agent, config } = proxy;
  const via = nextVia(agent, target.node);
  const starts = request.method === 'INVITE' && request.to.tag === null;
  const onward = copied(
    request,
    via,
    target.uri,
    starts ? recordingRoute(proxy, headers) : headers,
  );
  startClient(agent, newClientTransaction(via.branch, target.node, onward), out);
  if (request.method === 'INVITE') {
    out.startTimer(`C ${via.branch}`, config.timerC);
    if (config.ringTime !== null && starts) {
      out.startTimer(`${ringing}${via.branch}`, config.ringTime);
    }
  }
  return { branch: via.branch, status: 0, earlyTags: [] };
}

/** Timer of a target that may ring for so long before the next is tried. */
export const ringing = 'own ring ';

export function copied(
  request: SipRequest,
  via: SipRequest['via'][number],
  requestUri: string | null,
  headers: readonly Header[],
): SipRequest {
  const { method, from, to, callId, contact, bodies, otherBodies } = request;
  return makeRequest({
    method,
    requestUri: requestUri ?? request.requestUri,
    via: [via, ...request.via],
    from,
    to,
    callId,
    sequence: request.cseq.number,
    contact,
    headers,
    bodies,
    otherBodies,
    maxForwards: request.maxForwards - 1,
  });
}
