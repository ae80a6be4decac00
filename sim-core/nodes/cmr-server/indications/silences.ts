import { clause } from '../../../base/clause-id.ts';
import type { Outbox } from '../../../kernel/node.ts';
import type { SipIndication } from '../../../sip/agent.ts';
import { hangUpNow } from '../../../sip/hanging-up.ts';
import type { SipResponse } from '../../../sip/message.ts';
import type { CmrCall, CmrServerState, Leg } from '../call.ts';
import { dialogOn } from '../legs.ts';
import { makeWaitingOffers } from '../own-offers.ts';
import type { Tell } from '../procedure.ts';
import { sipReason } from '../reasons.ts';
import { endCall } from '../relay.ts';
import { answersOwnOffer, hearOfOffer, hearRefusal } from './responses.ts';

/** Timer B or F: as if a 408 had come; an INVITE nobody answered is answered so to Client-A. */
export function hearNoAnswer(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  { to, branch }: Extract<SipIndication, { kind: 'no answer' }>,
  out: Outbox,
  tell: Tell,
): void {
  if (call.over) return;
  if (answersOwnOffer(call, leg, branch)) {
    hearRefusal(server, call, leg, 408, out, tell);
    makeWaitingOffers(server, call, out);
  } else if (leg === 'Client-B' && (to.method === 'PRACK' || to.method === 'UPDATE')) {
    hearOfOffer(server, call, to.method, 408, tell);
    makeWaitingOffers(server, call, out);
  } else if (to.method === 'INVITE') {
    endCall(server, call, leg, { status: 408, headers: [sipReason(408)] }, out);
  }
}

/**
 * No PRACK: 5xx to Client-A (R-PRK-07). No ACK of a 2xx: the session is ended (R-2XX-02). No ACK
 * of a refusal: there is nothing to end (R-TX-11), and what waited for it goes.
 */
export function hearNotAcknowledged(
  server: CmrServerState,
  call: CmrCall,
  response: SipResponse,
  out: Outbox,
): void {
  if (response.status >= 300) {
    makeWaitingOffers(server, call, out);
    return;
  }
  const why = response.status < 200 ? 'no PRACK within 64·T1' : 'no ACK within 64·T1';
  const id = response.status < 200 ? 'R-PRK-07' : 'R-2XX-02';
  out.note({ kind: 'ignored', why, clause: clause(id) });
  endCall(server, call, 'CMR Server', { status: 504, headers: [sipReason(408)] }, out);
  const dialog = dialogOn(server, call, 'Client-A');
  if (dialog !== null) hangUpNow(server.agent, dialog, out);
}

/** Nobody has refreshed the session of a leg: both legs are ended (RFC 4028 §10, R-DLG-16). */
export function hearExpired(server: CmrServerState, call: CmrCall, out: Outbox): void {
  endCall(server, call, 'CMR Server', { status: 408, headers: [sipReason(408)] }, out);
}
