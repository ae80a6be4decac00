import type { Draft } from 'immer';

import type { NodeId, RecordNumber } from '../../sim-core/reading.ts';
import {
  asTheCallGoes,
  colourModes,
  type Arrangement,
  type ColourMode,
  type MessageClass,
} from './arrangement.ts';
import type { Edit } from './edits.ts';

/** What belongs to one run is forgotten with it; what is hidden and how it is coloured stays. */
export function forgetRun(arrangement: Draft<Arrangement>): void {
  const { order, unfolded, folds } = asTheCallGoes;
  arrangement.order = [...order];
  arrangement.unfolded = [...unfolded];
  arrangement.folds = { ...folds, transactions: [] };
}

/** Draws the lifelines in this order, from left to right. */
export function orderLifelines(order: readonly NodeId[]): Edit {
  return (draft) => {
    draft.arrangement.order = [...order];
  };
}

/** Opens or folds a hop in the core. */
export function foldLifeline(node: NodeId, folded: boolean): Edit {
  return ({ arrangement }) => {
    const others = arrangement.unfolded.filter((one) => one !== node);
    arrangement.unfolded = folded ? others : [...others, node];
  };
}

/** Hides a class of messages, or shows it again. */
export function toggleClass(kind: MessageClass): Edit {
  return ({ arrangement }) => {
    const others = arrangement.hidden.filter((one) => one !== kind);
    arrangement.hidden = others.length < arrangement.hidden.length ? others : [...others, kind];
  };
}

export function showAllClasses(): Edit {
  return ({ arrangement }) => {
    arrangement.hidden = [];
  };
}

export function foldGroup(group: 'setUp' | 'trying' | 'resent', folded: boolean): Edit {
  return ({ arrangement }) => {
    arrangement.folds[group] = folded;
  };
}

/** Folds the transaction that begins with a record, or opens it again. */
export function foldTransaction(first: RecordNumber, folded: boolean): Edit {
  return ({ arrangement: { folds } }) => {
    const others = folds.transactions.filter((one) => one !== first);
    folds.transactions = folded ? [...others, first] : others;
  };
}

export function chooseColour(colour: ColourMode): Edit {
  return ({ arrangement }) => {
    arrangement.colour = colour;
  };
}

/** The next of the ways to colour, from the last to the first. */
export function nextColour(): Edit {
  return ({ arrangement }) => {
    const next = (colourModes.indexOf(arrangement.colour) + 1) % colourModes.length;
    arrangement.colour = colourModes[next] ?? 'leg';
  };
}
