import { zeroMicros, type Micros } from '../base/micros.ts';
import { recordNumber, type TraceRecord } from '../kernel/trace-record.ts';
import type { Clock, Ruler } from './moment.ts';

/** A run as it is told by the numbers of another one. */
export interface Told {
  readonly clock: Clock;
  readonly told: Ruler;
}

/** More records than any run has. */
const between = 0x8000000;

/**
 * Tells a run by the numbers of another one in which the same happened in the same order. Takes the
 * numbers of what is the same, in its order: in the other run, and in this one. Whatever else
 * happened lies between the numbers of what came before and after it, as it did.
 */
export function toldBy(other: Int32Array, own: Int32Array, records: readonly TraceRecord[]): Told {
  const length = (other.at(-1) ?? 0) + 1;
  const at: Micros[] = Array.from<Micros>({ length }).fill(zeroMicros);
  const arrivesAt: (Micros | null)[] = Array.from<Micros | null>({ length }).fill(null);
  const numbers = new Float64Array(records.length + 1);
  let place = 0;
  let last = 0;
  let since = 0;
  for (const record of records) {
    const { number } = record;
    if (own[place] !== number) {
      since += 1;
      numbers[number] = last + since / between;
      continue;
    }
    last = other[place]!;
    since = 0;
    place += 1;
    numbers[number] = last;
    at[last] = record.at;
    if (record.kind === 'sent') arrivesAt[last] = record.arrivesAt;
  }
  return { clock: { at, arrivesAt }, told: (number) => recordNumber(numbers[number]!) };
}
