/** Longer words are compared with nothing: a typing error is a matter of a few letters. */
const wordMost = 64;

/**
 * The candidate one most likely meant, or null where none is near: at most a third of its
 * letters, and at most three, inserted, left out, changed or swapped. The first of equals wins.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > wordMost) return null;
  const given = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = 4;
  for (const candidate of candidates) {
    if (candidate.length > wordMost) continue;
    // One letter of two says nothing; then only capitals may differ.
    const allowed = candidate.length < 3 ? 0 : Math.min(3, Math.floor(candidate.length / 3));
    const distance = editDistance(given, candidate.toLowerCase());
    if (distance <= allowed && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours between two words. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        (above[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2];
      if (swapped && a[row - 2] === b[column - 1]) {
        least = Math.min(least, (before[column - 2] ?? 0) + 1);
      }
      line.push(least);
    }
    before = above;
    above = line;
  }
  return above[b.length] ?? 0;
}
