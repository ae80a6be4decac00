import type { ReactElement } from 'react';

import type { Clause, ClauseVerdict } from '../../sim-core/reading.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { commandOf } from '../store/command-line.ts';
import { announce, askFork, notify } from '../store/edits.ts';
import { showExport } from '../store/writing-edits.ts';
import { eventSentence } from '../words/event-sentence.ts';
import { reviewComment } from '../words/review-comment.ts';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

/** What one can do about a clause: say it to others, or see what would change it. */
export function ClauseDeeds({
  clause,
  verdict,
}: {
  readonly clause: Clause | null;
  readonly verdict: ClauseVerdict;
}): ReactElement | null {
  const { traces } = useParts();
  const edit = useEdit();
  const command = useRenderer(commandOf);
  const arrows = useTrace(arrowsOf);
  const { header, records, end } = traces.trace;
  if (header === null || end === null) return null;
  const message = verdict.evidence.findLast((record) => arrows.arrowOf.has(record));
  const fork =
    message === undefined ? undefined : arrows.messageOf.get(arrows.arrowOf.get(message) ?? '');
  async function copy(): Promise<void> {
    if (header === null || end === null) return;
    const comment = reviewComment({
      title: header.title,
      seed: header.seed,
      fingerprint: end.fingerprint,
      command,
      clause,
      verdict,
      evidence: verdict.evidence.flatMap((number) => {
        const record = records[number - 1];
        return record === undefined ? [] : [eventSentence(record, arrows, header)];
      }),
    });
    try {
      await window.navigator.clipboard.writeText(comment);
      edit(announce('The review comment is copied.'));
    } catch {
      edit(notify('The browser does not let the review comment be copied.'));
    }
  }
  return (
    <footer className="inspector-foot">
      <button type="button" className="solid-button" onClick={() => void copy()}>
        Copy review comment
      </button>
      {message === undefined ? null : (
        <button type="button" className="outlined-button" onClick={() => edit(showExport(true))}>
          Export figure
        </button>
      )}
      {fork === undefined ? null : (
        <button
          type="button"
          className="outlined-button"
          onClick={() => edit(askFork(fork.record))}
        >
          Fork here
        </button>
      )}
    </footer>
  );
}
