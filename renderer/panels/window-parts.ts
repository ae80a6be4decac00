import { createContext, useContext, useSyncExternalStore } from 'react';

import type { Authoring } from '../authoring/client.ts';
import type { Micros } from '../../sim-core/reading.ts';
import { countUpTo } from '../ladder/layout/height-map.ts';
import type { LadderScene } from '../ladder/ladder-scene.ts';
import type { MeasureText } from '../ladder/layout/ladder-input.ts';
import type { Edit } from '../store/edits.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { SweepStore } from '../store/sweep-store.ts';
import type { TraceStore, TraceView } from '../store/trace-store.ts';
import type { WindowActions } from './window-actions.ts';

/** What the panels of one window share; made once, in main.tsx. */
export interface WindowParts {
  readonly store: Store<RendererState>;
  readonly traces: TraceStore;
  /** The run that is drawn behind: what the shown branch was forked from. */
  readonly ghosts: TraceStore;
  /** How the scenarios judge. */
  readonly library: LibraryStore;
  readonly scene: LadderScene;
  readonly sweeps: SweepStore;
  readonly actions: WindowActions;
  readonly authoring: Authoring;
  readonly measure: MeasureText;
}

export const PartsContext = createContext<WindowParts | null>(null);

export function useParts(): WindowParts {
  const parts = useContext(PartsContext);
  if (parts === null) throw new Error('a panel stands outside the window');
  return parts;
}

/** A piece of the state. `select` gives the same value for the same state. */
export function useRenderer<T>(select: (state: RendererState) => T): T {
  const { store } = useParts();
  return useSyncExternalStore(store.subscribe, () => select(store.state));
}

/** What a view makes of the run, anew whenever more of it has come in. */
export function useTrace<T>(of: TraceView<T>): T {
  const { traces } = useParts();
  useRenderer((state) => state.traceVersion);
  return traces.view(of);
}

/**
 * The last of the ascending instants that the playhead has reached, 0 before all of them: what
 * changes at these alone is not rendered for every frame in between.
 */
export function useReached(of: TraceView<readonly Micros[]>): Micros {
  const instants = useTrace(of);
  return useRenderer(
    ({ playhead }) => instants[countUpTo(instants, playhead) - 1] ?? (0 as Micros),
  );
}

/** Runs an edit. */
export function useEdit(): (edit: Edit) => void {
  const { store } = useParts();
  return (edit) => store.edit(edit);
}
