import type { ClauseId } from '../base/clause-id.ts';
import type { WarningCode } from '../base/diagnostics.ts';
import { metricsOf } from '../conformance/metrics-of-run.ts';
import { outcomeOf } from '../conformance/outcome-of-run.ts';
import type { Judging } from '../conformance/remembering-judges.ts';
import { warningsOf } from '../conformance/warnings-of-run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { hearsIntervals } from '../trace/hears-intervals.ts';
import { startRecordedRun, type RunOptions } from './run-scenario.ts';
import type { Run } from './run.ts';

/** What came of a run, without a word about how it is known. */
export interface BriefRun extends Pick<
  Run,
  'header' | 'records' | 'ended' | 'fingerprint' | 'outcome' | 'metrics'
> {
  /** The clauses that are violated, at whatever level, each once. */
  readonly violated: readonly ClauseId[];
  /** Of its warnings, as often as there are. */
  readonly warned: readonly WarningCode[];
}

/** The same as `runScenario`, in brief, and faster where the judges remember many runs. */
export function runInBrief(scenario: Scenario, options: RunOptions, judging: Judging): BriefRun {
  const { live, records, fingerprint } = startRecordedRun(scenario, options);
  const ended = live.advance(Infinity) ?? 'time limit';
  const { header } = live;
  const endedAt = live.now();
  const { call, violated } = judging({ header, records, ended, endedAt });
  return {
    header,
    records,
    ended,
    fingerprint: fingerprint(),
    outcome: outcomeOf(call),
    violated,
    warned: warningsOf(call, records).map(({ code }) => code),
    metrics: metricsOf(call, hearsIntervals(header, records, endedAt), endedAt),
  };
}
