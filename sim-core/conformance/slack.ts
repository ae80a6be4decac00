import type { Micros } from '../base/micros.ts';
import type { ClauseId } from '../base/clause-id.ts';
import type { NodeId } from '../kernel/node.ts';
import type { RecordNumber } from '../kernel/trace-record.ts';

/**
 * By how much something held: a timer was stopped before it fired, or what a clause wants first
 * came first. An event at the very instant is in time, so a slack of 0 still holds.
 */
export interface Slack {
  readonly kind: 'timer' | 'order';
  /** µs; how much later the last thing in time could have been. */
  readonly slack: Micros;
  readonly node: NodeId;
  /** `'timer B'`, `'the UPDATE answered, then the 200'`. */
  readonly what: string;
  /** The clause that wants the order; of a timer none, for its letter says where it is from. */
  readonly clause: ClauseId | null;
  /** What was in time, and what it was in time for. */
  readonly records: readonly [RecordNumber, RecordNumber];
  readonly at: Micros;
}
