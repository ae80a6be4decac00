import { check } from '../base/check.ts';
import type { Micros } from '../base/micros.ts';
import { readDuration, type Reading } from './units.ts';

/** Quantities of a document in which nothing is wrong. */

/** The schema has read it before. */
export function taken<Value>(reading: Reading<Value>): Value {
  check(reading.value !== null, 'a quantity passed the schema and cannot be read');
  return reading.value;
}

export function duration(text: string): Micros {
  return taken(readDuration(text));
}

export function occurrencesOf(written: {
  readonly occurrence?: number | undefined;
  readonly occurrences?: number[] | undefined;
}): readonly number[] {
  return written.occurrence === undefined ? (written.occurrences ?? []) : [written.occurrence];
}
