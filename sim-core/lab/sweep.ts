import { metricTable, type Metrics } from '../conformance/metrics.ts';
import { printMetric } from '../conformance/print-metric.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { runInBrief, type BriefRun } from '../run/brief-run.ts';
import { outcomeClassOf, type OutcomeClass } from './outcome-class.ts';
import type { Variants } from './variants.ts';

export type Measure = keyof Metrics;

export const measures: readonly string[] = Object.keys(metricTable);

export function isMeasure(name: string): name is Measure {
  return Object.hasOwn(metricTable, name);
}

/** A grid of cells, each run under every seed. */
export interface SweepPlan {
  readonly variants: Variants;
  readonly seeds: { readonly from: number; readonly to: number };
  readonly measures: readonly Measure[];
  /** What puts runs into one class: the outcome as a whole, or the value of one metric. */
  readonly by: 'outcome' | Measure;
  readonly engine: string;
}

/** The class of a run, in the sense of the plan. */
export function classIn({ by }: SweepPlan, run: BriefRun): OutcomeClass {
  if (by === 'outcome') return outcomeClassOf(run);
  const says = `${by} ${printMetric(by, run.measured.get(by) ?? null)}`;
  return { key: says, says };
}

/** What came of one run of a sweep. */
export interface SweepRow {
  /** Counted with the seed fastest, then the last axis. */
  readonly row: number;
  readonly cell: number;
  readonly seed: number;
  readonly outcomeClass: OutcomeClass;
  readonly fingerprint: string;
  /** In the order of the plan's measures; µs or a count; null where it does not apply. */
  readonly measured: readonly (number | null)[];
}

export function rowsOf({ variants, seeds }: SweepPlan): number {
  return variants.count * (seeds.to - seeds.from + 1);
}

/** Runs a scenario in brief, as far as the rows of the plan tell of it. */
export function runFor(plan: SweepPlan, scenario: Scenario, seed: number): BriefRun {
  const { variants, engine, measures, by } = plan;
  const { behaving, judging } = variants;
  const wanted = by === 'outcome' ? measures : [...measures, by];
  return runInBrief(scenario, { engine, seed, behaving }, judging, wanted);
}

/** Runs one row of the plan. */
export function runRow(plan: SweepPlan, row: number): SweepRow {
  const { variants, seeds } = plan;
  const seedCount = seeds.to - seeds.from + 1;
  const cell = Math.floor(row / seedCount);
  const seed = seeds.from + (row % seedCount);
  const run = runFor(plan, variants.scenarioOf(cell), seed);
  return rowFrom(plan, row, cell, seed, run);
}

function rowFrom(
  plan: SweepPlan,
  row: number,
  cell: number,
  seed: number,
  run: BriefRun,
): SweepRow {
  return {
    row,
    cell,
    seed,
    outcomeClass: classIn(plan, run),
    fingerprint: run.fingerprint,
    measured: plan.measures.map((name) => run.measured.get(name) ?? null),
  };
}

/** A class of outcomes, as a sweep found it. */
export interface FoundClass extends OutcomeClass {
  /** `A`, `B` … `Z`, `A1` … in the order of the first row that shows it. */
  readonly letter: string;
  readonly count: number;
  readonly firstRow: number;
}

/** The classes of all rows, whatever order they were computed in. */
export function classesOf(rows: readonly SweepRow[]): FoundClass[] {
  const found = new Map<string, { says: string; count: number; firstRow: number }>();
  for (const { row, outcomeClass } of rows) {
    const known = found.get(outcomeClass.key);
    if (known === undefined) {
      found.set(outcomeClass.key, { says: outcomeClass.says, count: 1, firstRow: row });
    } else {
      known.count += 1;
      known.firstRow = Math.min(known.firstRow, row);
    }
  }
  return [...found]
    .map(([key, rest]) => ({ key, ...rest }))
    .sort((a, b) => a.firstRow - b.firstRow)
    .map((one, at) => ({ ...one, letter: letterOf(at) }));
}

function letterOf(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : `${letter}${Math.floor(at / 26)}`;
}
