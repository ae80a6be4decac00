import type { Place, Places, Step } from './place.ts';

/** A step of the tree of ways: from a state to one that was first reached by it. */
export interface NumberedStep {
  readonly number: number;
  readonly from: number;
  readonly step: Step;
}

/** What a frontier is told and asked at a time. States are numbered as they were found. */
export interface FrontierQuestion {
  /** For each state of its last answer the number it gets here; −1: it is not kept here. */
  readonly numbers: readonly number[];
  /** Steps of the ways to states that it takes over, as far as it was not told them. */
  readonly steps: readonly NumberedStep[];
  readonly takeOver: readonly number[];
  /** States of its own to be left behind. */
  readonly expand: readonly number[];
}

/** What follows from each of the states that were asked for, in their order. */
export interface FrontierAnswer {
  /** How many states follow; −1 from a last one, from which nothing does. */
  readonly counts: readonly number[];
  /** Two halves for each that follows. */
  readonly keys: readonly number[];
  readonly steps: readonly Step[];
}

/** Some of the states that wait to be looked at. Several of them may share an exploration. */
export interface Frontier {
  answer(question: FrontierQuestion): FrontierAnswer;
}

/** Places on ways that were gone again, kept for the next that begins likewise. */
const keptMost = 512;

/** Begins with the first state, number 0, where it is the one that starts. */
export function frontierOf(places: Places, starts: boolean): Frontier {
  const waiting = new Map<number, Place>();
  const kept = new Map<number, Place>([[0, places.first]]);
  const steps = new Map<number, NumberedStep>();
  let followed: Place[] = [];
  if (starts) waiting.set(0, places.first);

  /** Goes the way to a state again, from the nearest place that is still known. */
  function placeOf(number: number): Place {
    const way: NumberedStep[] = [];
    let at = number;
    while (!kept.has(at)) {
      const step = steps.get(at);
      if (step === undefined) break;
      way.push(step);
      at = step.from;
    }
    let place = kept.get(at) ?? places.first;
    for (const { number: next, step } of way.toReversed()) {
      place = places.follow(place, step);
      kept.set(next, place);
    }
    for (const old of kept.keys()) {
      if (kept.size <= keptMost) break;
      if (old !== 0) kept.delete(old);
    }
    return place;
  }

  return {
    answer(question) {
      for (const [at, number] of question.numbers.entries()) {
        if (number >= 0) waiting.set(number, followed[at]!);
      }
      followed = [];
      for (const one of question.steps) steps.set(one.number, one);
      for (const number of question.takeOver) waiting.set(number, placeOf(number));
      const counts: number[] = [];
      const keys: number[] = [];
      const followedBy: Step[] = [];
      for (const number of question.expand) {
        const place = waiting.get(number)!;
        waiting.delete(number);
        if (places.isLast(place)) {
          counts.push(-1);
          continue;
        }
        let count = 0;
        for (const [next, step] of places.after(place)) {
          count += 1;
          followed.push(next);
          keys.push(...places.keyOf(next));
          followedBy.push(step);
        }
        counts.push(count);
      }
      return { counts, keys, steps: followedBy };
    },
  };
}
