import type { Span } from '../../kernel/node.ts';
import {
  areMet,
  eitherOf,
  withPreconditions,
  type Flow,
  type StatusType,
} from '../../sdp/preconditions.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';

/** What a terminal needs reserved in its access network before anybody is disturbed (RFC 3312). */
export interface ReservationSetting {
  readonly type: StatusType;
  /** From the moment both descriptions are known. */
  readonly after: Span;
  /** From its answer to an early-session offer with preconditions. */
  readonly earlySession: Span;
  /** The network has nothing left for it. */
  readonly fails: boolean;
}

/** What is reserved, as this terminal sees it. */
export interface Reservation {
  own: Flow;
  other: Flow;
  /** What the other end was told last of this one. */
  told: Flow;
  /** The called terminal has not rung yet. */
  ringWaits: boolean;
  begun: boolean;
  /** The same for the early session (R-ES-09). */
  readonly early: { own: Flow; told: Flow; begun: boolean };
}

export const reservationTimer = 'own reservation';
export const earlyReservationTimer = 'own reservation for the early session';

export function newReservation(setting: ReservationSetting | null): Reservation | null {
  if (setting === null) return null;
  const early: Reservation['early'] = { own: 'none', told: 'none', begun: false };
  return { own: 'none', other: 'none', told: 'none', ringWaits: false, begun: false, early };
}

/** The capability with what is reserved now: offers and answers are made from it. */
export function reserving(
  able: SessionDescription,
  setting: ReservationSetting | null,
  reservation: Reservation | null,
): SessionDescription {
  if (setting === null || reservation === null) return able;
  const { other } = reservation;
  const { type } = setting;
  const confirm = other !== 'sendrecv' && !areMet(type, reservation.own, other);
  // Of the whole way an end also says what the other has found out (RFC 3312 §5.2 Table 3).
  const own = type === 'e2e' ? eitherOf(reservation.own, other) : reservation.own;
  return withPreconditions(able, { type, own, other, confirm });
}
