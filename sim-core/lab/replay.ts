import { InternalError } from '../base/check.ts';
import { addFault } from '../scenario/add-fault.ts';
import { readScenario } from '../scenario/read-scenario.ts';
import type { ScenarioReading } from '../scenario/read-scenario.ts';
import { startJudgedRun } from '../run/run-scenario.ts';
import type { Run } from '../run/run.ts';
import { recordLine, type Bundle } from './bundle.ts';

/** What came of making a bundle's run again. */
export type Replay =
  | { readonly kind: 'same'; readonly run: Run }
  | { readonly kind: 'unreadable'; readonly reading: ScenarioReading }
  | {
      readonly kind: 'diverged';
      /** Null where it could not be brought to its end. */
      readonly run: Run | null;
      /** Counted from 1; one more than the shorter run has where one is only longer. */
      readonly record: number;
      /** The record as kept, and as made again; null where there is none. */
      readonly kept: string | null;
      readonly made: string | null;
      readonly says: string;
    };

/** Makes the run again from scenario, faults, seed and choices, and compares the records. */
export function replayBundle({ manifest, scenario, records }: Bundle, engine: string): Replay {
  const reading = readScenario(scenario, manifest.scenario);
  if (reading.scenario === null) return { kind: 'unreadable', reading };
  const { seed, choices } = manifest;
  let { scenario: called } = reading;
  for (const sentence of manifest.faults.toReversed()) {
    const addition = addFault(called, sentence);
    if (addition.scenario === null) {
      const kept = sentence;
      const { says } = addition.problem;
      return { kind: 'diverged', run: null, record: 1, kept, made: null, says };
    }
    called = addition.scenario;
  }
  const judged = startJudgedRun(called, { engine, seed, choices });
  try {
    judged.live.advance(Infinity);
  } catch (error) {
    // A choice that is none where it is asked for: the log belongs to another run.
    if (!(error instanceof InternalError)) throw error;
    const at = judged.records.length;
    const kept = records[at] ?? null;
    const says = `diverged after record ${at}: ${error.message}`;
    return { kind: 'diverged', run: null, record: at + 1, kept, made: null, says };
  }
  const run = judged.finish();
  const made = run.records.map(recordLine);
  const length = Math.max(made.length, records.length);
  for (let at = 0; at < length; at += 1) {
    if (made[at] === records[at]) continue;
    return {
      kind: 'diverged',
      run,
      record: at + 1,
      kept: records[at] ?? null,
      made: made[at] ?? null,
      says: `diverged at record ${at + 1}`,
    };
  }
  const others: [string, string | number, string | number][] = [
    ['fingerprint', manifest.fingerprint, run.fingerprint],
    ['number of records', manifest.records, run.records.length],
    ['outcome', manifest.outcome, run.outcome],
    ['title', manifest.title, run.header.title],
    ['profile', manifest.profile, run.header.profile],
    ['switches', JSON.stringify(manifest.switches), JSON.stringify(run.header.switches)],
    ['choices', JSON.stringify(choices), JSON.stringify(judged.live.chooser.log)],
  ];
  const other = others.find(([, kept, now]) => kept !== now);
  if (other === undefined) return { kind: 'same', run };
  const [what, kept, now] = other;
  const says = `every record is the same, but the ${what} it was kept with is another`;
  const record = made.length + 1;
  return { kind: 'diverged', run, record, kept: String(kept), made: String(now), says };
}
