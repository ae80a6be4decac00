import type { ReactElement } from 'react';

import { ladderInputOf } from '../ladder/from-trace.ts';
import { showAllClasses } from '../store/arrangement-edits.ts';
import { filterSentence } from '../ladder/filter-sentence.ts';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

/** What is hidden, as a sentence; nothing while nothing is. */
export function FilterSentence(): ReactElement | null {
  const { scene } = useParts();
  const edit = useEdit();
  const { hidden } = useRenderer((state) => state.arrangement);
  useTrace(ladderInputOf);
  if (hidden.length === 0) return null;
  const { shown, total } = scene.arranged();
  return (
    <span className="filter-sentence" role="status">
      {filterSentence(hidden, shown, total)}
      <button type="button" className="text-button" onClick={() => edit(showAllClasses())}>
        Show all
      </button>
    </span>
  );
}

/** In the middle of a ladder of which everything is hidden. */
export function NothingShown(): ReactElement | null {
  const { scene } = useParts();
  const edit = useEdit();
  const { hidden } = useRenderer((state) => state.arrangement);
  useTrace(ladderInputOf);
  if (hidden.length === 0) return null;
  const { shown, total } = scene.arranged();
  if (shown > 0 || total === 0) return null;
  return (
    <div className="invitation">
      <p>{filterSentence(hidden, shown, total)}.</p>
      <button type="button" className="solid-button" onClick={() => edit(showAllClasses())}>
        Show all
      </button>
    </div>
  );
}
