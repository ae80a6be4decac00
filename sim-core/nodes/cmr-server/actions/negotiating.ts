import { check } from '../../../base/check.ts';
import { clause } from '../../../base/clause-id.ts';
import type { Outbox } from '../../../kernel/node.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import { bodyPart } from '../../../sip/making-messages.ts';
import { sendAck, sendInDialog } from '../../../sip/sending.ts';
import type { CmrCall, CmrServerState } from '../call.ts';
import { capabilities, contactOf, dialogOn } from '../legs.ts';
import { waitsForPrack } from '../relay.ts';
import { offerForClientA } from './offer-for-client-a.ts';

/** What a procedure may agree with the two clients. */
export interface NegotiatingActions {
  /** Acknowledges every 2xx of Client-B that still waits for its ACK. */
  acknowledgeClientB(): void;
  lastAnswerOfClientB(): SessionDescription;
  updateClientA(offer: SessionDescription): void;
}

export function negotiating(
  server: CmrServerState,
  call: CmrCall,
  out: Outbox,
): NegotiatingActions {
  return {
    acknowledgeClientB() {
      acknowledgeClientB(server, call, out);
    },
    lastAnswerOfClientB() {
      const answer = dialogOn(server, call, 'Client-B')?.offerAnswer.session.remote;
      check(answer !== null && answer !== undefined, 'Client-B has answered with a description');
      return answer;
    },
    updateClientA(offer: SessionDescription) {
      const { defects } = server.config;
      if (!defects.includes('updates-before-prack') && waitsForPrack(server, call)) {
        call.updateWaits = offer; // GAP-06
        out.note({ kind: 'ignored', why: 'UPDATE waits for PRACK', clause: clause('GAP-06') });
        return;
      }
      offerUpdate(server, call, offer, out);
    },
  };
}

/** An UPDATE to Client-A with this offer, in the history of its leg (GAP-09). */
export function offerUpdate(
  server: CmrServerState,
  call: CmrCall,
  offer: SessionDescription,
  out: Outbox,
): void {
  const dialog = dialogOn(server, call, 'Client-A');
  if (dialog === null) return;
  const bodies = [bodyPart('session', offerForClientA(server, call, offer))];
  const saying = { headers: capabilities, bodies, contact: contactOf(server.config) };
  sendInDialog(server.agent, dialog, 'UPDATE', saying, out);
}

/** GAP-03, GAP-04: an ACK on leg B has the CSeq number of the INVITE it acknowledges. */
export function acknowledgeClientB(server: CmrServerState, call: CmrCall, out: Outbox): void {
  const dialog = dialogOn(server, call, 'Client-B');
  if (dialog === null) return;
  const { agent, config } = server;
  const confused = config.defects.includes('acknowledges-first-invite-again');
  for (const sequence of call.owedAcks) {
    sendAck(agent, dialog, confused ? dialog.inviteSequence : sequence, out);
  }
  call.owedAcks = [];
}
