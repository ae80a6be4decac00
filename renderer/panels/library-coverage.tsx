import { group } from 'd3';
import { useLayoutEffect, useRef, type FocusEvent, type ReactElement } from 'react';

import { findClause, type Clause, type ClauseId } from '../../sim-core/reading.ts';
import { isExercised } from '../judgement/clause-grid.ts';
import { showEvidence } from '../store/edits.ts';
import type { ClauseCoverage } from '../store/library-store.ts';
import { keyHint } from '../words/keys.ts';
import { counted } from '../words/parties.ts';
import { familyOf } from './clause-families.ts';
import { Glyph, type GlyphShape } from './glyphs.tsx';
import { moveAmongItems } from './scenario-panel.tsx';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

/** A clause, and how the scenarios that meet it judge it. */
interface Row {
  readonly id: ClauseId;
  readonly clause: Clause | null;
  readonly coverage: ClauseCoverage;
}

/** What of the clauses the scenarios of the library exercise: those nobody does come first. */
export function LibraryCoverage(): ReactElement {
  const rows = useRows();
  const { library, actions } = useParts();
  const unmet = rows.filter(
    ({ clause, coverage }) => clause?.strength === 'MUST' && !isExercised(coverage),
  );
  const groups = group(
    rows.filter((row) => !unmet.includes(row)),
    ({ id, clause }) => familyOf(id, clause),
  );
  return (
    <div className="scrolls clause-list" onKeyDown={moveAmongItems} {...useKeptFocus()}>
      <p className="empty">
        {counted(library.size, 'scenario has', 'scenarios have')} run as written.{' '}
        <button
          type="button"
          className="link"
          title={`Every clause against every scenario (${keyHint('matrix')})`}
          onClick={() => actions.do('matrix')}
        >
          Matrix
        </button>
      </p>
      <section aria-label="Exercised by no scenario">
        <h3 className="clause-group">
          {counted(unmet.length, 'SHALL no scenario exercises', 'SHALLs no scenario exercises')}
        </h3>
        <Rows rows={unmet} />
      </section>
      {[...groups].map(([title, own]) => (
        <section key={title} aria-label={title}>
          <h3 className="clause-group">{title}</h3>
          <Rows rows={own} />
        </section>
      ))}
    </div>
  );
}

/**
 * While scenarios come in a clause goes from one group to another: it keeps the focus, unless
 * somebody goes elsewhere.
 */
function useKeptFocus(): Pick<React.ComponentProps<'div'>, 'ref' | 'onFocus' | 'onBlur'> {
  const list = useRef<HTMLDivElement>(null);
  const focused = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (focused.current === null || document.activeElement !== document.body) return;
    const again = `[data-clause="${CSS.escape(focused.current)}"]`;
    list.current?.querySelector<HTMLElement>(again)?.focus({ preventScroll: true });
  });
  return {
    ref: list,
    onFocus: ({ target }: FocusEvent<HTMLDivElement>) => {
      focused.current = target.getAttribute('data-clause');
    },
    onBlur: ({ target }: FocusEvent<HTMLDivElement>) => {
      // What was taken out of the page has been left by nobody.
      if (target.isConnected) focused.current = null;
    },
  };
}

/** Every clause that any scenario's run judges, in the order of the catalogue. */
export function useRows(): readonly Row[] {
  const { library } = useParts();
  useRenderer((state) => state.libraryVersion);
  return [...library.coverage()].map(([id, coverage]) => ({
    id,
    clause: findClause(id),
    coverage,
  }));
}

function Rows({ rows }: { readonly rows: readonly Row[] }): ReactElement {
  const edit = useEdit();
  return (
    <ul>
      {rows.map(({ id, clause, coverage }) => {
        const { satisfied, violated } = coverage;
        return (
          <li key={id}>
            <button
              type="button"
              className={`clause of-library ${classOf(coverage)}`}
              data-clause={id}
              title={`${clause?.says ?? ''} (${saysOf(coverage)})`}
              onClick={() => edit(showEvidence(id))}
            >
              <Glyph shape={shapeOf(coverage)} says={saysOf(coverage)} />
              <span className="clause-id">{id}</span>
              <span className="clause-title">{clause?.title ?? ''}</span>
              <span className="clause-count">
                {satisfied.length + violated.length === 0 ? '' : satisfied.length}
                {violated.length === 0 ? '' : ` − ${violated.length}`}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Grey where it holds somewhere; it is news where it never does. */
function shapeOf(coverage: ClauseCoverage): GlyphShape {
  if (coverage.satisfied.length > 0) return 'pass';
  if (coverage.violated.length > 0) return 'fail';
  return coverage.inconclusive.length > 0 ? 'half' : 'open';
}

function classOf(coverage: ClauseCoverage): string {
  return { open: 'open', pass: 'holds', fail: 'fails', half: 'half', warn: 'half' }[
    shapeOf(coverage)
  ];
}

function saysOf({ satisfied, violated }: ClauseCoverage): string {
  if (satisfied.length + violated.length === 0) return 'exercised by no scenario';
  return `holds in ${satisfied.length}, fails in ${violated.length}`;
}
