import { MINI } from './dimensions.ts';
import type { LadderFinding, Micros } from './ladder-input.ts';
import type { LadderArrow, Minimap, PlacedLifeline } from './ladder-layout.ts';
import type { MediaSpan } from './media-regions.ts';

const TOP = 6;
const SIDE_LEFT = 5;
const SIDE_RIGHT = 5;

/**
 * The whole run in the height of the window, in true linear time: the waits that the ladder cuts
 * out are seen as empty space here.
 * @param size of the window, px
 * @param endMicros end of the run, the bottom of the map
 */
export function drawMinimap(
  size: { readonly width: number; readonly height: number },
  endMicros: Micros,
  lifelines: readonly PlacedLifeline[],
  arrows: readonly LadderArrow[],
  media: readonly MediaSpan[],
  findings: readonly LadderFinding[],
): Minimap {
  const x = size.width - MINI;
  const room = Math.max(0, size.height - 2 * TOP);
  const pxPerMs = endMicros > 0 ? (room / endMicros) * 1000 : 0;
  const first = lifelines[0]?.x ?? 0;
  const spread = (lifelines.at(-1)?.x ?? 0) - first;
  const xOf = (place: number): number => {
    const share = spread > 0 ? ((lifelines[place]?.x ?? 0) - first) / spread : 0.5;
    return x + SIDE_LEFT + share * (MINI - SIDE_LEFT - SIDE_RIGHT);
  };
  const yOf = (micros: Micros): number => TOP + (pxPerMs * Math.min(micros, endMicros)) / 1000;
  const columns = lifelines.map((_lifeline, place) => xOf(place));
  return {
    x,
    width: MINI,
    height: size.height,
    pxPerMs,
    top: TOP,
    shafts: arrows.map((arrow) => {
      const from = columns[arrow.fromIndex] ?? x;
      const to = columns[arrow.toIndex] ?? x;
      const way = arrow.headX - arrow.x1;
      const share = arrow.lost && way !== 0 ? (arrow.x2 - arrow.x1) / way : 1;
      return {
        message: arrow.id,
        leg: arrow.leg,
        x1: from,
        y1: yOf(arrow.sentMicros),
        x2: from + (to - from) * share,
        y2: yOf(arrow.endMicros),
      };
    }),
    tints: media.map((span) => {
      const from = columns[span.fromIndex] ?? x;
      const to = columns[span.toIndex] ?? x;
      const y = yOf(span.startsMicros + span.latencyMicros);
      const end = span.stopsMicros === null ? endMicros : span.stopsMicros + span.latencyMicros;
      const height = Math.max(0, yOf(end) - y);
      return {
        sources: span.sources,
        x: Math.min(from, to),
        y,
        width: Math.abs(to - from),
        height,
      };
    }),
    findings: findings.map(({ id, atMicros }) => ({ id, y: yOf(atMicros) })),
  };
}
