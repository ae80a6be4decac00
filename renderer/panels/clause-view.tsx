import { useState, type ReactElement } from 'react';

import {
  findClause,
  type ClauseId,
  type ClauseVerdict,
  type RecordNumber,
} from '../../sim-core/reading.ts';
import { turnsOfJudgement, verdictAt } from '../judgement/findings.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { movePlayhead, showEvidence } from '../store/edits.ts';
import { eventSentence } from '../words/event-sentence.ts';
import { millisText } from '../words/times.ts';
import { ClauseDeeds } from './clause-deeds.tsx';
import { Told } from './glossary.tsx';
import { Glyph, VerdictGlyph, verdictWords } from './glyphs.tsx';
import { IconButton } from './icons.tsx';
import { ObservedInterval } from './observed-interval.tsx';
import { explainingOf, WhySteps } from './why-tab.tsx';
import { useEdit, useParts, useReached, useRenderer, useTrace } from './window-parts.ts';

/** One clause, what it demands, how it fared and the records that show it. */
export function ClauseView({ clause }: { readonly clause: ClauseId }): ReactElement {
  const { traces } = useParts();
  const edit = useEdit();
  const playhead = useReached(turnsOfJudgement);
  const { trace } = traces;
  const known = trace.clauses.find(({ id }) => id === clause);
  const verdict = trace.end?.verdicts.find((one) => one.clause === clause);
  if (verdict === undefined) return <NotJudged clause={clause} />;
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
        <blockquote className="clause-gloss">
          <Told text={known?.says ?? ''} />
        </blockquote>
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
        <Observed verdict={verdict} />
        <Evidence records={verdict.evidence} />
        <WhyClause clause={clause} />
        <Elsewhere clause={clause} title="Elsewhere" />
      </div>
      <ClauseDeeds clause={known ?? null} verdict={verdict} />
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
      <caption className="only-heard">
        Records that show it, with the instant of each in ms, and its number
      </caption>
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
              <td className="quiet">#{number}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** From the first to the last instant that shows it. */
function Observed({ verdict }: { readonly verdict: ClauseVerdict }): ReactElement | null {
  const { records } = useTrace((trace) => trace);
  const instants = verdict.evidence.flatMap((number) => records[number - 1]?.at ?? []);
  const fails = verdict.verdict === 'violated' && verdict.level === 'error';
  return <ObservedInterval instants={instants} fails={fails} />;
}

/** What led to its evidence, for whoever asks. */
function WhyClause({ clause }: { readonly clause: ClauseId }): ReactElement | null {
  const explaining = useTrace(explainingOf);
  const [open, setOpen] = useState(false);
  // An explanation is made when it is asked for.
  const why = open ? (explaining?.ofClause(clause) ?? null) : null;
  return (
    <details className="why-clause" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="section-heading">Why: what led there</summary>
      {why === null ? null : <WhySteps why={why} />}
    </details>
  );
}

/** Scenarios that a clause view names at most. */
const namedMost = 6;

/** In how many scenarios of the library it holds, and where it does not. */
function Elsewhere({
  clause,
  title,
}: {
  readonly clause: ClauseId;
  readonly title: string;
}): ReactElement | null {
  const { library, actions } = useParts();
  useRenderer((state) => state.libraryVersion);
  const scenarios = useRenderer((state) => state.scenarios);
  const coverage = library.coverage().get(clause);
  if (coverage === undefined) return null;
  const { satisfied, violated } = coverage;
  const met = satisfied.length + violated.length;
  const named = [...violated, ...satisfied].slice(0, namedMost);
  return (
    <>
      <h3 className="section-heading">{title}</h3>
      <p className="prose">
        {met === 0
          ? 'No scenario of the library exercises it.'
          : `Holds in ${satisfied.length} of ${met} runs that exercise it.`}
      </p>
      <ul className="elsewhere">
        {named.map((key) => (
          <li key={key}>
            <Glyph shape={violated.includes(key) ? 'fail' : 'pass'} />
            <button type="button" className="link" onClick={() => actions.openScenario(key)}>
              {scenarios.find((entry) => entry.key === key)?.title ?? key}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function NotJudged({ clause }: { readonly clause: ClauseId }): ReactElement {
  const known = findClause(clause);
  return (
    <div className="inspector-body scrolls" tabIndex={0} role="group" aria-label={clause}>
      <div className="inspector-head">
        <h2 className="inspector-title">
          <span className="inspector-name">{clause}</span>
        </h2>
        <p className="inspector-says">{known?.says ?? ''}</p>
        <p className="direction">It is not judged in this run.</p>
      </div>
      <Elsewhere clause={clause} title="Elsewhere" />
    </div>
  );
}
