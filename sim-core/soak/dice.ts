import { hashText } from '../base/hash.ts';
import { micros, milliseconds, printDuration, type Micros } from '../base/micros.ts';
import { SeededChooser } from '../kernel/seeded-chooser.ts';

/** Draws for one kind of fault: streams of their own, so that kinds do not shift each other. */
export interface Dice {
  /** True `of` times in `among`. */
  happens(of: number, among: number): boolean;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  pick<Item>(items: readonly Item[]): Item | null;
  /** A length of time in whole ms, and as a scenario writes it. */
  time(leastMs: number, mostMs: number): DrawnTime;
}

export interface DrawnTime {
  readonly length: Micros;
  readonly text: string;
}

export function diceFor(seed: number, site: string): Dice {
  const chooser = new SeededChooser(seed);
  const at = hashText(`soak ${site}`);
  const between = (least: number, most: number): number =>
    chooser.between('user behaviour', at, least, most);
  return {
    happens: (of, among) => between(1, among) <= of,
    between,
    pick: (items) => items[between(0, items.length - 1)] ?? null,
    time: (leastMs, mostMs) => timeOf(between(leastMs, mostMs)),
  };
}

export function timeOf(ms: number): DrawnTime {
  const length = milliseconds(ms);
  return { length, text: printDuration(micros(length)) };
}
