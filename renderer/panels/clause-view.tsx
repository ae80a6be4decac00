import type { ReactElement } from 'react';

import type { ClauseId, RecordNumber } from '../../sim-core/reading.ts';
import { verdictAt } from '../judgement/findings.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { movePlayhead, showEvidence } from '../store/edits.ts';
import { eventSentence } from '../words/event-sentence.ts';
import { millisText } from '../words/times.ts';
import { VerdictGlyph, verdictWords } from './glyphs.tsx';
import { IconButton } from './icons.tsx';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

/** One clause, what it demands, how it fared and the records that show it. */
export function ClauseView({ clause }: { readonly clause: ClauseId }): ReactElement {
  const { traces } = useParts();
  const edit = useEdit();
  const playhead = useRenderer((state) => state.playhead);
  const { trace } = traces;
  const known = trace.clauses.find(({ id }) => id === clause);
  const verdict = trace.end?.verdicts.find((one) => one.clause === clause);
  if (verdict === undefined) {
    return <p className="empty">{clause} is not judged in this run.</p>;
  }
  const now = verdictAt(verdict, trace, playhead);
  return (
    <>
      <div className="inspector-head">
        <h2 className="inspector-title">
          <VerdictGlyph verdict={now} />
          <span className="inspector-name">
            {clause} {verdictWords[now]}
          </span>
          <span className="neighbours">
            <IconButton
              icon="close"
              says="Leave evidence view"
              keys="Esc"
              className="small"
              onPress={() => edit(showEvidence(null))}
            />
          </span>
        </h2>
        <p className="direction">
          {known === undefined ? '' : `${known.document}, ${known.section}, ${known.strength}`}
        </p>
        <blockquote className="clause-gloss">{known?.says ?? ''}</blockquote>
      </div>
      <div className="inspector-body scrolls" tabIndex={0} role="group" aria-label="Evidence">
        <h3 className="section-heading">Rule</h3>
        <p className="prose">{known?.check ?? ''}</p>
        <h3 className="section-heading">Seen</h3>
        <p className="prose">{verdict.says}</p>
        <h3 className="section-heading">
          Evidence
          <span>
            {verdict.evidence.length} of {trace.records.length} records
          </span>
        </h3>
        <Evidence records={verdict.evidence} />
      </div>
    </>
  );
}

function Evidence({ records }: { readonly records: readonly RecordNumber[] }): ReactElement {
  const { traces } = useParts();
  const edit = useEdit();
  const arrows = useTrace(arrowsOf);
  const { header, records: all } = traces.trace;
  if (records.length === 0) return <p className="prose quiet">No record shows it.</p>;
  return (
    <table className="evidence">
      <caption className="only-heard">Records that show it, with the instant of each in ms</caption>
      <tbody>
        {records.map((number) => {
          const record = all[number - 1];
          if (record === undefined || header === null) return null;
          const step = arrows.messageOf.get(arrows.arrowOf.get(number) ?? '')?.step ?? null;
          const sentence = eventSentence(record, arrows, header)
            .replace(/^Step \d+\. /, '')
            .replace(/, [^,]+ milliseconds\.$/, '');
          return (
            <tr key={number}>
              <td>
                <button
                  type="button"
                  className="link"
                  title="Move the playhead here"
                  onClick={() => edit(movePlayhead(record.at))}
                >
                  {millisText(record.at)}
                </button>
              </td>
              <td>
                {step === null ? null : <span className="badge small">{step}</span>} {sentence}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
