import { notify } from '../store/edits.ts';
import type { RendererState, ScenarioEntry } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';

export function openEntry(store: Store<RendererState>): ScenarioEntry | null {
  return store.state.scenarios.find(({ key }) => key === store.state.open) ?? null;
}

/** Does something with the open scenario, and says what went wrong as it stands. */
export function attemptIn(
  store: Store<RendererState>,
): (deed: (entry: ScenarioEntry) => Promise<void>) => void {
  return (deed) => {
    const entry = openEntry(store);
    if (entry === null) return;
    deed(entry).catch((error: unknown) => {
      store.edit(notify(error instanceof Error ? error.message : String(error)));
    });
  };
}
