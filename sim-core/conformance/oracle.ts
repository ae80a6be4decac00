import type { ClauseId } from '../base/clause-id.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import type { Ended, TraceHeader } from '../trace/trace-header.ts';
import type { ClauseVerdict } from './verdict.ts';

/**
 * A judge of the record: a fold over the trace. It may not import a node, for what judges must
 * not share code with what it judges.
 */
export interface Oracle<Memory> {
  readonly name: string;
  readonly clauses: readonly ClauseId[];
  begin(header: TraceHeader): Memory;
  observe(memory: Memory, record: TraceRecord): void;
  /** One verdict per clause, in the order of `clauses`; `ended` is null while the run goes on. */
  verdicts(memory: Memory, ended: Ended | null): ClauseVerdict[];
}
