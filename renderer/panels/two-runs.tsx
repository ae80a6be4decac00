import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';

import type { AlignedMessage, MessageView } from '../../sim-core/reading.ts';
import { laneOf, markOf, twoRunsOf, type TwoRuns } from '../judgement/two-runs.ts';
import { whatIfOf } from '../store/edits.ts';
import type { Trace } from '../store/trace-store.ts';
import { branchOf, parentOf } from '../store/what-if.ts';
import { hue } from '../words/hues.ts';
import { shortTitle } from '../words/parties.ts';
import { millisText } from '../words/times.ts';
import { enterInspector } from './regions.ts';
import { useParts, useRenderer } from './window-parts.ts';

/** Two runs side by side, message by message, scrolled as one. */
export function TwoRunsView(): ReactElement {
  const { traces, ghosts } = useParts();
  useRenderer((state) => state.traceVersion + state.ghostVersion);
  const [a, b] = [ghosts.trace, traces.trace];
  const runs = useMemo(() => twoRunsOf(a, b), [a, b]);
  const [differencesAlone, setAlone] = useState(false);
  if (runs === null) return <OneRun />;
  const shown = differencesAlone ? runs.rows.filter(({ change }) => change !== null) : runs.rows;
  return (
    <div className="two-runs" data-region="ladder">
      <div className="two-runs-head">
        <Names />
        <p className="two-runs-says" aria-live="polite">
          {runs.says}
        </p>
        <label className="quiet">
          <input
            type="checkbox"
            checked={differencesAlone}
            onChange={(event) => setAlone(event.target.checked)}
          />{' '}
          only what differs
        </label>
      </div>
      <Rows runs={runs} rows={shown} a={a} b={b} />
    </div>
  );
}

/** There is nothing yet to compare with. */
function OneRun(): ReactElement {
  const coming = useRenderer(
    (state) => state.beside !== null || parentOf(whatIfOf(state)) !== null,
  );
  return (
    <div className="two-runs" data-region="ladder">
      <p className="empty">
        {coming
          ? 'The other run is coming in.'
          : 'There is one run. Fork it (select a message, then X), turn something in What if, or ' +
            'drop another scenario or run bundle here: both runs then stand side by side.'}
      </p>
    </div>
  );
}

/** What the left side is, and what the right one. */
function Names(): ReactElement {
  const whatIf = useRenderer(whatIfOf);
  const beside = useRenderer((state) => state.beside);
  return (
    <p className="two-runs-names">
      <b>A</b> {beside?.name ?? parentOf(whatIf)?.says ?? 'another run'}
      <b>B</b> {branchOf(whatIf).says}
    </p>
  );
}

interface Sides {
  readonly runs: TwoRuns;
  readonly a: Trace;
  readonly b: Trace;
}

function Rows({
  runs,
  rows,
  a,
  b,
}: Sides & { readonly rows: readonly AlignedMessage[] }): ReactElement {
  const { actions } = useParts();
  const [at, setAt] = useState(0);
  const place = Math.max(0, Math.min(at, rows.length - 1));
  const body = useRef<HTMLTableSectionElement>(null);

  useEffect(() => {
    const row = body.current?.querySelector<HTMLElement>('tr[tabindex="0"]');
    row?.scrollIntoView({ block: 'nearest' });
    if (body.current?.contains(document.activeElement) === true) row?.focus();
  }, [place]);

  function choose(next: number): void {
    const row = rows[next];
    if (row === undefined) return;
    setAt(next);
    // What only A has is no record of the shown run.
    if (row.b !== null) actions.select(row.b.record);
  }

  function move(event: KeyboardEvent<HTMLTableSectionElement>): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = nextPlace(event.key, rows, place);
    if (event.key === 'Enter') enterInspector(document);
    else if (next === null) return;
    else choose(next);
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="two-runs-rows scrolls inset-focus">
      <table role="grid" aria-label="Both runs, message by message" aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <Heads side="A" lanes={runs.lanes} trace={a} />
            <th scope="col">Difference</th>
            <Heads side="B" lanes={runs.lanes} trace={b} />
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={move}>
          {rows.map((row, index) => (
            <tr
              key={row.meaning}
              aria-rowindex={index + 2}
              aria-selected={index === place}
              tabIndex={index === place ? 0 : -1}
              className={row.change === null ? '' : `differs ${row.change}`}
              title={row.says === '' ? undefined : `${row.meaning}: ${row.says}`}
              onClick={() => choose(index)}
            >
              <Side view={row.a} trace={a} lanes={runs.lanes} />
              <td className="two-runs-mark">
                {markOf(row)}
                {row.says === '' ? null : <span className="only-heard">: {row.says}</span>}
              </td>
              <Side view={row.b} trace={b} lanes={runs.lanes} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where a key leads: a row, either end, or with brackets the nearest difference. */
function nextPlace(key: string, rows: readonly AlignedMessage[], place: number): number | null {
  const differs = (row: AlignedMessage): boolean => row.change !== null;
  switch (key) {
    case 'ArrowDown':
      return place + 1;
    case 'ArrowUp':
      return place - 1;
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case ']':
      return rows.findIndex((row, at) => at > place && differs(row));
    case '[':
      return rows.findLastIndex((row, at) => at < place && differs(row));
    default:
      return null;
  }
}

const laneWidth = 96;
const rowHeight = 30;

function Heads({
  side,
  lanes,
  trace,
}: {
  readonly side: 'A' | 'B';
  readonly lanes: readonly string[];
  readonly trace: Trace;
}): ReactElement {
  const titles = lanes.map((lane) => {
    const node = trace.header?.nodes.find(({ name }) => name === lane);
    return shortTitle(node?.title ?? lane);
  });
  return (
    <>
      <th scope="col">{side}</th>
      <th scope="col" className="two-runs-lanes">
        <span className="only-heard">Message in {side}</span>
        <svg viewBox={`0 0 ${lanes.length * laneWidth} 16`} aria-hidden="true">
          {titles.map((title, at) => (
            <text key={title} x={(at + 0.5) * laneWidth} y="12" textAnchor="middle">
              {title}
            </text>
          ))}
        </svg>
      </th>
    </>
  );
}

/** One message of one run: its instant, and its arrow between the lifelines. */
function Side({
  view,
  trace,
  lanes,
}: {
  readonly view: MessageView | null;
  readonly trace: Trace;
  readonly lanes: readonly string[];
}): ReactElement {
  return (
    <>
      <td className="number">{view === null ? '' : millisText(view.sentAt)}</td>
      <td className="two-runs-lanes">
        {view === null ? null : <span className="only-heard">{wordsOf(view, trace)}</span>}
        <svg viewBox={`0 0 ${lanes.length * laneWidth} ${rowHeight}`} aria-hidden="true">
          {lanes.map((lane, at) => (
            <path
              key={lane}
              className="mini-lifeline"
              d={`M${(at + 0.5) * laneWidth} 0V${rowHeight}`}
            />
          ))}
          {view === null ? null : <Arrow view={view} trace={trace} lanes={lanes} />}
        </svg>
      </td>
    </>
  );
}

function wordsOf(view: MessageView, trace: Trace): string {
  const lost = view.lost ? ', lost' : '';
  return `${view.text} from ${laneOf(trace, view.from)} to ${laneOf(trace, view.to)}${lost}`;
}

function Arrow({
  view,
  trace,
  lanes,
}: {
  readonly view: MessageView;
  readonly trace: Trace;
  readonly lanes: readonly string[];
}): ReactElement {
  const xOf = (name: string): number => (lanes.indexOf(name) + 0.5) * laneWidth;
  const [from, to] = [xOf(laneOf(trace, view.from)), xOf(laneOf(trace, view.to))];
  const way = Math.sign(to - from);
  const y = 23;
  // A lost message ends in the middle of its way, with a cross.
  const end = view.lost ? (from + to) / 2 : to - way;
  const tip = view.lost
    ? `M${end - 4} ${y - 4}l8 8m0 -8l-8 8`
    : `M${end - way * 6} ${y - 4}L${end} ${y}L${end - way * 6} ${y + 4}`;
  const dashed = view.isRequest && !view.isReply ? '' : ' dashed';
  return (
    <g className={`mini-arrow ${hue(view.leg === 'media' ? 'M' : view.leg)}${dashed}`}>
      <path d={`M${from} ${y}L${end} ${y}`} />
      <path className="two-runs-tip" d={tip} />
      <text x={(from + to) / 2} y={y - 7} textAnchor="middle">
        {view.resent > 0 ? `${view.text}, R${view.resent}` : view.text}
      </text>
    </g>
  );
}
