import { check } from '../../base/check.ts';
import { clause } from '../../base/clause-id.ts';
import type { Switches } from '../../base/switches.ts';
import type { Outbox } from '../../kernel/node.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import type { Header } from '../../sip/message.ts';
import { sendAck, sendInDialog } from '../../sip/sending.ts';
import type { CmrCall, CmrServerState, Onward } from './call.ts';
import { mixedMediaAt, mixingMatrix, regularMediaAt } from './descriptions.ts';
import { capabilities, contactOf, dialogOn, inHistoryOf } from './legs.ts';
import { decideContinue } from './policy.ts';
import { forward, waitsForPrack } from './relay.ts';
import { command, freeConference, freeRing } from './resource-control.ts';

/** The verbs a procedure may use. */
export interface CmrActions {
  readonly switches: Switches;
  /** Keeps a message back until `forwardKept`. */
  hold(onward: Onward): void;
  /** Lets a message go nowhere. */
  drop(onward: Onward): void;
  withoutDescription(onward: Onward): void;
  keptWithoutDescription(): void;
  amendKept(amendment: {
    readonly insert: SessionDescription;
    readonly header: Header;
    readonly reliably: boolean;
  }): void;
  forwardKept(): void;
  reserveRing(): void;
  playRing(): void;
  /** Stops the ring, or releases what was reserved for it. */
  freeRing(): void;
  /** CON-SRV-01: decides once, and says so in the trace. */
  decide(): 'continue' | 'stop';
  continues(): boolean;
  /** Acknowledges every 2xx of Client-B that still waits for its ACK. */
  acknowledgeClientB(): void;
  allocateConference(): void;
  freeConference(): void;
  reinviteClientB(media: 'regular media at the Resource Server' | 'media of Client-A'): void;
  lastAnswerOfClientB(): SessionDescription;
  /** Client-B's regular media and the CMR components beside them, at the Resource Server. */
  mixedMedia(answerOfB: SessionDescription): SessionDescription;
  updateClientA(offer: SessionDescription): void;
  startMixing(): void;
  /** Tells the delivery procedure that the ring does not continue after all. */
  giveUp(): void;
}

export function actionsFor(server: CmrServerState, call: CmrCall, out: Outbox): CmrActions {
  const known = made.get(call);
  if (known !== undefined && known.server === server && known.out === out) return known.actions;
  const actions = {
    ...keeping(server, call, out),
    ...ringing(server, call, out),
    ...negotiating(server, call, out),
    switches: server.config.switches,
  };
  made.set(call, { server, out, actions });
  return actions;
}

/** The verbs hold nothing of their own; making two dozen of them for every indication is waste. */
const made = new WeakMap<
  CmrCall,
  { readonly server: CmrServerState; readonly out: Outbox; readonly actions: CmrActions }
>();

function keeping(server: CmrServerState, call: CmrCall, out: Outbox) {
  return {
    hold(onward: Onward) {
      onward.held = true;
      call.kept = onward;
    },
    drop(onward: Onward) {
      onward.held = true;
    },
    withoutDescription(onward: Onward) {
      onward.bodies = [];
    },
    keptWithoutDescription() {
      if (call.kept !== null) call.kept.bodies = [];
    },
    amendKept(amendment: {
      readonly insert: SessionDescription;
      readonly header: Header;
      readonly reliably: boolean;
    }) {
      const { kept } = call;
      if (kept === null) return;
      kept.bodies = [bodyPart('session', amendment.insert)];
      kept.headers = [...kept.headers, amendment.header];
      kept.reliably = amendment.reliably;
    },
    forwardKept() {
      const { kept } = call;
      call.kept = null;
      if (kept !== null) forward(server, call, kept, out);
    },
  };
}

function ringing(server: CmrServerState, call: CmrCall, out: Outbox) {
  const { config } = server;
  return {
    reserveRing() {
      const offer = call.lastOfferOfClientA;
      check(offer !== null, 'a ring is reserved for an offer');
      call.ring = { answer: null, ordered: false, refused: false };
      const direction = config.switches['SW-GW-SDP-DIR'];
      const { resource } = config;
      command(server, call, { kind: 'reserve', resource, offer, direction }, out);
      out.startTimer(`reservation wait ${call.id}`, config.reservationWait);
    },
    playRing() {
      if (call.ring === null) return;
      call.ring.ordered = true;
      command(server, call, { kind: 'play' }, out);
    },
    freeRing() {
      freeRing(server, call, out);
    },
    decide() {
      call.decision = decideContinue(server, call, out);
      return call.decision;
    },
    continues() {
      return call.decision === 'continue';
    },
    allocateConference() {
      command(server, call, { kind: 'allocate conference' }, out);
    },
    freeConference() {
      freeConference(server, call, out);
    },
    startMixing() {
      const { conference, names } = call;
      const legA = dialogOn(server, call, 'Client-A')?.offerAnswer.session;
      const legB = dialogOn(server, call, 'Client-B')?.offerAnswer.session;
      if (conference === null || !legA?.local || !legA.remote) return;
      if (!legB?.local || !legB.remote) return;
      const [towardsA, towardsB] = [legA.remote, legB.remote];
      const clientA = names['Client-A'];
      const clientB = names['Client-B'];
      const { resource, mixedGainPercent: gain } = config;
      const { able } = conference;
      const cells = mixingMatrix(resource, gain, clientA, clientB, towardsA, towardsB, able);
      const offered = { offeredToA: legA.local, offeredToB: legB.local };
      const parties = { clientA, clientB, ...offered, towardsA, towardsB };
      command(server, call, { kind: 'mix', ...parties, cells }, out);
    },
    giveUp() {
      call.decision = 'stop';
      call.raised.push('Continue given up');
    },
  };
}

function negotiating(server: CmrServerState, call: CmrCall, out: Outbox) {
  const { agent, config } = server;
  const contact = contactOf(config);

  return {
    acknowledgeClientB() {
      acknowledgeClientB(server, call, out);
    },
    reinviteClientB(media: 'regular media at the Resource Server' | 'media of Client-A') {
      const dialog = dialogOn(server, call, 'Client-B');
      const { conference, lastOfferOfClientA } = call;
      if (dialog === null || conference === null || lastOfferOfClientA === null) return;
      const offer =
        media === 'media of Client-A'
          ? lastOfferOfClientA
          : regularMediaAt(lastOfferOfClientA, conference.ports);
      const bodies = [bodyPart('session', inHistoryOf(server, call, 'Client-B', offer))];
      sendInDialog(agent, dialog, 'INVITE', { headers: capabilities, bodies, contact }, out);
    },
    lastAnswerOfClientB() {
      const answer = dialogOn(server, call, 'Client-B')?.offerAnswer.session.remote;
      check(answer !== null && answer !== undefined, 'Client-B has answered with a description');
      return answer;
    },
    mixedMedia(answerOfB: SessionDescription) {
      const previous = dialogOn(server, call, 'Client-A')?.offerAnswer.session.lastSent;
      const { conference } = call;
      check(previous !== null && previous !== undefined, 'Client-A has its first answer');
      check(conference !== null, 'mixed media have a conference');
      const slot = config.switches['SW-CONT-SLOT'];
      return mixedMediaAt(previous, answerOfB, conference.able, conference.ports, slot);
    },
    updateClientA(offer: SessionDescription) {
      if (waitsForPrack(server, call)) {
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
  const bodies = [bodyPart('session', inHistoryOf(server, call, 'Client-A', offer))];
  const saying = { headers: capabilities, bodies, contact: contactOf(server.config) };
  sendInDialog(server.agent, dialog, 'UPDATE', saying, out);
}

/** GAP-03, GAP-04: an ACK on leg B has the CSeq number of the INVITE it acknowledges. */
export function acknowledgeClientB(server: CmrServerState, call: CmrCall, out: Outbox): void {
  const dialog = dialogOn(server, call, 'Client-B');
  if (dialog === null) return;
  for (const sequence of call.owedAcks) sendAck(server.agent, dialog, sequence, out);
  call.owedAcks = [];
}
