import { produce, type Draft } from 'immer';

/** One state, changed by recipes, told to whoever subscribes. */
export interface Store<State> {
  readonly state: State;
  /** Changes a draft of the state; subscribers hear of it once, if anything changed. */
  edit(recipe: (draft: Draft<State>) => void): void;
  /** Returns the function that ends the subscription. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function makeStore<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get state() {
      return state;
    },
    edit(recipe) {
      const next = produce(state, (draft) => {
        recipe(draft);
      });
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
