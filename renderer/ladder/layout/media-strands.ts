import { directionOf, type HeadedShaft } from './arrow-heads.ts';
import { STRAND } from './dimensions.ts';
import { heightAt, type HeightMap } from './height-map.ts';
import type { MediaStart, Micros } from './ladder-input.ts';
import type { MediaStop, Strand } from './ladder-layout.ts';

/** Strands end this far before the tip, where the second head is, px. */
const BEFORE_TIP = 4;
const NO_STRANDS: readonly Strand[] = [];

/** One strand for each source, side by side across the shaft. */
export function placeStrands(media: MediaStart | null, shaft: HeadedShaft): readonly Strand[] {
  if (media === null) return NO_STRANDS;
  const [ux, uy] = directionOf(shaft);
  const middle = (media.sources.length - 1) / 2;
  return media.sources.map((source, index) => {
    const offset = (middle - index) * STRAND;
    const across = { x: uy * offset, y: -ux * offset };
    return {
      source,
      x1: shaft.x1 + across.x,
      y1: shaft.y1 + across.y,
      x2: shaft.x2 - ux * BEFORE_TIP + across.x,
      y2: shaft.y2 - uy * BEFORE_TIP + across.y,
    };
  });
}

/** Where a stream stops: the shaft of its last packet, from the sender's end. */
export function placeStop(
  media: MediaStart | null,
  shaft: HeadedShaft,
  latencyMicros: Micros,
  heights: HeightMap,
): MediaStop | null {
  if (media === null || media.stopsMicros === null) return null;
  return {
    micros: media.stopsMicros,
    x1: shaft.x1,
    y1: heightAt(heights, media.stopsMicros),
    x2: shaft.x2,
    y2: heightAt(heights, media.stopsMicros + latencyMicros),
  };
}
