import type { ClauseId } from '../base/clause-id.ts';
import type { Micros } from '../base/micros.ts';
import type { ClauseVerdict } from '../conformance/verdict.ts';
import type { NodeId } from '../kernel/node.ts';
import type { RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import type { HearsInterval } from '../trace/hears.ts';
import type { TraceHeader } from '../trace/trace-header.ts';

/** What of a finished run an explanation is made from. */
export interface ExplainedRun {
  readonly header: TraceHeader;
  /** In order; record `n` stands at `n − 1`. */
  readonly records: readonly TraceRecord[];
  readonly hears: readonly HearsInterval[];
  readonly verdicts: readonly ClauseVerdict[];
}

/**
 * `act`: what a person did. `message`: one on its way. `decision`: where it might have gone
 * otherwise. `timer`: one that fired. `absence`: what would have stopped it, and did not come in
 * time. `fact`: what was asked about.
 */
export type WhyKind = 'act' | 'message' | 'decision' | 'timer' | 'absence' | 'fact';

/** One thing without which it would not have come so, or not at that instant. */
export interface WhyStep {
  readonly kind: WhyKind;
  /** The record that shows it; of a message its departure. */
  readonly record: RecordNumber;
  readonly at: Micros;
  readonly node: NodeId;
  /** A whole sentence, without its instant. */
  readonly says: string;
  /** Of a step of the Continue flow, or a decision: its clause; null of everything else. */
  readonly clause: ClauseId | null;
}

/** How something came about, back to what a person did. */
export interface Why {
  /** What is so: `'At 6 000 ms CMR Client-A hears ringing-7 at 25 % and client-b.'` */
  readonly answer: string;
  /** In the order in which they happened; empty where nothing happened. */
  readonly steps: readonly WhyStep[];
}
