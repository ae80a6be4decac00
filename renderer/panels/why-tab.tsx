import type { ReactElement } from 'react';

import { explainRun, type Explaining, type Why, type WhyStep } from '../../sim-core/reading.ts';
import type { TraceView } from '../store/trace-store.ts';
import { showEvidence } from '../store/edits.ts';
import { millisText } from '../words/times.ts';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

/** Answers why, for the run that is shown. */
export const explainingOf: TraceView<Explaining | null> = ({ header, records, end }) =>
  header === null || end === null
    ? null
    : explainRun({ header, records, hears: end.hears, verdicts: end.verdicts });

/** How the selected record came about, back to what a person did. */
export function WhyTab(): ReactElement {
  const selected = useRenderer((state) => state.selected);
  const explaining = useTrace(explainingOf);
  const why = selected === null ? null : (explaining?.ofRecord(selected) ?? null);
  if (why === null) return <p className="empty">Nothing is known of it.</p>;
  return (
    <>
      <p className="prose quiet">
        Without any of these it would not be so, or not at that instant.
      </p>
      <WhySteps why={why} />
    </>
  );
}

/** The steps of an explanation; each leads to its record. */
export function WhySteps({ why }: { readonly why: Why }): ReactElement {
  if (why.steps.length === 0) return <p className="empty">Nothing had happened before it.</p>;
  return (
    <ol className="why">
      {why.steps.map((step) => (
        <Step key={`${step.record} ${step.kind}`} step={step} />
      ))}
    </ol>
  );
}

function Step({ step }: { readonly step: WhyStep }): ReactElement {
  const { actions } = useParts();
  const edit = useEdit();
  const { kind, record, at, says, clause } = step;
  return (
    <li className={kind}>
      <button type="button" className="link" onClick={() => actions.selectShown(record)}>
        {millisText(at)}
      </button>
      <p>
        {says}
        {clause === null ? null : (
          <>
            {' '}
            <button
              type="button"
              className="link clause-link"
              onClick={() => edit(showEvidence(clause))}
            >
              {clause}
            </button>
          </>
        )}
      </p>
    </li>
  );
}
