import type { Outbox } from '../../../kernel/node.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import type { CmrCall, CmrServerState, Leg } from '../call.ts';
import { command, freeRing, reservationTimer } from '../resource-control.ts';

/** What a delivery procedure may ask of the CMR Resource Server, for the client it rings. */
export interface RingingActions {
  /** Ports, and an answer to this offer; with null, an offer to make (DEL-AS-SRV-02). */
  reserveRing(offer: SessionDescription | null): void;
  /** A message waits for the reservation, but not for ever (GAP-47). */
  awaitReservation(): void;
  /** The Resource Server's answer or offer, where it has given one already; else null. */
  reservedRing(): SessionDescription | null;
  /** SW-PLAY-GATE: whether the ring must wait for Client-B's 180 (GAP-29). */
  waitsForAlerting(): boolean;
  /** Plays to the client, which has answered the Resource Server's offer where one was made. */
  playRing(answer: SessionDescription | null): void;
  /** Stops the ring, or releases what was reserved for it. */
  freeRing(): void;
}

export function ringing(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  out: Outbox,
): RingingActions {
  const { config } = server;
  return {
    reserveRing(offer: SessionDescription | null) {
      if (call.rings[leg] !== null) return;
      const fresh = { ordered: false, refused: false, ended: false, unwanted: false };
      call.rings[leg] = { description: null, ...fresh };
      const direction = offer === null ? 'mirror' : config.switches['SW-GW-SDP-DIR'];
      const resource = config.resources[leg];
      command(server, call, leg, { kind: 'reserve', resource, offer, direction }, out);
    },
    awaitReservation() {
      out.startTimer(reservationTimer(call, leg), config.reservationWait);
    },
    reservedRing() {
      return call.rings[leg]?.description ?? null;
    },
    waitsForAlerting() {
      return config.switches['SW-PLAY-GATE'] === 'alerting' && !call.alerted;
    },
    playRing(answer: SessionDescription | null) {
      const ring = call.rings[leg];
      if (ring === null) return;
      ring.ordered = true;
      if (config.defects.includes('never-plays-ring')) return;
      const loops = config.switches['SW-RING-LOOP'] === 'loop';
      command(server, call, leg, { kind: 'play', answer, loops }, out);
    },
    freeRing() {
      freeRing(server, call, leg, out);
    },
  };
}
