import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';

import { metricTable, printMetric } from '../../sim-core/reading.ts';
import { ladderInputOf } from '../ladder/from-trace.ts';
import { layoutLadder } from '../ladder/layout/layout-ladder.ts';
import type { LadderArrow, LadderLayout } from '../ladder/layout/ladder-layout.ts';
import type { Sweep, SweptRun } from '../store/sweep-store.ts';
import { makeTraceStore } from '../store/trace-store.ts';
import { valueText } from '../timing-map/axis-values.ts';
import { valuesAt } from '../timing-map/classes.ts';
import { hue } from '../words/hues.ts';
import { shortTitle } from '../words/parties.ts';
import type { MapFacts } from './timing-map.tsx';
import { useSizeOf } from './use-size.ts';
import { useParts, useRenderer } from './window-parts.ts';

/** The run of the chosen cell: what it measured beside the scenario, and its ladder. */
export function TimingMapRun({ facts }: { readonly facts: MapFacts }): ReactElement {
  const chosen = useRenderer((state) => state.timingMap.chosen);
  const { sweep } = facts;
  const isThere = sweep !== null && chosen !== null && sweep.rows[chosen] !== undefined;
  return (
    <aside className="inspector" data-region="inspector" aria-label="The chosen run">
      {isThere ? (
        <ChosenRun sweep={sweep} facts={facts} cell={chosen} />
      ) : (
        <p className="empty">
          Choose a cell to see its run. Drag over several to run what lies between them more finely.
        </p>
      )}
    </aside>
  );
}

function ChosenRun({
  sweep,
  facts,
  cell,
}: {
  readonly sweep: Sweep;
  readonly facts: MapFacts;
  readonly cell: number;
}): ReactElement {
  const { actions } = useParts();
  const run = useRunOf(sweep, cell);
  const [down, across] = valuesAt(sweep, cell);
  const row = sweep.rows[cell];
  const letter = facts.classes.find(({ key }) => key === row?.key)?.letter ?? '';
  return (
    <>
      <div className="inspector-head">
        <h2 className="inspector-title">
          <span className="inspector-name wraps">
            {sweep.across.path} {valueText(across, 'with unit')}, {sweep.down.path}{' '}
            {valueText(down, 'with unit')}
          </span>
        </h2>
        <p className="inspector-says">
          Outcome {letter}: {row?.says}
        </p>
      </div>
      <div className="inspector-body scrolls" tabIndex={0} role="group" aria-label="The run">
        <Comparison sweep={sweep} cell={cell} measure={facts.measure} />
        <h3 className="section-heading">Ladder of this run</h3>
        {run === null ? <p className="empty">The run is coming in.</p> : <MiniLadder run={run} />}
      </div>
      <div className="map-buttons footer">
        <button type="button" className="solid-button" onClick={() => actions.map.replay(cell)}>
          Replay this run
        </button>
      </div>
    </>
  );
}

function useRunOf(sweep: Sweep, cell: number): SweptRun | null {
  const { actions } = useParts();
  const [run, setRun] = useState<{ readonly of: string; readonly run: SweptRun } | null>(null);
  const of = `${sweep.down.path} ${sweep.across.path} ${valuesAt(sweep, cell).join(' ')}`;
  useEffect(() => {
    let wanted = true;
    void actions.map.runOf(cell).then((found) => {
      if (wanted && found !== null) setRun({ of, run: found });
    });
    return () => {
      wanted = false;
    };
  }, [actions, cell, of]);
  return run?.of === of ? run.run : null;
}

/** What is measured, and whatever else differs from the scenario as it is written. */
function Comparison({
  sweep,
  cell,
  measure,
}: {
  readonly sweep: Sweep;
  readonly cell: number;
  readonly measure: number;
}): ReactElement {
  const measured = sweep.rows[cell]?.measured ?? [];
  const rows = sweep.measures.flatMap((name, at) => {
    const [mine, base] = [measured[at] ?? null, sweep.base[at] ?? null];
    return mine === null && base === null ? [] : [{ name, at, mine, base }];
  });
  const different = rows.filter(({ at, mine, base }) => at === measure || mine !== base);
  const alike = rows.filter((row) => !different.includes(row)).map(({ name }) => name);
  return (
    <>
      <table className="metrics map-comparison">
        <thead>
          <tr>
            <td />
            <th scope="col">this run</th>
            <th scope="col">scenario</th>
            <th scope="col">change</th>
          </tr>
        </thead>
        <tbody>
          {different.map(({ name, mine, base }) => {
            const says = Object.entries(metricTable).find(([metric]) => metric === name)?.[1].says;
            return (
              <tr key={name}>
                <th scope="row" title={says}>
                  {name}
                </th>
                <td className="value">{mine === null ? '–' : printMetric(name, mine)}</td>
                <td className="value">{base === null ? '–' : printMetric(name, base)}</td>
                <td className="value">{changeOf(name, mine, base)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {alike.length === 0 ? null : (
        <p className="map-alike">As in the scenario: {alike.join(', ')}.</p>
      )}
    </>
  );
}

function changeOf(name: string, mine: number | null, base: number | null): string {
  if (mine === null || base === null || mine === base) return '';
  const size = printMetric(name, Math.abs(mine - base)).replace(/ ms$/, '');
  return `${mine > base ? '+' : '−'}${size}`;
}

const miniHeight = 330;
const miniWidth = 440;
/** How far along its arrow a step stands. */
const tailShare = 0.2;
/** Left of the first lifeline, px. */
const miniMargin = 46;

/** The messages alone, with their steps. */
function MiniLadder({ run }: { readonly run: SweptRun }): ReactElement {
  const { measure } = useParts();
  const layout = useMemo(() => {
    const traces = makeTraceStore(() => {});
    traces.begin(run.header);
    traces.append(run.records);
    traces.complete(run.end, run.clauses);
    const view = {
      axis: 'time',
      pxPerMs: null,
      scrollX: 0,
      scrollY: 0,
      playheadMicros: null,
      selected: null,
      evidence: [],
      timers: 'fired',
      live: false,
      narrow: true,
    } as const;
    const size = { width: miniWidth, height: miniHeight };
    return layoutLadder(traces.view(ladderInputOf), view, size, measure);
  }, [run, measure]);
  return <MiniDrawing layout={layout} />;
}

function MiniDrawing({ layout }: { readonly layout: LadderLayout }): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSizeOf(frame);
  const [first, last] = [layout.lifelines[0]?.x ?? 0, layout.lifelines.at(-1)?.x ?? 1];
  // The full ladder's places across, squeezed between the margins of this one.
  const across = (x: number): number =>
    miniMargin + ((x - first) / Math.max(1, last - first)) * (width - miniMargin - 24);
  const ticks = layout.ticks.filter(
    ({ y }) => !layout.cuts.some((cut) => y > cut.y1 - 10 && y < cut.y2 + 10),
  );
  return (
    <div ref={frame} className="mini-ladder">
      <svg
        width={width}
        height={Math.max(miniHeight, layout.height) + 24}
        role="img"
        aria-label={`A ladder of ${layout.arrows.length} messages; the replayed run is whole`}
      >
        {layout.lifelines.map(({ id, title, x }, at) => (
          <g key={id}>
            <text
              x={across(x)}
              y="12"
              textAnchor={at === layout.lifelines.length - 1 ? 'end' : 'middle'}
            >
              {shortTitle(title).replace('Client-', '').replace(' Server', '')}
            </text>
            <path className="mini-lifeline" d={`M${across(x)} 18V${layout.height + 18}`} />
          </g>
        ))}
        <g transform="translate(0 18)">
          {ticks.map(({ micros, y, text }) => (
            <text key={micros} className="mini-tick" x="34" y={y + 4} textAnchor="end">
              {text}
            </text>
          ))}
          {layout.cuts.map(({ fromMicros, y1, y2 }) => (
            <rect
              key={fromMicros}
              className="mini-cut"
              x="0"
              y={y1}
              width={width}
              height={y2 - y1}
            />
          ))}
          {layout.arrows.map((arrow) => (
            <MiniArrow key={arrow.id} arrow={arrow} across={across} />
          ))}
          {placeSteps(layout, across).map(({ text, x, y }) => (
            <g key={`${text} ${y}`} className="mini-step">
              <rect x={x - stepHalf} y={y - 7} width={2 * stepHalf} height="14" rx="3" />
              <text x={x} y={y + 4} textAnchor="middle">
                {text}
              </text>
            </g>
          ))}
        </g>
      </svg>
    </div>
  );
}

/** The step of the text that an arrow is. */
interface MiniStep {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Half the width of a step's badge, px: it holds two digits. */
const stepHalf = 9;
/** Where on its arrow a step may stand, the best place first. */
const stepShares = [tailShare, 0.5, 1 - tailShare, 0.1];

/** The steps of the text on their arrows, near the tail or where no other step is. */
function placeSteps(layout: LadderLayout, across: (x: number) => number): readonly MiniStep[] {
  const placed: MiniStep[] = [];
  for (const { arrow: at, parts } of layout.labels) {
    const text = parts.find(({ kind }) => kind === 'badge')?.text;
    const arrow = layout.arrows[at];
    if (text === undefined || arrow === undefined) continue;
    const [x1, x2] = [across(arrow.x1), across(arrow.x2)];
    const places = stepShares.map((share) => ({
      text,
      x: x1 + (x2 - x1) * share,
      y: arrow.y1 + (arrow.y2 - arrow.y1) * share,
    }));
    const isFree = ({ x, y }: MiniStep): boolean =>
      placed.every((one) => Math.abs(one.x - x) > 2 * stepHalf || Math.abs(one.y - y) > 14);
    const place = places.find(isFree) ?? places[0];
    if (place !== undefined) placed.push(place);
  }
  return placed;
}

function MiniArrow({
  arrow,
  across,
}: {
  readonly arrow: LadderArrow;
  readonly across: (x: number) => number;
}): ReactElement {
  const { kind, line, leg, lost } = arrow;
  const [x1, x2] = [across(arrow.x1), across(arrow.x2)];
  const d = `M${x1} ${arrow.y1}L${x2} ${arrow.y2}`;
  return (
    <g className={`mini-arrow ${kind} ${line} ${hue(leg)}`}>
      <path d={d} />
      {lost ? <path className="mini-loss" d={`M${x2 - 3} ${arrow.y2 - 3}l6 6m0 -6l-6 6`} /> : null}
    </g>
  );
}
