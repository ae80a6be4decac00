import type { Edit } from './edits.ts';

/** Begins to look for something in the ladder, or goes on. */
export function openFind(): Edit {
  return (draft) => {
    draft.find ??= '';
  };
}

/** Looks for something else; null ends it. */
export function lookFor(query: string | null): Edit {
  return (draft) => {
    draft.find = query;
  };
}
