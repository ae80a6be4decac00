import { castDraft } from 'immer';

import type { Edit } from './edits.ts';
import type { RendererState } from './renderer-state.ts';

/** The shown run is compared with that one; null: with what it was forked from. */
export function compareWith(beside: RendererState['beside']): Edit {
  return (draft) => {
    draft.beside = castDraft(beside);
    draft.centre = 'two runs';
  };
}
