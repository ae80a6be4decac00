import { areMet, hasPreconditions, reservedAtSender } from '../../sdp/preconditions.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { dialogOfCall, type CmrClientState } from './client-state.ts';
import { reserving } from './reservation.ts';

/** What the other end says of its side, in an offer or an answer. */
export function noteReserved(client: CmrClientState, said: SessionDescription): void {
  const { reservation, config } = client;
  if (reservation === null) return;
  const other = reservedAtSender(said);
  if (other === null) return;
  reservation.other = other;
  client.able = reserving(client.able, config.reservation, reservation);
}

/** Whether media may flow and people may be disturbed (R-PRE-01, R-PRE-02). */
export function preconditionsMet(client: CmrClientState): boolean {
  const { reservation, config } = client;
  if (reservation === null || config.reservation === null) return true;
  const remote = dialogOfCall(client)?.offerAnswer.session.remote ?? null;
  if (remote !== null && !hasPreconditions(remote)) return true;
  // Whoever rings or has answered has met them.
  if (client.isCaller && client.phase !== 'calling') return true;
  return areMet(config.reservation.type, reservation.own, reservation.other);
}
