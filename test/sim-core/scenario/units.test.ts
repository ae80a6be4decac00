import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { micros, printDuration } from '../../../sim-core/base/micros.ts';
import {
  readDuration,
  readLikelihood,
  readPercent,
  readSpan,
} from '../../../sim-core/scenario/units.ts';

describe('lengths of time', () => {
  it.each([
    ['0s', 0],
    ['250us', 250],
    ['40ms', 40_000],
    ['1.5s', 1_500_000],
    ['0.25ms', 250],
    ['2min', 120_000_000],
    ['1440min', 86_400_000_000],
  ])('reads %s', (text, count) => {
    expect(readDuration(text)).toEqual({ value: count });
  });

  it.each([
    ['40', 'needs its unit', '40ms'],
    ['40 ms', 'without a space', '40ms'],
    ['40MS', 'no unit of time', '40ms'],
    ['5sec', 'no unit of time', '5s'],
    ['5 seconds', 'no unit of time', '5s'],
    ['3m', 'no unit of time', '3min'],
    ['7µs', 'no unit of time', '7us'],
    ['7mz', 'no unit of time', null],
    ['ms', 'a number and its unit', null],
    ['', 'a number and its unit', null],
    ['-5s', 'a number and its unit', null],
    ['1..5s', 'a number and its unit', null],
    ['.5s', 'a number and its unit', null],
    ['0.0001ms', 'finer', null],
    ['1441min', 'longer than a day', null],
    ['999999999999s', 'longer than a day', null],
    ['5constructor', 'no unit of time', null],
  ])('refuses %s', (text, says, near) => {
    const reading = readDuration(text);
    expect(reading).toMatchObject({ value: null, nearest: near });
    expect(reading).toHaveProperty('says', expect.stringContaining(says));
  });

  it('reads whatever printDuration prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400_000_000 }), (count) => {
        expect(readDuration(printDuration(micros(count)))).toEqual({ value: count });
      }),
    );
  });
});

describe('ranges of time', () => {
  it('takes a length for both ends', () => {
    expect(readSpan('40ms')).toEqual({ value: { least: 40_000, most: 40_000 } });
    expect(readSpan('20ms..1s')).toEqual({ value: { least: 20_000, most: 1_000_000 } });
  });

  it.each([
    ['60ms..20ms', 'from the least to the most', '20ms..60ms'],
    ['20..60ms', 'needs its unit', '20ms..60ms'],
    ['20ms..60', 'needs its unit', '20ms..60ms'],
    ['20ms .. 60ms', 'without spaces', '20ms..60ms'],
    ['20ms..', 'a number and its unit', null],
  ])('refuses %s', (text, says, near) => {
    const reading = readSpan(text);
    expect(reading).toMatchObject({ value: null, nearest: near });
    expect(reading).toHaveProperty('says', expect.stringContaining(says));
  });
});

describe('likelihoods', () => {
  it.each([
    ['1/20', 1, 20],
    ['5%', 1, 20],
    ['0.05', 1, 20],
    ['0.1', 1, 10],
    ['0.3', 3, 10],
    ['12.5%', 1, 8],
    ['0', 0, 1],
    ['1', 1, 1],
    ['100%', 1, 1],
    ['1/2147483648', 1, 2_147_483_648],
  ])('reads %s exactly', (text, numerator, denominator) => {
    expect(readLikelihood(text)).toEqual({ value: { numerator, denominator } });
  });

  it.each([
    ['5', 'from 0 to 1', '5%'],
    ['101%', 'from 0 to 1', null],
    ['2/1', 'from 0 to 1', null],
    ['1/0', 'divided by 0', null],
    ['-0.1', 'from 0 to 1', null],
    ['1e-3', 'from 0 to 1', null],
    ['.inf', 'from 0 to 1', null],
    ['1/2147483649', 'cannot be drawn', null],
  ])('refuses %s', (text, says, near) => {
    const reading = readLikelihood(text);
    expect(reading).toMatchObject({ value: null, nearest: near });
    expect(reading).toHaveProperty('says', expect.stringContaining(says));
  });

  it('gives the ratio that was written, in lowest terms', () => {
    const parts = fc.tuple(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 1, max: 9_999 }));
    fc.assert(
      fc.property(parts, ([a, b]) => {
        const [least, most] = a < b ? [a, b] : [b, a];
        const { value } = readLikelihood(`${least}/${most}`);
        expect(value).not.toBeNull();
        expect((value?.numerator ?? 0) * most).toBe(least * (value?.denominator ?? 0));
      }),
    );
  });
});

describe('gains', () => {
  it('reads whole percent', () => {
    expect(readPercent('25%')).toEqual({ value: 25 });
    expect(readPercent('25')).toMatchObject({ value: null, nearest: '25%' });
    expect(readPercent('101%')).toMatchObject({ value: null, nearest: '100%' });
    expect(readPercent('2.5%')).toMatchObject({ value: null, nearest: null });
  });
});
