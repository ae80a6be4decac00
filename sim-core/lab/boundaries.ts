import { bisect, type Boundary } from './bisect.ts';
import type { SweepPlan, SweepRow } from './sweep.ts';

/** Two neighbouring cells along one axis whose classes differ, under one seed. */
export interface Neighbours {
  readonly axis: number;
  readonly lower: readonly string[];
  readonly upper: readonly string[];
  readonly seed: number;
}

/** Every pair of neighbours between which the class changes, axis by axis in the order of rows. */
export function changesIn(plan: SweepPlan, rows: readonly SweepRow[]): Neighbours[] {
  const { variants } = plan;
  const { axes } = variants;
  const byPlace = new Map(rows.map((row) => [`${row.cell} ${row.seed}`, row]));
  const found: Neighbours[] = [];
  let stride = 1;
  const strides = axes
    .toReversed()
    .map(({ values }) => {
      const mine = stride;
      stride *= values.length;
      return mine;
    })
    .toReversed();
  for (const { cell, seed, outcomeClass } of rows) {
    const places = variants.placesOf(cell);
    for (const [axis, { values, measures }] of axes.entries()) {
      if (measures === 'words' || (places[axis] ?? 0) + 1 >= values.length) continue;
      const next = byPlace.get(`${cell + (strides[axis] ?? 0)} ${seed}`);
      if (next === undefined || next.outcomeClass.key === outcomeClass.key) continue;
      const lower = places.map((place, at) => axes[at]?.values[place] ?? '');
      const upper = lower.map((value, at) =>
        at === axis ? (values[(places[axis] ?? 0) + 1] ?? '') : value,
      );
      found.push({ axis, lower, upper, seed });
    }
  }
  return found.sort((a, b) => a.axis - b.axis);
}

/** The boundary between two neighbours, to the smallest unit of the axis. */
export function boundaryBetween(plan: SweepPlan, between: Neighbours): Boundary | null {
  return bisect(plan, between.axis, between.lower, between.upper, between.seed);
}
