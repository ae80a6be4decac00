import {
  areMet,
  hasPreconditions,
  reservedAtSender,
  withPreconditions,
} from '../../sdp/preconditions.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { Dialog } from '../../sip/dialog.ts';
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

/** RFC 3959 §5: an early answer with what is reserved now, where the offer asks for it. */
export function answeringStatus(
  client: CmrClientState,
  offer: SessionDescription,
  answer: SessionDescription,
): SessionDescription {
  const other = reservedAtSender(offer);
  const { reservation } = client;
  if (reservation === null || other === null) return answer;
  const { own } = reservation.early;
  return withPreconditions(answer, { type: 'segmented', own, other, confirm: false });
}

/** Whether media of this early session may flow. */
export function earlySessionIsReserved(client: CmrClientState, dialog: Dialog): boolean {
  const { remote } = dialog.offerAnswer['early-session'];
  if (remote === null || !hasPreconditions(remote)) return true;
  return client.reservation?.early.told === 'sendrecv';
}
