import { median, range } from 'd3';

import { micros, printDuration } from '../../sim-core/reading.ts';
import type { Sweep } from '../store/sweep-store.ts';
import { microsOf } from './axis-values.ts';
import { wordsOfClass, type MapClass } from './classes.ts';

/** The runs of one class along the measure: one tick each, and the one in the middle. */
export interface Strip {
  readonly key: string;
  readonly letter: string;
  readonly says: string;
  readonly count: number;
  /** Shares of the way from the least to the most of the map. */
  readonly ticks: readonly number[];
  readonly median: number | null;
}

export interface MeasuredRange {
  readonly least: number;
  readonly most: number;
}

/** Strips of the classes with the most runs, as many as `most`. */
export function stripsOf(
  sweep: Sweep,
  classes: readonly MapClass[],
  measure: number,
  range: MeasuredRange,
  most: number,
): readonly Strip[] {
  return classes
    .toSorted((one, other) => other.cells.length - one.cells.length)
    .slice(0, most)
    .map((one) => {
      const { key, letter, cells } = one;
      const values = cells.flatMap((cell) => sweep.rows[cell]?.measured[measure] ?? []);
      const middle = median(values);
      return {
        key,
        letter,
        says: wordsOfClass(one),
        count: cells.length,
        // Runs at one place are one tick.
        ticks: [...new Set(values)].map((value) => shareOf(value, range)),
        median: middle === undefined ? null : shareOf(middle, range),
      };
    });
}

/** The share of the way from the least to the most; the middle where these are one. */
export function shareOf(value: number, { least, most }: MeasuredRange): number {
  return most === least ? 0.5 : (value - least) / (most - least);
}

/** One line of the map as a curve: the measure over the axis across. */
export interface Profile {
  readonly points: readonly ProfilePoint[];
  /** The places after which, going across, the class changes. */
  readonly changes: readonly number[];
}

export interface ProfilePoint {
  readonly cell: number;
  /** Place along the axis. */
  readonly at: number;
  readonly value: number | null;
}

/** @param line the place on the axis that runs down. */
export function profileOf(sweep: Sweep, line: number, measure: number): Profile {
  const columns = sweep.across.values.length;
  const rows = sweep.rows.slice(line * columns, (line + 1) * columns);
  const points = rows.map((row, at) => ({
    cell: line * columns + at,
    at,
    value: row?.measured[measure] ?? null,
  }));
  const changes = rows.flatMap((row, at) => {
    const next = rows[at + 1];
    return row !== undefined && next !== undefined && row.key !== next.key ? [at] : [];
  });
  return { points, changes };
}

/** A box of cells, by two corners, as the ranges of a finer sweep; null where it is one cell. */
export function finerRanges(
  sweep: Sweep,
  one: number,
  other: number,
): { readonly down: string; readonly across: string } | null {
  if (one === other) return null;
  const columns = sweep.across.values.length;
  const [left, right] = ordered(one % columns, other % columns);
  const [low, high] = ordered(Math.floor(one / columns), Math.floor(other / columns));
  return {
    down: finer(sweep.down.values, low, high),
    across: finer(sweep.across.values, left, right),
  };
}

/** Steps of the finer axis that make a legible map: the least, the best and the most. */
const steps = { least: 10, best: 14, most: 20 };

function finer(values: readonly string[], from: number, to: number): string {
  const [low, high] = [values[from] ?? '', values[to] ?? ''];
  if (from === to) return low;
  const [least, most] = [microsOf(low), microsOf(high)];
  if (least === null || most === null) return values.slice(from, to + 1).join(',');
  return `${low}..${high}:${printDuration(micros(stepFor(most - least)))}`;
}

/** The step with the fewest figures that comes to the upper end; where none does, the best one. */
function stepFor(span: number): number {
  const counts = range(steps.least, steps.most + 1).filter((count) => span % count === 0);
  const [best] = counts.toSorted(
    (one, other) =>
      figuresOf(span / one) - figuresOf(span / other) ||
      Math.abs(one - steps.best) - Math.abs(other - steps.best),
  );
  return best === undefined ? Math.max(1, Math.round(span / steps.best)) : span / best;
}

function figuresOf(length: number): number {
  return String(length).replace(/0+$/, '').length;
}

function ordered(one: number, other: number): readonly [number, number] {
  return one <= other ? [one, other] : [other, one];
}
