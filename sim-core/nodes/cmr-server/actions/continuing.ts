import { check } from '../../../base/check.ts';
import type { Outbox } from '../../../kernel/node.ts';
import { makeSession } from '../../../sdp/make-description.ts';
import { refused } from '../../../sdp/media-lines.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import { bodyPart } from '../../../sip/making-messages.ts';
import { legs, type CmrCall, type CmrServerState, type Leg } from '../call.ts';
import { mix } from '../conference-media.ts';
import { keepAuditing, limitRing, startBudget, stopBudget } from '../continue-limits.ts';
import { mixedMediaAt, regularAnswerAt, regularMediaAt } from '../descriptions.ts';
import { asAnswerTo, dialogOn } from '../legs.ts';
import { makeOffer, stayAtResourceServer } from '../own-offers.ts';
import { decideContinue, declineContinue, mayAnchorClientA, ringToneContinues } from '../policy.ts';
import { forward } from '../relay.ts';
import { command, freeConference } from '../resource-control.ts';

/** What Continue may do (source text 6.1.2.4). */
export interface ContinuingActions {
  /** CON-SRV-01: decides once, and says so in the trace. */
  decide(): 'continue' | 'stop';
  /** CON-GEN-04: where the ring was to go on, says that it does not in HTTP Mode. */
  declineContinue(): void;
  continues(): boolean;
  /** GAP-48: how long the steps up to the 200 may take. */
  startBudget(): void;
  stopBudget(): void;
  allocateConference(): void;
  freeConference(): void;
  /** Client-A's regular media, offered to Client-B at the Resource Server. */
  moveClientBToResourceServer(): void;
  /** The same, and the CMR components beside them, for a ring tone that goes on. */
  moveClientBToMixture(): void;
  /** SW-CMRT-CONT: whether the ring tone goes on, by a flow that was derived. */
  decideRingTone(): 'continue' | 'stop';
  /** SW-CMRT-CONT D2: whether Client-A may be given the Resource Server's ports at once. */
  mayAnchorClientA(): boolean;
  /** It has been given them. */
  clientAIsAnchored(): boolean;
  /** Client-B's regular media and the CMR components beside them, at the Resource Server. */
  mixedMedia(answerOfB: SessionDescription): SessionDescription;
  /** The same without the lines of the ring alone (GAP-26 a). */
  mixedMediaWithoutCmrLines(): SessionDescription;
  /** GAP-05: whether Client-A's session offer has no answer yet. */
  owesAnswerToClientA(): boolean;
  /** Answers it with Client-B's media at the Resource Server. */
  answerClientA(
    where: 'in a reliable 183' | 'in the kept response',
    answerOfB: SessionDescription,
  ): void;
  moveClientAToResourceServer(method: 'UPDATE' | 'INVITE', offer: SessionDescription): void;
  startMixing(): void;
  /** The voices go on through the Resource Server, and the ring does not. */
  bridge(): void;
  /** Tells the delivery procedure that the ring does not continue after all. */
  giveUp(): void;
}

export function continuing(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  out: Outbox,
): ContinuingActions {
  const offerClientB = (offer: SessionDescription | null): void => {
    if (offer === null) return;
    const wish = { method: 'INVITE', offer, place: 'conference', relayed: false } as const;
    makeOffer(server, call, 'Client-B', wish, out);
  };
  return {
    ...deciding(server, call, out),
    allocateConference() {
      command(server, call, leg, { kind: 'allocate conference' }, out);
      if (!server.config.defects.includes('reinvites-before-conference')) return;
      offerClientB(call.lastOfferOfClientA);
    },
    freeConference() {
      freeConference(server, call, out);
    },
    moveClientBToResourceServer() {
      const { conference, lastOfferOfClientA } = call;
      if (conference === null || lastOfferOfClientA === null) return;
      if (call.offers['Client-B']?.place === 'conference') return; // asked already
      const wrong = server.config.defects.includes('reinvites-to-client-a');
      offerClientB(
        wrong ? lastOfferOfClientA : regularMediaAt(lastOfferOfClientA, conference.ports),
      );
    },
    moveClientBToMixture() {
      moveClientBToMixture(server, call, out);
    },
    mixedMedia(answerOfB) {
      return mixed(server, call, answerOfB, call.conference?.able ?? null);
    },
    mixedMediaWithoutCmrLines() {
      const answerOfB = dialogOn(server, call, 'Client-B')?.offerAnswer.session.remote;
      check(answerOfB !== null && answerOfB !== undefined, 'Client-B has answered');
      return mixed(server, call, answerOfB, null);
    },
    owesAnswerToClientA() {
      const session = dialogOn(server, call, 'Client-A')?.offerAnswer.session;
      return (session?.local ?? null) === null && session?.state !== 'offer sent';
    },
    answerClientA(where, answerOfB) {
      answerClientA(server, call, where, answerOfB, out);
    },
    moveClientAToResourceServer(method, offer) {
      const wish = { method, offer, place: 'conference', relayed: false } as const;
      makeOffer(server, call, 'Client-A', wish, out);
    },
    startMixing() {
      limitRing(server, call, out);
      keepAuditing(server, call, out);
      if (server.config.defects.includes('never-mixes')) return;
      mix(server, call, 'ring and voices', out);
    },
    bridge() {
      for (const one of legs) stayAtResourceServer(server, call, one);
      mix(server, call, 'voices', out);
    },
    giveUp() {
      stopBudget(call, out);
      call.decision = 'stop';
      call.raised.push('Continue given up');
    },
  };
}

/** Whether the ring goes on, and for how long Continue may try. */
function deciding(
  server: CmrServerState,
  call: CmrCall,
  out: Outbox,
): Pick<
  ContinuingActions,
  | 'decide'
  | 'declineContinue'
  | 'continues'
  | 'startBudget'
  | 'stopBudget'
  | 'decideRingTone'
  | 'mayAnchorClientA'
  | 'clientAIsAnchored'
> {
  return {
    decide() {
      if (server.config.defects.includes('decides-twice')) decideContinue(server, call, out);
      call.decision ??= decideContinue(server, call, out);
      return call.decision;
    },
    declineContinue() {
      declineContinue(server, call, out);
    },
    continues() {
      return call.decision === 'continue';
    },
    startBudget() {
      startBudget(server, call, out);
    },
    stopBudget() {
      stopBudget(call, out);
    },
    decideRingTone() {
      call.ringToneContinues = ringToneContinues(server, call, out);
      return call.ringToneContinues ? 'continue' : 'stop';
    },
    mayAnchorClientA() {
      return mayAnchorClientA(server, call);
    },
    clientAIsAnchored() {
      return call.places['Client-A'].kind === 'conference';
    },
  };
}

/** Client-A's regular media and the CMR components beside them, offered to Client-B. */
function moveClientBToMixture(server: CmrServerState, call: CmrCall, out: Outbox): void {
  const { conference, lastOfferOfClientA } = call;
  const previous = dialogOn(server, call, 'Client-B')?.offerAnswer.session.lastSent ?? null;
  if (conference === null || lastOfferOfClientA === null || previous === null) return;
  const { ports, able } = conference;
  const slot = server.config.switches['SW-CONT-SLOT'];
  const towards = { ...ports, towardsA: ports.towardsB };
  const offer = mixedMediaAt(previous, lastOfferOfClientA, able, towards, slot);
  const wish = { method: 'INVITE', offer, place: 'conference', relayed: false } as const;
  makeOffer(server, call, 'Client-B', wish, out);
}

/** CON-SRV-07, in the lines of what was said on leg A last. */
function mixed(
  server: CmrServerState,
  call: CmrCall,
  answerOfB: SessionDescription,
  able: SessionDescription | null,
): SessionDescription {
  const previous = dialogOn(server, call, 'Client-A')?.offerAnswer.session.lastSent ?? null;
  const { conference } = call;
  check(conference !== null, 'mixed media have a conference');
  const slot = server.config.switches['SW-CONT-SLOT'];
  const before = previous ?? allOff(call.lastOfferOfClientA ?? answerOfB);
  return mixedMediaAt(before, answerOfB, able, conference.ports, slot);
}

/** GAP-05: the answer goes at once, or with the 200 that is kept back. */
function answerClientA(
  server: CmrServerState,
  call: CmrCall,
  where: 'in a reliable 183' | 'in the kept response',
  answerOfB: SessionDescription,
  out: Outbox,
): void {
  const { conference, kept, firstAnswerToClientA: preview } = call;
  check(conference !== null, 'an answer at the Resource Server has a conference');
  const regular = regularAnswerAt(answerOfB, conference.ports);
  const offer = call.lastOfferOfClientA;
  const able = offer === null ? regular : asAnswerTo(offer, regular);
  // What Client-A has seen of its answer, if only unreliably, is its answer (R-OA-03).
  const bodies = [bodyPart('session', preview ?? able)];
  if (preview === null) call.places['Client-A'] = { kind: 'conference', able };
  if (where === 'in the kept response') {
    if (kept !== null) kept.bodies = bodies;
    return;
  }
  const onward = { towards: 'Client-A', status: 183, headers: [], bodies } as const;
  forward(server, call, { ...onward, reliably: true, held: false }, out);
}

/** Where nothing was said on the leg yet, its lines are those of the offer (GAP-05). */
function allOff({ origin, sessionName, lines, media }: SessionDescription): SessionDescription {
  return makeSession(origin, sessionName, lines, Object.freeze(media.map(refused)));
}
