import type { Observer, TraceRecord } from '../kernel/trace-record.ts';

/** Keeps every record of a run, in order: record n stands at place n − 1. */
export interface Recorder {
  readonly records: TraceRecord[];
  readonly observe: Observer;
}

export function recorder(): Recorder {
  const records: TraceRecord[] = [];
  return { records, observe: (record) => void records.push(record) };
}

/** Tells several observers of each record, in their order. */
export function observers(each: readonly Observer[]): Observer | null {
  const [first, second] = each;
  if (first === undefined) return null;
  if (second === undefined) return first;
  return (record) => {
    for (const observe of each) observe(record);
  };
}
