import { MINI, RAIL, RULER } from './dimensions.ts';
import type { EventHeight } from './event-heights.ts';
import type { LifelineId, MediaSource, Perception } from './ladder-input.ts';
import type { PlacedLifeline, PlacedRail } from './ladder-layout.ts';
import { lifelinePlace } from './lifelines.ts';

/** The ear rail stands this far inside the edge, the screen rail that much further, px. */
const EAR_LEFT = 5;
const EAR_RIGHT = 12;
const SCREEN_FURTHER = 11;
const STRAND_GAP = 1;

function railX(medium: Perception['medium'], side: 'left' | 'right', width: number): number {
  const further = medium === 'audio' ? 0 : SCREEN_FURTHER;
  return side === 'left' ? RULER + EAR_LEFT + further : width - MINI - EAR_RIGHT - further;
}

/**
 * What the outermost parties hear and see, as rails at the edges of the content; parties between
 * have no rail. A mixed stream has one strand for each source.
 * @param width of the content, px
 */
export function placeRails(
  perceptions: readonly Perception[],
  lifelines: readonly PlacedLifeline[],
  places: ReadonlyMap<LifelineId, number>,
  eventHeight: EventHeight,
  width: number,
  contentHeight: number,
): readonly PlacedRail[] {
  const rails: PlacedRail[] = [];
  for (const { lifeline, medium, kind, sources, fromMicros, toMicros } of perceptions) {
    const place = lifelinePlace(places, lifeline, `A perception at ${fromMicros} µs`);
    const { side, outermost } = lifelines[place] ?? { side: 'left', outermost: false };
    if (!outermost) continue;
    const y = eventHeight(lifeline, fromMicros);
    const end = toMicros === null ? contentHeight : eventHeight(lifeline, toMicros);
    const strands: readonly (MediaSource | null)[] = kind === 'local tone' ? [null] : sources;
    const strandWidth = (RAIL - STRAND_GAP * (strands.length - 1)) / strands.length;
    strands.forEach((source, index) => {
      rails.push({
        lifeline,
        medium,
        kind,
        source,
        x: railX(medium, side, width) + index * (strandWidth + STRAND_GAP),
        y,
        width: strandWidth,
        height: Math.max(0, end - y),
        open: toMicros === null,
      });
    });
  }
  return rails;
}
