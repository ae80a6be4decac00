import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { inShares, inTurn } from '../../cli/work-in-threads.ts';

describe('who works in threads', () => {
  it('has its questions in turn', () => {
    const hand = inTurn([1, 2, 3]);
    const [one, other] = [{}, {}];
    expect([one, other, one, other, one].map(hand)).toEqual([1, 2, 3, undefined, undefined]);
  });

  it('has a share of neighbours, and then the end of the longest share that is left', () => {
    const [one, other] = [{}, {}];
    // A thread that is asked for two at a time stands there twice, and has one share.
    const hand = inShares([0, 1, 2, 3, 4, 5, 6, 7], [one, other, other]);
    expect([one, other, other, one].map(hand)).toEqual([0, 4, 5, 1]);
    expect([other, other, other, one, one, other].map(hand)).toEqual([
      6,
      7,
      3,
      2,
      undefined,
      undefined,
    ]);
  });

  it('answers every question once, whoever comes when', () => {
    const threads = [{}, {}, {}, {}];
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.array(fc.nat(3), { minLength: 200, maxLength: 200 }),
        (count, who) => {
          const questions = Array.from({ length: count }, (_, at) => at);
          const hand = inShares(questions, threads);
          const given = who.flatMap((at) => hand(threads[at] ?? {}) ?? []);
          expect(given.toSorted((a, b) => a - b)).toEqual(questions);
        },
      ),
    );
  });
});
