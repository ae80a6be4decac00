import {
  classesOf,
  type Boundary,
  type SweepPlan,
  type SweepRow,
} from '../sim-core/experimenting.ts';
import type { SweepInputs } from './sweep-rows.ts';

/** Raised when a reader of the old shape could not read the new one. */
export const sweepSchemaVersion = 1;

/**
 * A sweep as columns: `rows` has one array a column, all of one length, in the order of rows.
 * Times are in µs; null where a metric does not apply.
 */
export function sweepAsJson(
  { variants, measures }: SweepPlan,
  inputs: SweepInputs,
  rows: readonly SweepRow[],
  boundaries: readonly Boundary[],
): string {
  const classes = classesOf(rows);
  const placeOf = new Map(classes.map(({ key }, at) => [key, at]));
  const places = rows.map(({ cell }) => variants.placesOf(cell));
  const whole = {
    schemaVersion: sweepSchemaVersion,
    engine: inputs.engine,
    file: inputs.name,
    seeds: inputs.seeds,
    axes: variants.axes,
    classes,
    rows: {
      row: rows.map(({ row }) => row),
      axes: variants.axes.map((_, axis) => places.map((place) => place[axis])),
      seed: rows.map(({ seed }) => seed),
      class: rows.map(({ outcomeClass }) => placeOf.get(outcomeClass.key)),
      fingerprint: rows.map(({ fingerprint }) => fingerprint),
      measures: Object.fromEntries(
        measures.map((name, at) => [name, rows.map(({ measured }) => measured[at])]),
      ),
    },
    boundaries,
  };
  return `${JSON.stringify(whole)}\n`;
}
