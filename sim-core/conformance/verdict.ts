import type { ClauseId } from '../base/clause-id.ts';
import type { RecordNumber } from '../kernel/trace-record.ts';

/** Four-valued: a clause nobody touched is not a clause that holds. */
export type Verdict = 'satisfied' | 'violated' | 'not exercised' | 'inconclusive';

export interface ClauseVerdict {
  readonly clause: ClauseId;
  readonly verdict: Verdict;
  /** The records that show it, in order. Empty when not exercised. */
  readonly evidence: readonly RecordNumber[];
  /** One sentence: what was seen, or what was missing. */
  readonly says: string;
}
