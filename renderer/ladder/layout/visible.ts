import { LABEL_HEIGHT, LABEL_MOVE, LABEL_MOVES_MOST } from './dimensions.ts';
import type { LadderArrow, LadderLabel, LadderLayout } from './ladder-layout.ts';
import { firstFrom } from './marks.ts';

// No label is further from its arrow's box than this, up or down.
const LABEL_REACH = 2 * LABEL_HEIGHT + LABEL_MOVE * LABEL_MOVES_MOST;

/** The arrows and labels of a part of the page. */
export interface VisibleRows {
  readonly arrows: readonly LadderArrow[];
  readonly labels: readonly LadderLabel[];
}

/** What touches the band from `top` to `bottom` px of the content: found, not searched for. */
export function visibleRows(layout: LadderLayout, top: number, bottom: number): VisibleRows {
  const { arrows, labels, dropMost } = layout;
  const tailHeight = (arrow: LadderArrow): number => arrow.y1;
  const first = firstFrom(arrows, tailHeight, top - dropMost - LABEL_REACH);
  const last = firstFrom(arrows, tailHeight, bottom + LABEL_REACH);
  const firstLabel = firstFrom(labels, (label) => label.arrow, first);
  const lastLabel = firstFrom(labels, (label) => label.arrow, last);
  return {
    arrows: arrows.slice(first, last).filter(({ y1, y2 }) => y1 <= bottom && y2 >= top),
    labels: labels
      .slice(firstLabel, lastLabel)
      .filter(({ y, height }) => y <= bottom && y + height >= top),
  };
}
