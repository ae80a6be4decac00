import { findBusySpans } from './busy-spans.ts';
import { takeApart } from './folding.ts';
import { heightAt, microsAt } from './height-map.ts';
import type { LadderInput, LadderView, MessageId, Micros } from './ladder-input.ts';
import type { LadderLayout } from './ladder-layout.ts';
import { clampScale, layTimeAxis } from './time-axis.ts';

/** Scroll positions stay where there is content, px. */
export function clampScroll(scroll: number, content: number, window: number): number {
  return Math.min(Math.max(0, content - window), Math.max(0, scroll));
}

/**
 * Zooms the Time axis by `factor` so that the time under the pointer stays under it, unless the
 * content ends first. In Rows there is nothing to zoom: the scale and scroll stay.
 * @param pointerY from the window's upper edge, px
 */
export function zoomAbout(
  layout: LadderLayout,
  input: LadderInput,
  view: Pick<LadderView, 'scrollY'>,
  factor: number,
  pointerY: number,
): { readonly pxPerMs: number | null; readonly scrollY: number } {
  if (layout.pxPerMs === null) return { pxPerMs: null, scrollY: view.scrollY };
  const pointed = view.scrollY + pointerY;
  const micros = microsAt(layout.heights, pointed);
  // Above the first event there is no time, only a margin, which stays as it is.
  const beside = pointed - heightAt(layout.heights, micros);
  const pxPerMs = clampScale(layout.pxPerMs * factor);
  const parts = takeApart(input);
  const spans = findBusySpans(parts, input.endsAtMicros);
  const axis = layTimeAxis(spans, parts.anchors, layout.size.height, pxPerMs);
  const scrollY = heightAt(axis.heights, micros) + beside - pointerY;
  return { pxPerMs, scrollY: clampScroll(scrollY, axis.height, layout.size.height) };
}

/** What stays at its place on the screen when the axis changes. */
export type Anchor = { readonly message: MessageId } | { readonly micros: Micros };

function anchorHeight(layout: LadderLayout, anchor: Anchor): number | null {
  if ('micros' in anchor) return heightAt(layout.heights, anchor.micros);
  return layout.arrows.find(({ id }) => id === anchor.message)?.y1 ?? null;
}

/** The scroll position that keeps an event at the same height of the screen in a new layout. */
export function scrollKeeping(
  before: LadderLayout,
  after: LadderLayout,
  scrollY: number,
  anchor: Anchor,
): number {
  const from = anchorHeight(before, anchor);
  const to = anchorHeight(after, anchor);
  const moved = from === null || to === null ? scrollY : scrollY + to - from;
  return clampScroll(moved, after.height, after.size.height);
}
