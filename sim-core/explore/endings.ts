import { runScenario } from '../run/run-scenario.ts';
import type { Run } from '../run/run.ts';
import type { Exploring, Way } from './exploring.ts';

/** Ways of one kind: they end alike, for people and for the clauses. */
export interface EndingKind {
  /** `'cancelled; R-CAN-07 violated; 200 (INVITE) × CANCEL'`. */
  readonly says: string;
  readonly outcome: Run['outcome'];
  readonly violated: readonly string[];
  /** Distinct last states. */
  readonly count: number;
  /** The way with the fewest events. */
  readonly shortest: Way;
}

/** Runs every ending again, records it and has it judged; the gravest kinds come first. */
export function kindsOfEndings(exploring: Exploring, engine: string): EndingKind[] {
  const kinds = new Map<string, EndingKind>();
  for (const way of exploring.endings) {
    const run = runOfWay(exploring, way, engine);
    const violated = run.verdicts
      .filter(({ verdict }) => verdict === 'violated')
      .map(({ clause }) => String(clause));
    const warnings = [...new Set(run.warnings.map(({ code }) => code))].sort();
    const words = [run.outcome, ...violated.map((clause) => `${clause} violated`), ...warnings];
    words.push(...way.crossings);
    if (run.ended !== 'quiet') words.push(`ended by ${run.ended}`);
    const says = words.join('; ');
    const before = kinds.get(says);
    const shortest =
      before === undefined || way.depth < before.shortest.depth ? way : before.shortest;
    const count = (before?.count ?? 0) + 1;
    kinds.set(says, { says, outcome: run.outcome, violated, count, shortest });
  }
  return [...kinds.values()].sort(
    (a, b) => b.violated.length - a.violated.length || (a.says < b.says ? -1 : 1),
  );
}

/** The run of a way: the scenario as explored, its script and the acts beside it. */
export function runOfWay({ scenario }: Exploring, way: Way, engine: string): Run {
  const script = [...scenario.script, ...way.acts];
  return runScenario({ ...scenario, script }, { engine, choices: way.choices });
}
