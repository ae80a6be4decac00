import { clause } from '../../base/clause-id.ts';
import type { Outbox } from '../../kernel/node.ts';
import type { SipIndication } from '../../sip/agent.ts';
import {
  bodyOf,
  headerTokens,
  reliableSequence,
  type Header,
  type SipRequest,
  type SipResponse,
} from '../../sip/message.ts';
import { hangUp, hangUpNow } from '../../sip/hanging-up.ts';
import { respond, respondToInvite, sendPrack } from '../../sip/sending.ts';
import { acknowledgeClientB, offerUpdate } from './actions.ts';
import { newCall, type CmrCall, type CmrServerState, type Leg, type Onward } from './call.ts';
import { dialogOn, endToEnd, legOf, rememberDialog } from './legs.ts';
import { begin, type CallIndications } from './procedure.ts';
import { proceduresFor } from './procedures/index.ts';
import { endCall, forward, inviteClientB } from './relay.ts';

/** Tells the procedures of a call. */
type Tell = <Kind extends keyof CallIndications>(
  call: CmrCall,
  kind: Kind,
  indication: CallIndications[Kind],
) => void;

const nothing = { headers: [], bodies: [], contact: null };

/** A SIP indication becomes one in the words of the source texts, and then goes on its way. */
export function hearSip(
  server: CmrServerState,
  heard: SipIndication,
  out: Outbox,
  tell: Tell,
): void {
  if (heard.kind === 'request' && heard.request.method === 'INVITE' && heard.dialog === null) {
    hearInvite(server, heard, out, tell);
    return;
  }
  const callId = messageOf(heard).callId;
  const found = legOf(server, callId);
  if (found === null) return;
  const { call, leg } = found;
  switch (heard.kind) {
    case 'request':
      hearRequest(server, call, leg, heard, out, tell);
      return;
    case 'response':
      hearResponse(server, call, leg, heard, out, tell);
      return;
    case 'ACK':
      if (leg === 'Client-A') tell(call, 'Client-A: ACK', {});
      return;
    case 'no answer':
      hearNoAnswer(server, call, leg, heard.to, out, tell);
      return;
    case 'not acknowledged':
      hearNotAcknowledged(server, call, heard.response, out);
      return;
  }
}

function hearInvite(
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
    respondToInvite(server.agent, branch, 404, nothing, false, out);
    return;
  }
  const call = newCall(request.callId, caller, called);
  call.branches['Client-A'] = branch;
  call.lastOfferOfClientA = bodyOf(request, 'session');
  server.calls.push(call);
  for (const followed of proceduresFor(server.config)) begin(call, followed, out);
  tell(call, 'Client-A: INVITE', { invite: request });
  inviteClientB(server, call, called, request, out);
}

function hearRequest(
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
      tell(call, 'Client-A: PRACK', {});
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

function hearResponse(
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
function refusedByA(
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

/** Timer B or F: as if a 408 had come; an INVITE nobody answered is answered so to Client-A. */
function hearNoAnswer(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  to: SipRequest,
  out: Outbox,
  tell: Tell,
): void {
  if (call.over) return;
  if (to.method === 'UPDATE') refusedByA(server, call, 408, out, tell);
  else if (to.method === 'INVITE') {
    const status = to.to.tag === null ? 408 : 480;
    endCall(server, call, leg, { status, headers: [sipReason(408)] }, out);
  }
}

/** No PRACK: 5xx to Client-A (R-PRK-07). No ACK: the session is ended (R-2XX-02). */
function hearNotAcknowledged(
  server: CmrServerState,
  call: CmrCall,
  response: SipResponse,
  out: Outbox,
): void {
  const why = response.status < 200 ? 'no PRACK within 64·T1' : 'no ACK within 64·T1';
  const id = response.status < 200 ? 'R-PRK-07' : 'R-2XX-02';
  out.note({ kind: 'ignored', why, clause: clause(id) });
  endCall(server, call, 'CMR Server', { status: 504, headers: [sipReason(408)] }, out);
  const dialog = dialogOn(server, call, 'Client-A');
  if (dialog !== null) hangUpNow(server.agent, dialog, out);
}

/** GAP-06: what had to wait for the PRACK goes now, after its 200. */
function sendWhatWaited(server: CmrServerState, call: CmrCall, out: Outbox): void {
  const { updateWaits, forwardWaits, kept } = call;
  if (call.over) return;
  if (updateWaits !== null) {
    call.updateWaits = null;
    offerUpdate(server, call, updateWaits, out);
  }
  if (forwardWaits && kept !== null) {
    call.forwardWaits = false;
    call.kept = null;
    forward(server, call, kept, out);
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

function endsDialog(status: number): boolean {
  return status === 481 || status === 408;
}

/** RFC 3326: why a request ended the call. */
function sipReason(cause: number): Header {
  return ['Reason', `SIP;cause=${cause}`];
}

function byeReason(leg: Leg): Header {
  return ['Reason', `SIP;cause=200;text="${leg} hung up"`];
}

function messageOf(heard: SipIndication): SipRequest | SipResponse {
  switch (heard.kind) {
    case 'request':
      return heard.request;
    case 'response':
    case 'not acknowledged':
      return heard.response;
    case 'ACK':
      return heard.ack;
    case 'no answer':
      return heard.to;
  }
}
