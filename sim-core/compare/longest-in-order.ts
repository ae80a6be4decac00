import { firstPlace } from '../base/first-place.ts';

/**
 * The positions of a longest rising subsequence, so that as few as possible are left out. Takes
 * different whole numbers; n log n.
 */
export function longestInOrder(numbers: readonly number[]): ReadonlySet<number> {
  /** The position that ends the best subsequence of each length so far. */
  const ends: number[] = [];
  const before: number[] = [];
  for (const [at, number] of numbers.entries()) {
    const place = firstPlace(ends, (end) => (numbers[end] ?? 0) >= number);
    before[at] = place === 0 ? -1 : (ends[place - 1] ?? -1);
    ends[place] = at;
  }
  const kept = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) kept.add(at);
  return kept;
}
