import { memo, useMemo, useState, type KeyboardEvent, type ReactElement } from 'react';

import type { ClauseId } from '../../../sim-core/reading.ts';
import {
  chosenRows,
  clauseGrid,
  verdictOfSign,
  verdictSigns,
  type GridChoice,
  type GridRow,
} from '../../judgement/clause-grid.ts';
import { showCentre, showEvidence } from '../../store/edits.ts';
import type { ScenarioEntry } from '../../store/renderer-state.ts';
import { keyHint } from '../../words/keys.ts';
import { verdictWords } from '../glyphs.tsx';
import { IconButton } from '../icons.tsx';
import { Segments } from '../segments.tsx';
import { useEdit, useParts, useRenderer } from '../window-parts.ts';

/** Every clause against every scenario: a sign for what each run says of it. */
export function ClauseGridView(): ReactElement {
  const { library } = useParts();
  const version = useRenderer((state) => state.libraryVersion);
  const scenarios = useRenderer((state) => state.scenarios);
  const [choice, setChoice] = useState<GridChoice>('all');
  const [sought, setSought] = useState('');
  const keys = scenarios.map(({ key }) => key).join('\n');
  const all = useMemo(
    // The library is another one with every version.
    () => (version < 0 ? [] : clauseGrid(library.coverage(), keys.split('\n'))),
    [library, keys, version],
  );
  const rows = useMemo(() => chosenRows(all, choice, sought), [all, choice, sought]);
  return (
    <section className="clause-grid" data-region="matrix" aria-label="Clauses and scenarios">
      <div className="ladder-tools clause-grid-tools">
        <b>Clauses and scenarios</b>
        <input
          type="search"
          value={sought}
          placeholder="Find a clause"
          aria-label="Find a clause"
          onChange={(event) => setSought(event.target.value)}
        />
        <Segments
          label="Which clauses"
          small
          of={choices.map((one) => ({ value: one, says: one }))}
          chosen={choice}
          choose={setChoice}
        />
        <span className="quiet">
          {rows.length} of {all.length}
        </span>
        <span className="spring" />
        <Signs />
        <BackToLadder />
      </div>
      <Grid rows={rows} scenarios={scenarios} />
    </section>
  );
}

const choices: readonly GridChoice[] = ['all', 'exercised by none', 'broken somewhere'];

function Signs(): ReactElement {
  return (
    <span className="quiet clause-grid-signs">
      {(['satisfied', 'violated', 'inconclusive'] as const).map((verdict) => (
        <span key={verdict}>
          <b>{verdictSigns[verdict]}</b> {verdictWords[verdict]}
        </span>
      ))}
    </span>
  );
}

function BackToLadder(): ReactElement {
  const edit = useEdit();
  return (
    <IconButton
      icon="close"
      says="Back to the ladder"
      keys={keyHint('matrix')}
      className="small"
      onPress={() => edit(showCentre('ladder'))}
    />
  );
}

/** A place in the grid; the column before the first is the clause itself. */
interface Place {
  readonly row: number;
  readonly column: number;
}

const ofClause = -1;

function Grid({
  rows,
  scenarios,
}: {
  readonly rows: readonly GridRow[];
  readonly scenarios: readonly ScenarioEntry[];
}): ReactElement {
  const show = useShowing();
  const [asked, setAsked] = useState<Place>({ row: 0, column: ofClause });
  const at = within(asked, rows.length, scenarios.length);
  const row = rows[at.row];
  const scenario = scenarios[at.column];

  function act(place: Place): void {
    const clause = rows[place.row];
    if (clause !== undefined) show(clause.id, scenarios[place.column]?.key ?? null);
  }
  function move(event: KeyboardEvent): void {
    const to = moved(at, event.key, rows.length, scenarios.length);
    if (event.key === 'Enter') act(at);
    else if (to === null) return;
    else setAsked(to);
    event.preventDefault();
    event.stopPropagation();
  }

  const sentence = row === undefined ? 'No clause is called so.' : saysOf(row, at, scenario);
  return (
    <>
      <p className="clause-grid-says">
        {sentence}
        {row === undefined || scenario === undefined ? null : (
          <button type="button" className="link" onClick={() => act(at)}>
            Show it there
          </button>
        )}
      </p>
      <div
        className="clause-grid-table scrolls inset-focus"
        role="grid"
        tabIndex={0}
        aria-label="Clauses and scenarios"
        aria-rowcount={rows.length}
        aria-colcount={scenarios.length + 1}
        aria-activedescendant={row === undefined ? undefined : cellId(row.id, at.column)}
        onKeyDown={move}
      >
        <Folders scenarios={scenarios} />
        {rows.map((one, place) => (
          <Row
            key={one.id}
            row={one}
            place={place}
            column={place === at.row ? at.column : null}
            says={place === at.row ? sentence : ''}
            point={setAsked}
            act={act}
          />
        ))}
      </div>
    </>
  );
}

/** The page's name of a cell: another one is another element, which a screen reader then tells. */
function cellId(clause: ClauseId, column: number): string {
  return `cell-${clause}-${column + 1}`;
}

/** Opens the scenario, if it is not open, and lights what shows the clause in it. */
function useShowing(): (clause: ClauseId, scenario: string | null) => void {
  const { store, actions } = useParts();
  const edit = useEdit();
  return (clause, scenario) => {
    if (scenario !== null && scenario !== store.state.open) actions.openScenario(scenario);
    if (store.state.clause !== clause) edit(showEvidence(clause));
    if (scenario !== null) edit(showCentre('ladder'));
  };
}

function within({ row, column }: Place, rows: number, columns: number): Place {
  return {
    row: Math.max(0, Math.min(row, rows - 1)),
    column: Math.max(ofClause, Math.min(column, columns - 1)),
  };
}

/** Rows that a page key passes. */
const page = 20;

function moved({ row, column }: Place, key: string, rows: number, columns: number): Place | null {
  const to: Readonly<Record<string, Place>> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - page, column },
    PageDown: { row: row + page, column },
    Home: { row, column: ofClause },
    End: { row, column: columns - 1 },
  };
  const place = to[key];
  return place === undefined ? null : within(place, rows, columns);
}

function saysOf(row: GridRow, { column }: Place, scenario: ScenarioEntry | undefined): string {
  const name = `${row.id} ${row.title}`;
  if (scenario !== undefined) {
    return `${name}, in “${scenario.title}”: ${verdictWords[verdictOfSign(row.signs[column])]}. `;
  }
  const count = (sign: string): number => row.signs.split(sign).length - 1;
  const [kept, broken] = [count(verdictSigns.satisfied), count(verdictSigns.violated)];
  return `${name}: holds in ${kept}, fails in ${broken} of ${row.signs.length} scenarios. `;
}

/** Over the columns the folders their scenarios are in. */
function Folders({ scenarios }: { readonly scenarios: readonly ScenarioEntry[] }): ReactElement {
  const spans: { folder: string; count: number; first: number }[] = [];
  for (const [first, { folder }] of scenarios.entries()) {
    const last = spans.at(-1);
    if (last?.folder === folder) last.count += 1;
    else spans.push({ folder, count: 1, first });
  }
  return (
    <div className="clause-grid-folders" aria-hidden="true">
      <span className="clause-grid-name" />
      {spans.map(({ folder, count, first }) => (
        <span key={first} title={folder} style={{ width: `${count}ch` }}>
          {folder}
        </span>
      ))}
    </div>
  );
}

interface RowProps {
  readonly row: GridRow;
  readonly place: number;
  /** The column that is pointed at; null: none of this row. */
  readonly column: number | null;
  readonly says: string;
  readonly point: (place: Place) => void;
  readonly act: (place: Place) => void;
}

const Row = memo(RowDrawn, (one, other) => {
  // What a row does follows from the row and its place.
  const { row, place, column, says } = one;
  return (
    row === other.row && place === other.place && column === other.column && says === other.says
  );
});

function RowDrawn({ row, place, column, says, point, act }: RowProps): ReactElement {
  const isOpen = useRenderer((state) => state.clause === row.id);
  const pointed = (offset: number, width: number): Place => ({
    row: place,
    column: Math.floor((offset / width) * row.signs.length),
  });
  const onName = column === ofClause;
  return (
    <div role="row" aria-rowindex={place + 1} className={isOpen ? 'open' : ''}>
      <span
        role="rowheader"
        id={onName ? cellId(row.id, column) : undefined}
        aria-colindex={1}
        className={onName ? 'clause-grid-name at' : 'clause-grid-name'}
        data-clause={row.id}
        onClick={() => {
          point({ row: place, column: ofClause });
          act({ row: place, column: ofClause });
        }}
        ref={onName ? intoView : undefined}
      >
        <span className="clause-id">{row.id}</span> {row.title}
      </span>
      <span
        className="clause-grid-row"
        onClick={({ nativeEvent, currentTarget }) => {
          const { left, width } = currentTarget.getBoundingClientRect();
          point(pointed(nativeEvent.clientX - left, width));
        }}
        onDoubleClick={({ nativeEvent, currentTarget }) => {
          const { left, width } = currentTarget.getBoundingClientRect();
          act(pointed(nativeEvent.clientX - left, width));
        }}
      >
        <span aria-hidden="true">
          {row.signs.split(/(×+)/).map((part, index) =>
            part.startsWith(verdictSigns.violated) ? (
              // The parts of a row never change places.
              <b key={index}>{part}</b>
            ) : (
              part
            ),
          )}
        </span>
        {column === null || onName ? null : (
          <span
            key={column}
            role="gridcell"
            id={cellId(row.id, column)}
            aria-colindex={column + 2}
            aria-selected="true"
            aria-label={says}
            className="clause-grid-at"
            style={{ left: `${column}ch` }}
            ref={intoView}
          />
        )}
      </span>
    </div>
  );
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
