import type { Clause, TraceHeader, TraceRecord } from '../../sim-core/reading.ts';
import type { RunEnd } from './trace-store.ts';

/** An axis as it was read: every value it takes, as a scenario file would write it. */
export interface SweptAxis {
  readonly path: string;
  readonly values: readonly string[];
  readonly measures: 'time' | 'count' | 'words';
}

/** What came of one run of a sweep. */
export interface SweptRow {
  /** Counted with the axis across fastest. */
  readonly cell: number;
  /** Equal for runs of one class. */
  readonly key: string;
  /** The class in a line. */
  readonly says: string;
  /** In the order of the sweep's measures: µs or a count; null where it does not apply. */
  readonly measured: readonly (number | null)[];
  /** Whether this is the run of the scenario as it is written. */
  readonly asWritten: boolean;
}

/** A sweep as far as it has come. A new value whenever something came. */
export interface Sweep {
  readonly down: SweptAxis;
  readonly across: SweptAxis;
  readonly measures: readonly string[];
  /** What the scenario as it is written measures, in the same order. */
  readonly base: readonly (number | null)[];
  /** By cell; grows in place. */
  readonly rows: readonly (SweptRow | undefined)[];
}

/** Two cells side by side between which the class changes. */
export interface Between {
  /** 0: down, 1: across. */
  readonly axis: number;
  /** The values of both axes at each of them, the lower one first. */
  readonly lower: readonly string[];
  readonly upper: readonly string[];
}

/** One unit apart along an axis: the last value of one class, the first of the next. */
export interface FoundBoundary {
  readonly below: string;
  readonly above: string;
  /** The class above, and in a line. */
  readonly key: string;
  readonly says: string;
}

/** The run of one cell, whole. */
export interface SweptRun {
  readonly header: TraceHeader;
  readonly clauses: readonly Clause[];
  readonly records: readonly TraceRecord[];
  readonly end: RunEnd;
}

/** Rows live here, outside immer: there may be thousands, and nobody changes one. */
export interface SweepStore {
  readonly sweep: Sweep | null;
  begin(plan: Omit<Sweep, 'rows'>): void;
  add(rows: readonly SweptRow[]): void;
  clear(): void;
}

/** @param changed called with the new version after each change. */
export function makeSweepStore(changed: (version: number) => void): SweepStore {
  let rows: (SweptRow | undefined)[] = [];
  let sweep: Sweep | null = null;
  let version = 0;
  function become(next: Sweep | null): void {
    sweep = next;
    version += 1;
    changed(version);
  }
  return {
    get sweep() {
      return sweep;
    },
    begin(plan) {
      const cells = plan.down.values.length * plan.across.values.length;
      rows = Array.from({ length: cells }, () => undefined);
      become({ ...plan, rows });
    },
    add(more) {
      if (sweep === null) return;
      for (const row of more) rows[row.cell] = row;
      become({ ...sweep });
    },
    clear() {
      become(null);
    },
  };
}
