import { type BusySpan, joinSpans } from './busy-spans.ts';
import {
  BOTTOM,
  CUT_HEIGHT,
  CUT_LEAST,
  FOLD,
  KEEP_AFTER,
  KEEP_BEFORE,
  SCALE_LEAST,
  SCALE_MOST,
  TICK_LEAST,
  TIME_TOP,
} from './dimensions.ts';
import { type FoldAnchor, type FoldPlaces, placeAmong } from './folding.ts';
import { heightAt, type HeightMap } from './height-map.ts';
import type { Micros } from './ladder-input.ts';
import type { RulerTick } from './ladder-layout.ts';
import { millisText } from './ruler-text.ts';

const CUT_COST = CUT_HEIGHT + KEEP_AFTER + KEEP_BEFORE;
const CUT_INSET = 5;
/** Texts of ticks that stand nearer to one another cannot be read, px. */
const TICK_TEXT = 14;

/** A pause, the part of it that is cut out, and where the cut is on the page. */
export interface AxisCut {
  readonly pauseFromMicros: Micros;
  readonly pauseToMicros: Micros;
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly y1: number;
  readonly y2: number;
  readonly waveY1: number;
  readonly waveY2: number;
}

/** A fold and the height of its row. */
export interface FoldRow {
  readonly anchor: FoldAnchor;
  readonly y1: number;
}

/** An axis: how time becomes height, where it is cut, and what the ruler prints. */
export interface VerticalAxis {
  readonly heights: HeightMap;
  readonly cuts: readonly AxisCut[];
  readonly folds: readonly FoldRow[];
  readonly ticks: readonly RulerTick[];
  /** Height of the content, px. */
  readonly height: number;
}

/** The Time axis, with its scale in px per ms. */
export interface TimeAxis extends VerticalAxis {
  readonly pxPerMs: number;
}

/** A scale within what is allowed, px per ms. */
export function clampScale(pxPerMs: number): number {
  return Math.min(SCALE_MOST, Math.max(SCALE_LEAST, pxPerMs));
}

/** Pauses drawn shorter than two cuts are not worth cutting. */
function dropShortPauses(
  spans: readonly BusySpan[],
  pxPerMs: number,
  anchors: readonly FoldAnchor[],
): readonly BusySpan[] {
  return joinSpans(spans, (CUT_LEAST / pxPerMs) * 1000, anchors);
}

/** What folds take where they stand, with the space around them, px. */
function foldsHeight(count: number, where: 'first' | 'between'): number {
  return (where === 'first' ? 0 : KEEP_AFTER) + count * FOLD + KEEP_BEFORE;
}

/** Height of the first instant that is drawn, px. */
function topOf({ inPause }: FoldPlaces): number {
  const first = inPause.get(0);
  return first === undefined ? TIME_TOP : foldsHeight(first.length, 'first');
}

/** The scale that fits spans and the cuts and folds between them into `height` px. */
function fitScale(
  spans: readonly BusySpan[],
  height: number,
  anchors: readonly FoldAnchor[],
): number {
  const busyMs = spans.reduce((sum, span) => sum + (span.toMicros - span.fromMicros) / 1000, 0);
  const places = placeAmong(anchors, spans);
  let room = height - topOf(places) - BOTTOM;
  for (let place = 1; place < spans.length; place++) {
    const folds = places.inPause.get(place);
    room -= folds === undefined ? CUT_COST : foldsHeight(folds.length, 'between');
  }
  for (const folds of places.inSpan.values()) room -= folds.length * foldsHeight(1, 'between');
  return busyMs > 0 ? clampScale(room / busyMs) : SCALE_MOST;
}

/**
 * The scale, and the spans that remain apart at it. Fitting without a cut can make a further
 * pause too short to cut, so it is repeated; each round joins at least two spans.
 */
function scaleSpans(
  spans: readonly BusySpan[],
  height: number,
  pxPerMs: number | null,
  anchors: readonly FoldAnchor[],
): { readonly spans: readonly BusySpan[]; readonly pxPerMs: number } {
  if (pxPerMs !== null) {
    const scale = clampScale(pxPerMs);
    return { spans: dropShortPauses(spans, scale, anchors), pxPerMs: scale };
  }
  let apart = spans;
  for (;;) {
    const scale = fitScale(apart, height, anchors);
    const kept = dropShortPauses(apart, scale, anchors);
    if (kept.length === apart.length) return { spans: apart, pxPerMs: scale };
    apart = kept;
  }
}

/** The scale at which what is not folded fits into `height` px, px per ms. */
export function scaleThatFits(spans: readonly BusySpan[], height: number): number {
  return scaleSpans(spans, height, null, []).pxPerMs;
}

interface MutableMap {
  readonly micros: number[];
  readonly heights: number[];
  readonly slopes: number[];
}

/** Adds the knots of a cut that follows the last knot of `map`, and says where it is. */
function addCut(map: MutableMap, ends: Micros, resumes: Micros, pxPerMs: number): AxisCut {
  const fromMicros = ends + (KEEP_AFTER / pxPerMs) * 1000;
  const toMicros = resumes - (KEEP_BEFORE / pxPerMs) * 1000;
  const y1 = heightAt(map, fromMicros);
  const y2 = y1 + CUT_HEIGHT;
  map.micros.push(fromMicros, toMicros);
  map.heights.push(y1, y2);
  map.slopes.push((CUT_HEIGHT / (toMicros - fromMicros)) * 1000, pxPerMs);
  return {
    pauseFromMicros: ends,
    pauseToMicros: resumes,
    fromMicros,
    toMicros,
    y1,
    y2,
    waveY1: y1 + CUT_INSET,
    waveY2: y2 - CUT_INSET,
  };
}

/** Adds a knot at which the height jumps or the slope changes. */
function addKnot(map: MutableMap, micros: Micros, height: number, slope: number): void {
  map.micros.push(micros);
  map.heights.push(height);
  map.slopes.push(slope);
}

/** Adds the rows of folds from `top` px on, one under the other. */
function addRows(rows: FoldRow[], folds: readonly FoldAnchor[], top: number): void {
  folds.forEach((anchor, index) => rows.push({ anchor, y1: top + index * FOLD }));
}

/** Adds the knots of folds that stand for the pause from `ends` to `resumes`. */
function addFoldedPause(
  map: MutableMap,
  rows: FoldRow[],
  folds: readonly FoldAnchor[],
  ends: Micros,
  resumes: Micros,
  pxPerMs: number,
): void {
  const y = heightAt(map, ends);
  const height = foldsHeight(folds.length, 'between');
  addRows(rows, folds, y + KEEP_AFTER);
  if (resumes > ends) addKnot(map, ends, y, (height / (resumes - ends)) * 1000);
  addKnot(map, resumes, y + height, pxPerMs);
}

/** Adds the knots of folds that stand inside a busy span: the height jumps at their instants. */
function addFoldsInside(
  map: MutableMap,
  rows: FoldRow[],
  folds: readonly FoldAnchor[],
  pxPerMs: number,
): void {
  const start = map.micros.at(-1) ?? 0;
  for (const anchor of folds) {
    const at = Math.max(start, anchor.fromMicros);
    const y = heightAt(map, at);
    addRows(rows, [anchor], y + KEEP_AFTER);
    addKnot(map, at, y + foldsHeight(1, 'between'), pxPerMs);
  }
}

/** The smallest of 1, 2, 5 × 10ⁿ ms that keeps ticks `TICK_LEAST` px apart. */
export function tickStepMs(pxPerMs: number): number {
  for (let decade = 1; ; decade *= 10) {
    for (const digit of [1, 2, 5])
      if (digit * decade * pxPerMs >= TICK_LEAST) return digit * decade;
  }
}

/** Ticks at whole steps of the spans, and of the edges that the cuts between them keep. */
function placeTicks(
  map: HeightMap,
  spans: readonly BusySpan[],
  cuts: ReadonlyMap<number, AxisCut>,
  pxPerMs: number,
): RulerTick[] {
  const step = tickStepMs(pxPerMs) * 1000;
  const ticks: RulerTick[] = [];
  const add = (micros: Micros): void => {
    const y = Math.round(heightAt(map, micros)) + 0.5;
    ticks.push({ micros, y, text: millisText(micros) });
  };
  for (const [place, span] of spans.entries()) {
    const from = cuts.get(place)?.toMicros ?? span.fromMicros;
    const to = cuts.get(place + 1)?.fromMicros ?? span.toMicros;
    const first = Math.ceil(from / step) * step;
    // After a cut one is told when it goes on, if a round time does not do so in a moment.
    const goesOn = cuts.has(place) ? span.fromMicros : first;
    if (((first - goesOn) * pxPerMs) / 1000 >= TICK_TEXT) add(goesOn);
    for (let micros = first; micros <= to; micros += step) add(micros);
  }
  return ticks;
}

/**
 * Time to height with one true slope outside cuts and folds.
 * @param spans busy spans, ascending, at least one
 * @param anchors folds, in the order of their beginnings
 * @param height of the window, px, which a fitted run fills
 * @param pxPerMs the scale, or null to fit
 */
export function layTimeAxis(
  spans: readonly BusySpan[],
  anchors: readonly FoldAnchor[],
  height: number,
  pxPerMs: number | null,
): TimeAxis {
  const { spans: apart, pxPerMs: k } = scaleSpans(spans, height, pxPerMs, anchors);
  const places = placeAmong(anchors, apart);
  const map: MutableMap = { micros: [], heights: [], slopes: [] };
  const cuts = new Map<number, AxisCut>();
  const folds: FoldRow[] = [];
  let end = apart[0]?.toMicros ?? 0;
  for (const [place, span] of apart.entries()) {
    const before = places.inPause.get(place);
    if (place === 0) addBeginning(map, folds, before, span.fromMicros, k);
    else if (before === undefined) cuts.set(place, addCut(map, end, span.fromMicros, k));
    else addFoldedPause(map, folds, before, end, span.fromMicros, k);
    addFoldsInside(map, folds, places.inSpan.get(place) ?? [], k);
    end = span.toMicros;
  }
  return {
    heights: map,
    cuts: [...cuts.values()],
    folds,
    ticks: placeTicks(map, apart, cuts, k),
    height: heightAt(map, end) + BOTTOM,
    pxPerMs: k,
  };
}

function addBeginning(
  map: MutableMap,
  rows: FoldRow[],
  folds: readonly FoldAnchor[] | undefined,
  firstMicros: Micros,
  pxPerMs: number,
): void {
  if (folds === undefined) return addKnot(map, firstMicros, TIME_TOP, pxPerMs);
  const height = foldsHeight(folds.length, 'first');
  const from = folds[0]?.fromMicros ?? firstMicros;
  addRows(rows, folds, 0);
  if (from < firstMicros) addKnot(map, from, 0, (height / (firstMicros - from)) * 1000);
  addKnot(map, firstMicros, height, pxPerMs);
}
