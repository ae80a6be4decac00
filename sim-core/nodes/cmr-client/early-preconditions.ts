import type { Outbox } from '../../kernel/node.ts';
import { nextVersion } from '../../sdp/history.ts';
import { hasPreconditions, reservedAtSender, withPreconditions } from '../../sdp/preconditions.ts';
import type { SipIndication } from '../../sip/agent.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import { bodyOf } from '../../sip/message.ts';
import { sendInDialog } from '../../sip/sending.ts';
import { capabilityHeaders, contactOf, dialogOfCall, type CmrClientState } from './client-state.ts';
import { hasOpenPrack, isRenegotiating } from './renegotiating.ts';
import { earlyReservationTimer } from './reservation.ts';

/**
 * Preconditions of an early session (RFC 3959 §5): the answer says that nothing is reserved yet,
 * and an UPDATE with an early-session offer, that it is. Nothing flows before (R-ES-09).
 */

/** The network has reserved what the early session needs. */
export function earlyReserved(client: CmrClientState, out: Outbox): void {
  const { reservation, config } = client;
  if (reservation === null || config.reservation?.fails !== false) return;
  reservation.early.own = 'sendrecv';
  followEarlyReservation(client, out);
}

/** After anything was heard: reserve, or tell the other end, as far as things have come. */
export function followEarlyReservation(client: CmrClientState, out: Outbox): void {
  const { reservation, config, phase, isCaller } = client;
  const dialog = dialogOfCall(client);
  if (reservation === null || config.reservation === null || dialog?.state !== 'early') return;
  if (!isCaller || (phase !== 'calling' && phase !== 'hearing ringback')) return;
  const { state, remote, lastSent } = dialog.offerAnswer['early-session'];
  if (state !== 'agreed' || remote === null || !hasPreconditions(remote)) return;
  const { early } = reservation;
  if (!early.begun) {
    early.begun = true;
    const { least, most } = config.reservation.earlySession;
    out.startTimer(earlyReservationTimer, least, most);
  }
  const waits = hasOpenPrack(client) || isRenegotiating(client, dialog);
  if (early.own === early.told || lastSent === null || waits) return;
  if (!dialog.peerAllows.includes('update')) return;
  early.told = early.own;
  const other = reservedAtSender(remote) ?? 'none';
  const status = { type: 'segmented', own: early.own, other, confirm: false } as const;
  const offer = nextVersion(lastSent, withPreconditions(lastSent, status));
  const bodies = [bodyPart('early-session', offer)];
  const saying = { headers: capabilityHeaders(client), bodies, contact: contactOf(client) };
  sendInDialog(client.agent, dialog, 'UPDATE', saying, out);
}

/** Refused, it is said once more when there is room for it. */
export function hearOfEarlyTelling({ reservation }: CmrClientState, heard: SipIndication): void {
  if (reservation === null || heard.kind !== 'response' || heard.response.status < 300) return;
  if (heard.to.method !== 'UPDATE' || bodyOf(heard.to, 'early-session') === null) return;
  reservation.early.told = 'none';
}
