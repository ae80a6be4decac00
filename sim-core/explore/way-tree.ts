import { micros } from '../base/micros.ts';
import type { ChoiceLog } from '../kernel/chooser.ts';
import type { ScriptedAct } from '../scenario/scenario.ts';
import type { PossibleAct } from './explore-bounds.ts';
import type { Step } from './place.ts';

/** How far one call is told apart: what chance chose, and what users did beside the script. */
export interface Way {
  readonly choices: ChoiceLog;
  readonly acts: readonly ScriptedAct[];
  /** Events from the start, as far as the choices go; nothing is lost on what follows. */
  readonly depth: number;
}

/** For every state how it was first reached; state 0 is the first. */
export interface WayTree {
  readonly from: number[];
  readonly step: Step[];
  readonly depth: number[];
}

export function newWayTree(): WayTree {
  return { from: [-1], step: [{ chosen: [], act: -1, at: micros(0) }], depth: [0] };
}

/** Puts a state that was not known on the tree; gives its depth. */
export function growTree(tree: WayTree, state: number, from: number, step: Step): number {
  const depth = tree.depth[from]! + 1;
  tree.from[state] = from;
  tree.step[state] = step;
  tree.depth[state] = depth;
  return depth;
}

/** The way to a state, and by one more step onward where one is given. */
export function wayTo(
  tree: WayTree,
  acts: readonly PossibleAct[],
  state: number,
  onward: Step | null,
): Way {
  const steps: Step[] = onward === null ? [] : [onward];
  for (let at = state; at > 0; at = tree.from[at]!) steps.push(tree.step[at]!);
  const choices: number[] = [];
  const done: ScriptedAct[] = [];
  for (const { chosen, act, at } of steps.toReversed()) {
    choices.push(...chosen);
    const possible = acts[act];
    if (possible !== undefined) done.push({ ...possible, when: { kind: 'at', at } });
  }
  return { choices, acts: done, depth: steps.length };
}
