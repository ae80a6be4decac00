import { check } from './check.ts';

/** An exact likelihood between 0 and 1; no floating point, so every engine draws alike. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

export const never: Ratio = { numerator: 0, denominator: 1 };

/** Takes whole numbers with 0 ≤ numerator ≤ denominator ≤ 2³¹ and denominator ≥ 1. */
export function ratio(numerator: number, denominator: number): Ratio {
  const whole = Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator);
  check(whole && denominator >= 1 && denominator <= 0x80000000, 'a ratio of whole numbers');
  check(numerator >= 0 && numerator <= denominator, 'a ratio between 0 and 1');
  return { numerator, denominator };
}
