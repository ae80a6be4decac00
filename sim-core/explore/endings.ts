import type { ChoiceLog } from '../kernel/chooser.ts';
import { startJudgedRun } from '../run/run-scenario.ts';
import type { Run } from '../run/run.ts';
import { whatItComesTo } from '../run/what-it-comes-to.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { flightsOf } from '../soak/flights.ts';
import { statesReached } from '../soak/sometimes.ts';
import { EnumeratingChooser } from './enumerating-chooser.ts';
import type { Way } from './way-tree.ts';

/** One way, gone to its end and judged. */
export interface JudgedWay {
  /** With every choice to the end of its run. */
  readonly way: Way;
  readonly outcome: Run['outcome'];
  readonly violated: readonly string[];
  /** Outcome, violated clauses and warnings: `'cancelled; W-2XX-RETX'`. */
  readonly says: string;
  /** What happened on it, by the names that a soak counts: `'CANCEL crosses 200'`. */
  readonly situations: readonly string[];
}

/** Ways of one kind: they end alike, or the same thing happens on them. */
export interface KindOfWay {
  readonly says: string;
  readonly outcome: Run['outcome'];
  readonly violated: readonly string[];
  readonly count: number;
  /** The way with the fewest events. */
  readonly shortest: Way;
}

/** The run of a way, and every choice that was made in it: nothing goes wrong behind its end. */
export function runOfWay(
  scenario: Scenario,
  way: Way,
  engine: string,
): { readonly run: Run; readonly choices: ChoiceLog } {
  const script = [...scenario.script, ...way.acts];
  const afterwards = new EnumeratingChooser(false);
  const options = { engine, choices: way.choices, afterwards };
  const judged = startJudgedRun({ ...scenario, script }, options);
  judged.live.advance(Infinity);
  return { run: judged.finish(), choices: judged.live.chooser.log };
}

/** Takes the scenario as it is explored. */
export function judgeWay(scenario: Scenario, way: Way, engine: string): JudgedWay {
  const { run, choices } = runOfWay(scenario, way, engine);
  return { way: { choices, acts: way.acts, depth: run.events }, ...judgementOf(run) };
}

/** What a run comes to, and what happens in it. */
export function judgementOf(run: Run): Omit<JudgedWay, 'way'> {
  const { header, records, outcome } = run;
  const situations = statesReached({ header, records, outcome, flights: flightsOf(records) });
  return { outcome, ...whatItComesTo(run), situations };
}

/** The kinds of endings, the gravest first. */
export function kindsOfEndings(judged: readonly JudgedWay[]): KindOfWay[] {
  return kindsBy(judged, ({ says }) => [says]).sort(
    (a, b) => b.violated.length - a.violated.length || (a.says < b.says ? -1 : 1),
  );
}

/** All that happened on some way, in the order of the alphabet. */
export function situationsOn(judged: readonly JudgedWay[]): KindOfWay[] {
  return kindsBy(judged, ({ situations }) => situations).sort((a, b) => (a.says < b.says ? -1 : 1));
}

function kindsBy(
  judged: readonly JudgedWay[],
  namesOf: (one: JudgedWay) => readonly string[],
): KindOfWay[] {
  const kinds = new Map<string, KindOfWay>();
  for (const one of judged) {
    for (const says of namesOf(one)) {
      const before = kinds.get(says);
      const count = (before?.count ?? 0) + 1;
      if (before !== undefined && before.shortest.depth <= one.way.depth) {
        kinds.set(says, { ...before, count });
      } else {
        const { outcome, violated, way: shortest } = one;
        kinds.set(says, { says, outcome, violated, count, shortest });
      }
    }
  }
  return [...kinds.values()];
}
