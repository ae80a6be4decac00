import type { ExploreBounds } from './explore-bounds.ts';
import type { FrontierAnswer, FrontierQuestion } from './frontier.ts';
import { newKeyMap } from './key-map.ts';
import type { Places, Step } from './place.ts';
import { sharingOf } from './sharing.ts';
import { growTree, newWayTree, wayTo, type Way } from './way-tree.ts';

export interface ExploreCounts {
  readonly distinct: number;
  readonly generated: number;
  readonly waiting: number;
  readonly deepest: number;
  /** Distinct states in which nothing is left to happen. */
  readonly last: number;
  /** Every state within the bounds was visited. */
  readonly complete: boolean;
}

/**
 * Keeps the tree of all states and decides who looks at which. What it finds does not depend on
 * how many frontiers there are: states are numbered in the order in which one alone would find
 * them.
 */
export interface Explorer {
  /** What each frontier is to do next; null where nothing is left, or the bound is reached. */
  ask(): readonly FrontierQuestion[] | null;
  /** Takes the answers of all, in their order. */
  take(answers: readonly FrontierAnswer[]): void;
  /** One more frontier, which does not have the first state. */
  join(): void;
  counts(): ExploreCounts;
  /**
   * Ways that together go every step that was found: one to each last state, and one along each
   * step that leads to a state known already. In the order found.
   */
  ways(): Generator<Way>;
}

/** Begins with one frontier, which has the first state. */
export function explorerOf(places: Places, bounds: ExploreBounds): Explorer {
  const known = newKeyMap();
  const tree = newWayTree();
  const sharing = sharingOf(tree);
  const waiting = waitingStates(bounds.order);
  /** Steps to known states, and last states, to which no step more belongs. */
  const ends: { readonly state: number; readonly step: Step | null }[] = [];
  let asked: readonly number[] = [];
  let generated = 1;
  let deepest = 0;
  let last = 0;
  known.numberOf(...places.keyOf(places.first), 0);
  waiting.add(0);

  const isFull = (): boolean => known.size() >= bounds.statesMost;

  /** Takes what follows from one state. */
  function takeOne(state: number, answer: Reading): void {
    const count = nextCount(answer);
    if (count < 0) {
      last += 1;
      ends.push({ state, step: null });
    }
    for (let at = 0; at < count; at += 1) {
      const { high, low, step } = nextStep(answer);
      generated += 1;
      const free = known.size();
      const number = known.numberOf(high, low, free);
      if (number !== free) {
        sharing.knew(state);
        ends.push({ state, step });
        continue;
      }
      deepest = Math.max(deepest, growTree(tree, number, state, step));
      waiting.add(number);
      sharing.found(number, state, at > 0 && bounds.order === 'breadth');
    }
  }

  return {
    ask() {
      if (waiting.count() === 0 || isFull()) return null;
      asked = waiting.take();
      return sharing.questions(asked);
    },
    take(answers) {
      const readings = answers.map((answer) => ({ answer, state: 0, step: 0 }));
      for (const [at, state] of asked.entries()) {
        // One alone would have stopped here.
        if (isFull()) {
          waiting.putBack(asked.slice(at));
          break;
        }
        takeOne(state, readings[sharing.ownerOf(state)]!);
      }
    },
    join: () => sharing.join(),
    counts: () => ({
      distinct: known.size(),
      generated,
      waiting: waiting.count(),
      deepest,
      last,
      complete: waiting.count() === 0,
    }),
    *ways() {
      for (const { state, step } of ends) yield wayTo(tree, bounds.acts, state, step);
    },
  };
}

/** An answer, and how far it was read. */
interface Reading {
  readonly answer: FrontierAnswer;
  state: number;
  step: number;
}

function nextCount(reading: Reading): number {
  reading.state += 1;
  return reading.answer.counts[reading.state - 1]!;
}

function nextStep(reading: Reading): { high: number; low: number; step: Step } {
  const at = reading.step;
  reading.step += 1;
  const { keys, steps } = reading.answer;
  return { high: keys[at * 2]!, low: keys[at * 2 + 1]!, step: steps[at]! };
}

/** States that are asked for at a time. */
const askedMost = 512;

interface WaitingStates {
  readonly count: () => number;
  add(state: number): void;
  take(): readonly number[];
  /** What was taken last and not looked at. */
  putBack(states: readonly number[]): void;
}

/** Breadth first, the earliest found are taken; depth first, the last one alone. */
function waitingStates(order: ExploreBounds['order']): WaitingStates {
  let states: number[] = [];
  let taken = 0;
  return {
    count: () => states.length - taken,
    add(state) {
      states.push(state);
    },
    take() {
      const last = order === 'depth' ? states.pop() : undefined;
      if (last !== undefined) return [last];
      const next = states.slice(taken, taken + askedMost);
      taken += next.length;
      // What was visited need not stay in memory.
      if (taken * 2 > states.length) {
        states = states.slice(taken);
        taken = 0;
      }
      return next;
    },
    putBack(again) {
      states = [...again, ...states.slice(taken)];
      taken = 0;
    },
  };
}
