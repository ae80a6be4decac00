import type { LadderMessage } from './ladder-input.ts';
import type { ArrowHead, Segment } from './ladder-layout.ts';

const FILLED = 9;
const OPEN = 8;
const OPEN_REPLY = 6;
const CROSS = 10;
const ABSORBED_RADIUS = 3;
/** A second head stands this far behind the first, px. */
const BEHIND = 5;

/** A shaft with the horizontal extent of its loop, 0 for one between two lifelines. */
export interface HeadedShaft extends Segment {
  readonly loop: number;
}

/** The unit vector along a shaft, or back towards the lifeline for a loop. */
export function directionOf({ x1, y1, x2, y2, loop }: HeadedShaft): readonly [number, number] {
  if (loop !== 0) return [-Math.sign(loop), 0];
  const length = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
  return length > 0 ? [(x2 - x1) / length, (y2 - y1) / length] : [1, 0];
}

function headShape(message: LadderMessage): readonly [ArrowHead['shape'], number] {
  switch (message.kind) {
    case 'request':
    case 'command':
      return ['filled', FILLED];
    case 'response':
    case 'media':
      return ['open', OPEN];
    case 'reply':
      return ['open', OPEN_REPLY];
  }
}

/** The heads at the drawn end, and for an answered command in Rows the one at its tail. */
export function arrowHeads(
  message: LadderMessage,
  shaft: HeadedShaft,
  answered: boolean,
): readonly ArrowHead[] {
  const heads = endHeads(message, shaft);
  if (!answered) return heads;
  const [ux, uy] = directionOf(shaft);
  const { x1: x, y1: y } = shaft;
  return [...heads, { shape: 'open', x, y, ux: -ux, uy: -uy, size: OPEN, source: null }];
}

function endHeads(message: LadderMessage, shaft: HeadedShaft): readonly ArrowHead[] {
  const [ux, uy] = directionOf(shaft);
  const { x2: x, y2: y } = shaft;
  if (message.journey.end === 'lost') {
    return [{ shape: 'cross', x, y, ux, uy, size: CROSS, source: null }];
  }
  if (message.absorbed) {
    return [{ shape: 'circle', x, y, ux, uy, size: ABSORBED_RADIUS, source: null }];
  }
  const [shape, size] = headShape(message);
  const sources = message.media?.sources ?? [];
  const tip: ArrowHead = { shape, x, y, ux, uy, size, source: sources[0] ?? null };
  if (message.media === null && !message.duplicate) return [tip];
  const source = sources.at(-1) ?? null;
  return [tip, { shape, x: x - ux * BEHIND, y: y - uy * BEHIND, ux, uy, size, source }];
}
