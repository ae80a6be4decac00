import { arrowHeads } from './arrow-heads.ts';
import { ATTACH, BRIDGE, LABEL_HEIGHT, LOOP_HEIGHT, LOOP_WIDTH, ZIGZAG } from './dimensions.ts';
import type { Flight } from './flights.ts';
import { heightAt, type HeightMap } from './height-map.ts';
import type { LifelineId } from './ladder-input.ts';
import type { LadderArrow, PlacedLifeline, Segment } from './ladder-layout.ts';
import { placeStop, placeStrands } from './media-strands.ts';
import { rowDrop, type RowsAxis } from './rows-axis.ts';

/** Heights of the two ends of a message, px. */
interface Fall {
  readonly y1: number;
  readonly headY: number;
}

/** From a flight to its heights on the page; `answered` commands show their reply, in Rows. */
export interface ShaftRule {
  readonly fall: (flight: Flight) => Fall;
  readonly loopHeight: number;
  readonly heights: HeightMap;
  /** In Rows a reply is an open head on its command's shaft instead of a shaft of its own. */
  readonly mergesReplies: boolean;
}

/** In Time the slope is true. */
export function timeShafts(heights: HeightMap): ShaftRule {
  return {
    fall: ({ message, arrivesMicros }) => ({
      y1: heightAt(heights, message.sentMicros),
      headY: heightAt(heights, arrivesMicros),
    }),
    loopHeight: LOOP_HEIGHT,
    heights,
    mergesReplies: false,
  };
}

/** In Rows the slope is clamped. */
export function rowShafts(axis: RowsAxis): ShaftRule {
  return {
    fall: ({ message, arrivesMicros }) => {
      const y1 = axis.rowOf.get(message.id) ?? 0;
      const latencyMs = (arrivesMicros - message.sentMicros) / 1000;
      return { y1, headY: y1 + rowDrop(axis.rowHeight, latencyMs) };
    },
    loopHeight: Math.min(LOOP_HEIGHT, axis.rowHeight - LABEL_HEIGHT - 2),
    heights: axis.heights,
    mergesReplies: true,
  };
}

/** Where arrows begin and end: at lifelines, or where those stand that are folded. */
export interface Standing {
  readonly lifelines: readonly PlacedLifeline[];
  readonly folded: ReadonlyMap<LifelineId, number>;
}

const NO_SEGMENTS: readonly Segment[] = [];
const NO_ZIGZAGS: LadderArrow['zigzags'] = [];

/** Where the lifelines strictly between the two ends break for a shaft, as far as it goes. */
function bridgesOf(flight: Flight, shaft: Segment, lifelines: readonly PlacedLifeline[]) {
  const { fromIndex, toIndex } = flight;
  const direction = Math.sign(toIndex - fromIndex);
  if (Math.abs(toIndex - fromIndex) < 2) return NO_SEGMENTS;
  const slope = (shaft.y2 - shaft.y1) / (shaft.x2 - shaft.x1);
  const bridges: Segment[] = [];
  for (let index = fromIndex + direction; index !== toIndex; index += direction) {
    const x = lifelines[index]?.x ?? 0;
    if (direction * (shaft.x2 - x) < 0) break;
    const y = shaft.y1 + slope * (x - shaft.x1);
    const rise = slope * BRIDGE;
    bridges.push({ x1: x - BRIDGE, y1: y - rise, x2: x + BRIDGE, y2: y + rise });
  }
  return bridges;
}

/** Tail, head and drawn end of a message between two lifelines, or of a loop at one. */
function shaftOf(flight: Flight, stand: Standing, rule: ShaftRule) {
  const { fromIndex, toIndex, share, tailAt, headAt } = flight;
  const { lifelines, folded } = stand;
  const fromX = folded.get(tailAt ?? '') ?? lifelines[fromIndex]?.x ?? 0;
  const toX = folded.get(headAt ?? '') ?? lifelines[toIndex]?.x ?? 0;
  const { y1, headY } = rule.fall(flight);
  if (fromIndex === toIndex) {
    const outwards = lifelines[fromIndex]?.side === 'left' ? -1 : 1;
    const x = fromX + ATTACH * outwards;
    const y2 = y1 + rule.loopHeight;
    return { x1: x, y1, x2: x, y2, headX: x, headY: y2, loop: LOOP_WIDTH * outwards };
  }
  const direction = Math.sign(toIndex - fromIndex);
  const x1 = fromX + ATTACH * direction;
  const headX = toX - ATTACH * direction;
  // One times a difference is not always the difference, and a head must be where it is.
  const x2 = share === 1 ? headX : x1 + (headX - x1) * share;
  const y2 = share === 1 ? headY : y1 + (headY - y1) * share;
  return { x1, y1, x2, y2, headX, headY, loop: 0 };
}

/** Where a shaft passes hops that are not drawn, as far as it goes. */
function zigzagsOf(
  { message }: Flight,
  shaft: Segment,
  { folded }: Standing,
): LadderArrow['zigzags'] {
  if (message.passes.length === 0) return NO_ZIGZAGS;
  const [left, right] = [Math.min(shaft.x1, shaft.x2), Math.max(shaft.x1, shaft.x2)];
  const slope = (shaft.y2 - shaft.y1) / (shaft.x2 - shaft.x1);
  return message.passes.flatMap((id) => {
    const x = folded.get(id);
    if (x === undefined || x - ZIGZAG < left || x + ZIGZAG > right) return [];
    return [{ x, y: shaft.y1 + slope * (x - shaft.x1) }];
  });
}

/** The drawn shaft of an arrow: one segment, or three for a loop. */
export function shaftSegments(arrow: LadderArrow): readonly Segment[] {
  if (arrow.loop === 0) return [arrow];
  const { x1, y1, y2 } = arrow;
  const x2 = x1 + arrow.loop;
  return [
    { x1, y1, x2, y2: y1 },
    { x1: x2, y1, x2, y2 },
    { x1: x2, y1: y2, x2: x1, y2 },
  ];
}

function lineOf({ kind, retransmission }: Flight['message']): LadderArrow['line'] {
  if (kind === 'reply') return 'thin';
  return retransmission === null ? 'solid' : 'dashed';
}

/** Arrows of all flights, in their order; in Rows without the replies that commands show. */
export function placeArrows(
  flights: readonly Flight[],
  stand: Standing,
  rule: ShaftRule,
): readonly LadderArrow[] {
  const { lifelines } = stand;
  const answered = new Set<string>();
  for (const { message, answersCommand, share } of flights) {
    if (!rule.mergesReplies || !answersCommand || share < 1) continue;
    if (message.replyTo !== null) answered.add(message.replyTo);
  }
  const arrows: LadderArrow[] = [];
  for (const flight of flights) {
    const { message, arrivesMicros, share } = flight;
    if (rule.mergesReplies && flight.answersCommand) continue;
    const shaft = shaftOf(flight, stand, rule);
    const { sentMicros } = message;
    arrows.push({
      id: message.id,
      number: message.number,
      kind: message.kind,
      leg: message.leg,
      fromIndex: flight.fromIndex,
      toIndex: flight.toIndex,
      sentMicros,
      endMicros: sentMicros + Math.round((arrivesMicros - sentMicros) * share),
      x1: shaft.x1,
      y1: shaft.y1,
      x2: shaft.x2,
      y2: shaft.y2,
      headX: shaft.headX,
      headY: shaft.headY,
      loop: shaft.loop,
      line: lineOf(message),
      lost: message.journey.end === 'lost',
      heads: arrowHeads(message, shaft, answered.has(message.id)),
      bridges: bridgesOf(flight, shaft, lifelines),
      zigzags: zigzagsOf(flight, shaft, stand),
      strands: placeStrands(message.media, shaft),
      stop: placeStop(message.media, shaft, arrivesMicros - sentMicros, rule.heights),
    });
  }
  return arrows;
}
