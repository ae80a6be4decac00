import type { Outbox } from '../../../kernel/node.ts';
import type { SipIndication } from '../../../sip/agent.ts';
import { bodyOf } from '../../../sip/message.ts';
import { respondToInvite } from '../../../sip/sending.ts';
import { newCall, type CmrServerState } from '../call.ts';
import { endToEnd } from '../legs.ts';
import { begin, type Tell } from '../procedure.ts';
import { proceduresFor } from '../procedures/index.ts';
import { inviteClientB } from '../relay.ts';

/** An INVITE that begins a call: who calls whom, and which procedures the call follows. */
export function hearInvite(
  server: CmrServerState,
  heard: Extract<SipIndication, { kind: 'request' }>,
  out: Outbox,
  tell: Tell,
): void {
  const { request, branch } = heard;
  const { subscribers } = server.config;
  const caller = subscribers.find(({ node }) => node === heard.from);
  const called = subscribers.find(({ identity }) => identity === request.requestUri);
  if (caller === undefined || called === undefined || called === caller) {
    const nothing = { headers: [], bodies: [], contact: null };
    respondToInvite(server.agent, branch, 404, nothing, false, out);
    return;
  }
  if (server.calls.some(({ id }) => id === request.callId)) {
    // A copy that was on its way for longer than its transaction lasted (RFC 3261 §8.2.2.2): no
    // two calls have the same Call-ID (§8.1.1.4).
    const nothing = { headers: [], bodies: [], contact: null };
    respondToInvite(server.agent, branch, 482, nothing, false, out);
    return;
  }
  const call = newCall(request.callId, caller, called);
  call.branches['Client-A'] = branch;
  call.lastOfferOfClientA = bodyOf(request, 'session');
  server.calls.push(call);
  call.invite = {
    request,
    called,
    headers: endToEnd(request.headers),
    bodies: request.bodies.filter(({ disposition }) => disposition === 'session'),
    held: false,
  };
  for (const followed of proceduresFor(server.config, request, called, out))
    begin(call, followed, out);
  tell(call, 'Client-A: INVITE', { invite: request });
  if (!call.invite.held) inviteClientB(server, call, out);
}
