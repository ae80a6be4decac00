import type { Outbox } from '../../../kernel/node.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import type { CmrCall, CmrServerState, Leg } from '../call.ts';
import { command, freeRing, reservationTimer } from '../resource-control.ts';

/** What a delivery procedure may ask of the CMR Resource Server, for the client it rings. */
export interface RingingActions {
  /** Ports, and an answer to this offer; with null, an offer to make (DEL-AS-SRV-02). */
  reserveRing(offer: SessionDescription | null): void;
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
      call.rings[leg] = { description: null, ordered: false, refused: false };
      const direction = offer === null ? 'mirror' : config.switches['SW-GW-SDP-DIR'];
      const { resource } = config;
      command(server, call, leg, { kind: 'reserve', resource, offer, direction }, out);
      out.startTimer(reservationTimer(call, leg), config.reservationWait);
    },
    playRing(answer: SessionDescription | null) {
      const ring = call.rings[leg];
      if (ring === null) return;
      ring.ordered = true;
      command(server, call, leg, { kind: 'play', answer, loops: true }, out);
    },
    freeRing() {
      freeRing(server, call, leg, out);
    },
  };
}
