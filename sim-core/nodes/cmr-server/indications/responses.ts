import type { Outbox } from '../../../kernel/node.ts';
import type { SipIndication } from '../../../sip/agent.ts';
import type { Dialog } from '../../../sip/dialog.ts';
import { hangUp } from '../../../sip/hanging-up.ts';
import { bodyOf, reliableSequence, type SipResponse } from '../../../sip/message.ts';
import { sendPrack } from '../../../sip/sending.ts';
import { earlySessionOn } from '../actions/early-sessions.ts';
import { acknowledgeClientB } from '../actions/negotiating.ts';
import type { CmrCall, CmrServerState, Leg, Onward } from '../call.ts';
import { dialogOn, endToEnd, inviteOfClientASupports, rememberDialog } from '../legs.ts';
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
  if (leg === 'Client-B' && (to.method === 'PRACK' || to.method === 'UPDATE')) {
    hearOfOffer(server, call, to.method, response.status, tell);
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
  if (reliable && dialog !== null) acknowledge(server, call, dialog, response, out, tell);
  if (call.over) return;
  if (response.status === 180) call.alerted = true;
  const onward = onwardOf(response);
  onward.reliably = reliable && inviteOfClientASupports(server, call, '100rel');
  tell(call, 'Client-B: provisional response', { onward, status: response.status });
  if (!onward.held && !call.over) forward(server, call, onward, out);
}

/** GAP-13: Client-B's reliable response gets a PRACK of this server's, unless one is kept back. */
function acknowledge(
  server: CmrServerState,
  call: CmrCall,
  dialog: Dialog,
  response: SipResponse,
  out: Outbox,
  tell: Tell,
): void {
  call.prack.response = response;
  const earlySession = earlySessionOn(server, call, 'Client-B');
  tell(call, 'Client-B: reliable provisional response', { response, earlySession });
  if (!call.prack.held) sendPrack(server.agent, dialog, response, [], out);
}

/** What Client-B says to a PRACK or an UPDATE, which may carry an early-session offer. */
export function hearOfOffer(
  server: CmrServerState,
  call: CmrCall,
  method: 'PRACK' | 'UPDATE',
  status: number,
  tell: Tell,
): void {
  if (call.over) return;
  const earlySession = earlySessionOn(server, call, 'Client-B');
  if (method === 'PRACK') tell(call, 'Client-B: PRACK answered', { status, earlySession });
  else if (status < 300) tell(call, 'Client-B: UPDATE answered', { earlySession });
  else tell(call, 'Client-B: UPDATE refused', { status });
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
  call.responsesWait = []; // provisional responses are of no use any more
  tell(call, 'Client-B: final response', { onward, status });
  if (onward.held || call.over) return;
  if (answered) acknowledgeClientB(server, call, out); // GAP-44
  call.kept = null;
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
