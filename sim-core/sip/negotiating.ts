import { clause } from '../base/clause-id.ts';
import type { Outbox } from '../kernel/node.ts';
import type { Dialog } from './dialog.ts';
import {
  reliableSequence,
  type BodyPart,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from './message.ts';
import {
  clauseForbidding,
  makeMove,
  type OfferAnswer,
  type OfferAnswerMove,
} from './offer-answer.ts';

/**
 * Which move each body of a message is in its dialog's offer/answer: the six patterns of RFC 6337
 * Table 1, for each disposition by itself (R-OA-01, R-OA-02, R-ES-01). `answers` is the request
 * that a response answers.
 */

export function negotiateSent(
  dialog: Dialog,
  message: SipMessage,
  answers: SipRequest | null,
  out: Outbox,
): void {
  for (const part of message.bodies) {
    const exchange = dialog.offerAnswer[part.disposition];
    const role = roleOf(dialog, exchange, part, message, answers, 'offer received');
    if (role === null) continue;
    const stands = move(dialog, part, role === 'offer' ? 'send offer' : 'send answer', out);
    if (stands && role === 'offer') exchange.offeredIn = nameIn(dialog, answers ?? message);
  }
}

export function negotiateReceived(
  dialog: Dialog,
  message: SipMessage,
  answers: SipRequest | null,
  out: Outbox,
): void {
  for (const part of message.bodies) {
    const exchange = dialog.offerAnswer[part.disposition];
    const role = roleOf(dialog, exchange, part, message, answers, 'offer sent');
    if (role === null) continue;
    const stands = move(dialog, part, role === 'offer' ? 'receive offer' : 'receive answer', out);
    if (stands && role === 'offer') exchange.offeredIn = nameIn(dialog, answers ?? message);
  }
}

/** An INVITE's offer stands in every dialog that the INVITE makes (R-OA-13, R-OA-22). */
export function inheritOffer(dialog: Dialog, invite: SipRequest, sent: boolean): void {
  for (const part of invite.bodies) {
    const exchange = dialog.offerAnswer[part.disposition];
    makeMove(exchange, sent ? 'send offer' : 'receive offer', part.description);
    exchange.offeredIn = nameIn(dialog, invite);
  }
}

/**
 * A request is refused: the offer that it or a response to it carried is withdrawn, and the
 * session stays as it was (R-REI-05, R-UPD-09).
 */
export function rollBackOffer(dialog: Dialog | null, refused: SipRequest): void {
  if (dialog === null) return;
  const name = nameIn(dialog, refused);
  const { session, 'early-session': early } = dialog.offerAnswer;
  for (const exchange of [session, early]) {
    if (exchange.offeredIn !== name || clauseForbidding(exchange, 'roll back') !== null) continue;
    makeMove(exchange, 'roll back', null);
  }
}

/**
 * What a description is where it stands; null: nothing that counts. An answer is due where
 * `open` is the state of the exchange.
 */
function roleOf(
  dialog: Dialog,
  exchange: OfferAnswer,
  { disposition }: BodyPart,
  message: SipMessage,
  answers: SipRequest | null,
  open: 'offer received' | 'offer sent',
): 'offer' | 'answer' | null {
  const { state } = exchange;
  if (message.kind === 'request') {
    const { method } = message;
    if (method === 'ACK') return 'answer'; // P2
    // P4, or P5; a PRACK that is no answer offers.
    return method === 'PRACK' && state === open ? 'answer' : 'offer';
  }
  if (!carriesNegotiation(message)) return null;
  if (answers === null || answers.method !== 'INVITE') return 'answer'; // P5, P6
  const name = nameIn(dialog, answers);
  if (answers.bodies.some((part) => part.disposition === disposition)) {
    // P1, P3; what follows the answer in later responses repeats it (R-OA-03).
    return state === open && exchange.offeredIn === name ? 'answer' : null;
  }
  // P2, P4: the INVITE had none, so the first reliable response offers; later ones repeat it,
  // and count for nothing when other offers have followed that one.
  const repeats = answers.to.tag === null && exchange.local !== null;
  return repeats || exchange.offeredIn === name ? null : 'offer';
}

/** SDP in an unreliable provisional response is only a preview (R-OA-05). */
function carriesNegotiation(response: SipResponse): boolean {
  if (response.status >= 300) return false;
  return response.status >= 200 || reliableSequence(response) !== null;
}

/** A transaction of the dialog, as `offeredIn` has it; an ACK is part of its INVITE. */
function nameIn(dialog: Dialog, { from, cseq }: SipMessage): number {
  return from.tag === dialog.local.tag ? cseq.number : -cseq.number;
}

/** Whether the move is legal; one that is not is noted with the clause it breaks. */
function move(dialog: Dialog, part: BodyPart, how: OfferAnswerMove, out: Outbox): boolean {
  const exchange = dialog.offerAnswer[part.disposition];
  const broken = makeMove(exchange, how, part.description);
  if (broken === null) return true;
  const why = `${how} while ${exchange.state} (${part.disposition})`;
  out.note({ kind: 'ignored', why, clause: clause(broken) });
  return false;
}
