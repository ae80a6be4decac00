import { check } from '../../../base/check.ts';
import type { Outbox } from '../../../kernel/node.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import { bodyPart } from '../../../sip/making-messages.ts';
import { sendInDialog } from '../../../sip/sending.ts';
import type { CmrCall, CmrServerState } from '../call.ts';
import { mixedMediaAt, mixingMatrix, regularMediaAt } from '../descriptions.ts';
import { capabilities, contactOf, dialogOn, inHistoryOf } from '../legs.ts';
import { decideContinue } from '../policy.ts';
import { command, freeConference } from '../resource-control.ts';

/** What Continue may do (source text 6.1.2.4). */
export interface ContinuingActions {
  /** CON-SRV-01: decides once, and says so in the trace. */
  decide(): 'continue' | 'stop';
  continues(): boolean;
  allocateConference(): void;
  freeConference(): void;
  reinviteClientB(media: 'regular media at the Resource Server' | 'media of Client-A'): void;
  /** Client-B's regular media and the CMR components beside them, at the Resource Server. */
  mixedMedia(answerOfB: SessionDescription): SessionDescription;
  startMixing(): void;
  /** Tells the delivery procedure that the ring does not continue after all. */
  giveUp(): void;
}

export function continuing(server: CmrServerState, call: CmrCall, out: Outbox): ContinuingActions {
  const { agent, config } = server;
  return {
    decide() {
      call.decision = decideContinue(server, call, out);
      return call.decision;
    },
    continues() {
      return call.decision === 'continue';
    },
    allocateConference() {
      command(server, call, 'Client-A', { kind: 'allocate conference' }, out);
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
      const { resources, mixedGainPercent: gain } = config;
      const resource = resources['Client-A'];
      const { able } = conference;
      const cells = mixingMatrix(resource, gain, clientA, clientB, towardsA, towardsB, able);
      if (config.defects.includes('mixes-ring-for-client-b')) {
        cells.push({ input: resource, output: clientB, medium: 'audio', gainPercent: gain });
      }
      const offered = { offeredToA: legA.local, offeredToB: legB.local };
      const parties = { clientA, clientB, ...offered, towardsA, towardsB };
      command(server, call, 'Client-A', { kind: 'mix', ...parties, cells }, out);
    },
    giveUp() {
      call.decision = 'stop';
      call.raised.push('Continue given up');
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
      sendInDialog(
        agent,
        dialog,
        'INVITE',
        { headers: capabilities, bodies, contact: contactOf(config) },
        out,
      );
    },
    mixedMedia(answerOfB: SessionDescription) {
      const previous = dialogOn(server, call, 'Client-A')?.offerAnswer.session.lastSent;
      const { conference } = call;
      check(previous !== null && previous !== undefined, 'Client-A has its first answer');
      check(conference !== null, 'mixed media have a conference');
      const slot = config.switches['SW-CONT-SLOT'];
      return mixedMediaAt(previous, answerOfB, conference.able, conference.ports, slot);
    },
  };
}
