import { type BusySpan, joinSpans } from './busy-spans.ts';
import {
  BOTTOM,
  CUT_HEIGHT,
  CUT_LEAST,
  KEEP_AFTER,
  KEEP_BEFORE,
  SCALE_LEAST,
  SCALE_MOST,
  TICK_LEAST,
  TIME_TOP,
} from './dimensions.ts';
import { heightAt, type HeightMap } from './height-map.ts';
import type { Micros } from './ladder-input.ts';
import type { RulerTick } from './ladder-layout.ts';
import { millisText } from './ruler-text.ts';

const CUT_COST = CUT_HEIGHT + KEEP_AFTER + KEEP_BEFORE;
const CUT_INSET = 5;

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

/** An axis: how time becomes height, where it is cut, and what the ruler prints. */
export interface VerticalAxis {
  readonly heights: HeightMap;
  readonly cuts: readonly AxisCut[];
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
function dropShortPauses(spans: readonly BusySpan[], pxPerMs: number): readonly BusySpan[] {
  return joinSpans(spans, (CUT_LEAST / pxPerMs) * 1000);
}

/** The scale that fits spans and the cuts between them into `height` px. */
function fitScale(spans: readonly BusySpan[], height: number): number {
  const busyMs = spans.reduce((sum, span) => sum + (span.toMicros - span.fromMicros) / 1000, 0);
  const room = height - TIME_TOP - BOTTOM - (spans.length - 1) * CUT_COST;
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
): { readonly spans: readonly BusySpan[]; readonly pxPerMs: number } {
  if (pxPerMs !== null) {
    const scale = clampScale(pxPerMs);
    return { spans: dropShortPauses(spans, scale), pxPerMs: scale };
  }
  let apart = spans;
  for (;;) {
    const scale = fitScale(apart, height);
    const kept = dropShortPauses(apart, scale);
    if (kept.length === apart.length) return { spans: apart, pxPerMs: scale };
    apart = kept;
  }
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

/** The smallest of 1, 2, 5 × 10ⁿ ms that keeps ticks `TICK_LEAST` px apart. */
export function tickStepMs(pxPerMs: number): number {
  for (let decade = 1; ; decade *= 10) {
    for (const digit of [1, 2, 5])
      if (digit * decade * pxPerMs >= TICK_LEAST) return digit * decade;
  }
}

/** Ticks at whole steps outside cuts, from the first knot to `endMicros`. */
function placeTicks(
  map: HeightMap,
  cuts: readonly AxisCut[],
  endMicros: Micros,
  pxPerMs: number,
): RulerTick[] {
  const step = tickStepMs(pxPerMs) * 1000;
  const ticks: RulerTick[] = [];
  for (let span = 0; span <= cuts.length; span++) {
    const from = span === 0 ? (map.micros[0] ?? 0) : (cuts[span - 1]?.toMicros ?? 0);
    const to = cuts[span]?.fromMicros ?? endMicros;
    for (let micros = Math.ceil(from / step) * step; micros <= to; micros += step) {
      const y = Math.round(heightAt(map, micros)) + 0.5;
      ticks.push({ micros, y, text: millisText(micros) });
    }
  }
  return ticks;
}

/**
 * Time to height with one true slope outside cuts.
 * @param spans busy spans, ascending, at least one
 * @param height of the window, px, which a fitted run fills
 * @param pxPerMs the scale, or null to fit
 */
export function layTimeAxis(
  spans: readonly BusySpan[],
  height: number,
  pxPerMs: number | null,
): TimeAxis {
  const { spans: apart, pxPerMs: k } = scaleSpans(spans, height, pxPerMs);
  const first = apart[0] ?? { fromMicros: 0, toMicros: 0 };
  const map: MutableMap = { micros: [first.fromMicros], heights: [TIME_TOP], slopes: [k] };
  const cuts: AxisCut[] = [];
  let end = first.toMicros;
  for (const span of apart.slice(1)) {
    cuts.push(addCut(map, end, span.fromMicros, k));
    end = span.toMicros;
  }
  return {
    heights: map,
    cuts,
    ticks: placeTicks(map, cuts, end, k),
    height: heightAt(map, end) + BOTTOM,
    pxPerMs: k,
  };
}
