import { milliseconds, type Micros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';
import type { HeardSource, Medium, RecordNumber } from '../kernel/trace-record.ts';
import type { HearsInterval } from './hears.ts';

/** What one party hears, or sees, in a run: its stretches, and what lies between and over them. */
export interface Hearing {
  /** In order; where the same thing falls silent for a moment only, it is one stretch. */
  readonly stretches: readonly HeardStretch[];
  /** Silence between two stretches. Before the first and after the last there is no gap. */
  readonly gaps: readonly Gap[];
  /** Where two sources or more are heard at once, however the stretches lie. */
  readonly overlaps: readonly Overlap[];
}

export interface HeardStretch extends HearsInterval {
  /** How often it falls silent for a moment, as a lost packet makes it. */
  readonly dropouts: number;
}

export interface Gap {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  /** The records with which silence began and ended. */
  readonly beganWith: RecordNumber | null;
  readonly endedWith: RecordNumber;
}

export interface Overlap {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  readonly sources: readonly HeardSource[];
}

/** Three usual packets: a longer silence is an event of the call. */
const dropoutMost = milliseconds(60);

/** Takes the intervals of everybody, in the order in which they began. */
export function hearingOf(hears: readonly HearsInterval[], node: NodeId, medium: Medium): Hearing {
  const own = hears.filter((each) => each.node === node && each.medium === medium);
  const stretches: HeardStretch[] = [];
  const gaps: Gap[] = [];
  for (const heard of own) {
    const last = stretches.at(-1);
    if (last !== undefined && isDropout(last, heard)) {
      const { toMicros, closedBy } = heard;
      stretches[stretches.length - 1] = {
        ...last,
        toMicros,
        closedBy,
        dropouts: last.dropouts + 1,
      };
      continue;
    }
    if (last !== undefined && heard.fromMicros > last.toMicros) {
      const { fromMicros: toMicros, openedBy: endedWith } = heard;
      gaps.push({ fromMicros: last.toMicros, toMicros, beganWith: last.closedBy, endedWith });
    }
    stretches.push({ ...heard, dropouts: 0 });
  }
  return { stretches, gaps, overlaps: overlapsOf(stretches) };
}

function isDropout(last: HearsInterval, next: HearsInterval): boolean {
  const silence = next.fromMicros - last.toMicros;
  return silence > 0 && silence < dropoutMost && sameAudible(last.sources, next.sources);
}

function overlapsOf(stretches: readonly HearsInterval[]): Overlap[] {
  return stretches.flatMap(({ fromMicros, toMicros, sources }) => {
    const audible = sources.filter(({ gainPercent }) => gainPercent > 0);
    return audible.length < 2 ? [] : [{ fromMicros, toMicros, sources: audible }];
  });
}

function sameAudible(a: readonly HeardSource[], b: readonly HeardSource[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ source, gainPercent }, place) => {
      const other = b[place];
      return other?.source === source && other.gainPercent === gainPercent;
    })
  );
}
