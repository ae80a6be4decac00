import type { HeightMap } from '../../ladder/layout/height-map.ts';
import { heightAt } from '../../ladder/layout/height-map.ts';
import { millisText, pauseText } from '../../ladder/layout/ruler-text.ts';
import { tickStepMs } from '../../ladder/layout/time-axis.ts';
import type { LaneInput, LanePause } from './lane-input.ts';
import type { LaneCut, LaneTick } from './lane-layout.ts';

/** Width of a cut, and what is kept of the pause before and after it, px. */
const cutWidth = 26;
const keepAfter = 8;
const keepBefore = 18;
const cutCost = cutWidth + keepAfter + keepBefore;
/** A cut's waves stand this far inside it, px. */
const cutInset = 4;
/** Tick texts keep this far from each other, and from a cut's text, px. */
const textDistance = 44;
/** What a digit takes at most, and what there is beside the end of the axis, px. */
const digitWidth = 7.2;
const beyondRight = 10;

export interface LaneAxis {
  readonly places: HeightMap;
  readonly ticks: readonly LaneTick[];
  readonly cuts: readonly LaneCut[];
}

/** Time laid out between `left` and `right` px, all of it, with one slope outside cuts. */
export function layLaneAxis(
  input: Pick<LaneInput, 'pauses' | 'endsAtMicros'>,
  left: number,
  right: number,
): LaneAxis {
  const { pauses, pxPerMs } = scale(input.pauses, input.endsAtMicros, right - left);
  const micros = [0];
  const heights = [left];
  const slopes = [pxPerMs];
  const cuts: LaneCut[] = [];
  for (const pause of pauses) {
    const from = pause.fromMicros + (keepAfter / pxPerMs) * 1000;
    const to = pause.toMicros - (keepBefore / pxPerMs) * 1000;
    const x1 = heightAt({ micros, heights, slopes }, from);
    micros.push(from, to);
    heights.push(x1, x1 + cutWidth);
    slopes.push((cutWidth / (to - from)) * 1000, pxPerMs);
    const text = pauseText(pause.toMicros - pause.fromMicros);
    cuts.push({ x1: x1 + cutInset, x2: x1 + cutWidth - cutInset, text });
  }
  const places = { micros, heights, slopes };
  return {
    places,
    cuts,
    ticks: placeTicks(places, cuts, pauses, [input.endsAtMicros, right], pxPerMs),
  };
}

/** The scale that fits everything, and the pauses that are longer than a cut at it. */
function scale(
  pauses: readonly LanePause[],
  end: number,
  width: number,
): { readonly pauses: readonly LanePause[]; readonly pxPerMs: number } {
  let cut = pauses;
  for (;;) {
    const quiet = cut.reduce((sum, pause) => sum + (pause.toMicros - pause.fromMicros) / 1000, 0);
    const busy = Math.max(1, end / 1000 - quiet);
    const pxPerMs = Math.max(1, width - cut.length * cutCost) / busy;
    const kept = cut.filter(
      (pause) => ((pause.toMicros - pause.fromMicros) / 1000) * pxPerMs > 2 * cutCost,
    );
    // Each round drops at least one pause, so this ends.
    if (kept.length === cut.length) return { pauses: cut, pxPerMs };
    cut = kept;
  }
}

function placeTicks(
  places: HeightMap,
  cuts: readonly LaneCut[],
  pauses: readonly LanePause[],
  [end, right]: readonly [micros: number, x: number],
  pxPerMs: number,
): LaneTick[] {
  const step = tickStepMs(pxPerMs) * 1000;
  const texts = cuts.map(({ x1, x2 }) => (x1 + x2) / 2);
  const ticks: LaneTick[] = [];
  for (let span = 0; span <= pauses.length; span += 1) {
    const from = span === 0 ? 0 : (places.micros[2 * span] ?? 0);
    const to = span === pauses.length ? end : (places.micros[2 * span + 1] ?? end);
    for (let micros = Math.ceil(from / step) * step; micros <= to; micros += step) {
      const x = Math.round(heightAt(places, micros)) + 0.5;
      const text = millisText(micros);
      const isInside = x + (text.length * digitWidth) / 2 <= right + beyondRight;
      const free = isInside && texts.every((other) => Math.abs(other - x) >= textDistance);
      if (free) texts.push(x);
      ticks.push({ micros, x, text: free ? text : null });
    }
  }
  return ticks;
}
