import { applyPatches, enablePatches, produceWithPatches, type Draft, type Patch } from 'immer';

import { noChanges, type Changes, type Setting } from './changes.ts';

enablePatches();

/** One way the call could have gone. */
export interface Branch {
  readonly id: number;
  /** The branch it was forked from; null for the scenario as written. */
  readonly parent: number | null;
  /** The difference from its parent: `'ACK 10 lost'`. */
  readonly says: string;
  /** Of all branches down to this one. */
  readonly changes: Changes;
}

/** The branches of one scenario, and which is shown. */
export interface BranchTree {
  /** The first is the scenario as written; a parent comes before its children. */
  readonly branches: readonly Branch[];
  readonly shown: number;
}

/** What undoes one change of a tree, and what makes it again. */
interface Deed {
  readonly says: string;
  readonly forwards: readonly Patch[];
  readonly backwards: readonly Patch[];
}

/** A tree with everything that was done to it. */
export interface WhatIf {
  readonly tree: BranchTree;
  readonly done: readonly Deed[];
  readonly undone: readonly Deed[];
}

export const asWritten: WhatIf = {
  tree: {
    branches: [{ id: 0, parent: null, says: 'as written', changes: noChanges }],
    shown: 0,
  },
  done: [],
  undone: [],
};

/** The branch that is shown. */
export function branchOf({ tree }: WhatIf): Branch {
  const found = tree.branches.find(({ id }) => id === tree.shown);
  if (found === undefined) throw new Error(`there is no branch ${tree.shown}`);
  return found;
}

/** What the shown branch was forked from, or null. */
export function parentOf(whatIf: WhatIf): Branch | null {
  const { parent } = branchOf(whatIf);
  return whatIf.tree.branches.find(({ id }) => id === parent) ?? null;
}

/** Changes that hold before those of a scenario or a branch. */
export type Change =
  | { readonly kind: 'fault'; readonly sentence: string }
  | { readonly kind: 'set'; readonly path: string; readonly value: string }
  /** A choice of chance that comes out otherwise; its value as `--choice` takes it. */
  | { readonly kind: 'choice'; readonly choice: number; readonly value: string };

/**
 * A branch from the shown one, and shown instead of it. A value that the shown branch is there
 * for, and that nothing was forked from, is changed where it is: turning a knob makes one branch.
 */
export function forked(whatIf: WhatIf, change: Change, says: string): WhatIf {
  return deed(whatIf, says, (tree) => {
    const from = branchOf(whatIf);
    const changes = withChange(from.changes, change);
    const turned = change.kind === 'set' && isKnob(whatIf.tree, from, change.path);
    const id = turned ? from.id : 1 + Math.max(...tree.branches.map((one) => one.id));
    const parent = turned ? from.parent : from.id;
    const branch = { id, parent, says, changes } as Draft<Branch>;
    const at = tree.branches.findIndex((one) => one.id === id);
    if (at < 0) tree.branches.push(branch);
    else tree.branches[at] = branch;
    tree.shown = id;
  });
}

/** Whether the branch differs from its parent by that one value, and has no branches itself. */
function isKnob({ branches }: BranchTree, branch: Branch, path: string): boolean {
  const parent = branches.find(({ id }) => id === branch.parent);
  if (parent === undefined || branches.some((one) => one.parent === branch.id)) return false;
  const { settings, faults, choices } = branch.changes;
  const before = parent.changes;
  if (faults.length !== before.faults.length || choices.length !== before.choices.length) {
    return false;
  }
  const others = (list: readonly Setting[]): string =>
    JSON.stringify(list.filter((one) => one.path !== path));
  return settings.some((one) => one.path === path) && others(settings) === others(before.settings);
}

function withChange(changes: Changes, change: Change): Changes {
  switch (change.kind) {
    case 'fault':
      return { ...changes, faults: [change.sentence, ...changes.faults] };
    case 'set': {
      const { path, value } = change;
      const others = changes.settings.filter((one) => one.path !== path);
      return { ...changes, settings: [...others, { path, value }] };
    }
    case 'choice': {
      // What was chosen after it belongs to a run that goes another way from here.
      const { choice, value } = change;
      const earlier = changes.choices.filter((one) => Number.parseInt(one, 10) < choice);
      return { ...changes, choices: [...earlier, `${choice}=${value}`] };
    }
  }
}

/** The only branch beside the scenario as written: what a link or a command line asks for. */
export function withChanges(changes: Changes): WhatIf {
  const { settings, faults, choices } = changes;
  if (settings.length + faults.length + choices.length === 0) return asWritten;
  const says = [
    ...settings.map(({ path, value }) => `${path} ${value}`),
    ...faults,
    ...choices.map((choice) => `choice ${choice.replace('=', ' ')}`),
  ].join(', ');
  const branch: Branch = { id: 1, parent: 0, says, changes };
  const { tree } = asWritten;
  return { ...asWritten, tree: { branches: [...tree.branches, branch], shown: 1 } };
}

/** Another branch is shown. */
export function switched(whatIf: WhatIf, id: number): WhatIf {
  if (whatIf.tree.shown === id || !whatIf.tree.branches.some((one) => one.id === id)) return whatIf;
  return { ...whatIf, tree: { ...whatIf.tree, shown: id } };
}

/** Without a branch and everything forked from it; its parent is shown if it was. */
export function pruned(whatIf: WhatIf, id: number): WhatIf {
  const root = whatIf.tree.branches.find((one) => one.id === id);
  if (root === undefined || root.parent === null) return whatIf;
  const { parent } = root;
  const gone = new Set([id]);
  for (const one of whatIf.tree.branches) if (gone.has(one.parent ?? -1)) gone.add(one.id);
  return deed(whatIf, `without “${root.says}”`, (tree) => {
    tree.branches = tree.branches.filter((one) => !gone.has(one.id));
    if (gone.has(tree.shown)) tree.shown = parent;
  });
}

function deed(whatIf: WhatIf, says: string, recipe: (tree: Draft<BranchTree>) => void): WhatIf {
  const [tree, forwards, backwards] = produceWithPatches(whatIf.tree, (draft) => {
    recipe(draft);
  });
  const done = [...whatIf.done, { says, forwards, backwards }];
  return { tree: shownOf(tree), done, undone: [] };
}

export function undone(whatIf: WhatIf): WhatIf {
  const last = whatIf.done.at(-1);
  if (last === undefined) return whatIf;
  const tree = shownOf(applyPatches(whatIf.tree, last.backwards));
  return { tree, done: whatIf.done.slice(0, -1), undone: [...whatIf.undone, last] };
}

export function redone(whatIf: WhatIf): WhatIf {
  const next = whatIf.undone.at(-1);
  if (next === undefined) return whatIf;
  const tree = shownOf(applyPatches(whatIf.tree, next.forwards));
  return { tree, done: [...whatIf.done, next], undone: whatIf.undone.slice(0, -1) };
}

/** Looking at another branch is no deed: an undone one may be the one that was looked at. */
function shownOf(tree: BranchTree): BranchTree {
  const { branches, shown } = tree;
  return branches.some(({ id }) => id === shown) ? tree : { branches, shown: 0 };
}
