import { check } from '../../../base/check.ts';
import type { Outbox } from '../../../kernel/node.ts';
import type { CmrCall, CmrServerState } from '../call.ts';
import { command, freeRing } from '../resource-control.ts';

/** What a delivery procedure may ask of the CMR Resource Server. */
export interface RingingActions {
  reserveRing(): void;
  playRing(): void;
  /** Stops the ring, or releases what was reserved for it. */
  freeRing(): void;
}

export function ringing(server: CmrServerState, call: CmrCall, out: Outbox): RingingActions {
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
  };
}
