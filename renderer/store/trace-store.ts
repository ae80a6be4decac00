import type { Clause, Run, TraceHeader, TraceRecord } from '../../sim-core/reading.ts';

/** All of a run but its header and its records. */
export type RunEnd = Omit<Run, 'header' | 'records'>;

/** A run as far as it has come in. A new value whenever something came. */
export interface Trace {
  /** Rises with everything that comes in, over all runs of a window. */
  readonly version: number;
  readonly header: TraceHeader | null;
  /** The clauses the run is judged by, once it is complete. */
  readonly clauses: readonly Clause[];
  /** In order; record `n` stands at `n − 1`. Grows in place: read it anew for a new version. */
  readonly records: readonly TraceRecord[];
  /** Null until the run is complete. */
  readonly end: RunEnd | null;
}

/** Computes something from a trace, with the help of other views of it. */
export type TraceView<T> = (trace: Trace, view: ViewOf) => T;
type ViewOf = <T>(of: TraceView<T>) => T;

/** What a complete run has beside its records. */
interface WholeRun {
  readonly header: TraceHeader;
  readonly end: RunEnd;
}

/** Records live here, outside immer: they only ever grow, and nobody changes one. */
export interface TraceStore {
  readonly trace: Trace;
  begin(header: TraceHeader): void;
  /** Tells nobody: a run that is soon whole is seen when it is. */
  append(records: readonly TraceRecord[]): void;
  /** Tells what came in so far. */
  tell(): void;
  complete(end: RunEnd, clauses: readonly Clause[]): void;
  /** Another run, whole, at once: nothing of the one before is missed in between. */
  replace(run: Pick<Trace, 'clauses' | 'records'> & WholeRun): void;
  /** Forgets the run. */
  clear(): void;
  /** What `of` makes of the trace, computed once a version. `of` is known by identity. */
  readonly view: ViewOf;
}

/** @param changed called with the new version after each change. */
export function makeTraceStore(changed: (version: number) => void): TraceStore {
  let records: TraceRecord[] = [];
  let trace: Trace = { version: 0, header: null, clauses: [], records, end: null };
  const views = new Map<TraceView<unknown>, unknown>();

  function become(next: Partial<Omit<Trace, 'version'>>): void {
    trace = { ...trace, ...next, version: trace.version + 1 };
    views.clear();
    changed(trace.version);
  }

  function view<T>(of: TraceView<T>): T {
    // The entry was made by this same function, so it is what `of` returns.
    if (views.has(of)) return views.get(of) as T;
    const made = of(trace, view);
    views.set(of, made);
    return made;
  }

  return {
    get trace() {
      return trace;
    },
    begin(header) {
      records = [];
      become({ header, clauses: [], records, end: null });
    },
    append(more) {
      for (const record of more) {
        if (record.number !== records.length + 1) {
          throw new Error(`record ${record.number} came where ${records.length + 1} was due`);
        }
        records.push(record);
      }
    },
    tell: () => become({}),
    complete(end, clauses) {
      become({ end, clauses });
    },
    replace(run) {
      records = [...run.records];
      become({ ...run, records });
    },
    clear() {
      records = [];
      become({ header: null, clauses: [], records, end: null });
    },
    view,
  };
}
