import type { NodeId, Outbox } from '../kernel/node.ts';
import type { UserAgent } from './agent.ts';
import { makeRequest } from './making-messages.ts';
import type { SipResponse } from './message.ts';
import { nextVia } from './sending.ts';

/** An ACK that nobody waits for: what a node with a defect makes of a response it should ignore. */
export function acknowledgeAllTheSame(
  agent: UserAgent,
  response: SipResponse,
  peer: NodeId,
  out: Outbox,
): void {
  const ack = makeRequest({
    method: 'ACK',
    requestUri: response.to.uri,
    via: [nextVia(agent, peer)],
    from: response.from,
    to: response.to,
    callId: response.callId,
    sequence: response.cseq.number,
    contact: null,
    headers: [],
    bodies: [],
  });
  out.send(ack, peer);
}
