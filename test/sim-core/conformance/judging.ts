import { callIn } from '../../../sim-core/conformance/oracles/call-picture.ts';
import { judgeCall } from '../../../sim-core/conformance/oracles/index.ts';
import type { ClauseVerdict, Verdict } from '../../../sim-core/conformance/verdict.ts';
import type { Ended } from '../../../sim-core/trace/trace-header.ts';
import type { BuiltTrace } from '../../support/trace-builder.ts';

/** What the oracles say of a trace, by clause. */
export function judged(
  trace: BuiltTrace,
  ended: Ended | null = 'quiet',
): Readonly<Record<string, ClauseVerdict>> {
  const call = callIn(trace.header, trace.records, ended);
  return Object.fromEntries(judgeCall(call).map((one) => [one.clause, one]));
}

/** The clauses with that verdict, in the order of the report. */
export function clausesWith(
  verdicts: Readonly<Record<string, ClauseVerdict>>,
  verdict: Verdict,
): string[] {
  return Object.values(verdicts)
    .filter((one) => one.verdict === verdict)
    .map((one) => one.clause);
}
