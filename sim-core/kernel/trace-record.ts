import type { Brand } from '../base/brand.ts';
import type { ClauseId } from '../base/clause-id.ts';
import type { Micros } from '../base/micros.ts';
import type { NodeId, Packet, TimerKey, UserAction } from './node.ts';

/** Records are numbered from 1 in the order in which they happened; 0 causes the first ones. */
export type RecordNumber = Brand<number, 'RecordNumber'>;

export function recordNumber(count: number): RecordNumber {
  return count as RecordNumber;
}

/**
 * `corrupted`: octets arrived that nobody can read. `queue full`: a link had more to carry than it
 * keeps. `node down`: it arrived at a node that was not there to take it.
 */
export type DropReason =
  'loss' | 'fault rule' | 'corrupted' | 'queue full' | 'node down' | 'no link';

export type Medium = 'audio' | 'video';

/** A part of a picture, in percent of its width and height, from the upper left corner. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One thing a party hears or sees, and how loud it is in the mixture. */
export interface HeardSource {
  /** `'ringback tone'`, `'ring tone'`, a CMR Resource's name, or a party's node name. */
  readonly source: string;
  readonly gainPercent: number;
  /** Where it is in a picture put together of several; the whole picture without. */
  readonly region?: Region;
}

/** One cell of a mixing matrix: this input is part of that output. */
export interface MixingCell {
  readonly input: string;
  readonly output: string;
  readonly medium: Medium;
  readonly gainPercent: number;
  /** Where a picture goes in the output; all of it without. */
  readonly region?: Region;
}

/** What a node says about one input, beside what it sends. */
export type Note =
  | {
      readonly kind: 'state';
      /** `'dialog'`, or the transaction's kind: `'INVITE client'`. */
      readonly machine: string;
      /** The Call-ID of the dialog, or the branch of the transaction. */
      readonly subject: string;
      /** The node at the other end. */
      readonly peer: NodeId;
      readonly from: string;
      readonly to: string;
      readonly clause: ClauseId;
    }
  | {
      readonly kind: 'procedure step';
      readonly procedure: string;
      readonly step: string;
      readonly clause: ClauseId;
    }
  | {
      readonly kind: 'decision';
      /** Whether the ring of Client-A goes on, or that of Client-B (GAP-34). */
      readonly about: 'Continue' | 'ring tone';
      readonly chosen: 'continue' | 'stop';
      readonly why: string;
      readonly clause: ClauseId;
    }
  | {
      readonly kind: 'decision';
      /** Which mode delivers the resources of the call (GAP-33). */
      readonly about: 'delivery';
      readonly chosen: 'Application Server Mode' | 'Gateway Mode' | 'HTTP Mode';
      readonly why: string;
      readonly clause: ClauseId;
    }
  | {
      readonly kind: 'hears';
      readonly medium: Medium;
      /** Empty: silence, or a dark screen. */
      readonly sources: readonly HeardSource[];
    }
  | { readonly kind: 'mixing'; readonly cells: readonly MixingCell[] }
  | { readonly kind: 'ignored'; readonly why: string; readonly clause: ClauseId }
  | {
      /** By the scenario, at an instant it names. */
      readonly kind: 'outage';
      readonly what: 'crashes' | 'starts again' | 'freezes' | 'goes on' | 'has its clock jump';
    };

/** One thing that happened. A run is the list of them, and nothing else. */
export type TraceRecord = {
  readonly number: RecordNumber;
  /** The record this one follows from; 0 for what the scenario itself sets off. */
  readonly cause: RecordNumber;
  readonly at: Micros;
  readonly node: NodeId;
} & (
  | {
      readonly kind: 'sent';
      readonly packet: Packet;
      readonly to: NodeId;
      readonly arrivesAt: Micros;
      /** When the network itself delivers a second copy, its arrival; otherwise null. */
      readonly againAt: Micros | null;
    }
  | {
      readonly kind: 'dropped';
      readonly packet: Packet;
      readonly to: NodeId;
      readonly why: DropReason;
      /** When it would have arrived: where the ladder draws its cross. */
      readonly wouldArriveAt: Micros;
    }
  | {
      readonly kind: 'received';
      readonly packet: Packet;
      readonly from: NodeId;
      /** The number of its `sent` record. */
      readonly sent: RecordNumber;
    }
  | { readonly kind: 'timer started'; readonly timer: TimerKey; readonly firesAt: Micros }
  | { readonly kind: 'timer stopped'; readonly timer: TimerKey }
  | { readonly kind: 'timer fired'; readonly timer: TimerKey }
  | { readonly kind: 'user'; readonly action: UserAction }
  | { readonly kind: 'note'; readonly note: Note }
);

/** Told of every record as it is made; must not keep the run waiting or change anything. */
export type Observer = (record: TraceRecord) => void;
