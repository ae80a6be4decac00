import { judgeRecords } from '../run/judge-records.ts';
import { startRun } from '../run/live-run.ts';
import type { Run } from '../run/run.ts';
import type { ClauseVerdict } from '../conformance/verdict.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { observers, recorder } from '../trace/recorder.ts';
import { runFingerprint } from '../trace/run-fingerprint.ts';

/** A call run and recorded, and judged only if somebody wants to know: that is the dear part. */
export interface RecordedCall extends Pick<
  Run,
  'header' | 'records' | 'ended' | 'endedAt' | 'fingerprint'
> {
  verdicts(): readonly ClauseVerdict[];
}

export function recordCall(scenario: Scenario, engine: string): RecordedCall {
  const kept = recorder();
  const print = runFingerprint();
  const observe = observers([kept.observe, print.observe]);
  const live = startRun(scenario, { engine, observe });
  const ended = live.advance(Infinity) ?? 'time limit';
  const call = { header: live.header, records: kept.records, ended, endedAt: live.now() };
  let judged: readonly ClauseVerdict[] | null = null;
  return {
    ...call,
    fingerprint: print.print(),
    verdicts: () => (judged ??= judgeRecords(call.header, call)),
  };
}
