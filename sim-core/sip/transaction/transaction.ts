import type { ClauseId } from '../../base/clause-id.ts';
import type { Micros } from '../../base/micros.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { SipMessage, SipRequest, SipResponse } from '../message.ts';

/** RFC 3261 §17 and RFC 6026; D has no letter of its own kind of owner. */
export type TimerLetter = 'A' | 'B' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M';

interface TransactionFields {
  /** Branch of the top Via: names the transaction on this hop. */
  readonly branch: string;
  /** The node at the other end of the hop. */
  readonly peer: NodeId;
  readonly request: SipRequest;
}

export interface InviteClientTransaction extends TransactionFields {
  readonly kind: 'INVITE client';
  state: 'Calling' | 'Proceeding' | 'Accepted' | 'Completed' | 'Terminated';
  /** What Timer A waits next. */
  retransmitAfter: Micros;
  /** The ACK to a final response other than 2xx, to be repeated. */
  ack: SipRequest | null;
  /** The user wants it cancelled as soon as a provisional response allows (R-CAN-03). */
  cancelWanted: boolean;
}

export interface InviteServerTransaction extends TransactionFields {
  readonly kind: 'INVITE server';
  state: 'Proceeding' | 'Accepted' | 'Completed' | 'Confirmed' | 'Terminated';
  /** What Timer G waits next. */
  retransmitAfter: Micros;
  lastResponse: SipResponse | null;
  /**
   * To tag of every response but 100 (R-MSG-07). A user agent that shows several early dialogs has
   * another one for each (RFC 6141 §4.9).
   */
  toTag: string;
  /** RSeq of the last provisional response sent reliably; 0 before the first (R-PRK-04). */
  lastReliable: number;
}

export interface NonInviteClientTransaction extends TransactionFields {
  readonly kind: 'non-INVITE client';
  state: 'Trying' | 'Proceeding' | 'Completed' | 'Terminated';
  /** What Timer E waits next. */
  retransmitAfter: Micros;
}

export interface NonInviteServerTransaction extends TransactionFields {
  readonly kind: 'non-INVITE server';
  state: 'Trying' | 'Proceeding' | 'Completed' | 'Terminated';
  lastResponse: SipResponse | null;
}

export type ClientTransaction = InviteClientTransaction | NonInviteClientTransaction;
export type ServerTransaction = InviteServerTransaction | NonInviteServerTransaction;
export type Transaction = ClientTransaction | ServerTransaction;

/** What a transaction may do to the world. */
export interface TransactionOutbox {
  transmit(message: SipMessage): void;
  startTimer(letter: TimerLetter, after: Micros): void;
  stopTimer(letter: TimerLetter): void;
  /** Enters a state, citing the sentence that says so. */
  enter(state: Transaction['state'], clause: ClauseId): void;
}

/** What becomes of a message or a timer: the transaction user hears of it, or does not. */
export type Passing = 'pass up' | 'absorb';
