import type { Micros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';
import type { HeardSource, Medium, RecordNumber } from '../kernel/trace-record.ts';

/** From when to when a party hears or sees the same things. Silence has no interval. */
export interface HearsInterval {
  readonly listener: string;
  readonly node: NodeId;
  readonly medium: Medium;
  readonly sources: readonly HeardSource[];
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  /** The records that opened and closed it; `closedBy` is null at the end of the run. */
  readonly openedBy: RecordNumber;
  readonly closedBy: RecordNumber | null;
}
