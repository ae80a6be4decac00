import type { Flight } from './flights.ts';
import { heightAt, type HeightMap } from './height-map.ts';
import type { MediaSource, MessageId, Micros } from './ladder-input.ts';
import type { LadderArrow, MediaRegion, PlacedLifeline } from './ladder-layout.ts';

/** How long one stream flows: from its first packet to its stop or to what replaces it. */
export interface MediaSpan {
  readonly message: MessageId;
  readonly sources: readonly MediaSource[];
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly startsMicros: Micros;
  readonly latencyMicros: Micros;
  /** Null while it flows. */
  readonly stopsMicros: Micros | null;
  /** The start that replaces it, if that comes before any stop. */
  readonly replacedBy: MessageId | null;
}

/** The streams of a run in the order of their starts; a lost first packet starts nothing. */
export function findMediaSpans(flights: readonly Flight[]): readonly MediaSpan[] {
  const spans: MediaSpan[] = [];
  const playing = new Map<string, number>();
  for (const { message, fromIndex, toIndex, arrivesMicros } of flights) {
    const { media, sentMicros, journey } = message;
    if (media === null || journey.end === 'lost') continue;
    const pair = `${fromIndex} ${toIndex}`;
    const former = playing.get(pair);
    const replaced = former === undefined ? undefined : spans[former];
    if (former !== undefined && replaced !== undefined) {
      if (replaced.stopsMicros === null || replaced.stopsMicros > sentMicros) {
        spans[former] = { ...replaced, stopsMicros: sentMicros, replacedBy: message.id };
      }
    }
    playing.set(pair, spans.length);
    spans.push({
      message: message.id,
      sources: media.sources,
      fromIndex,
      toIndex,
      startsMicros: sentMicros,
      latencyMicros: arrivesMicros - sentMicros,
      stopsMicros: media.stopsMicros,
      replacedBy: null,
    });
  }
  return spans;
}

/** Heights at which a stream ends at its sender and at its receiver, px. */
function endHeights(
  span: MediaSpan,
  successor: LadderArrow | undefined,
  heights: HeightMap,
  contentHeight: number,
): readonly [number, number] {
  if (successor !== undefined) return [successor.y1, successor.headY];
  if (span.stopsMicros === null) return [contentHeight, contentHeight];
  const last = span.stopsMicros + span.latencyMicros;
  return [heightAt(heights, span.stopsMicros), heightAt(heights, last)];
}

/** The tint between sender and receiver, from the first packet's shaft to the last one's. */
export function placeRegions(
  spans: readonly MediaSpan[],
  arrows: readonly LadderArrow[],
  lifelines: readonly PlacedLifeline[],
  heights: HeightMap,
  contentHeight: number,
): readonly MediaRegion[] {
  const media = new Map<MessageId, LadderArrow>();
  for (const arrow of arrows) if (arrow.kind === 'media') media.set(arrow.id, arrow);
  return spans.map((span) => {
    const arrow = media.get(span.message);
    const successor = span.replacedBy === null ? undefined : media.get(span.replacedBy);
    const [endFrom, endTo] = endHeights(span, successor, heights, contentHeight);
    const fromX = lifelines[span.fromIndex]?.x ?? 0;
    const toX = lifelines[span.toIndex]?.x ?? 0;
    const fromY = arrow?.y1 ?? 0;
    const toY = arrow?.headY ?? 0;
    return {
      message: span.message,
      sources: span.sources,
      corners: [
        [fromX, fromY],
        [toX, toY],
        [toX, Math.max(toY, endTo)],
        [fromX, Math.max(fromY, endFrom)],
      ],
      open: span.stopsMicros === null,
    };
  });
}
