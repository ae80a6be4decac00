import type { Micros } from './ladder-input.ts';

/**
 * Height as a function of time: piecewise linear and never falling. Knot `i` stands at
 * `micros[i]` and `heights[i]`; `slopes[i]`, px per ms, holds from there to the next knot, and
 * the last slope for good. Before the first knot the height is that of the first.
 */
export interface HeightMap {
  readonly micros: readonly number[];
  readonly heights: readonly number[];
  readonly slopes: readonly number[];
}

/** How many of the ascending `values` are at most `value`. */
export function countUpTo(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The height of an instant, px. Of several heights at one instant it is the lowest on the page. */
export function heightAt(map: HeightMap, micros: Micros): number {
  const knot = Math.max(0, countUpTo(map.micros, micros) - 1);
  const beyond = Math.max(0, micros - (map.micros[knot] ?? 0));
  return (map.heights[knot] ?? 0) + ((map.slopes[knot] ?? 0) * beyond) / 1000;
}

/** The instant at a height, to the microsecond: the inverse of `heightAt`, for scrubbing. */
export function microsAt(map: HeightMap, y: number): Micros {
  const knot = Math.max(0, countUpTo(map.heights, y) - 1);
  const start = map.micros[knot] ?? 0;
  const slope = map.slopes[knot] ?? 0;
  if (slope <= 0) return Math.round(start);
  const micros = start + (Math.max(0, y - (map.heights[knot] ?? 0)) / slope) * 1000;
  return Math.round(Math.min(micros, map.micros[knot + 1] ?? Infinity));
}
