import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ratio } from '../../../sim-core/base/ratio.ts';
import { ScriptedChooser } from '../../../sim-core/kernel/scripted-chooser.ts';
import { SeededChooser } from '../../../sim-core/kernel/seeded-chooser.ts';

function draws(chooser: SeededChooser, site: number, count: number): number[] {
  return Array.from({ length: count }, () => chooser.between('link latency', site, 0, 999));
}

describe('seeded chooser', () => {
  it('draws the same numbers for the same seed, in every engine and for ever', () => {
    expect(draws(new SeededChooser(7), 1, 8)).toEqual(draws(new SeededChooser(7), 1, 8));
    expect(draws(new SeededChooser(7), 1, 8)).not.toEqual(draws(new SeededChooser(8), 1, 8));
    expect(draws(new SeededChooser(7), 1, 6)).toMatchInlineSnapshot(`
      [
        584,
        698,
        740,
        648,
        73,
        242,
      ]
    `);
  });

  it('tells seeds apart beyond 32 bits', () => {
    const far = 2 ** 40 + 7;
    expect(draws(new SeededChooser(7), 1, 8)).not.toEqual(draws(new SeededChooser(far), 1, 8));
  });

  it('gives every site and every point a stream of its own', () => {
    const alone = draws(new SeededChooser(7), 2, 5);
    const among = new SeededChooser(7);
    draws(among, 1, 100);
    among.chance('link loss', 2, ratio(1, 2));
    expect(draws(among, 2, 5)).toEqual(alone);
  });

  it('stays within its bounds and reaches both', () => {
    const chooser = new SeededChooser(1);
    const seen = new Set<number>();
    for (let count = 0; count < 400; count += 1) {
      seen.add(chooser.between('link latency', 0, -2, 3));
    }
    expect([...seen].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
  });

  it('asks for nothing where there is nothing to choose', () => {
    const chooser = new SeededChooser(1);
    expect(chooser.chance('link loss', 0, ratio(0, 5))).toBe(false);
    expect(chooser.chance('link loss', 0, ratio(5, 5))).toBe(true);
    expect(chooser.between('link latency', 0, 4, 4)).toBe(4);
    expect(chooser.log).toEqual([]);
  });

  it('takes a likelihood exactly: 30 000 draws of 1/10 lie within five deviations', () => {
    const chooser = new SeededChooser(99);
    let lost = 0;
    for (let count = 0; count < 30_000; count += 1) {
      if (chooser.chance('link loss', 3, ratio(1, 10))) lost += 1;
    }
    expect(Math.abs(lost - 3_000)).toBeLessThan(5 * Math.sqrt(30_000 * 0.09));
  });

  it('spreads draws beyond 32 bits evenly over their range', () => {
    const chooser = new SeededChooser(5);
    const most = 2 ** 52;
    let upper = 0;
    for (let count = 0; count < 2_000; count += 1) {
      if (chooser.between('link latency', 1, 0, most) > most / 2) upper += 1;
    }
    expect(Math.abs(upper - 1_000)).toBeLessThan(5 * Math.sqrt(500));
  });
});

describe('scripted chooser', () => {
  it('makes the choices of a log again, and then hands over', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(20), (seed, cut) => {
        const first = new SeededChooser(seed);
        const drawn = draws(first, 1, 30);
        const again = new ScriptedChooser(first.log.slice(0, cut), new ReplayOf(drawn.slice(cut)));
        const repeated = Array.from({ length: 30 }, () => again.between('link latency', 1, 0, 999));
        expect(repeated).toEqual(drawn);
        expect(again.log).toEqual(first.log);
      }),
    );
  });

  it('refuses a log that does not fit the run', () => {
    expect(() => new ScriptedChooser([9], null).between('link latency', 0, 0, 3)).toThrow(/0 to 3/);
    expect(() => new ScriptedChooser([], null).between('link latency', 0, 0, 3)).toThrow(/log/);
  });
});

/** Gives listed numbers, whatever it is asked. */
class ReplayOf extends SeededChooser {
  readonly #numbers: number[];

  constructor(numbers: readonly number[]) {
    super(0);
    this.#numbers = [...numbers];
  }

  override between(): number {
    return this.#numbers.shift() ?? 0;
  }
}
