import { measurable, metricsOf } from '../conformance/metrics-of-run.ts';
import { callIn } from '../conformance/oracles/call-picture.ts';
import { judgeCall } from '../conformance/oracles/index.ts';
import { outcomeOf } from '../conformance/outcome-of-run.ts';
import { judgeRules } from '../conformance/rules/index.ts';
import { observeTrace } from '../conformance/rules/observe-trace.ts';
import { warningsOf } from '../conformance/warnings-of-run.ts';
import type { ChoiceLog, Chooser } from '../kernel/chooser.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { hearsIntervals } from '../trace/hears-intervals.ts';
import { observers, recorder } from '../trace/recorder.ts';
import { runFingerprint } from '../trace/run-fingerprint.ts';
import type { TraceHeader } from '../trace/trace-header.ts';
import type { Behaving } from '../world/remembering.ts';
import { expectationsOf } from './expectations.ts';
import { startRun, type LiveRun } from './live-run.ts';
import type { Run } from './run.ts';

export interface RunOptions {
  /** Version of the engine, for the trace's header. */
  readonly engine: string;
  /** Instead of the scenario's own seed. */
  readonly seed?: number;
  readonly choices?: ChoiceLog;
  /** Who decides when the choices are used up, instead of the seed. */
  readonly afterwards?: Chooser;
  /** Nodes that remember other runs. */
  readonly behaving?: Behaving;
}

/** A run that its owner advances in slices, judged when it has ended. */
export interface JudgedRun {
  readonly live: LiveRun;
  readonly header: TraceHeader;
  /** Records made so far. */
  readonly records: Run['records'];
  /** Only after `live.advance` has given an end. */
  finish(): Run;
}

/** Runs a scenario to its end, records it and has every oracle judge it. */
export function runScenario(scenario: Scenario, options: RunOptions): Run {
  const judged = startJudgedRun(scenario, options);
  judged.live.advance(Infinity);
  return judged.finish();
}

/** A run with its records so far, and their fingerprint. */
export interface RecordedRun {
  readonly live: LiveRun;
  readonly records: Run['records'];
  readonly fingerprint: () => string;
}

export function startRecordedRun(scenario: Scenario, options: RunOptions): RecordedRun {
  const { records, observe: keep } = recorder();
  const print = runFingerprint();
  const observe = observers([keep, print.observe]);
  const live = startRun(scenario, { ...options, observe });
  return { live, records, fingerprint: () => print.print() };
}

export function startJudgedRun(scenario: Scenario, options: RunOptions): JudgedRun {
  const { live, records, fingerprint } = startRecordedRun(scenario, options);
  return {
    live,
    header: live.header,
    records,
    finish() {
      const { header } = live;
      const ended = live.advance(0) ?? 'time limit';
      const endedAt = live.now();
      const call = callIn(header, records, ended);
      const hears = hearsIntervals(header, records, endedAt);
      const judged = {
        header,
        records,
        ended,
        endedAt,
        events: live.events(),
        fingerprint: fingerprint(),
        outcome: outcomeOf(call),
        verdicts: [
          ...judgeCall(call),
          ...judgeRules(observeTrace(header, records, ended, endedAt)),
        ],
        warnings: warningsOf(call, records),
        metrics: metricsOf(measurable(call, () => hears, endedAt)),
        hears,
      };
      return { ...judged, expectations: expectationsOf(scenario.expect, judged) };
    },
  };
}
