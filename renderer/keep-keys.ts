import type { RendererState } from './store/renderer-state.ts';
import type { Store } from './store/store.ts';
import { chooseKeys } from './store/writing-edits.ts';
import { choiceIn, tableWith } from './words/key-choice.ts';
import { adoptKeys } from './words/keys.ts';

const place = 'ringscope.keys';

/** The keys a person chose hold in every window of this browser, and in the next one. */
export function keepKeys(store: Store<RendererState>, window: Window): void {
  let kept: string | null = null;
  try {
    kept = window.localStorage.getItem(place);
  } catch {
    // A browser that keeps nothing has the keys of the table each time.
  }
  store.edit(chooseKeys(choiceIn(kept)));
  let known = store.state.keys;
  adoptKeys(tableWith(known));
  store.subscribe(() => {
    if (store.state.keys === known) return;
    known = store.state.keys;
    adoptKeys(tableWith(known));
    try {
      window.localStorage.setItem(place, JSON.stringify(known));
    } catch {
      // As above: then they hold for this window only.
    }
  });
}
