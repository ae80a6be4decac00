import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { editDistance, nearest } from '../../../sim-core/scenario/nearest.ts';

describe('the word one meant', () => {
  it.each([
    ['adress', ['address', 'allow'], 'address'],
    ['recieve', ['receive'], 'receive'],
    ['ROLE', ['role'], 'role'],
    ['cmr-serv', ['cmr-client', 'cmr-server'], 'cmr-server'],
    ['SW-REINV-AKC', ['SW-CONT', 'SW-REINV-ACK'], 'SW-REINV-ACK'],
    ['a', ['A', 'B'], 'A'],
    ['C', ['A', 'B'], null],
    ['nonsense', ['address', 'role'], null],
  ])('%s of %j is %s', (word, candidates, meant) => {
    expect(nearest(word, candidates)).toBe(meant);
  });

  it('does not compare words of any length', () => {
    const long = 'a'.repeat(100_000);
    expect(nearest(long, [long])).toBeNull();
  });

  it('measures as a distance does', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});
