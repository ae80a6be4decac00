import { shaftSegments } from './arrows.ts';
import { MINI, RULER } from './dimensions.ts';
import { microsAt } from './height-map.ts';
import type { LifelineId, MessageId, Micros } from './ladder-input.ts';
import type { LadderLayout, PlacedTimer, Segment } from './ladder-layout.ts';
import { visibleRows } from './visible.ts';

/** What is at a point of the window. */
export type LadderHit =
  | { readonly kind: 'message'; readonly message: MessageId }
  | { readonly kind: 'timer'; readonly timer: PlacedTimer['id'] }
  | { readonly kind: 'fold'; readonly fold: string }
  | { readonly kind: 'lifeline'; readonly lifeline: LifelineId }
  | { readonly kind: 'ruler'; readonly micros: Micros }
  | { readonly kind: 'minimap'; readonly micros: Micros }
  | { readonly kind: 'empty'; readonly micros: Micros };

/** Arrows have an invisible line of 10 px to be hit. */
const REACH = 5;
/** How near to its tip an arrowhead is taken hold of, px. */
const HEAD_REACH = 8;

function distanceTo(x: number, y: number, { x1, y1, x2, y2 }: Segment): number {
  const dx = x2 - x1;
  const dy = y2 - y1;
  const square = dx * dx + dy * dy;
  const along = square > 0 ? ((x - x1) * dx + (y - y1) * dy) / square : 0;
  const share = Math.min(1, Math.max(0, along));
  const offX = x - x1 - share * dx;
  const offY = y - y1 - share * dy;
  return Math.sqrt(offX * offX + offY * offY);
}

function messageAt(layout: LadderLayout, x: number, y: number): MessageId | null {
  const { arrows, labels } = visibleRows(layout, y - REACH, y + REACH);
  const label = labels.find(
    (box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height,
  );
  if (label !== undefined) return label.message;
  let nearest: MessageId | null = null;
  let least = REACH;
  for (const arrow of arrows) {
    const distances = shaftSegments(arrow).map((segment) => distanceTo(x, y, segment));
    const distance = Math.min(...distances);
    if (distance > least) continue;
    least = distance;
    nearest = arrow.id;
  }
  return nearest;
}

/**
 * What is at a point of the window, for clicks and hovering: labels before shafts, the nearest
 * shaft before timers, those before lifelines.
 * @param x from the window's left edge, px
 * @param y from its upper edge, px
 * @param scroll offset of the visible part in the content, px
 */
export function hitTest(
  layout: LadderLayout,
  x: number,
  y: number,
  scroll: { readonly scrollX: number; readonly scrollY: number },
): LadderHit {
  const contentX = x + scroll.scrollX;
  const contentY = y + scroll.scrollY;
  const micros = microsAt(layout.heights, contentY);
  if (x >= layout.size.width - MINI) {
    const { pxPerMs, top } = layout.minimap;
    const linear = pxPerMs > 0 ? Math.round(((y - top) / pxPerMs) * 1000) : 0;
    return { kind: 'minimap', micros: Math.min(layout.endMicros, Math.max(0, linear)) };
  }
  const fold = layout.folds.find(({ y1, y2 }) => contentY >= y1 && contentY < y2);
  if (fold !== undefined) return { kind: 'fold', fold: fold.id };
  if (x < RULER) return { kind: 'ruler', micros };
  const message = messageAt(layout, contentX, contentY);
  if (message !== null) return { kind: 'message', message };
  const timer = layout.timers.find(
    ({ x2, y1, y2 }) => Math.abs(contentX - x2) <= REACH && contentY >= y1 && contentY <= y2,
  );
  if (timer !== undefined) return { kind: 'timer', timer: timer.id };
  const lifeline = layout.lifelines.find((line) => Math.abs(contentX - line.x) <= REACH);
  if (lifeline !== undefined) return { kind: 'lifeline', lifeline: lifeline.id };
  return { kind: 'empty', micros };
}

/**
 * The message whose head is at a point of the window, in Time, where a head may be dragged to
 * another instant; null where there is none.
 * @param x from the window's left edge, px
 * @param y from its upper edge, px
 */
export function headAt(
  layout: LadderLayout,
  x: number,
  y: number,
  scroll: { readonly scrollX: number; readonly scrollY: number },
): MessageId | null {
  if (layout.axis !== 'time') return null;
  const contentX = x + scroll.scrollX;
  const contentY = y + scroll.scrollY;
  const { arrows } = visibleRows(layout, contentY - HEAD_REACH, contentY + HEAD_REACH);
  const found = arrows.find(
    ({ headX, headY, kind, loop, lost }) =>
      kind !== 'media' &&
      loop === 0 &&
      !lost &&
      Math.hypot(contentX - headX, contentY - headY) <= HEAD_REACH,
  );
  return found?.id ?? null;
}
