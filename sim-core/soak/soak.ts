import { drawCase, replayCommand, type ShelfItem, type SoakProfile } from './draw-case.ts';
import { runCase } from './run-case.ts';
import { addFailure, count, newSoakReport, type SoakReport } from './soak-report.ts';

export interface SoakPlan {
  /** The calls that others are drawn from: a failing seed fails again on the same shelf. */
  readonly shelf: readonly ShelfItem[];
  readonly profile: SoakProfile;
  /** Version of the engine. */
  readonly engine: string;
  /** Every so many calls one is run twice, and the fingerprints compared. */
  readonly twiceEvery: number;
  /** Whether the oracles judge every call. */
  readonly judged: boolean;
}

/** Runs the calls of the seeds from `first` to `last`, in steps of `step`. */
export function soak(plan: SoakPlan, first: number, last: number, step: number): SoakReport {
  const report = newSoakReport();
  const { shelf, profile, engine, twiceEvery, judged } = plan;
  for (let seed = first; seed <= last; seed += step) {
    const one = drawCase(seed, shelf, profile);
    if (one === null) continue;
    const twice = seed % twiceEvery === 0;
    const result = runCase(one, { engine, twice, judged });
    report.calls += 1;
    report.events += result.events;
    count(report.kinds, one.kinds);
    count(report.states, result.states);
    count(report.outcomes, [result.outcome]);
    if (result.problems.length === 0) continue;
    addFailure(report, { seed, problems: result.problems, replay: replayCommand(one) });
  }
  return report;
}
