import type { Micros } from '../base/micros.ts';
import type { NodeId, Packet } from '../kernel/node.ts';
import type { RecordNumber } from '../kernel/trace-record.ts';
import type { Disposition } from '../sip/message.ts';

/** Whose hop: Client-A's leg, Client-B's leg, Resource Server control, or media. */
export type Leg = 'A' | 'B' | 'R' | 'media';

/** An offer or an answer, numbered per dialog and disposition from 1: O1, A1, O2 … */
export interface OfferAnswerMark {
  readonly side: 'O' | 'A';
  readonly number: number;
  readonly disposition: Disposition;
}

/** One packet on its way, as every ladder shows it: made of its records, judged by nobody. */
export interface MessageView {
  /** Its `sent` or `dropped` record. */
  readonly record: RecordNumber;
  /** The record it follows from. */
  readonly cause: RecordNumber;
  readonly packet: Packet;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly sentAt: Micros;
  /** When it arrives, or would have. */
  readonly arrivesAt: Micros;
  readonly lost: boolean;
  /** Arrival of the network's second copy. */
  readonly againAt: Micros | null;
  /** Its `received` records; empty while in flight, when lost, or at the end of the run. */
  readonly received: readonly RecordNumber[];
  readonly leg: Leg;
  /** `'INVITE'`, `'re-INVITE'`, `'180 Ringing'`, `'200 (UPDATE)'`, `'allocate conference'`. */
  readonly text: string;
  /** `'180'` for `'180 Ringing'`; otherwise as `text`. */
  readonly shortText: string;
  readonly isRequest: boolean;
  /** A reply of the Resource Server. */
  readonly isReply: boolean;
  /** Step 1 to 11 of the Continue flow (FLOW-CON-nn); null for every other message. */
  readonly step: number | null;
  readonly marks: readonly OfferAnswerMark[];
  /** 0 for the first transmission, 1 for R1 … */
  readonly resent: number;
  /** The first transmission's record; its own when `resent` is 0. */
  readonly first: RecordNumber;
  /** Taken by the receiver without effect: a late or repeated copy. */
  readonly absorbed: boolean;
  /** Facts worth a note: `'100rel'`, `'P-Early-Media: sendrecv'`. */
  readonly facts: readonly string[];
}
