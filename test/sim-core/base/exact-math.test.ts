import { describe, expect, it } from 'vitest';

import { exactExp, exactLog } from '../../../sim-core/base/exact-math.ts';
import { exactMathFingerprint, seededValues } from '../../support/exact-math-fingerprint.ts';

const floats = new Float64Array(2);
const integers = new BigInt64Array(floats.buffer);

/** How many representable numbers lie between the two. */
function unitsApart(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  floats[0] = a;
  floats[1] = b;
  const rank = (bits: bigint): bigint => (bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits);
  const apart = rank(integers[0] ?? 0n) - rank(integers[1] ?? 0n);
  return Number(apart < 0n ? -apart : apart);
}

const scale = 1n << 240n;

/** A number as an integer multiple of 2^-240, exactly; for magnitudes above 2^-180. */
function fixed(value: number): bigint {
  floats[0] = value;
  const bits = BigInt.asUintN(64, integers[0] ?? 0n);
  const exponent = (bits >> 52n) & 0x7ffn;
  const mantissa = (bits & 0xfffffffffffffn) | 0x10000000000000n;
  const magnitude = (mantissa * scale * (1n << exponent)) >> 1075n;
  return value < 0 ? -magnitude : magnitude;
}

/** e^x by its series, in units of 2^-240. */
function trueExp(x: bigint): bigint {
  const part = x >> 12n;
  let term = scale;
  let sum = scale;
  for (let n = 1n; term !== 0n; n += 1n) {
    term = (term * part) / (n * scale);
    sum += term;
  }
  for (let doubling = 0; doubling < 12; doubling += 1) sum = (sum * sum) / scale;
  return sum;
}

/** The distance between a result and the true value, in units in the last place of the result. */
function errorInUnits(result: number, truth: bigint): number {
  const next = result * (1 + Number.EPSILON);
  const unit = fixed(next) - fixed(result);
  const error = fixed(result) - truth;
  return Number(((error < 0n ? -error : error) * 1000n) / (unit < 0n ? -unit : unit)) / 1000;
}

describe('exact-math', () => {
  it('is at most one unit in the last place from Math.log and Math.exp', () => {
    let worstLog = 0;
    let worstExp = 0;
    for (const { positive, any } of seededValues(100_000)) {
      worstLog = Math.max(worstLog, unitsApart(exactLog(positive), Math.log(positive)));
      worstExp = Math.max(worstExp, unitsApart(exactExp(any), Math.exp(any)));
    }
    expect(worstLog).toBeLessThanOrEqual(1);
    expect(worstExp).toBeLessThanOrEqual(1);
  });

  it('is less than one unit from the true exponential', () => {
    for (const { any } of seededValues(400)) {
      const x = any % 40;
      expect(errorInUnits(exactExp(x), trueExp(fixed(x))), `e^${x}`).toBeLessThan(1);
    }
  });

  it('gives logarithms whose true exponential is the argument', () => {
    for (const { positive } of seededValues(400)) {
      if (positive < 1e-12 || positive > 1e12 || positive === 1) continue;
      // With y near ln x, ln x = y + (x e^-y − 1) to within the square of the last term.
      const y = exactLog(positive);
      const correction = (fixed(positive) * scale) / trueExp(fixed(y)) - scale;
      expect(errorInUnits(y, fixed(y) + correction), `ln ${positive}`).toBeLessThan(1);
    }
  });

  it('is exact at one, at the edges and beyond them', () => {
    expect(exactLog(1)).toBe(0);
    expect(exactExp(0)).toBe(1);
    expect(exactExp(-0)).toBe(1);
    expect(exactExp(1)).toBe(Math.E);
    expect(exactLog(0)).toBe(-Infinity);
    expect(exactLog(-0)).toBe(-Infinity);
    expect(exactLog(-1)).toBeNaN();
    expect(exactLog(NaN)).toBeNaN();
    expect(exactLog(Infinity)).toBe(Infinity);
    expect(exactExp(Infinity)).toBe(Infinity);
    expect(exactExp(-Infinity)).toBe(0);
    expect(exactExp(710)).toBe(Infinity);
    expect(exactExp(-746)).toBe(0);
    expect(exactExp(NaN)).toBeNaN();
    for (const x of [5e-324, 2.2250738585072014e-308, Number.MAX_VALUE, 2, 0.5, 1024]) {
      expect(unitsApart(exactLog(x), Math.log(x)), `ln ${x}`).toBeLessThanOrEqual(1);
    }
    for (const x of [709.782712893384, -708.4, -745.1332191019411, -720]) {
      expect(unitsApart(exactExp(x), Math.exp(x)), `e^${x}`).toBeLessThanOrEqual(1);
    }
  });

  it('gives the same bits as in every engine it was compared in', () => {
    expect(exactMathFingerprint(10_000)).toBe('8cb6885cb12a43a3');
  });
});
