import {
  classesOf,
  sweepColumns,
  type Boundary,
  type SweepPlan,
  type SweepRow,
} from '../sim-core/experimenting.ts';
import type { SweepInputs } from './sweep-rows.ts';

/** Raised when a reader of the old shape could not read the new one. */
export const sweepSchemaVersion = 2;

/** A sweep as columns, all of one length, in the order of rows; and what they follow from. */
export function sweepAsJson(
  plan: SweepPlan,
  inputs: SweepInputs,
  rows: readonly SweepRow[],
  boundaries: readonly Boundary[],
): string {
  const whole = {
    schemaVersion: sweepSchemaVersion,
    engine: inputs.engine,
    file: inputs.name,
    seeds: inputs.seeds,
    axes: plan.variants.axes,
    classes: classesOf(rows),
    rows: rows.length,
    columns: sweepColumns(plan, rows),
    boundaries,
  };
  return `${JSON.stringify(whole)}\n`;
}
