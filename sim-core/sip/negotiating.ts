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
import { makeMove, type OfferAnswerMove } from './offer-answer.ts';

/** Which move each body of a message is in its dialog's offer/answer (RFC 6337 Table 1). */

export function negotiateSent(dialog: Dialog, message: SipMessage, out: Outbox): void {
  for (const part of message.bodies) {
    if (!counts(message)) continue;
    const { state } = dialog.offerAnswer[part.disposition];
    if (state === 'offer received') move(dialog, part, 'send answer', out);
    else if (mayOffer(message, state)) move(dialog, part, 'send offer', out);
  }
}

export function negotiateReceived(dialog: Dialog, message: SipMessage, out: Outbox): void {
  for (const part of message.bodies) {
    if (!counts(message)) continue;
    const { state } = dialog.offerAnswer[part.disposition];
    if (state === 'offer sent') move(dialog, part, 'receive answer', out);
    else if (mayOffer(message, state)) move(dialog, part, 'receive offer', out);
  }
}

/** An INVITE's offer stands in every dialog that the INVITE makes (R-OA-13, R-OA-22). */
export function inheritOffer(dialog: Dialog, invite: SipRequest, sent: boolean): void {
  for (const part of invite.bodies) {
    const exchange = dialog.offerAnswer[part.disposition];
    makeMove(exchange, sent ? 'send offer' : 'receive offer', part.description);
  }
}

/** A request's bodies always count; a response's where it can carry an offer or an answer. */
function counts(message: SipMessage): boolean {
  return message.kind === 'request' || carriesNegotiation(message);
}

/** SDP in an unreliable provisional response is only a preview (R-OA-05). */
function carriesNegotiation(response: SipResponse): boolean {
  if (response.status >= 300) return false;
  return response.status >= 200 || reliableSequence(response) !== null;
}

/** What follows an answer in responses to the same INVITE repeats it: no new offer (R-OA-03). */
function mayOffer(message: SipMessage, state: string): boolean {
  return message.kind === 'request' || state === 'nothing offered';
}

function move(dialog: Dialog, part: BodyPart, how: OfferAnswerMove, out: Outbox): void {
  const exchange = dialog.offerAnswer[part.disposition];
  const broken = makeMove(exchange, how, part.description);
  if (broken === null) return;
  const why = `${how} while ${exchange.state} (${part.disposition})`;
  out.note({ kind: 'ignored', why, clause: clause(broken) });
}
