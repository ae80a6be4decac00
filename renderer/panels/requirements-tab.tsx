import type { ReactElement } from 'react';

import type { RecordNumber } from '../../sim-core/reading.ts';
import { clausesShownBy } from '../ladder/evidence.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { showEvidence } from '../store/edits.ts';
import { VerdictGlyph } from './glyphs.tsx';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

/** The clauses that have the selected message as evidence. */
export function RequirementsTab(): ReactElement {
  const { traces } = useParts();
  const edit = useEdit();
  const selected = useRenderer((state) => state.selected);
  const { trace } = traces;
  const shown = clausesShownBy(trace, useTrace(arrowsOf), selected);
  const arrows = useTrace(arrowsOf);
  const arrow = selected === null ? undefined : arrows.arrowOf.get(selected);
  /** Which of the records the selected message is: the first of its own. */
  const placeIn = (evidence: readonly RecordNumber[]): number =>
    1 + evidence.findIndex((one) => one === selected || arrows.arrowOf.get(one) === arrow);
  const verdicts = (trace.end?.verdicts ?? []).filter(({ clause }) => shown.has(clause));
  if (verdicts.length === 0) {
    return <p className="empty">No clause has this message as evidence.</p>;
  }
  return (
    <ul className="requirements">
      {verdicts.map(({ clause, verdict, evidence, says }) => {
        const known = trace.clauses.find(({ id }) => id === clause);
        return (
          <li key={clause}>
            <button
              type="button"
              className="requirement-name"
              onClick={() => edit(showEvidence(clause))}
            >
              <VerdictGlyph verdict={verdict} />
              <b>{clause}</b>
              <span className="quiet">{known === undefined ? '' : known.title}</span>
            </button>
            {known === undefined ? null : <p className="gloss">{known.says}</p>}
            <p className="seen">
              {says}{' '}
              <span className="quiet">
                {evidence.length === 1
                  ? 'One record shows it.'
                  : `${placeIn(evidence)} of ${evidence.length} records that show it.`}
              </span>
            </p>
          </li>
        );
      })}
    </ul>
  );
}
