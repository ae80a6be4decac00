import type { RendererState } from './renderer-state.ts';
import type { Store } from './store.ts';

/** Does something once the run that is being computed is there; not at all where it fails. */
export function whenReady(store: Store<RendererState>, deed: () => void): void {
  let began = store.state.run.kind === 'computing';
  const end = store.subscribe(() => {
    const { kind } = store.state.run;
    if (kind === 'computing') began = true;
    if (!began || kind === 'computing') return;
    end();
    // Whoever brings the run in is not interrupted.
    if (kind === 'ready') queueMicrotask(deed);
  });
}
