import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { differencesBetween, overlap, patched } from '../../../sim-core/lab/differences.ts';

const plain = fc.jsonValue({ maxDepth: 4 });

describe('differences between plain values', () => {
  it('make one of the other, whatever they are', () => {
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        expect(patched(one, differencesBetween(one, other))).toEqual(other);
      }),
      { numRuns: 500 },
    );
  });

  it('leave alone what is equal, and the original as it was', () => {
    const one = { a: { b: [1, 2, { c: 3 }] }, d: { e: 5 } };
    const before = structuredClone(one);
    const changes = differencesBetween(one, { a: { b: [1, 2, { c: 4 }] }, d: { e: 5 } });
    expect(changes).toEqual([{ path: ['a', 'b', '2', 'c'], value: 4 }]);
    const result = patched(one, changes);
    expect(result.d).toBe(one.d);
    expect(one).toEqual(before);
  });

  it('overlap where one is in the other', () => {
    const at = (...path: string[]) => ({ path, value: 0 });
    expect(overlap(at('a', 'b'), at('a'))).toBe(true);
    expect(overlap(at('a', 'b'), at('a', 'b'))).toBe(true);
    expect(overlap(at('a', 'b'), at('a', 'c'))).toBe(false);
    expect(overlap(at(), at('z'))).toBe(true);
  });
});
