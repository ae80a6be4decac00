import { check } from '../../../base/check.ts';
import type { Outbox } from '../../../kernel/node.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import { sendAck } from '../../../sip/sending.ts';
import type { CmrCall, CmrServerState } from '../call.ts';
import { dialogOn, inviteOfClientASupports } from '../legs.ts';
import { answerDueToClientB, refusalDueToClientB } from '../offers-of-client-b.ts';
import { makeOffer } from '../own-offers.ts';
import { endCall } from '../relay.ts';
import { sipReason } from '../reasons.ts';
import { answersElsewhere } from '../resynchronising.ts';

/** What a procedure may agree with the two clients. */
export interface NegotiatingActions {
  /** Acknowledges every 2xx of Client-B that still waits for its ACK. */
  acknowledgeClientB(): void;
  lastAnswerOfClientB(): SessionDescription;
  /** The same; null where Client-A's offer, which there must be, has no answer yet. */
  agreedAnswerOfClientB(): SessionDescription | null;
  clientAAllowsUpdate(): boolean;
  /** Whether Client-A's INVITE takes reliable provisional responses. */
  clientAAcknowledges(): boolean;
  /** Client-B's media, offered to Client-A in an UPDATE, or in a re-INVITE. */
  updateClientA(offer: SessionDescription): void;
  reinviteClientA(offer: SessionDescription): void;
  /** The same where SIP forbids it: nothing of it is tried again (GAP-08). */
  reinviteClientATooEarly(offer: SessionDescription): void;
  /** Client-A's media as it offered or answered them last, offered to Client-B. */
  reinviteClientB(media: 'media of Client-A' | 'last answer of Client-A'): void;
  /** Whether Client-B has still to answer an offer that this server made by itself (R-REI-01). */
  clientBIsAsked(): boolean;
  /** GAP-09: Client-A has answered with other media than Client-B knows of. */
  clientBNeedsAnswerOfClientA(): boolean;
  /** Ends the call on both legs, for the reason a refusal gave. */
  releaseCall(cause: number): void;
}

export function negotiating(
  server: CmrServerState,
  call: CmrCall,
  out: Outbox,
): NegotiatingActions {
  const toClientA = (method: 'INVITE' | 'UPDATE', offer: SessionDescription, once: boolean) => {
    const wish = { method, offer, place: 'other party', relayed: false, once } as const;
    makeOffer(server, call, 'Client-A', wish, out);
  };
  return {
    acknowledgeClientB() {
      acknowledgeClientB(server, call, out);
    },
    lastAnswerOfClientB() {
      const answer = dialogOn(server, call, 'Client-B')?.offerAnswer.session.remote;
      check(answer !== null && answer !== undefined, 'Client-B has answered with a description');
      return answer;
    },
    agreedAnswerOfClientB() {
      const exchange = dialogOn(server, call, 'Client-B')?.offerAnswer.session;
      const agreed = exchange?.state === 'agreed' && call.lastOfferOfClientA !== null;
      return agreed ? exchange.remote : null;
    },
    clientAAllowsUpdate() {
      const bold = server.config.defects.includes('updates-whoever-forbids-it');
      return bold || (dialogOn(server, call, 'Client-A')?.peerAllows ?? []).includes('update');
    },
    clientAAcknowledges() {
      return inviteOfClientASupports(server, call, '100rel');
    },
    updateClientA(offer: SessionDescription) {
      toClientA('UPDATE', offer, false);
    },
    reinviteClientA(offer: SessionDescription) {
      toClientA('INVITE', offer, false);
    },
    reinviteClientATooEarly(offer: SessionDescription) {
      toClientA('INVITE', offer, true);
    },
    reinviteClientB(media) {
      const ofA = dialogOn(server, call, 'Client-A')?.offerAnswer.session.remote ?? null;
      const offer = media === 'media of Client-A' ? call.lastOfferOfClientA : ofA;
      check(offer !== null, 'Client-A has described its media');
      const wish = { method: 'INVITE', offer, place: 'other party', relayed: false } as const;
      makeOffer(server, call, 'Client-B', wish, out);
    },
    clientBIsAsked() {
      return call.offers['Client-B']?.relayed === false;
    },
    clientBNeedsAnswerOfClientA() {
      return server.config.switches['SW-GW-RESYNC'] === 'auto' && answersElsewhere(server, call);
    },
    releaseCall(cause: number) {
      const reason = { status: 480, headers: [sipReason(cause)] };
      endCall(server, call, 'CMR Server', reason, out);
    },
  };
}

/** GAP-03, GAP-04: an ACK on leg B has the CSeq number of the INVITE it acknowledges. */
export function acknowledgeClientB(server: CmrServerState, call: CmrCall, out: Outbox): void {
  const dialog = dialogOn(server, call, 'Client-B');
  if (dialog === null) return;
  const { agent, config } = server;
  const answer = call.over ? refusalDueToClientB(server, call) : answerDueToClientB(server, call);
  if (answer === null) return; // GAP-44: it waits for Client-A's ACK
  const confused = config.defects.includes('acknowledges-first-invite-again');
  for (const sequence of call.owedAcks) {
    sendAck(agent, dialog, confused ? dialog.inviteSequence : sequence, out, answer);
  }
  call.owedAcks = [];
}

/** A 2xx of Client-A to a re-INVITE of this server is acknowledged at once. */
export function acknowledgeClientA(
  server: CmrServerState,
  call: CmrCall,
  sequence: number,
  out: Outbox,
): void {
  const dialog = dialogOn(server, call, 'Client-A');
  if (dialog !== null) sendAck(server.agent, dialog, sequence, out);
}
