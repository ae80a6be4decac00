import {
  memo,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
} from 'react';

import { heedSystemTheme, shownTheme } from '../store/shown-theme.ts';
import { chooseCell, showInCells } from '../store/timing-map-edits.ts';
import type { Sweep } from '../store/sweep-store.ts';
import { valuesAt } from '../timing-map/classes.ts';
import { shadeAt } from '../timing-map/grey-ramp.ts';
import { cellAt, layHeatMap, type HeatMap, type PlacedCell } from '../timing-map/heat-map.ts';
import { Segments } from './segments.tsx';
import { MapAxes, MapMarks } from './timing-map-marks.tsx';
import type { MapFacts } from './timing-map.tsx';
import { useSizeOf } from './use-size.ts';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

/** The map itself: a cell for every run. */
export function TimingMapGrid({ facts }: { readonly facts: MapFacts }): ReactElement {
  const { measure: widthOf } = useParts();
  const frame = useRef<HTMLDivElement>(null);
  const size = useSizeOf(frame);
  const { sweep, classes, measure, print } = facts;
  const map = useMemo(
    () =>
      sweep === null || size.width === 0
        ? null
        : layHeatMap(sweep, classes, { at: measure, print }, size, widthOf),
    [sweep, classes, measure, print, size, widthOf],
  );
  return (
    <main className="centre">
      <MapTools facts={facts} map={map} />
      <div className="map-holder" data-region="ladder" ref={frame}>
        {map === null || sweep === null ? (
          <div className="invitation">
            <p>
              Every cell is one run of the open scenario, with the latencies of its place. Lines
              part what comes out differently.
            </p>
          </div>
        ) : (
          <Grid facts={facts} sweep={sweep} map={map} />
        )}
      </div>
    </main>
  );
}

function MapTools({
  facts,
  map,
}: {
  readonly facts: MapFacts;
  readonly map: HeatMap | null;
}): ReactElement {
  const edit = useEdit();
  const measure = useRenderer((state) => state.timingMap.measure);
  const shown = useRenderer((state) => state.timingMap.cells);
  const { least = null, most = null } = map ?? {};
  return (
    <div
      className="ladder-tools ladder-tools-row"
      data-region="tools"
      role="group"
      aria-label="Map tools"
    >
      <b className="map-measure">
        {measure}
        {facts.unit === '' ? '' : `, ${facts.unit}`}
      </b>
      {least === null || most === null ? null : (
        <span className="map-scale">
          {facts.print(least)}
          <svg width="90" height="10" aria-hidden="true">
            {Array.from({ length: 15 }, (_, at) => (
              <Shaded key={at} level={at / 14} x={at * 6} />
            ))}
          </svg>
          {facts.print(most)}
        </span>
      )}
      <span className="spring" />
      <Segments
        label="In each cell"
        of={[
          { value: 'numbers', says: 'Numbers' },
          { value: 'classes', says: 'Classes' },
        ]}
        chosen={shown}
        choose={(one) => edit(showInCells(one))}
      />
    </div>
  );
}

function Shaded({ level, x }: { readonly level: number; readonly x: number }): ReactElement {
  return <rect x={x} width="6" height="10" fill={shadeAt(level, useShownRamp()).fill} />;
}

/** The ramp of the theme that is shown, whoever chose it. */
function useShownRamp(): 'dark' | 'light' {
  const theme = useRenderer((state) => state.theme);
  const [system, setSystem] = useState(() => shownTheme('system', window));
  useEffect(() => heedSystemTheme(window, () => setSystem(shownTheme('system', window))), []);
  return (theme === 'system' ? system : theme) === 'light' ? 'light' : 'dark';
}

interface GridProps {
  readonly facts: MapFacts;
  readonly sweep: Sweep;
  readonly map: HeatMap;
}

function Grid({ facts, sweep, map }: GridProps): ReactElement {
  const theme = useShownRamp();
  const chosen = useRenderer((state) => state.timingMap.chosen);
  const shown = useRenderer((state) => state.timingMap.cells);
  const lit = useRenderer((state) => state.timingMap.lit);
  const svg = useRef<SVGSVGElement>(null);
  const { box, pointing } = usePointing(svg, map);
  const onKeyDown = useGridKeys(svg, map);
  const letters = new Map(facts.classes.map(({ key, letter }) => [key, letter]));
  const lines = Array.from({ length: map.lines }, (_, line) =>
    map.cells.slice(line * map.columns, (line + 1) * map.columns),
  );
  return (
    <svg
      ref={svg}
      className="heat-map"
      width={map.left + map.width + 20}
      height={map.top + map.height + 44}
      {...pointing}
      onKeyDown={onKeyDown}
    >
      <g role="grid" aria-label="One run a cell" aria-rowcount={map.lines}>
        {lines.map((cells, line) => (
          <g key={line} role="row" aria-rowindex={line + 1}>
            {cells.map((cell) => (
              <Cell
                key={cell.cell}
                placed={cell}
                width={map.cellWidth}
                height={map.cellHeight}
                theme={theme}
                text={shown === 'numbers' ? cell.text : (letters.get(cell.key ?? '') ?? '')}
                dim={lit !== null && cell.key !== lit}
                chosen={cell.cell === chosen}
                reachable={cell.cell === (chosen ?? 0)}
                says={sentenceOf(sweep, cell, facts, letters)}
              />
            ))}
          </g>
        ))}
      </g>
      <path className="class-boundary" d={map.boundaries} aria-hidden="true" />
      <g aria-hidden="true">
        {map.names.map((name) => (
          <g key={name.key} className="class-name">
            <rect
              x={name.x - name.width / 2}
              y={name.y - 8}
              width={name.width}
              height="16"
              rx="4"
            />
            <text x={name.x} y={name.y + 4} textAnchor="middle">
              {name.text}
            </text>
          </g>
        ))}
      </g>
      <MapMarks map={map} sweep={sweep} chosen={chosen} box={box} />
      <MapAxes map={map} sweep={sweep} />
    </svg>
  );
}

function sentenceOf(
  sweep: Sweep,
  { cell, key }: PlacedCell,
  { measure, print, unit }: MapFacts,
  letters: ReadonlyMap<string, string>,
): string {
  const [down, across] = valuesAt(sweep, cell);
  const place = `${sweep.across.path} ${across}, ${sweep.down.path} ${down}`;
  const row = sweep.rows[cell];
  if (row === undefined) return `${place}: not run yet`;
  const value = row.measured[measure] ?? null;
  const number = value === null ? 'does not apply' : `${print(value)} ${unit}`.trim();
  return `${place}: ${number}, outcome ${letters.get(key ?? '') ?? ''}, ${row.says}`;
}

interface CellProps {
  readonly placed: PlacedCell;
  readonly width: number;
  readonly height: number;
  readonly theme: 'dark' | 'light';
  readonly text: string;
  readonly dim: boolean;
  readonly chosen: boolean;
  readonly reachable: boolean;
  readonly says: string;
}

const Cell = memo(function Cell(props: CellProps): ReactElement {
  const { placed, width, height, theme, text, dim, chosen, reachable, says } = props;
  const shade = placed.level === null ? null : shadeAt(placed.level, theme);
  return (
    <g
      role="gridcell"
      data-cell={placed.cell}
      className={dim ? 'map-cell dim' : 'map-cell'}
      aria-label={says}
      aria-selected={chosen}
      tabIndex={reachable ? 0 : -1}
    >
      <rect
        x={placed.x + 0.5}
        y={placed.y + 0.5}
        width={Math.max(0, width - 1)}
        height={Math.max(0, height - 1)}
        {...(shade === null ? { className: 'unmeasured' } : { fill: shade.fill })}
      />
      {text === '' ? null : (
        <text
          x={placed.x + width / 2}
          y={placed.y + height / 2 + 4}
          textAnchor="middle"
          {...(shade === null ? {} : { fill: shade.ink })}
        >
          {text}
        </text>
      )}
    </g>
  );
});

/** A click chooses a cell, a drag draws a box and runs what lies in it more finely. */
function usePointing(svg: React.RefObject<SVGSVGElement | null>, map: HeatMap) {
  const { actions } = useParts();
  const edit = useEdit();
  const [box, setBox] = useState<readonly [number, number] | null>(null);
  const cellOf = (event: PointerEvent<SVGSVGElement>): number | null => {
    const bounds = svg.current?.getBoundingClientRect();
    return cellAt(map, event.clientX - (bounds?.left ?? 0), event.clientY - (bounds?.top ?? 0));
  };
  const pointing = {
    onPointerDown(event: PointerEvent<SVGSVGElement>) {
      const cell = event.button === 0 ? cellOf(event) : null;
      if (cell === null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setBox([cell, cell]);
    },
    onPointerMove(event: PointerEvent<SVGSVGElement>) {
      const cell = box === null ? null : cellOf(event);
      if (box !== null && cell !== null && cell !== box[1]) setBox([box[0], cell]);
    },
    onPointerUp() {
      if (box === null) return;
      setBox(null);
      if (box[0] === box[1]) edit(chooseCell(box[0]));
      else actions.map.refine(box[0], box[1]);
    },
    onPointerCancel() {
      setBox(null);
    },
  };
  return { box: box !== null && box[0] !== box[1] ? box : null, pointing };
}

/** Arrows walk over the cells, Enter replays the chosen one. */
function useGridKeys(svg: React.RefObject<SVGSVGElement | null>, map: HeatMap) {
  const { actions, store } = useParts();
  return (event: KeyboardEvent<SVGSVGElement>): void => {
    const { chosen } = store.state.timingMap;
    const at = chosen ?? 0;
    const column = at % map.columns;
    const moves: Readonly<Record<string, number | undefined>> = {
      ArrowRight: column + 1 < map.columns ? 1 : 0,
      ArrowLeft: column > 0 ? -1 : 0,
      ArrowUp: at + map.columns < map.cells.length ? map.columns : 0,
      ArrowDown: at - map.columns >= 0 ? -map.columns : 0,
    };
    const move = moves[event.key];
    if (move === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (move === undefined) {
      if (chosen !== null) actions.map.replay(chosen);
      return;
    }
    const next = chosen === null ? at : at + move;
    store.edit(chooseCell(next));
    svg.current?.querySelector<SVGGElement>(`[data-cell="${next}"]`)?.focus();
  };
}
