import { micros, printMilliseconds } from '../../sim-core/reading.ts';

/** Microseconds of each unit that a value of an axis may have. */
const units: ReadonlyMap<string, number> = new Map([
  ['us', 1],
  ['ms', 1_000],
  ['s', 1_000_000],
  ['min', 60_000_000],
]);

/** A length of time as a scenario file writes it, in µs; null for any other text. */
export function microsOf(text: string): number | null {
  const [, amount, unit] = /^([0-9.]+)(us|ms|s|min)$/.exec(text) ?? [];
  const size = units.get(unit ?? '');
  return size === undefined ? null : Math.round(Number(amount) * size);
}

/** A value for people: lengths of time in milliseconds, with or without the unit. */
export function valueText(text: string, unit: 'with unit' | 'bare'): string {
  const time = microsOf(text);
  if (time === null) return text;
  const millis = printMilliseconds(micros(time));
  return unit === 'bare' ? millis : `${millis} ms`;
}
