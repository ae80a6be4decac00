import { callIn } from '../conformance/oracles/call-picture.ts';
import { judgeCall } from '../conformance/oracles/index.ts';
import { judgeRules } from '../conformance/rules/index.ts';
import { observeTrace } from '../conformance/rules/observe-trace.ts';
import type { ClauseVerdict } from '../conformance/verdict.ts';
import type { TraceHeader } from '../trace/trace-header.ts';
import type { Run } from './run.ts';

/**
 * Every oracle and every rule over records that are there already. The header may name other
 * readings than those the call was made under: it is then judged by them.
 */
export function judgeRecords(
  header: TraceHeader,
  { records, ended, endedAt }: Pick<Run, 'records' | 'ended' | 'endedAt'>,
): ClauseVerdict[] {
  const ofCall = judgeCall(callIn(header, records, ended));
  return [...ofCall, ...judgeRules(observeTrace(header, records, ended, endedAt))];
}
