import {
  isMeasure,
  readAxes,
  runRow,
  variantsOf,
  type SweepPlan,
  type SweepRow,
} from '../sim-core/experimenting.ts';
import { printProblems } from '../sim-core/authoring.ts';
import { Refusal } from './refusal.ts';

/** All that a sweep's rows follow from, as plain text: what every thread is given. */
export interface SweepInputs {
  readonly name: string;
  readonly text: string;
  readonly axes: readonly string[];
  readonly seeds: { readonly from: number; readonly to: number };
  readonly measures: readonly string[];
  readonly by: string;
  readonly engine: string;
}

/** Rows `from` up to, not including, `to`. */
export interface SweepQuestion {
  readonly inputs: SweepInputs;
  readonly from: number;
  readonly to: number;
}

function makePlan(inputs: SweepInputs): SweepPlan {
  const asked = readAxes(inputs.axes);
  if (asked.axes === null) throw new Refusal('refused', `error: --axis: ${asked.says}`);
  const measures = [...new Set(inputs.measures.filter(isMeasure))];
  const by = isMeasure(inputs.by) ? inputs.by : 'outcome';
  const read = variantsOf(inputs.text, inputs.name, asked.axes);
  if (read.variants !== null) {
    const { seeds, engine } = inputs;
    return { variants: read.variants, seeds, measures, by, engine };
  }
  if ('says' in read) throw new Refusal('refused', `error: --axis: ${read.says}`);
  const { problems, file } = read.reading;
  throw new Refusal('refused', printProblems(problems, file).join('\n'));
}

/** A thread is asked for many stretches of one plan: it makes the plan once. */
let known: { readonly key: string; readonly plan: SweepPlan } | null = null;

/** The plan, or a refusal that says what is wrong with it. */
export function planOf(inputs: SweepInputs): SweepPlan {
  const key = JSON.stringify(inputs);
  if (known?.key !== key) known = { key, plan: makePlan(inputs) };
  return known.plan;
}

export function answerSweep({ inputs, from, to }: SweepQuestion): SweepRow[] {
  const plan = planOf(inputs);
  const rows: SweepRow[] = [];
  for (let row = from; row < to; row += 1) rows.push(runRow(plan, row));
  return rows;
}
