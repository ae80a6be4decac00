import { micros, printDuration } from '../base/micros.ts';
import { readDuration } from '../scenario/units.ts';
import type { OutcomeClass } from './outcome-class.ts';
import { classIn, runFor, type SweepPlan } from './sweep.ts';

/** The two neighbouring values of an axis, one unit apart, between which the class changes. */
export interface Boundary {
  readonly path: string;
  /** The values of all axes, with the last value below the boundary at `axis`. */
  readonly below: readonly string[];
  readonly above: readonly string[];
  readonly axis: number;
  readonly seed: number;
  readonly classBelow: OutcomeClass;
  readonly classAbove: OutcomeClass;
}

/**
 * Finds where along one axis, between two of its values whose classes differ, the class of the
 * lower one ends: to 1 µs, or to 1 where the axis counts. Between the two there may be more
 * boundaries than one; this is one of them.
 */
export function bisect(
  plan: SweepPlan,
  axis: number,
  lower: readonly string[],
  upper: readonly string[],
  seed: number,
): Boundary | null {
  const { variants } = plan;
  const described = variants.axes[axis];
  if (described === undefined || described.measures === 'words') return null;
  const isTime = described.measures === 'time';
  const numberOf = (text: string): number =>
    isTime ? (readDuration(text).value ?? 0) : Number(text);
  const textOf = (value: number): string => (isTime ? printDuration(micros(value)) : String(value));
  const at = (value: number): readonly string[] =>
    lower.map((text, place) => (place === axis ? textOf(value) : text));
  const classAt = (value: number): OutcomeClass =>
    classIn(plan, runFor(plan, variants.scenarioAt(at(value)), seed));

  let low = numberOf(lower[axis] ?? '');
  let high = numberOf(upper[axis] ?? '');
  const classBelow = classAt(low);
  let classAbove = classAt(high);
  if (classBelow.key === classAbove.key) return null;
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    const found = classAt(middle);
    if (found.key === classBelow.key) low = middle;
    else {
      high = middle;
      classAbove = found;
    }
  }
  const { path } = described;
  return { path, axis, seed, below: at(low), above: at(high), classBelow, classAbove };
}
