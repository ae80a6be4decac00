import type { ReactElement } from 'react';

import { useParts, useRenderer } from './window-parts.ts';

/** What an earlier window left unsaved, until somebody decides. */
export function DraftOffer(): ReactElement | null {
  const { actions } = useParts();
  const drafts = useRenderer(({ writing }) => writing.drafts);
  if (drafts.length === 0) return null;
  return (
    <section className="draft-offer" aria-label="Unsaved texts">
      <h2>Not saved when the window last closed</h2>
      <ul>
        {drafts.map(({ key, fileName }) => (
          <li key={key}>
            <span className="mono">{fileName}</span>
            <button
              type="button"
              className="outlined-button"
              onClick={() => actions.writing.takeUpDraft(key)}
            >
              Take it up
            </button>
            <button
              type="button"
              className="plain-button"
              onClick={() => actions.writing.throwDraftAway(key)}
            >
              Throw it away
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
