import type { Edit } from './edits.ts';
import { initialTimingMap, type AxisWish, type MapPhase } from './timing-map-state.ts';

export function wishAxis(which: 'across' | 'down', wish: Partial<AxisWish>): Edit {
  return (draft) => {
    Object.assign(draft.timingMap[which], wish);
  };
}

export function enterMapPhase(phase: MapPhase): Edit {
  return (draft) => {
    draft.timingMap.phase = phase;
  };
}

/** A sweep of the scenario of that key begins: what was chosen in the last one is gone. */
export function beginMap(base: string, of: number): Edit {
  return (draft) => {
    const map = draft.timingMap;
    map.base = base;
    map.chosen = null;
    map.lit = null;
    map.phase = { kind: 'running', done: 0, of };
  };
}

/** Another scenario is open: its map has not been run. */
export function forgetMap(): Edit {
  return (draft) => {
    const { across, down, measure, cells } = draft.timingMap;
    draft.timingMap = { ...initialTimingMap, across, down, measure, cells };
  };
}

export function measureBy(measure: string): Edit {
  return (draft) => {
    draft.timingMap.measure = measure;
  };
}

export function showInCells(cells: 'numbers' | 'classes'): Edit {
  return (draft) => {
    draft.timingMap.cells = cells;
  };
}

export function chooseCell(cell: number | null): Edit {
  return (draft) => {
    draft.timingMap.chosen = cell;
  };
}

/** Lights the cells of a class; those of the lit class again: none. */
export function lightClass(key: string): Edit {
  return (draft) => {
    draft.timingMap.lit = draft.timingMap.lit === key ? null : key;
  };
}

export function hearOfSweep(version: number): Edit {
  return (draft) => {
    draft.timingMap.version = version;
  };
}
