import { BAND, BAND_HEIGHT_LEAST, BAND_OF_TWO, BAND_OFFSET, BAND_PENDING } from './dimensions.ts';
import type { EventHeight } from './event-heights.ts';
import type { LifelineId, StateBand } from './ladder-input.ts';
import type { PlacedBand, PlacedLifeline } from './ladder-layout.ts';
import { lifelinePlace } from './lifelines.ts';

function centreOffset(side: StateBand['side']): number {
  if (side === 'centre') return 0;
  return side === 'left' ? -BAND_OFFSET : BAND_OFFSET;
}

/**
 * State bands on their lifelines, from the exact height of the event that began each to that of
 * the event that ended it, or to the end of the content while it lasts.
 */
export function placeBands(
  bands: readonly StateBand[],
  lifelines: readonly PlacedLifeline[],
  places: ReadonlyMap<LifelineId, number>,
  eventHeight: EventHeight,
  contentHeight: number,
): readonly PlacedBand[] {
  return bands.map((band) => {
    const place = lifelinePlace(places, band.lifeline, `A state band at ${band.fromMicros} µs`);
    const whole = band.side === 'centre' ? BAND : BAND_OF_TWO;
    const width = band.narrow ? BAND_PENDING : whole;
    const y = eventHeight(band.lifeline, band.fromMicros);
    const open = band.toMicros === null;
    const end = band.toMicros === null ? contentHeight : eventHeight(band.lifeline, band.toMicros);
    return {
      lifeline: band.lifeline,
      leg: band.leg,
      phase: band.phase,
      x: (lifelines[place]?.x ?? 0) + centreOffset(band.side) - width / 2,
      y,
      width,
      height: Math.max(BAND_HEIGHT_LEAST, end - y),
      open,
    };
  });
}
