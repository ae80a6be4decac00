import type { BusySpan } from './busy-spans.ts';
import {
  BOTTOM,
  CUT_HEIGHT,
  FOLD,
  KEEP_AFTER,
  LABEL_HEIGHT,
  ROW_LEAD,
  ROW_LEAST,
  ROW_MOST,
  ROW_SLOPE,
  ROW_SLOPED,
  ROWS_TOP,
} from './dimensions.ts';
import type { Flight } from './flights.ts';
import type { FoldAnchor, Unfolded } from './folding.ts';
import { countUpTo, type HeightMap } from './height-map.ts';
import type { MessageId, Micros, UserAction } from './ladder-input.ts';
import type { RulerTick } from './ladder-layout.ts';
import { millisText } from './ruler-text.ts';
import type { AxisCut, FoldRow, VerticalAxis } from './time-axis.ts';

// A cut begins this far under the row before it, and its waves this far inside.
const CUT_LEAD = 1;
const CUT_INSET = 5;

/** The Rows axis: which row each message has, and where the rows are. */
export interface RowsAxis extends VerticalAxis {
  readonly rowHeight: number;
  /** Heights of the shafts, px; a reply has the row of its command. */
  readonly rowOf: ReadonlyMap<MessageId, number>;
}

interface Row {
  readonly micros: Micros;
  readonly message: MessageId | null;
}

/**
 * One row for each message that is not the reply to a command here, and for each user action
 * that is not itself the sending of a message. Actions come before the messages of their instant.
 */
function listRows(flights: readonly Flight[], actions: readonly UserAction[]): readonly Row[] {
  const shown = flights.filter(({ answersCommand }) => !answersCommand);
  const sends = new Set(shown.map(({ message }) => `${message.sentMicros} ${message.from}`));
  const apart = actions
    .filter(({ atMicros, lifeline }) => !sends.has(`${atMicros} ${lifeline}`))
    .map(({ atMicros }) => atMicros)
    .sort((a, b) => a - b);
  const rows: Row[] = [];
  let next = 0;
  for (const { message } of shown) {
    for (; (apart[next] ?? Infinity) <= message.sentMicros; next++) {
      rows.push({ micros: apart[next] ?? 0, message: null });
    }
    rows.push({ micros: message.sentMicros, message: message.id });
  }
  for (const micros of apart.slice(next)) rows.push({ micros, message: null });
  return rows;
}

/** What stands before a row. */
interface Before {
  readonly pause: BusySpan | null;
  readonly folds: readonly FoldAnchor[];
}

/** For every row, and after the last, the folds that begin since the row before it. */
function foldsBefore(rows: readonly Row[], anchors: readonly FoldAnchor[]): FoldAnchor[][] {
  let next = 0;
  const take = (until: Micros): FoldAnchor[] => {
    const first = next;
    while (next < anchors.length && (anchors[next]?.fromMicros ?? Infinity) <= until) next++;
    return anchors.slice(first, next);
  };
  return [...rows.map(({ micros }) => take(micros)), take(Infinity)];
}

/**
 * For every row what stands before it: folds, or the pause if there is one and no fold stands
 * for it; several pauses count as one. The last entry is what stands after all rows.
 */
function standingBefore(
  rows: readonly Row[],
  spans: readonly BusySpan[],
  anchors: readonly FoldAnchor[],
): Before[] {
  const pauses = pausesBefore(rows, spans);
  return foldsBefore(rows, anchors).map((folds, index) => ({
    pause: folds.length > 0 ? null : (pauses[index] ?? null),
    folds,
  }));
}

/** For every row but the first, the pause before it if there is one; several count as one. */
function pausesBefore(rows: readonly Row[], spans: readonly BusySpan[]): (BusySpan | null)[] {
  const starts = spans.map(({ fromMicros }) => fromMicros);
  const spanOf = (micros: Micros): number => countUpTo(starts, micros) - 1;
  return rows.map((row, index) => {
    const previous = rows[index - 1];
    if (previous === undefined) return null;
    const left = spans[spanOf(previous.micros)];
    const entered = spans[spanOf(row.micros)];
    if (left === undefined || entered === undefined || left === entered) return null;
    return { fromMicros: left.toMicros, toMicros: entered.fromMicros };
  });
}

/** Height of a row: what fits, to a tenth, with one row free below the last for the playhead. */
function fitRows(rows: number, before: readonly Before[], height: number): number {
  const cuts = before.filter(({ pause }) => pause !== null).length;
  const folds = before.filter(({ folds: held }) => held.length > 0);
  const folded = folds.reduce((sum, { folds: held }) => sum + foldsHeight(held.length), 0);
  const room = height - ROWS_TOP - ROW_LEAD - cuts * CUT_HEIGHT - folded;
  const fitting = Math.round((10 * room) / (rows + 1)) / 10;
  return Math.min(ROW_MOST, Math.max(ROW_LEAST, fitting));
}

/** What folds under one another take, with the space under the shaft above them, px. */
function foldsHeight(count: number): number {
  return KEEP_AFTER + count * FOLD;
}

function cutUnder(y: number, pause: BusySpan): AxisCut {
  const y1 = y + CUT_LEAD;
  const y2 = y1 + CUT_HEIGHT;
  return {
    pauseFromMicros: pause.fromMicros,
    pauseToMicros: pause.toMicros,
    fromMicros: pause.fromMicros,
    toMicros: pause.toMicros,
    y1,
    y2,
    waveY1: y1 + CUT_INSET,
    waveY2: y2 - CUT_INSET,
  };
}

/** Between rows the height is interpolated; the run ends one row below the last. */
function mapRows(ticks: readonly RulerTick[], endMicros: Micros, rowHeight: number): HeightMap {
  const micros = ticks.map((tick) => tick.micros);
  const heights = ticks.map((tick) => tick.y);
  const last = ticks.at(-1);
  if (last === undefined) {
    return { micros: [endMicros], heights: [ROWS_TOP + ROW_LEAD + 0.5], slopes: [0] };
  }
  if (endMicros > last.micros) {
    micros.push(endMicros);
    heights.push(last.y + rowHeight);
  }
  const slopes = micros.map((start, index) => {
    const span = (micros[index + 1] ?? start) - start;
    const rise = (heights[index + 1] ?? 0) - (heights[index] ?? 0);
    return span > 0 ? (rise / span) * 1000 : 0;
  });
  return { micros, heights, slopes };
}

/**
 * How far a shaft falls in Rows, px: never so far that it could enter the label of the next row.
 * @param latencyMs one-way latency, ms
 */
export function rowDrop(rowHeight: number, latencyMs: number): number {
  if (rowHeight < ROW_SLOPED) return 0;
  return Math.min(rowHeight - LABEL_HEIGHT - 2, ROW_SLOPE * latencyMs);
}

/** One row for each event, in order, with its time on the ruler; pauses are cut as in Time. */
export function layRowsAxis(
  { flights, userActions, anchors }: Unfolded,
  spans: readonly BusySpan[],
  height: number,
): RowsAxis {
  const rows = listRows(flights, userActions);
  const before = standingBefore(rows, spans, anchors);
  const rowHeight = fitRows(rows.length, before, height);
  const cuts: AxisCut[] = [];
  const folds: FoldRow[] = [];
  const ticks: RulerTick[] = [];
  const rowOf = new Map<MessageId, number>();
  let folded = 0;
  const addFolds = (held: readonly FoldAnchor[]): void => {
    const last = ticks.at(-1);
    const top = last === undefined ? 0 : last.y + KEEP_AFTER;
    held.forEach((anchor, index) => folds.push({ anchor, y1: top + index * FOLD }));
    if (held.length > 0) folded += foldsHeight(held.length) - (last === undefined ? KEEP_AFTER : 0);
  };
  rows.forEach((row, index) => {
    const { pause, folds: held } = before[index] ?? { pause: null, folds: [] };
    addFolds(held);
    if (pause !== null) cuts.push(cutUnder(ticks.at(-1)?.y ?? 0, pause));
    const top = ROWS_TOP + ROW_LEAD + cuts.length * CUT_HEIGHT + folded;
    const y = Math.round(top + rowHeight * index) + 0.5;
    ticks.push({ micros: row.micros, y, text: millisText(row.micros) });
    if (row.message !== null) rowOf.set(row.message, y);
  });
  addFolds(before.at(-1)?.folds ?? []);
  for (const { message, answersCommand } of flights) {
    if (!answersCommand || message.replyTo === null) continue;
    const y = rowOf.get(message.replyTo);
    if (y !== undefined) rowOf.set(message.id, y);
  }
  const heights = mapRows(ticks, spans.at(-1)?.toMicros ?? 0, rowHeight);
  const last = Math.max(heights.heights.at(-1) ?? 0, (folds.at(-1)?.y1 ?? -FOLD) + FOLD);
  return { heights, cuts, folds, ticks, height: last + BOTTOM, rowHeight, rowOf };
}
