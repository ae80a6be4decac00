import type { ClauseId } from '../base/clause-id.ts';
import type { RecordNumber } from '../kernel/trace-record.ts';

/** Four-valued: a clause nobody touched is not a clause that holds. */
export type Verdict = 'satisfied' | 'violated' | 'not exercised' | 'inconclusive';

/**
 * How much a breach weighs, by the strength of the sentence that is broken: MUST is an error,
 * SHOULD a warning. The rest is information, and violates nothing.
 */
export type Level = 'error' | 'warning' | 'info';

export interface ClauseVerdict {
  readonly clause: ClauseId;
  readonly verdict: Verdict;
  /** What a breach weighs here; only an error fails the run. */
  readonly level: Level;
  /** The records that show it, in order. Empty when not exercised. */
  readonly evidence: readonly RecordNumber[];
  /** One sentence: what was seen, or what was missing. */
  readonly says: string;
}
