import { heightAt } from '../../ladder/layout/height-map.ts';
import type { MeasureText, MediaSource } from '../../ladder/layout/ladder-input.ts';
import { envelope } from './envelope.ts';
import { gatherBars, type LaneCrowd, type LanePiece } from './gather-bars.ts';
import { layLaneAxis, type LaneAxis } from './lane-axis.ts';
import type { LaneBar, LaneInput, LaneMeasure, LaneSilence } from './lane-input.ts';
import type {
  LaneLayout,
  PlacedBar,
  PlacedLane,
  PlacedMeasure,
  PlacedStrand,
} from './lane-layout.ts';

/** Width of the column of names, and the margin at the right, px. */
export const labelColumn = 122;
const rightMargin = 14;
/** Middle of the measurement row, and of the first lane below it, px. */
const measureRow = 29;
const firstLane = 47;
const laneHeight = 18;
const barHeight = 13;
const videoHeight = 12;
const groupGap = 4;
/** Between the strands of one bar, and between frame ticks, px. */
const strandGap = 1;
const frameStep = 6;
const textPx = 12;
const textPadding = 6;
/** What is narrower than this is not measured: nobody sees what its words are about, px. */
const measureLeast = 2;

/** Which rows are shown, as the window has room. */
export type LaneRows = 'all' | 'parties and audio ports' | 'parties' | 'ports';

/**
 * The whole geometry of the lanes. Pure: the same arguments give the same numbers.
 * @param width of the window, px; the height follows from the lanes
 */
export function layoutLanes(
  input: LaneInput,
  rows: LaneRows,
  width: number,
  measure: MeasureText,
): LaneLayout {
  const axis = layLaneAxis(input, labelColumn, Math.max(labelColumn + 1, width - rightMargin));
  const lanes = placeLanes(input, rows);
  const rowOf = new Map(lanes.map((lane) => [lane.id, lane.y]));
  const shown = {
    lanes,
    bars: input.bars.filter(({ lane }) => rowOf.has(lane)),
    silences: input.silences.filter(({ lane }) => rowOf.has(lane)),
  };
  const bars = gatherBars(shown, axis.places).map((piece) =>
    placePiece(piece, rowOf, axis, measure),
  );
  return {
    width,
    height: (lanes.at(-1)?.y ?? firstLane) + laneHeight / 2 + 6,
    left: labelColumn,
    right: width - rightMargin,
    places: axis.places,
    ticks: axis.ticks,
    cuts: axis.cuts,
    lanes,
    bars,
    measures: rows === 'ports' ? [] : placeMeasures(input.measures, axis, width, measure),
    silences: shown.silences.flatMap(({ lane, fromMicros, toMicros, text }) => {
      const y = rowOf.get(lane);
      const [x1, x2] = widestClear(fromMicros, toMicros, axis);
      const fits = measure(text, textPx, 400) + 2 * textPadding <= x2 - x1;
      return y === undefined || !fits ? [] : [{ x: (x1 + x2) / 2, y, text }];
    }),
  };
}

function placeLanes(input: LaneInput, rows: LaneRows): PlacedLane[] {
  const shown = input.lanes.filter(
    ({ group, medium }) =>
      rows === 'all' ||
      (group === 'party' ? rows !== 'ports' : rows === 'ports') ||
      (rows === 'parties and audio ports' && medium === 'audio'),
  );
  let y = rows === 'ports' ? measureRow : firstLane;
  return shown.map((lane, index) => {
    const before = shown[index - 1];
    if (before !== undefined) y += laneHeight + (before.group === lane.group ? 0 : groupGap);
    return { ...lane, y };
  });
}

/** Height of a bar in its lane, px. */
export function heightOfBar({ medium, kind }: Pick<LaneBar, 'medium' | 'kind'>): number {
  return medium === 'video' || kind === 'discarded' ? videoHeight : barHeight;
}

function placePiece(
  piece: LanePiece,
  rowOf: ReadonlyMap<string, number>,
  axis: LaneAxis,
  measure: MeasureText,
): PlacedBar {
  const rowOfLane = (lane: string): number => rowOf.get(lane) ?? firstLane;
  if (piece.kind === 'crowd') return placeCrowd(piece.crowd, rowOfLane(piece.crowd.lane.id), axis);
  if (piece.kind === 'silence') {
    return placeSilence(piece.silence, rowOfLane(piece.silence.lane), axis);
  }
  return placeBar(piece.bar, rowOfLane(piece.bar.lane), axis, measure);
}

function placeBar(bar: LaneBar, middle: number, axis: LaneAxis, measure: MeasureText): PlacedBar {
  const x1 = heightAt(axis.places, bar.fromMicros);
  const x2 = Math.max(x1 + 1, heightAt(axis.places, bar.toMicros));
  const height = heightOfBar(bar);
  const y = middle - height / 2;
  const frames: number[] = [];
  if (bar.medium === 'video') {
    for (let x = x1 + frameStep; x < x2 - 2; x += frameStep) frames.push(x);
  }
  return {
    id: bar.id,
    kind: bar.kind,
    medium: bar.medium,
    x: x1,
    y,
    width: x2 - x1,
    height,
    strands: placeStrands(bar, x1, x2, y, height),
    frames,
    text: placeText(bar, x1, x2, axis, measure),
    says: bar.says,
    openedBy: bar.openedBy,
    closedBy: bar.closedBy,
  };
}

/** What many short things become: a strand for each source, and no picture of its sound. */
function placeCrowd(crowd: LaneCrowd, middle: number, axis: LaneAxis): PlacedBar {
  const { id, medium, sources, says, openedBy, closedBy } = crowd;
  const x = heightAt(axis.places, crowd.fromMicros);
  const height = medium === 'video' ? videoHeight : barHeight;
  const y = middle - height / 2;
  const strands =
    sources.length === 0
      ? [{ source: null, y, height, envelope: [] }]
      : stackStrands(sources, y, height);
  return {
    id,
    kind: 'crowd',
    medium,
    x,
    y,
    width: Math.max(1, heightAt(axis.places, crowd.toMicros) - x),
    height,
    strands,
    frames: [],
    text: null,
    says,
    openedBy,
    closedBy,
  };
}

/** Where a silence can be pointed at. */
function placeSilence(silence: LaneSilence, middle: number, axis: LaneAxis): PlacedBar {
  const x = heightAt(axis.places, silence.fromMicros);
  return {
    id: `silence ${silence.lane} ${silence.fromMicros}`,
    kind: 'silence',
    medium: 'audio',
    x,
    y: middle - barHeight / 2,
    width: Math.max(1, heightAt(axis.places, silence.toMicros) - x),
    height: barHeight,
    strands: [],
    frames: [],
    text: null,
    says: silence.says,
    openedBy: silence.openedBy,
    closedBy: silence.closedBy,
  };
}

function placeStrands(
  bar: LaneBar,
  x1: number,
  x2: number,
  y: number,
  height: number,
): readonly PlacedStrand[] {
  if (bar.kind === 'local tone') return [{ source: null, y, height, envelope: [] }];
  const stacked = stackStrands(bar.sources, y, height);
  if (bar.medium !== 'audio' || bar.kind !== 'media') return stacked;
  return stacked.map((strand) => {
    const kind = strand.source === 'R' ? 'clip' : 'speech';
    const half = strand.height / 2;
    return { ...strand, envelope: envelope(kind, x1, x2, strand.y + half, half - 0.5) };
  });
}

/** Strands of one height above each other, of which nothing else is drawn yet. */
function stackStrands(
  sources: readonly MediaSource[],
  y: number,
  height: number,
): readonly PlacedStrand[] {
  const count = Math.max(1, sources.length);
  const each = (height - strandGap * (count - 1)) / count;
  return sources.map((source, index) => ({
    source,
    y: y + index * (each + strandGap),
    height: each,
    envelope: [],
  }));
}

/** A bar's own measure: in its middle, unless it does not fit or would cross a cut. */
function placeText(
  bar: LaneBar,
  x1: number,
  x2: number,
  axis: LaneAxis,
  measure: MeasureText,
): PlacedBar['text'] {
  if (bar.text === null) return null;
  const width = measure(bar.text, textPx, 400) + 2 * textPadding;
  const middle = (x1 + x2) / 2;
  const crossed = axis.cuts.some(
    (cut) => cut.x1 < middle + width / 2 && cut.x2 > middle - width / 2,
  );
  return width > x2 - x1 || crossed ? null : { x: middle, width, text: bar.text };
}

/** The widest part of a span that no cut crosses, px. */
function widestClear(
  fromMicros: number,
  toMicros: number,
  { places, cuts }: LaneAxis,
): readonly [from: number, to: number] {
  const end = heightAt(places, toMicros);
  let from = heightAt(places, fromMicros);
  let widest: readonly [number, number] = [from, from];
  const keepWider = (to: number): void => {
    if (to - from > widest[1] - widest[0]) widest = [from, to];
  };
  for (const cut of cuts) {
    if (cut.x2 <= from || cut.x1 >= end) continue;
    keepWider(cut.x1);
    from = cut.x2;
  }
  keepWider(end);
  return widest;
}

/** Dimension lines in one row, the longest first; one that finds no room is left out. */
function placeMeasures(
  measures: readonly LaneMeasure[],
  axis: LaneAxis,
  width: number,
  measure: MeasureText,
): PlacedMeasure[] {
  const placed: PlacedWay[] = [];
  const longestFirst = measures.toSorted(
    (one, other) => other.toMicros - other.fromMicros - (one.toMicros - one.fromMicros),
  );
  for (const { fromMicros, toMicros, text, shortText } of longestFirst) {
    const x1 = heightAt(axis.places, fromMicros);
    const x2 = heightAt(axis.places, toMicros);
    if (x2 - x1 < measureLeast) continue;
    const ways = [text, shortText].flatMap((words) =>
      waysToPlace(x1, x2, words, measure(words, textPx, 500)),
    );
    const room = ways.find(
      ({ left, right, words }) =>
        left >= labelColumn - textPadding &&
        right <= width &&
        axis.cuts.every((cut) => words[1] < cut.x1 || words[0] > cut.x2) &&
        placed.every(
          (other) => right + textPadding < other.left || left > other.right + textPadding,
        ),
    );
    if (room !== undefined) placed.push(room);
  }
  return placed.map(({ one }) => one).toSorted((one, other) => one.x1 - other.x1);
}

/** A way to place a measure: what it takes, and what its words take of that. */
interface PlacedWay {
  readonly one: PlacedMeasure;
  readonly left: number;
  readonly right: number;
  readonly words: readonly [from: number, to: number];
}

/** Its text inside the line, or else to the right or to the left of it. */
function waysToPlace(x1: number, x2: number, text: string, textWidth: number): PlacedWay[] {
  const line = { x1, x2, y: measureRow, text };
  const middle = (x1 + x2) / 2;
  const half = textWidth / 2 + textPadding;
  if (2 * half + textPadding <= x2 - x1) {
    const pieces: PlacedMeasure['pieces'] = [
      [x1, middle - half],
      [middle + half, x2],
    ];
    const one: PlacedMeasure = { ...line, textX: middle, anchor: 'middle', pieces };
    return [{ one, left: x1, right: x2, words: [middle - half, middle + half] }];
  }
  const pieces: PlacedMeasure['pieces'] = [[x1, x2]];
  const after = x2 + textPadding;
  const before = x1 - textPadding;
  return [
    {
      one: { ...line, textX: after, anchor: 'start', pieces },
      left: x1,
      right: after + textWidth,
      words: [after, after + textWidth],
    },
    {
      one: { ...line, textX: before, anchor: 'end', pieces },
      left: before - textWidth,
      right: x2,
      words: [before - textWidth, before],
    },
  ];
}
