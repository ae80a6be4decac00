import { median } from 'd3';

import type { Sweep } from '../store/sweep-store.ts';
import { microsOf } from './axis-values.ts';
import type { MapClass } from './classes.ts';

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
  const share = (value: number): number =>
    range.most === range.least ? 0.5 : (value - range.least) / (range.most - range.least);
  return classes
    .toSorted((one, other) => other.cells.length - one.cells.length)
    .slice(0, most)
    .map(({ key, letter, says, own, cells }) => {
      const values = cells.flatMap((cell) => sweep.rows[cell]?.measured[measure] ?? []);
      const middle = median(values);
      return {
        key,
        letter,
        says: own === '' ? says : own,
        count: cells.length,
        // Runs at one place are one tick.
        ticks: [...new Set(values)].map(share),
        median: middle === undefined ? null : share(middle),
      };
    });
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

/** Steps of the finer axis: about as many as make a legible map. */
const stepsWanted = 14;

function finer(values: readonly string[], from: number, to: number): string {
  const [low, high] = [values[from] ?? '', values[to] ?? ''];
  if (from === to) return low;
  const [least, most] = [microsOf(low), microsOf(high)];
  if (least === null || most === null) return values.slice(from, to + 1).join(',');
  return `${low}..${high}:${Math.max(1, Math.round((most - least) / stepsWanted))}us`;
}

function ordered(one: number, other: number): readonly [number, number] {
  return one <= other ? [one, other] : [other, one];
}
