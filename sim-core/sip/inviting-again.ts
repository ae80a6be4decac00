import type { NodeId, Outbox } from '../kernel/node.ts';
import type { UserAgent } from './agent.ts';
import { makeRequest } from './making-messages.ts';
import { headerValue, type Header, type SipRequest, type SipResponse } from './message.ts';
import { nextVia } from './sending.ts';
import { sessionExpiresOf } from './session-timer.ts';
import { newClientTransaction } from './transaction/new-client.ts';
import { startClient } from './transaction/running.ts';

/**
 * RFC 4028 §7.3: an INVITE that was refused with 422 goes once more, as the next request of the
 * same call, with the interval that the refusal names. Gives its branch; null where it was refused
 * for anything else, or where the other end names no longer interval than it was asked for.
 */
export function inviteAgain(
  agent: UserAgent,
  peer: NodeId,
  refused: SipRequest,
  response: SipResponse,
  out: Outbox,
): string | null {
  const asked = sessionExpiresOf(refused);
  if (response.status !== 422 || refused.method !== 'INVITE' || asked === null) return null;
  const least = Number.parseInt(headerValue(response, 'Min-SE') ?? '', 10);
  if (!Number.isSafeInteger(least) || least <= asked.interval) return null;
  const told = ['session-expires', 'min-se'];
  const headers = refused.headers.map(([name, value]): Header => {
    return [name, told.includes(name.toLowerCase()) ? String(least) : value];
  });
  const via = nextVia(agent, peer);
  const { requestUri, from, to, callId, cseq, contact, bodies, otherBodies } = refused;
  const request = makeRequest({
    method: 'INVITE',
    requestUri,
    via: [via],
    from,
    to,
    callId,
    sequence: cseq.number + 1,
    contact,
    headers,
    bodies,
    otherBodies,
  });
  startClient(agent, newClientTransaction(via.branch, peer, request), out);
  return via.branch;
}
