import { clause, type ClauseId } from '../base/clause-id.ts';
import type { SessionDescription } from '../sdp/session-description.ts';

/** RFC 3264 and 6337: one exchange of one dialog and disposition, seen from one end. */
export interface OfferAnswer {
  state: OfferAnswerState;
  pending: SessionDescription | null;
  /** What both ends agreed last: what this end said, and what the other said. */
  local: SessionDescription | null;
  remote: SessionDescription | null;
  /** The last description this end sent, agreed or not: the next one is counted on from it. */
  lastSent: SessionDescription | null;
  /**
   * The transaction that carried the last offer: its CSeq number, negative where the other end
   * sent the request. Only the refusal of that one takes the offer back.
   */
  offeredIn: number;
}

export type OfferAnswerState = 'nothing offered' | 'offer sent' | 'offer received' | 'agreed';

export type OfferAnswerMove =
  'send offer' | 'receive offer' | 'send answer' | 'receive answer' | 'roll back';

/** A move leads to a state, or a clause forbids it. */
type Outcome =
  { readonly next: OfferAnswerState | 'as before' } | { readonly forbiddenBy: ClauseId };

const to = (next: OfferAnswerState | 'as before'): Outcome => ({ next });
const forbidden = (id: string): Outcome => ({ forbiddenBy: clause(id) });

/** The legal moves, as data: the machine, its messages and its pictures all read this table. */
export const offerAnswerMoves: Readonly<
  Record<OfferAnswerState, Readonly<Record<OfferAnswerMove, Outcome>>>
> = {
  'nothing offered': {
    'send offer': to('offer sent'),
    'receive offer': to('offer received'),
    'send answer': forbidden('R-OA-02'),
    'receive answer': forbidden('R-OA-02'),
    'roll back': forbidden('R-OA-02'),
  },
  'offer sent': {
    'send offer': forbidden('R-OA-01'),
    'receive offer': forbidden('R-UPD-06'),
    'send answer': forbidden('R-OA-02'),
    'receive answer': to('agreed'),
    'roll back': to('as before'),
  },
  'offer received': {
    'send offer': forbidden('R-UPD-04'),
    'receive offer': forbidden('R-UPD-07'),
    'send answer': to('agreed'),
    'receive answer': forbidden('R-OA-02'),
    'roll back': to('as before'),
  },
  agreed: {
    'send offer': to('offer sent'),
    'receive offer': to('offer received'),
    'send answer': forbidden('R-OA-02'),
    'receive answer': forbidden('R-OA-02'),
    'roll back': forbidden('R-OA-02'),
  },
};

export function newOfferAnswer(): OfferAnswer {
  return {
    state: 'nothing offered',
    pending: null,
    local: null,
    remote: null,
    lastSent: null,
    offeredIn: 0,
  };
}

/** The clause that forbids this move now, or null where it is legal. */
export function clauseForbidding(exchange: OfferAnswer, move: OfferAnswerMove): ClauseId | null {
  const outcome = offerAnswerMoves[exchange.state][move];
  return 'forbiddenBy' in outcome ? outcome.forbiddenBy : null;
}

/**
 * Makes a move. A forbidden one changes nothing but `lastSent`, so that a party can be made to
 * break the rule on purpose and be seen doing it; its clause is given back.
 */
export function makeMove(
  exchange: OfferAnswer,
  move: OfferAnswerMove,
  description: SessionDescription | null,
): ClauseId | null {
  if (move === 'send offer' || move === 'send answer') exchange.lastSent = description;
  const outcome = offerAnswerMoves[exchange.state][move];
  if ('forbiddenBy' in outcome) return outcome.forbiddenBy;
  if (move === 'send answer') {
    exchange.remote = exchange.pending;
    exchange.local = description;
  } else if (move === 'receive answer') {
    exchange.local = exchange.pending;
    exchange.remote = description;
  }
  const offered = move === 'send offer' || move === 'receive offer';
  exchange.pending = offered ? description : null;
  const before = exchange.local === null ? 'nothing offered' : 'agreed';
  exchange.state = outcome.next === 'as before' ? before : outcome.next;
  return null;
}
