import type { Micros } from '../base/micros.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import type { ClauseVerdict } from '../conformance/verdict.ts';
import type { Metrics } from '../conformance/metrics.ts';
import type { Warning } from '../conformance/warnings.ts';
import type { CallOutcome } from '../conformance/call-outcome.ts';
import type { HearsInterval } from '../trace/hears.ts';
import type { Ended, TraceHeader } from '../trace/trace-header.ts';

/** One sentence of `expect`, and whether the run met it. */
export interface ExpectationResult {
  readonly says: string;
  readonly met: boolean;
  readonly found: string;
}

/** All that is known of a finished run. */
export interface Run {
  readonly header: TraceHeader;
  /** Empty where nothing was recorded. */
  readonly records: readonly TraceRecord[];
  readonly ended: Ended;
  readonly endedAt: Micros;
  /** Events taken from the queue. */
  readonly events: number;
  readonly fingerprint: string;
  readonly outcome: CallOutcome;
  readonly verdicts: readonly ClauseVerdict[];
  readonly warnings: readonly Warning[];
  readonly metrics: Metrics;
  readonly hears: readonly HearsInterval[];
  readonly expectations: readonly ExpectationResult[];
}
