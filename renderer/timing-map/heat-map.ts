import type { MeasureText } from '../ladder/layout/ladder-input.ts';
import type { Sweep, SweptAxis } from '../store/sweep-store.ts';
import { valueText } from './axis-values.ts';
import type { MapClass } from './classes.ts';

export interface PlacedCell {
  readonly cell: number;
  readonly x: number;
  readonly y: number;
  /** Its number, or a dash where the measure does not apply; empty where there is no room. */
  readonly text: string;
  /** From the least (0) to the most (1) of the map; null: nothing to measure, or not run yet. */
  readonly level: number | null;
  readonly key: string | null;
}

export interface AxisTick {
  readonly at: number;
  readonly text: string;
  /** Place on the axis. */
  readonly place: number;
}

/** The name of a class, on a line of the grid so that it covers no number. */
export interface ClassName {
  readonly key: string;
  /** Middle of the text. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly lines: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** All geometry of the map, px; one axis runs upwards, the other to the right. */
export interface HeatMap extends Frame {
  readonly cells: readonly PlacedCell[];
  /** Where classes meet, as one SVG path. */
  readonly boundaries: string;
  readonly names: readonly ClassName[];
  readonly across: readonly AxisTick[];
  readonly down: readonly AxisTick[];
  /** Of the measure; null while nothing is measured. */
  readonly least: number | null;
  readonly most: number | null;
}

/** What the map shows in its cells. */
export interface MapMeasure {
  /** Its place among the sweep's measures. */
  readonly at: number;
  readonly print: (value: number) => string;
}

const margin = { left: 64, top: 14, right: 20, below: 44 };
/** px between two numbers on an axis, at least. */
const tickGap = 34;
const cellText = 12;
const nameText = 12;

export function layHeatMap(
  sweep: Sweep,
  classes: readonly MapClass[],
  measure: MapMeasure,
  size: { readonly width: number; readonly height: number },
  widthOf: MeasureText,
): HeatMap {
  const frame = frameOf(sweep, size);
  const values = sweep.rows.flatMap((row) => row?.measured[measure.at] ?? []);
  const least = values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b));
  const most = values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
  const levelOf = (value: number): number =>
    least === null || most === null || most === least ? 0 : (value - least) / (most - least);
  const cells = sweep.rows.map((row, cell): PlacedCell => {
    const value = row?.measured[measure.at] ?? null;
    const text = row === undefined ? '' : value === null ? '–' : measure.print(value);
    const room = frame.cellWidth - 6;
    const fits = widthOf(text, cellText, 400) <= room && frame.cellHeight >= cellText + 2;
    return {
      cell,
      ...cornerOf(frame, cell),
      text: fits ? text : '',
      level: value === null ? null : levelOf(value),
      key: row?.key ?? null,
    };
  });
  const { left, top, cellWidth, cellHeight, lines } = frame;
  return {
    ...frame,
    cells,
    boundaries: boundariesIn(frame, sweep),
    names: classes.length < 2 ? [] : classes.flatMap((one) => nameOf(frame, one, widthOf)),
    across: ticksOf(sweep.across, (at) => left + (at + 0.5) * cellWidth, tickGap),
    down: ticksOf(sweep.down, (at) => top + (lines - 0.5 - at) * cellHeight, cellText + 4),
    least,
    most,
  };
}

function frameOf(sweep: Sweep, size: { readonly width: number; readonly height: number }): Frame {
  const columns = sweep.across.values.length;
  const lines = sweep.down.values.length;
  const width = Math.max(0, size.width - margin.left - margin.right);
  const height = Math.max(0, size.height - margin.top - margin.below);
  const { left, top } = margin;
  const cellWidth = width / columns;
  const cellHeight = height / lines;
  return { left, top, width, height, columns, lines, cellWidth, cellHeight };
}

function cornerOf(frame: Frame, cell: number): { readonly x: number; readonly y: number } {
  const line = Math.floor(cell / frame.columns);
  return {
    x: frame.left + (cell % frame.columns) * frame.cellWidth,
    y: frame.top + (frame.lines - 1 - line) * frame.cellHeight,
  };
}

function boundariesIn(frame: Frame, { rows }: Sweep): string {
  const { columns, lines, cellWidth, cellHeight } = frame;
  const differ = (one: number, other: number): boolean => {
    const [a, b] = [rows[one], rows[other]];
    return a !== undefined && b !== undefined && a.key !== b.key;
  };
  const parts: string[] = [];
  for (let cell = 0; cell < columns * lines; cell += 1) {
    const { x, y } = cornerOf(frame, cell);
    const isLastOfLine = cell % columns === columns - 1;
    if (!isLastOfLine && differ(cell, cell + 1)) {
      parts.push(`M${round(x + cellWidth)} ${round(y)}v${round(cellHeight)}`);
    }
    if (differ(cell, cell + columns)) parts.push(`M${round(x)} ${round(y)}h${round(cellWidth)}`);
  }
  return parts.join('');
}

/**
 * On the line below the longest run of cells that the class has in one row of the grid; in the
 * lowest row on the line above, for the other one is the edge of the map.
 */
function nameOf(frame: Frame, one: MapClass, widthOf: MeasureText): ClassName[] {
  const run = longestRun(frame, one.cells);
  const room = run.length * frame.cellWidth - 20;
  const widthAt = (words: string): number => widthOf(words, nameText, 500) + 12;
  const full = one.own === '' ? one.letter : `${one.letter}  ${one.own}`;
  const text = [full, one.letter].find((words) => widthAt(words) <= room);
  if (text === undefined) return [];
  const { x, y } = cornerOf(frame, run.from);
  const isLowest = run.from < frame.columns;
  const line = isLowest ? y : y + frame.cellHeight;
  const middle = x + (run.length * frame.cellWidth) / 2;
  return [{ key: one.key, x: middle, y: line, width: widthAt(text), text }];
}

function longestRun(
  { columns }: Frame,
  cells: readonly number[],
): { readonly from: number; readonly length: number } {
  let best = { from: cells[0] ?? 0, length: 1 };
  let run = best;
  for (const cell of cells.slice(1)) {
    const goesOn = cell === run.from + run.length && cell % columns !== 0;
    run = goesOn ? { from: run.from, length: run.length + 1 } : { from: cell, length: 1 };
    if (run.length > best.length) best = run;
  }
  return best;
}

function ticksOf(axis: SweptAxis, placeOf: (at: number) => number, gap: number): AxisTick[] {
  const each = Math.abs(placeOf(1) - placeOf(0));
  const every = Math.max(1, Math.ceil(gap / Math.max(each, 0.001)));
  return axis.values.flatMap((value, place) =>
    place % every === 0 ? [{ at: placeOf(place), text: valueText(value, 'bare'), place }] : [],
  );
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}

/** The cell at a place of the drawing, or null beside the grid. */
export function cellAt(map: HeatMap, x: number, y: number): number | null {
  const column = Math.floor((x - map.left) / map.cellWidth);
  const fromTop = Math.floor((y - map.top) / map.cellHeight);
  const isInside = column >= 0 && column < map.columns && fromTop >= 0 && fromTop < map.lines;
  return isInside ? (map.lines - 1 - fromTop) * map.columns + column : null;
}
