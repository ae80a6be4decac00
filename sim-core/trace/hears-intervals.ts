import type { Micros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';
import type { HeardSource, Medium, RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import { sameRegion } from '../media/picture-region.ts';
import type { HearsInterval } from './hears.ts';
import type { TraceHeader } from './trace-header.ts';

/**
 * Who heard and saw what, from when to when, in the order in which it began. Takes the instant
 * the run ended, in µs. What began and ended at one instant was never heard.
 */
export function hearsIntervals(
  header: TraceHeader,
  records: readonly TraceRecord[],
  endedAt: Micros,
): HearsInterval[] {
  const follower = hearsFollower(header);
  for (const record of records) follower.observe(record);
  return follower.intervals(endedAt);
}

/** Intervals made while the run goes on. */
export interface HearsFollower {
  observe(record: TraceRecord): void;
  /** The intervals up to now; those still open end at `until`. */
  intervals(until: Micros): HearsInterval[];
}

interface Open {
  readonly node: NodeId;
  readonly medium: Medium;
  readonly sources: readonly HeardSource[];
  readonly fromMicros: Micros;
  readonly openedBy: RecordNumber;
}

export function hearsFollower(header: TraceHeader): HearsFollower {
  const names = new Map(header.nodes.map((node) => [node.id, node.name]));
  const open = new Map<string, Open>();
  const closed: HearsInterval[] = [];

  const close = (heard: Open, toMicros: Micros, closedBy: RecordNumber | null) => ({
    listener: names.get(heard.node) ?? `node ${heard.node}`,
    node: heard.node,
    medium: heard.medium,
    sources: heard.sources,
    fromMicros: heard.fromMicros,
    toMicros,
    openedBy: heard.openedBy,
    closedBy,
  });

  return {
    observe(record) {
      if (record.kind !== 'note' || record.note.kind !== 'hears') return;
      const { medium, sources } = record.note;
      const key = `${record.node} ${medium}`;
      const before = open.get(key);
      if (before !== undefined && sameSources(before.sources, sources)) return;
      if (before !== undefined) {
        open.delete(key);
        if (record.at > before.fromMicros) closed.push(close(before, record.at, record.number));
      }
      if (sources.length === 0) return;
      const { node, at, number } = record;
      open.set(key, { node, medium, sources, fromMicros: at, openedBy: number });
    },
    intervals(until) {
      const still = [...open.values()].filter((heard) => heard.fromMicros < until);
      const all = [...closed, ...still.map((heard) => close(heard, until, null))];
      return all.sort((a, b) => a.openedBy - b.openedBy);
    },
  };
}

function sameSources(a: readonly HeardSource[], b: readonly HeardSource[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      ({ source, gainPercent, region }, index) =>
        b[index]?.source === source &&
        b[index].gainPercent === gainPercent &&
        sameRegion(b[index].region, region),
    )
  );
}
