import { firstPlace } from '../../../sim-core/reading.ts';
import { heightAt, microsAt } from './height-map.ts';
import type { LadderView, Micros } from './ladder-input.ts';
import type {
  InFlight,
  LadderArrow,
  LadderLayout,
  LadderMarks,
  RulerTick,
  SelectionTime,
} from './ladder-layout.ts';
import { millisText, rulerText } from './ruler-text.ts';

/** A layout before its marks. */
export type UnmarkedLayout = Omit<LadderLayout, 'marks'>;

type View = Pick<LadderView, 'playheadMicros' | 'selected' | 'scrollY' | 'live'>;

/** A tick's text gives way to a selection mark or the playhead within these, px. */
const NEAR_SELECTION = 14;
const NEAR_PLAYHEAD = 16;
const VIEWPORT_MARGIN = 3;

/** The place of the first of the ascending things whose `value` is at least `least`. */
export function firstFrom<T>(
  things: readonly T[],
  value: (thing: T) => number,
  least: number,
): number {
  return firstPlace(things, (thing) => value(thing) >= least);
}

const sentMicros = (arrow: LadderArrow): Micros => arrow.sentMicros;
const tickHeight = (tick: RulerTick): number => tick.y;

function inFlightAt(layout: UnmarkedLayout, micros: Micros): readonly InFlight[] {
  const { arrows, flightMostMicros } = layout;
  const flying: InFlight[] = [];
  for (let at = firstFrom(arrows, sentMicros, micros - flightMostMicros); ; at++) {
    const arrow = arrows[at];
    if (arrow === undefined || arrow.sentMicros >= micros) return flying;
    if (arrow.endMicros <= micros) continue;
    const share = (micros - arrow.sentMicros) / (arrow.endMicros - arrow.sentMicros);
    flying.push({
      message: arrow.id,
      leg: arrow.leg,
      x: arrow.x1 + (arrow.x2 - arrow.x1) * share,
      y: arrow.y1 + (arrow.y2 - arrow.y1) * share,
    });
  }
}

/** Two times on the ruler stand at least so far apart, px. */
const TIMES_APART = 14;
/** Nearer to each other than this the two ends of a message are one place of the ruler, px. */
const ONE_PLACE = 4;

/** The two times of the selection; in a live run its arrival only once it has happened. */
function selectionTimes(layout: UnmarkedLayout, view: View): readonly SelectionTime[] {
  if (view.selected === null) return [];
  const arrow = layout.arrows.find(({ id }) => id === view.selected);
  if (arrow === undefined) return [];
  const { endMicros, y1, y2 } = arrow;
  const sent = { micros: arrow.sentMicros, y: y1, textY: y1, text: rulerText(arrow.sentMicros) };
  const now = view.live ? (view.playheadMicros ?? Infinity) : Infinity;
  if (arrow.lost || endMicros > now || endMicros === arrow.sentMicros) return [sent];
  // Where both ends are in one row its own time is enough.
  if (y2 - y1 < ONE_PLACE && layout.axis === 'rows') return [sent];
  const off = Math.max(0, TIMES_APART - (y2 - y1)) / 2;
  const received = { micros: endMicros, y: y2, textY: y2 + off, text: rulerText(endMicros) };
  return [{ ...sent, textY: y1 - off }, received];
}

function ticksNear(ticks: readonly RulerTick[], y: number, distance: number): readonly number[] {
  const near: number[] = [];
  for (let at = firstFrom(ticks, tickHeight, y - distance); at < ticks.length; at++) {
    const off = Math.abs((ticks[at]?.y ?? Infinity) - y);
    if (off > distance) break;
    if (off < distance) near.push(at);
  }
  return near;
}

function viewportOf(layout: UnmarkedLayout, scrollY: number): LadderMarks['minimapViewport'] {
  const { heights, minimap, size, endMicros } = layout;
  const at = (y: number): number =>
    minimap.top + (minimap.pxPerMs * Math.min(endMicros, microsAt(heights, y))) / 1000;
  const lowest = Math.max(at(scrollY + size.height), minimap.top);
  const y = at(scrollY) - VIEWPORT_MARGIN;
  return { y, height: lowest + VIEWPORT_MARGIN - y };
}

/**
 * Everything that follows the playhead, the selection or the scroll position, and nothing that
 * needs a new layout: cheap enough for every frame.
 */
export function markLadder(layout: UnmarkedLayout, view: View): LadderMarks {
  const { heights, minimap, ticks } = layout;
  const micros = view.playheadMicros;
  const y = micros === null ? null : heightAt(heights, micros);
  const selection = selectionTimes(layout, view);
  const silent = new Set<number>();
  for (const mark of selection) {
    for (const tick of ticksNear(ticks, mark.y, NEAR_SELECTION)) silent.add(tick);
  }
  if (y !== null) for (const tick of ticksNear(ticks, y, NEAR_PLAYHEAD)) silent.add(tick);
  const bottom = Math.max(layout.height, layout.size.height);
  return {
    playhead:
      micros === null || y === null ? null : { y: Math.round(y) + 0.5, text: millisText(micros) },
    veil: y === null || view.live ? null : { y1: y, y2: Math.max(y, bottom) },
    inFlight: micros === null ? [] : inFlightAt(layout, micros),
    selection,
    silentTicks: [...silent].sort((a, b) => a - b),
    minimapViewport: viewportOf(layout, view.scrollY),
    minimapPlayheadY: micros === null ? null : minimap.top + (minimap.pxPerMs * micros) / 1000,
  };
}
