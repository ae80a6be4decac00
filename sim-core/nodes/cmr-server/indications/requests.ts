import type { Outbox } from '../../../kernel/node.ts';
import type { SipIndication } from '../../../sip/agent.ts';
import { respond, respondToInvite } from '../../../sip/sending.ts';
import { earlySessionOn } from '../actions/early-sessions.ts';
import { offerUpdate } from '../actions/negotiating.ts';
import type { CmrCall, CmrServerState, Leg } from '../call.ts';
import type { Tell } from '../procedure.ts';
import { byeReason } from '../reasons.ts';
import { endCall, forward } from '../relay.ts';

const nothing = { headers: [], bodies: [], contact: null };

/** A request in a dialog, from either client. */
export function hearRequest(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  heard: Extract<SipIndication, { kind: 'request' }>,
  out: Outbox,
  tell: Tell,
): void {
  const { agent } = server;
  const { request, branch } = heard;
  switch (request.method) {
    case 'PRACK':
      respond(agent, branch, 'PRACK', 200, nothing, out);
      if (call.over) return;
      tell(call, 'Client-A: PRACK', {
        earlySession: earlySessionOn(server, call, 'Client-A'),
      });
      sendWhatWaited(server, call, out);
      return;
    case 'CANCEL':
      endCall(server, call, 'Client-A', { status: 487, headers: [] }, out);
      return;
    case 'BYE':
      respond(agent, branch, 'BYE', 200, nothing, out);
      endCall(server, call, leg, { status: 480, headers: [byeReason(leg)] }, out);
      return;
    case 'INVITE':
      respondToInvite(agent, branch, 488, nothing, false, out);
      return;
    case 'UPDATE':
      respond(agent, branch, 'UPDATE', request.bodies.length === 0 ? 200 : 488, nothing, out);
      return;
    default:
      if (request.method !== 'ACK') respond(agent, branch, request.method, 501, nothing, out);
  }
}

/** GAP-06: what had to wait for the PRACK goes now, after its 200, as far as the next one. */
function sendWhatWaited(server: CmrServerState, call: CmrCall, out: Outbox): void {
  const { updateWaits } = call;
  if (call.over) return;
  if (updateWaits !== null) {
    call.updateWaits = null;
    offerUpdate(server, call, updateWaits, out);
  }
  for (const onward of call.responsesWait.splice(0)) forward(server, call, onward, out);
}
