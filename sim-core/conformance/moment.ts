import { zeroMicros, type Micros } from '../base/micros.ts';
import type { RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import { look, sights } from '../base/looking.ts';

/** Something that happened: its record and its instant. */
export interface Happening {
  readonly record: RecordNumber;
  readonly at: Micros;
}

/** When the records of a run happened, by their numbers; and when what departed there arrives. */
export interface Clock {
  at: readonly Micros[];
  /** Null for what is no departure, or was lost. */
  arrivesAt: readonly (Micros | null)[];
}

/** By which number a record is told: its own, or that of its like in another run. */
export type Ruler = (number: RecordNumber) => RecordNumber;

export const byItsOwn: Ruler = (number) => number;

export function clockOf(records: readonly TraceRecord[]): Clock {
  const at: Micros[] = [zeroMicros];
  const arrivesAt: (Micros | null)[] = [null];
  for (const record of records) {
    at[record.number] = record.at;
    arrivesAt[record.number] = record.kind === 'sent' ? record.arrivesAt : null;
  }
  return { at, arrivesAt };
}

/** Has a clock go by the times of another one. */
export function goesBy(clock: Clock, other: Clock): void {
  clock.at = other.at;
  clock.arrivesAt = other.arrivesAt;
}

/**
 * A happening that notes when a judge asks for its instant, which its run's clock knows. Copied
 * field by field it has none.
 */
export class Moment implements Happening {
  // Declared only: a field that is defined as well costs each of many thousands a little more.
  declare readonly record: RecordNumber;
  declare protected readonly clock: Clock;

  constructor(record: RecordNumber, clock: Clock) {
    this.record = record;
    this.clock = clock;
  }

  get at(): Micros {
    look(sights.all);
    return this.clock.at[this.record]!;
  }
}
