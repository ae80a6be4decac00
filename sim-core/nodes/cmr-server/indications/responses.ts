import type { Outbox } from '../../../kernel/node.ts';
import type { SipIndication } from '../../../sip/agent.ts';
import { hangUp } from '../../../sip/hanging-up.ts';
import { bodyOf, headerTokens, reliableSequence, type SipResponse } from '../../../sip/message.ts';
import { sendPrack } from '../../../sip/sending.ts';
import { acknowledgeClientB } from '../actions/negotiating.ts';
import type { CmrCall, CmrServerState, Leg, Onward } from '../call.ts';
import { dialogOn, endToEnd, rememberDialog } from '../legs.ts';
import type { Tell } from '../procedure.ts';
import { endsDialog, sipReason } from '../reasons.ts';
import { endCall, forward } from '../relay.ts';

/** A response of either client to a request of the CMR Server. */
export function hearResponse(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  heard: Extract<SipIndication, { kind: 'response' }>,
  out: Outbox,
  tell: Tell,
): void {
  const { response, to } = heard;
  rememberDialog(server, call, leg, heard.dialog);
  if (to.method === 'UPDATE' && leg === 'Client-A') {
    const answer = bodyOf(response, 'session');
    if (response.status < 300 && answer !== null)
      tell(call, 'Client-A: UPDATE answered', { answer });
    else refusedByA(server, call, response.status, out, tell);
    return;
  }
  if (to.method !== 'INVITE' || leg !== 'Client-B') return;
  if (to.to.tag !== null) hearToReinvite(server, call, response, out, tell);
  else if (response.status < 200) hearProvisional(server, call, response, out, tell);
  else hearFinal(server, call, response, out, tell);
}

function hearProvisional(
  server: CmrServerState,
  call: CmrCall,
  response: SipResponse,
  out: Outbox,
  tell: Tell,
): void {
  const dialog = dialogOn(server, call, 'Client-B');
  const reliable = reliableSequence(response) !== null;
  if (reliable && dialog !== null) sendPrack(server.agent, dialog, response, [], out); // GAP-13
  if (call.over) return;
  const onward = onwardOf(response);
  onward.reliably = reliable && clientASupports(server, call, '100rel');
  tell(call, 'Client-B: provisional response', { onward, status: response.status });
  if (!onward.held && !call.over) forward(server, call, onward, out);
}

function hearFinal(
  server: CmrServerState,
  call: CmrCall,
  response: SipResponse,
  out: Outbox,
  tell: Tell,
): void {
  const { status } = response;
  const dialog = dialogOn(server, call, 'Client-B');
  const answered = status < 300 && dialog !== null;
  if (answered) call.owedAcks.push(response.cseq.number);
  if (call.over) {
    // Client-A has cancelled, and the answer came first: acknowledged, then ended (R-CAN-07).
    acknowledgeClientB(server, call, out);
    if (answered) hangUp(server.agent, dialog, [], out);
    return;
  }
  const onward = onwardOf(response);
  tell(call, 'Client-B: final response', { onward, status });
  if (onward.held || call.over) return;
  if (answered) acknowledgeClientB(server, call, out); // GAP-44
  if (call.kept !== null) call.kept = null; // a provisional response is of no use any more
  forward(server, call, onward, out);
  if (status >= 300) endCall(server, call, 'Client-B', { status, headers: [] }, out);
}

function hearToReinvite(
  server: CmrServerState,
  call: CmrCall,
  response: SipResponse,
  out: Outbox,
  tell: Tell,
): void {
  const { status } = response;
  if (status < 200) return;
  if (status < 300) call.owedAcks.push(response.cseq.number);
  if (call.over) {
    acknowledgeClientB(server, call, out);
    return;
  }
  const answer = bodyOf(response, 'session');
  if (status < 300 && answer !== null) {
    tell(call, 'Client-B: re-INVITE answered', { answer });
    return;
  }
  if (endsDialog(status)) {
    endCall(server, call, 'Client-B', { status: 480, headers: [sipReason(status)] }, out);
  } else {
    tell(call, 'Client-B: re-INVITE refused', { status });
  }
}

/** A refused UPDATE leaves the session as it was, unless the dialog is gone (R-UPD-09). */
export function refusedByA(
  server: CmrServerState,
  call: CmrCall,
  status: number,
  out: Outbox,
  tell: Tell,
): void {
  if (endsDialog(status)) {
    endCall(server, call, 'Client-A', { status: 487, headers: [sipReason(status)] }, out);
  } else {
    tell(call, 'Client-A: UPDATE refused', { status });
  }
}

function onwardOf(response: SipResponse): Onward {
  return {
    towards: 'Client-A',
    status: response.status,
    headers: endToEnd(response.headers),
    bodies: response.bodies.filter(({ disposition }) => disposition === 'session'),
    reliably: false,
    held: false,
  };
}

function clientASupports({ agent }: CmrServerState, call: CmrCall, tag: string): boolean {
  const branch = call.branches['Client-A'];
  const invite = agent.transactions.find(
    (one) => one.kind === 'INVITE server' && one.branch === branch,
  );
  return invite !== undefined && headerTokens(invite.request, 'Supported').includes(tag);
}
