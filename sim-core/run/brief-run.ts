import type { ClauseId } from '../base/clause-id.ts';
import type { WarningCode } from '../base/diagnostics.ts';
import type { Metrics } from '../conformance/metrics.ts';
import { measurable, metricOf } from '../conformance/metrics-of-run.ts';
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
  'header' | 'records' | 'ended' | 'fingerprint' | 'outcome'
> {
  /** The clauses that are violated, at whatever level, each once. */
  readonly violated: readonly ClauseId[];
  /** Of its warnings, as often as there are. */
  readonly warned: readonly WarningCode[];
  /** The metrics that were asked for. */
  readonly measured: ReadonlyMap<keyof Metrics, number | null>;
}

/** The same as `runScenario`, in brief, and faster where the judges remember many runs. */
export function runInBrief(
  scenario: Scenario,
  options: RunOptions,
  judging: Judging,
  measures: readonly (keyof Metrics)[],
): BriefRun {
  const { live, records, fingerprint } = startRecordedRun(scenario, options);
  const ended = live.advance(Infinity) ?? 'time limit';
  const { header } = live;
  const endedAt = live.now();
  const { call, violated } = judging({ header, records, ended, endedAt });
  const of = measurable(call, () => hearsIntervals(header, records, endedAt), endedAt);
  return {
    header,
    records,
    ended,
    fingerprint: fingerprint(),
    outcome: outcomeOf(call),
    violated,
    warned: warningsOf(call, records).map(({ code }) => code),
    measured: new Map(measures.map((name) => [name, metricOf(name, of)])),
  };
}
