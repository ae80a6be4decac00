import type { Outbox } from '../../../kernel/node.ts';
import type { SipIndication } from '../../../sip/agent.ts';
import { digitIn, infoDtmf, packageOf } from '../../../sip/info-dtmf.ts';
import { bodyOf, type SipRequest } from '../../../sip/message.ts';
import { respond } from '../../../sip/sending.ts';
import { answerEarlyOffer, earlySessionOn } from '../actions/early-sessions.ts';
import type { CmrCall, CmrServerState, Leg } from '../call.ts';
import { capabilitiesTowards, dialogOn } from '../legs.ts';
import { sendPrackToClientB } from '../offers-of-client-b.ts';
import { decideContinue } from '../policy.ts';
import type { Tell } from '../procedure.ts';
import { byeReason } from '../reasons.ts';
import { hearDigit } from './replies.ts';
import { endCall } from '../relay.ts';
import { hearOfferInPrack, hearSessionRequest, sendWhatWaited } from '../session-relay.ts';

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
      hearPrack(server, call, heard, out, tell);
      return;
    case 'CANCEL':
      endCall(server, call, 'Client-A', { status: 487, headers: [] }, out);
      return;
    case 'BYE':
      respond(agent, branch, 'BYE', 200, nothing, out);
      // Another branch of a fork ends its own dialog, and not that of the one who answered.
      if (dialogOn(server, call, leg)?.state === 'confirmed') return;
      // Whoever ends an early dialog by BYE gets 487 to its INVITE (R-DLG-12).
      endCall(server, call, leg, byeEnding(leg), out);
      return;
    case 'UPDATE': {
      const offer = leg === 'Client-A' && !call.over ? bodyOf(request, 'early-session') : null;
      if (offer === null || bodyOf(request, 'session') !== null) {
        hearSessionRequest(server, call, leg, request, branch, out);
        return;
      }
      answerEarlyOffer(server, call, offer, branch, out);
      tell(call, 'Client-A: early session offered', {});
      return;
    }
    case 'INVITE':
      hearSessionRequest(server, call, leg, request, branch, out);
      return;
    case 'INFO':
      hearInfo(server, call, leg, request, branch, out, tell);
      return;
    default:
      if (request.method !== 'ACK') respond(agent, branch, request.method, 501, nothing, out);
  }
}

/** RFC 6086 §4.2.2: only a package that was listed on that leg is taken. */
function hearInfo(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  info: SipRequest,
  branch: string,
  out: Outbox,
  tell: Tell,
): void {
  const { agent } = server;
  const listed = capabilitiesTowards(server, leg).filter(([name]) => name === 'Recv-Info');
  if (listed.length === 0) {
    respond(agent, branch, 'INFO', 501, nothing, out);
    return;
  }
  if (packageOf(info) !== infoDtmf.toLowerCase()) {
    respond(agent, branch, 'INFO', 469, { ...nothing, headers: listed }, out);
    return;
  }
  respond(agent, branch, 'INFO', 200, nothing, out);
  if (!call.over) hearDigit(server, call, digitIn(info), tell);
}

function hearPrack(
  server: CmrServerState,
  call: CmrCall,
  { request, branch, dialog }: Extract<SipIndication, { kind: 'request' }>,
  out: Outbox,
  tell: Tell,
): void {
  const offer = bodyOf(request, 'session');
  if (offer !== null && dialog?.offerAnswer.session.state === 'offer received') {
    hearOfferInPrack(server, call, offer, branch, out);
  } else {
    respond(server.agent, branch, 'PRACK', 200, nothing, out);
  }
  if (call.over) return;
  if (server.config.defects.includes('decides-too-early')) {
    call.decision = decideContinue(server, call, out);
  }
  tell(call, 'Client-A: PRACK', { earlySession: earlySessionOn(server, call, 'Client-A') });
  sendPrackToClientB(server, call, out); // with the answer Client-B waits for (GAP-35)
  sendWhatWaited(server, call, out);
}

function byeEnding(leg: Leg) {
  return leg === 'Client-A'
    ? { status: 487, headers: [byeReason(leg)] }
    : { status: 480, headers: [byeReason(leg)] };
}
