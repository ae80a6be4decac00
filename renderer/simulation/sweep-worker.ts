import { readScenario } from '../../sim-core/authoring.ts';
import {
  bisect,
  isMeasure,
  measures,
  readAxes,
  runRow,
  variantsOf,
  type SweepPlan,
} from '../../sim-core/experimenting.ts';
import { runScenario } from '../../sim-core/index.ts';
import { findClause } from '../../sim-core/reading.ts';
import type { SweptRow, SweptRun } from '../store/sweep-store.ts';
import type { FromSweep, SweepInputs, ToSweep } from './sweep-protocol.ts';

/** The plan of the last question: the questions of one sweep all have the same. */
let known: { readonly key: string; readonly plan: SweepPlan; readonly base: Base } | null = null;

/** The run of the scenario as it is written. */
interface Base {
  readonly fingerprint: string;
  readonly measured: readonly (number | null)[];
}

/** Something wrong with what the person asked for, as a sentence for them. */
class Refusal extends Error {}

self.addEventListener('message', (event: MessageEvent<ToSweep>) => {
  const question = event.data;
  const { id } = question;
  try {
    self.postMessage({ id, ...answerTo(question) } satisfies FromSweep);
  } catch (error) {
    const kind = error instanceof Refusal ? 'refused' : 'failed';
    const says = error instanceof Error ? error.message : String(error);
    self.postMessage({ id, kind, says } satisfies FromSweep);
  }
});

type Answer = DistributiveOmit<FromSweep, 'id'>;
type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown
  ? Omit<Union, Key>
  : never;

function answerTo(question: ToSweep): Answer {
  const { inputs } = question;
  const { plan, base } = planOf(inputs);
  switch (question.kind) {
    case 'plan': {
      const [down, across] = plan.variants.axes;
      if (down === undefined || across === undefined) throw new Error('a plan lost an axis');
      const { measures: names } = plan;
      return { kind: 'planned', plan: { down, across, measures: names, base: base.measured } };
    }
    case 'rows':
      return { kind: 'rows', rows: rowsFrom(plan, base, question.from, question.to) };
    case 'boundary': {
      const { axis, lower, upper } = question.between;
      const found = bisect(plan, axis, lower, upper, plan.seeds.from);
      if (found === null) return { kind: 'boundary', boundary: null };
      const { below, above, classAbove } = found;
      const [last, first] = [below[axis] ?? '', above[axis] ?? ''];
      return { kind: 'boundary', boundary: { below: last, above: first, ...classAbove } };
    }
    case 'run':
      return { kind: 'run', run: runOf(plan, question.cell) };
  }
}

/** Cells of one map: more of them than this are no picture any more. */
const cellsMost = 10_000;

function planOf(inputs: SweepInputs): { readonly plan: SweepPlan; readonly base: Base } {
  const key = JSON.stringify(inputs);
  if (known?.key === key) return known;
  const asked = readAxes(inputs.axes);
  if (asked.axes === null) throw new Refusal(asked.says);
  const read = variantsOf(inputs.text, inputs.name, asked.axes);
  if (read.variants === null) throw new Refusal(whatIsWrong(read));
  const { variants } = read;
  if (variants.count > cellsMost) {
    throw new Refusal(`${variants.count} cells; a map has ${cellsMost} at most`);
  }
  const seed = inputs.seed ?? variants.scenarioOf(0).seed;
  const plan: SweepPlan = {
    variants,
    seeds: { from: seed, to: seed },
    measures: measures.filter(isMeasure),
    by: 'outcome',
    engine: __RINGSCOPE_VERSION__,
  };
  const { scenario } = readScenario(inputs.text, inputs.name);
  if (scenario === null) throw new Refusal('the scenario cannot be read');
  const { fingerprint, metrics } = runScenario(scenario, { engine: plan.engine, seed });
  const base = { fingerprint, measured: plan.measures.map((name) => metrics[name]) };
  known = { key, plan, base };
  return known;
}

function whatIsWrong(read: Extract<ReturnType<typeof variantsOf>, { variants: null }>): string {
  if ('says' in read) return read.says;
  const [first] = read.reading.problems;
  if (first === undefined) return 'the scenario cannot be read';
  const hint = first.nearest === null ? '' : `; did you mean ${first.nearest}?`;
  return `${first.path}: ${first.says}${hint}`;
}

function rowsFrom(plan: SweepPlan, base: Base, from: number, to: number): SweptRow[] {
  const rows: SweptRow[] = [];
  for (let at = from; at < to; at += 1) {
    const { cell, outcomeClass, measured, fingerprint } = runRow(plan, at);
    rows.push({ cell, ...outcomeClass, measured, asWritten: fingerprint === base.fingerprint });
  }
  return rows;
}

function runOf({ variants, engine, seeds }: SweepPlan, cell: number): SweptRun {
  const scenario = variants.scenarioOf(cell);
  const { header, records, ...end } = runScenario(scenario, { engine, seed: seeds.from });
  const clauses = end.verdicts.flatMap(({ clause }) => findClause(clause) ?? []);
  return { header, clauses, records, end };
}
