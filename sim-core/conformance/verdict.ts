import type { ClauseId } from '../base/clause-id.ts';
import type { NodeId } from '../kernel/node.ts';
import type { RecordNumber } from '../kernel/trace-record.ts';

/** Four-valued: a clause nobody touched is not a clause that holds. */
export type Verdict = 'satisfied' | 'violated' | 'not exercised' | 'inconclusive';

/**
 * How much a breach weighs, by the strength of the sentence that is broken: MUST is an error,
 * SHOULD a warning. The rest is information, and violates nothing.
 */
export type Level = 'error' | 'warning' | 'info';

/** A message that was due and did not follow. */
export interface ExpectedMessage {
  readonly from: NodeId;
  readonly to: NodeId;
  /** As the ladder names it: `'UPDATE'`, `'200 (INVITE)'`. */
  readonly what: string;
  /** The record of what it follows from, at the node that had to send it: due from then on. */
  readonly since: RecordNumber;
}

export interface ClauseVerdict {
  readonly clause: ClauseId;
  readonly verdict: Verdict;
  /** What a breach weighs here; only an error fails the run. */
  readonly level: Level;
  /** The records that show it, in order. Empty when not exercised. */
  readonly evidence: readonly RecordNumber[];
  /** One sentence: what was seen, or what was missing. */
  readonly says: string;
  /** Of a breach of a clause about one message that is absent where it belongs. */
  readonly expected?: ExpectedMessage;
}
