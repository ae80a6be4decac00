import type { Brand } from './brand.ts';
import { check } from './check.ts';

/** Integer microseconds since the run began, or a length of time in integer microseconds. */
export type Micros = Brand<number, 'Micros'>;

export const zeroMicros = micros(0);

/** Takes an integer number of microseconds. */
export function micros(count: number): Micros {
  check(Number.isSafeInteger(count), 'a whole number of microseconds');
  return count as Micros;
}

export function milliseconds(count: number): Micros {
  return micros(count * 1_000);
}

export function seconds(count: number): Micros {
  return micros(count * 1_000_000);
}

export function plus(a: Micros, b: Micros): Micros {
  return (a + b) as Micros;
}

/** Milliseconds with as many decimals as needed, at most three: `290`, `0.25`, `5068.001`. */
export function printMilliseconds(length: Micros): string {
  return printFraction(length, 1_000, 3);
}

/** Seconds with exactly `decimals` decimals (0 to 6), cut, not rounded: `5.068`. */
export function printSeconds(length: Micros, decimals = 3): string {
  const whole = Math.floor(length / 1_000_000);
  const rest = String(length - whole * 1_000_000).padStart(6, '0');
  return decimals === 0 ? String(whole) : `${whole}.${rest.slice(0, decimals)}`;
}

/** The shortest of `12us`, `40ms`, `5s`, `1.5s` that says the length exactly. */
export function printDuration(length: Micros): string {
  if (length !== 0 && length % 1_000 !== 0) return `${length}us`;
  if (length !== 0 && length % 100_000 !== 0) return `${length / 1_000}ms`;
  return `${printFraction(length, 1_000_000, 6)}s`;
}

function printFraction(length: Micros, unit: number, digits: number): string {
  const whole = Math.floor(length / unit);
  const rest = length - whole * unit;
  if (rest === 0) return String(whole);
  return `${whole}.${String(rest).padStart(digits, '0').replace(/0+$/, '')}`;
}
