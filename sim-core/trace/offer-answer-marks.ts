import type { NodeId } from '../kernel/node.ts';
import {
  headerValue,
  reliableSequence,
  type Disposition,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../sip/message.ts';
import type { OfferAnswerMark } from './message-view.ts';

/** One offer of one dialog and disposition, and what became of it. */
interface Offer {
  readonly number: number;
  readonly by: NodeId;
  /** RFC 6337 table 1: where it travelled. */
  readonly carrier: 'INVITE' | 'UPDATE' | 'PRACK' | '1xx' | '2xx';
  /** CSeq number of the request that carried it or was answered with it. */
  readonly sequence: number;
  /** RSeq of the provisional response that carried it. */
  readonly provisional: number | null;
  state: 'open' | 'answered' | 'rejected';
}

/** The offers of every dialog, by dialog and disposition: what a reader of messages can know. */
export type OfferBook = Map<string, Offer[]>;

export function newOfferBook(): OfferBook {
  return new Map();
}

const none: readonly OfferAnswerMark[] = Object.freeze([]);

/**
 * What the bodies of a message are: offers, answers, or neither (a preview in an unreliable 1xx,
 * a repeat, a capability in a refusal). Takes first transmissions in the order of sending.
 */
export function markBodies(
  book: OfferBook,
  message: SipMessage,
  from: NodeId,
  to: NodeId,
): readonly OfferAnswerMark[] {
  if (message.kind === 'response' && message.status >= 300) {
    for (const disposition of dispositions) {
      reject(offersOf(book, message, disposition), message, to);
    }
    return none;
  }
  if (message.bodies.length === 0) return none;
  const marks: OfferAnswerMark[] = [];
  for (const { disposition } of message.bodies) {
    const offers = offersOf(book, message, disposition);
    const mark =
      message.kind === 'request'
        ? markInRequest(offers, message, from, to)
        : markInResponse(offers, message, from, to);
    if (mark !== null) marks.push(Object.freeze({ ...mark, disposition }));
  }
  return marks.length === 0 ? none : Object.freeze(marks);
}

const dispositions: readonly Disposition[] = ['session', 'early-session'];

type Mark = Omit<OfferAnswerMark, 'disposition'>;

function markInRequest(
  offers: Offer[],
  request: SipRequest,
  from: NodeId,
  to: NodeId,
): Mark | null {
  const { number, method } = request.cseq;
  if (method === 'ACK') {
    return answer(offers.find((offer) => isOpen(offer, to, '2xx') && offer.sequence === number));
  }
  if (method === 'PRACK') {
    const acknowledged = Number(headerValue(request, 'RAck')?.split(' ')[0]);
    const offered = offers.find(
      (offer) => isOpen(offer, to, '1xx') && offer.provisional === acknowledged,
    );
    return offered ? answer(offered) : open(offers, from, 'PRACK', number, null);
  }
  if (method !== 'INVITE' && method !== 'UPDATE') return null;
  return open(offers, from, method, number, null);
}

function markInResponse(
  offers: Offer[],
  response: SipResponse,
  from: NodeId,
  to: NodeId,
): Mark | null {
  const { number, method } = response.cseq;
  if (method === 'UPDATE' || method === 'PRACK') {
    if (response.status < 200) return null;
    return answer(offers.find((offer) => isOpen(offer, to, method) && offer.sequence === number));
  }
  if (method !== 'INVITE') return null;
  const provisional = reliableSequence(response);
  if (response.status < 200 && provisional === null) return null;
  const invited = offers.find(
    (offer) => offer.by === to && offer.carrier === 'INVITE' && offer.sequence === number,
  );
  if (invited !== undefined) return invited.state === 'open' ? answer(invited) : null;
  // RFC 3261 §13.2.1: an INVITE without SDP is answered with one offer; the rest repeats it.
  const given = offers.some(
    (offer) =>
      offer.by === from &&
      (offer.carrier === '1xx' || offer.carrier === '2xx') &&
      offer.sequence === number,
  );
  if (given) return null;
  return open(offers, from, response.status < 200 ? '1xx' : '2xx', number, provisional);
}

function isOpen(offer: Offer, by: NodeId, carrier: Offer['carrier']): boolean {
  return offer.state === 'open' && offer.by === by && offer.carrier === carrier;
}

function answer(offer: Offer | undefined): Mark | null {
  if (offer === undefined) return null;
  offer.state = 'answered';
  return { side: 'A', number: offer.number };
}

function open(
  offers: Offer[],
  by: NodeId,
  carrier: Offer['carrier'],
  sequence: number,
  provisional: number | null,
): Mark {
  const number = offers.length + 1;
  offers.push({ number, by, carrier, sequence, provisional, state: 'open' });
  return { side: 'O', number };
}

/** RFC 6337 table 2: a final response above 299 refuses the offer its request carried. */
function reject(offers: readonly Offer[], response: SipResponse, to: NodeId): void {
  const { number, method } = response.cseq;
  for (const offer of offers) {
    if (offer.by !== to || offer.state !== 'open' || offer.sequence !== number) continue;
    if (offer.carrier === method) offer.state = 'rejected';
  }
}

/** The offers of the message's dialog; a forked dialog begins with a copy of its INVITE's. */
function offersOf(book: OfferBook, message: SipMessage, disposition: Disposition): Offer[] {
  const { from, to, callId } = message;
  const seeds = [from.tag, to.tag].filter((tag) => tag !== null).sort();
  const key = `${disposition} ${callId} ${seeds.join(' ')}`;
  const known = book.get(key);
  if (known !== undefined) return known;
  let offers: Offer[] = [];
  for (const tag of seeds.length === 2 ? seeds : []) {
    const before = book.get(`${disposition} ${callId} ${tag}`);
    if (before !== undefined) offers = before.map((offer) => ({ ...offer }));
  }
  book.set(key, offers);
  return offers;
}
