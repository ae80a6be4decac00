import { readDuration, visible } from '../sim-core/authoring.ts';
import type { Micros } from '../sim-core/reading.ts';
import { Refusal } from './refusal.ts';

/** The length of time, or the instant, that stands behind a flag, as scenario files write it. */
export function timeOf(flag: string, text: string): Micros {
  const read = readDuration(text);
  if (read.value !== null) return read.value;
  const hint = read.nearest === null ? '' : `; did you mean ${read.nearest}?`;
  throw new Refusal('refused', `error: ${flag}: "${visible(text)}": ${read.says}${hint}`);
}
