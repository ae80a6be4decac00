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
