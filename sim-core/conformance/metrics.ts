import type { Micros } from '../base/micros.ts';

/** Spec §5.6. Times in µs; null where the call gives nothing to measure. */
export interface Metrics {
  readonly SRD: Micros | null;
  readonly ringStart: Micros | null;
  readonly defaultRingLeak: Micros | null;
  readonly deadAir: Micros | null;
  readonly ringTail: Micros | null;
  readonly answerLag: Micros | null;
  readonly contGap: Micros | null;
  readonly preAnswerLoss: Micros | null;
  readonly cutThroughAB: Micros | null;
  readonly cutThroughBA: Micros | null;
  /** Count: 2xx to INVITE resent only because its ACK was held back. */
  readonly wasted2xx: number;
  /** Count: resent because a leg's round trip exceeds T1. */
  readonly slowLegRetransmissions: number;
}

/** What each metric of spec §5.6 measures in, and what it says. Times are in µs. */
export const metricTable: Readonly<
  Record<keyof Metrics, { readonly measures: 'time' | 'count'; readonly says: string }>
> = {
  SRD: { measures: 'time', says: "A's INVITE leaves → first response but 100 arrives at A" },
  ringStart: { measures: 'time', says: "B's first 18x at the CMR Server → ring rendered" },
  defaultRingLeak: {
    measures: 'time',
    says: 'A hears its own ring-back tone although granted CMR',
  },
  deadAir: { measures: 'time', says: 'last ring sample → first regular sample at A' },
  ringTail: { measures: 'time', says: 'ring rendered at A after 200 reached it' },
  answerLag: { measures: 'time', says: "B's first 200 leaves → 200 reaches A" },
  contGap: { measures: 'time', says: 'last ring sample → first mixed sample at A' },
  preAnswerLoss: { measures: 'time', says: "B's speech that A never renders" },
  cutThroughAB: { measures: 'time', says: "B's 200 leaves → first sample of A at B" },
  cutThroughBA: { measures: 'time', says: "B's 200 leaves → first sample of B at A" },
  wasted2xx: { measures: 'count', says: '2xx resent only because its ACK was held back' },
  slowLegRetransmissions: {
    measures: 'count',
    says: "resent because a leg's round trip exceeds T1",
  },
};
