import type { ReactElement } from 'react';

import type { Sweep } from '../store/sweep-store.ts';
import type { HeatMap } from '../timing-map/heat-map.ts';
import { useRenderer } from './window-parts.ts';

/** What is chosen, what the scenario as written is, and the box being drawn. */
export function MapMarks({
  map,
  sweep,
  chosen,
  box,
}: {
  readonly map: HeatMap;
  readonly sweep: Sweep;
  readonly chosen: number | null;
  readonly box: readonly [number, number] | null;
}): ReactElement {
  const cell = chosen === null ? undefined : map.cells[chosen];
  const same = sweep.rows.find((row) => row?.asWritten === true);
  const base = same === undefined ? undefined : map.cells[same.cell];
  const corners = box === null ? [] : box.flatMap((one) => map.cells[one] ?? []);
  const [left, top] = [
    Math.min(...corners.map(({ x }) => x)),
    Math.min(...corners.map(({ y }) => y)),
  ];
  return (
    <g aria-hidden="true">
      {base === undefined ? null : (
        <circle
          className="as-written"
          cx={base.x + map.cellWidth - 6}
          cy={base.y + 6}
          r={Math.min(3.5, map.cellHeight / 4)}
        />
      )}
      {cell === undefined ? null : (
        <rect
          className="chosen-cell"
          x={cell.x}
          y={cell.y}
          width={map.cellWidth}
          height={map.cellHeight}
        />
      )}
      {corners.length < 2 ? null : (
        <rect
          className="box-of-cells"
          x={left}
          y={top}
          width={Math.max(...corners.map(({ x }) => x)) - left + map.cellWidth}
          height={Math.max(...corners.map(({ y }) => y)) - top + map.cellHeight}
        />
      )}
    </g>
  );
}

/** Numbers and names of both axes; those of the chosen cell stand out. */
export function MapAxes({
  map,
  sweep,
}: {
  readonly map: HeatMap;
  readonly sweep: Sweep;
}): ReactElement {
  const chosen = useRenderer((state) => state.timingMap.chosen);
  const column = chosen === null ? null : chosen % map.columns;
  const line = chosen === null ? null : Math.floor(chosen / map.columns);
  const { left, top, width, height } = map;
  const inMillis = (measures: string): string => (measures === 'time' ? ', ms' : '');
  return (
    <g className="map-axis-marks" aria-hidden="true">
      {map.down.map(({ at, text, place }) => (
        <text
          key={place}
          className={place === line ? 'here' : undefined}
          x={left - 8}
          y={at + 4}
          textAnchor="end"
        >
          {text}
        </text>
      ))}
      {map.across.map(({ at, text, place }) => (
        <text
          key={place}
          className={place === column ? 'here' : undefined}
          x={at}
          y={top + height + 16}
          textAnchor="middle"
        >
          {text}
        </text>
      ))}
      <text className="axis-name" x={left + width / 2} y={top + height + 36} textAnchor="middle">
        {sweep.across.path}
        {inMillis(sweep.across.measures)}
      </text>
      <text
        className="axis-name"
        transform={`translate(14 ${top + height / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {sweep.down.path}
        {inMillis(sweep.down.measures)}
      </text>
    </g>
  );
}
