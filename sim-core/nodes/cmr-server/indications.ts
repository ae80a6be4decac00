import type { Outbox } from '../../kernel/node.ts';
import type { SipIndication } from '../../sip/agent.ts';
import { bodyOf, type SipRequest } from '../../sip/message.ts';
import { respond } from '../../sip/sending.ts';
import { acknowledgeClientB } from './actions/negotiating.ts';
import type { CmrCall, CmrServerState, Leg } from './call.ts';
import { hearInvite } from './indications/invitations.ts';
import { hearRequest } from './indications/requests.ts';
import { hearResponse } from './indications/responses.ts';
import { hearExpired, hearNoAnswer, hearNotAcknowledged } from './indications/silences.ts';
import { capabilities, legOf } from './legs.ts';
import { clientBWaitsForAnswer } from './offers-of-client-b.ts';
import { repeatOffer } from './own-offers.ts';
import type { Tell } from './procedure.ts';
import { hearAnswerInAck } from './session-relay.ts';

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
  if (heard.kind === 'request' && heard.request.method === 'OPTIONS') {
    hearOptions(server, heard.branch, out);
    return;
  }
  const found = legOf(server, callIdOf(heard));
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
      hearAck(server, call, leg, heard.ack, out);
      // That of a later re-INVITE says nothing of the call's first answer.
      if (leg === 'Client-A' && heard.ack.cseq.number === heard.dialog.inviteSequence) {
        if (clientBWaitsForAnswer(server, call)) acknowledgeClientB(server, call, out);
        tell(call, 'Client-A: ACK', {});
      }
      return;
    case 'no answer':
      hearNoAnswer(server, call, leg, heard, out, tell);
      return;
    case 'retry':
      repeatOffer(server, call, leg, out);
      return;
    case 'session expired':
      hearExpired(server, call, out);
      return;
    case 'not acknowledged':
      hearNotAcknowledged(server, call, heard.response, out);
      return;
  }
}

/** RFC 3261 §11.2: who asks, in a call or outside one, is told what this server itself can. */
function hearOptions({ agent }: CmrServerState, branch: string, out: Outbox): void {
  const headers = [...capabilities, ['Accept', 'application/sdp'] as const];
  respond(agent, branch, 'OPTIONS', 200, { headers, bodies: [], contact: null }, out);
}

/** Where this server has offered in its 2xx, the ACK has the answer. */
function hearAck(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  ack: SipRequest,
  out: Outbox,
): void {
  const answer = bodyOf(ack, 'session');
  if (answer !== null) hearAnswerInAck(server, call, leg, answer, out);
}

function callIdOf(heard: SipIndication): string {
  switch (heard.kind) {
    case 'request':
      return heard.request.callId;
    case 'response':
    case 'not acknowledged':
      return heard.response.callId;
    case 'ACK':
      return heard.ack.callId;
    case 'no answer':
    case 'retry':
      return heard.to.callId;
    case 'session expired':
      return heard.dialog.callId;
  }
}
