/**
 * The first place from which on something is so, found by halves: it is not so of anything before,
 * and of everything behind. The length where it is so of nothing.
 */
export function firstPlace<T>(things: readonly T[], isSo: (thing: T) => boolean): number {
  let from = 0;
  let to = things.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isSo(things[middle]!)) to = middle;
    else from = middle + 1;
  }
  return from;
}
