import { group } from 'd3';
import { memo, type ReactElement } from 'react';

import type { Clause, ClauseVerdict } from '../../sim-core/reading.ts';
import { isExercised } from '../judgement/clause-grid.ts';
import {
  countVerdicts,
  turnsOfJudgement,
  verdictAt,
  type VerdictNow,
} from '../judgement/findings.ts';
import { clausesShownBy } from '../ladder/evidence.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { coverOf, showEvidence } from '../store/edits.ts';
import type { TraceView } from '../store/trace-store.ts';
import { familyOf } from './clause-families.ts';
import { VerdictGlyph, verdictWords } from './glyphs.tsx';
import { LibraryCoverage, useRows } from './library-coverage.tsx';
import { moveAmongItems } from './scenario-panel.tsx';
import { Segments } from './segments.tsx';
import { useEdit, useParts, useReached, useRenderer, useTrace } from './window-parts.ts';

/** A clause with its verdict. */
interface Row {
  readonly verdict: ClauseVerdict;
  readonly clause: Clause | null;
}

interface RowGroup {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** The clauses of the run by document, in the order of the verdicts. */
const rowGroupsOf: TraceView<readonly RowGroup[]> = ({ clauses, end }) => {
  const byId = new Map(clauses.map((clause) => [clause.id, clause]));
  const groups = group(
    (end?.verdicts ?? []).map((verdict) => ({
      verdict,
      clause: byId.get(verdict.clause) ?? null,
    })),
    ({ clause, verdict }) => familyOf(verdict.clause, clause),
  );
  return [...groups].map(([title, rows]) => ({ title, rows }));
};

export function ClausePanel(): ReactElement {
  const coverage = useRenderer((state) => state.coverage);
  return (
    <section
      className="clause-panel inset-focus"
      data-region="requirements"
      aria-label="Requirements"
    >
      {coverage === 'run' ? <OfRun /> : <OfLibrary />}
    </section>
  );
}

function Heading({ sum }: { readonly sum: string }): ReactElement {
  const edit = useEdit();
  const coverage = useRenderer((state) => state.coverage);
  return (
    <>
      <div className="panel-heading">
        <h2>Requirements</h2>
        <Segments
          label="Requirements of"
          small
          of={[
            { value: 'run', says: 'this run' },
            { value: 'library', says: 'library' },
          ]}
          chosen={coverage}
          choose={(of) => edit(coverOf(of))}
        />
      </div>
      <p className="coverage-sum">{sum}</p>
    </>
  );
}

function OfRun(): ReactElement {
  const { traces } = useParts();
  const groups = useTrace(rowGroupsOf);
  const playhead = useReached(turnsOfJudgement);
  const counts = countVerdicts(traces.trace, playhead);
  const all = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <>
      <Heading sum={`${counts.satisfied} of ${all} hold by now`} />
      {all === 0 ? (
        <p className="empty">No clause has been judged.</p>
      ) : (
        <>
          <Coverage groups={groups} />
          <ClauseList groups={groups} />
        </>
      )}
    </>
  );
}

function OfLibrary(): ReactElement {
  const rows = useRows();
  const exercised = rows.filter(({ coverage }) => isExercised(coverage));
  return (
    <>
      <Heading sum={`${exercised.length} of ${rows.length} are exercised`} />
      <LibraryCoverage />
    </>
  );
}

/** One cell a clause: the shape of the coverage at a glance. */
function Coverage({ groups }: { readonly groups: readonly RowGroup[] }): ReactElement {
  const { traces } = useParts();
  const playhead = useReached(turnsOfJudgement);
  return (
    <div className="coverage" aria-hidden="true">
      {groups.map(({ title, rows }) => (
        <span key={title} className="coverage-group">
          {rows.map(({ verdict }) => (
            <span
              key={verdict.clause}
              className={`cell ${cellClass[verdictAt(verdict, traces.trace, playhead)]}`}
            />
          ))}
        </span>
      ))}
    </div>
  );
}

const cellClass: Readonly<Record<VerdictNow, string>> = {
  satisfied: 'holds',
  violated: 'fails',
  inconclusive: 'half',
  'not exercised': 'open',
  'to come': 'open',
};

function ClauseList({ groups }: { readonly groups: readonly RowGroup[] }): ReactElement {
  const { traces } = useParts();
  const playhead = useReached(turnsOfJudgement);
  const open = useRenderer((state) => state.clause);
  const selected = useRenderer((state) => state.selected);
  const lit = clausesShownBy(traces.trace, useTrace(arrowsOf), selected);
  return (
    <div className="scrolls clause-list" onKeyDown={moveAmongItems}>
      {groups.map(({ title, rows }) => (
        <section key={title} aria-label={title}>
          <h3 className="clause-group">{title}</h3>
          <ul>
            {rows.map((row) => (
              <ClauseRow
                key={row.verdict.clause}
                row={row}
                now={verdictAt(row.verdict, traces.trace, playhead)}
                lit={lit.has(row.verdict.clause)}
                open={row.verdict.clause === open}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface ClauseRowProps {
  readonly row: Row;
  readonly now: VerdictNow;
  readonly lit: boolean;
  readonly open: boolean;
}

const ClauseRow = memo(function ClauseRow({ row, now, lit, open }: ClauseRowProps): ReactElement {
  const edit = useEdit();
  const classes = ['clause', cellClass[now], ...(lit ? ['lit'] : [])].join(' ');
  return (
    <li>
      <button
        type="button"
        className={classes}
        aria-pressed={open}
        data-clause={row.verdict.clause}
        title={`${verdictWords[now]}: ${row.clause?.says ?? row.verdict.says}`}
        onClick={() => edit(showEvidence(row.verdict.clause))}
      >
        <VerdictGlyph verdict={now} />
        <span className="clause-id">{row.verdict.clause}</span>
        <span className="clause-title">{row.clause?.title ?? ''}</span>
        {lit ? <span className="only-heard">, shown by the selected message</span> : null}
      </button>
    </li>
  );
});
