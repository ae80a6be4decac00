import { micros, type Micros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';
import type { Medium } from '../kernel/trace-record.ts';
import type { HearsInterval } from '../trace/hears.ts';
import type { TraceHeader } from '../trace/trace-header.ts';

/** From the first instant up to, and not including, the second. */
export interface Stretch {
  readonly from: Micros;
  readonly to: Micros;
}

/** The name of the tone a terminal plays by itself while it waits for an answer. */
export const ringbackTone = 'ringback tone';
const ringTone = 'ring tone';

/** Whether a source is a CMR Resource: neither a tone of the terminal's own nor a party. */
export function isRing(header: TraceHeader, source: string): boolean {
  if (source === ringbackTone || source === ringTone) return false;
  return !header.nodes.some((node) => node.name === source);
}

/** When a node perceived a source of that medium for which `wanted` holds, in order. */
export function stretchesOf(
  intervals: readonly HearsInterval[],
  node: NodeId | undefined,
  medium: Medium,
  wanted: (source: string) => boolean,
): Stretch[] {
  const found: Stretch[] = [];
  for (const one of intervals) {
    if (one.node !== node || one.medium !== medium) continue;
    const there = one.sources.some(({ source, gainPercent }) => gainPercent > 0 && wanted(source));
    if (there) found.push({ from: one.fromMicros, to: one.toMicros });
  }
  return merged(found);
}

/** The same instants as stretches that neither touch nor overlap, in order. */
export function merged(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const one of [...stretches].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (one.to <= one.from) continue;
    const last = result.at(-1);
    if (last === undefined || one.from > last.to) result.push(one);
    else if (one.to > last.to) result[result.length - 1] = { from: last.from, to: one.to };
  }
  return result;
}

/** The instants that both have. */
export function common(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (const one of a) {
    for (const other of b) {
      const from = one.from > other.from ? one.from : other.from;
      const to = one.to < other.to ? one.to : other.to;
      if (from < to) found.push({ from, to });
    }
  }
  return merged(found);
}

/** The stretches moved by a length of time, in µs; earlier where it is negative. */
export function moved(stretches: readonly Stretch[], by: number): Stretch[] {
  return stretches.map(({ from, to }) => ({ from: micros(from + by), to: micros(to + by) }));
}

/** How long they are together. */
export function totalOf(stretches: readonly Stretch[]): Micros {
  return micros(stretches.reduce((sum, { from, to }) => sum + (to - from), 0));
}
