import { LABEL_HEIGHT, LABEL_MOVE, LABEL_MOVES_MOST } from './dimensions.ts';
import { beginSearch, type LabelCandidate, offerPlaces } from './label-candidates.ts';
import {
  addBox,
  addShaft,
  allowComparisons,
  emptyField,
  type LabelField,
  OVERLAPPED_LABEL,
  standingCost,
  touchesShaft,
} from './label-field.ts';
import { labelOrder } from './label-order.ts';
import { type LabelVariant, type LabelWording, labelWordings } from './label-variants.ts';
import type { LadderMessage, LadderView, MeasureText, MessageId } from './ladder-input.ts';
import type { LadderArrow, LadderLabel, PlacedLifeline } from './ladder-layout.ts';

/** The page on which labels are placed. */
export interface LabelPage {
  readonly lifelines: readonly PlacedLifeline[];
  readonly arrows: readonly LadderArrow[];
  /** Sub-numbers ("7b") of messages that share their instant with others. */
  readonly subNumbers: ReadonlyMap<MessageId, string>;
  /** Size of the content, px. */
  readonly width: number;
  readonly height: number;
  /** Scale of the Time axis, px per ms; null in Rows. */
  readonly pxPerMs: number | null;
  /** Rows of folds, ascending. */
  readonly rows: readonly { readonly y1: number; readonly y2: number }[];
}

/** The labels in the order of their arrows, and what it took. */
export interface PlacedLabels {
  readonly labels: readonly LadderLabel[];
  readonly hidden: number;
  /** How many shafts and labels were compared: the work done. */
  readonly comparisons: number;
}

type View = Pick<LadderView, 'axis' | 'live' | 'selected' | 'evidence'>;

/** The cheapest place for the cheapest wording; the first of equals. */
function cheapest(
  field: LabelField,
  arrow: LadderArrow,
  owner: number,
  variants: readonly LabelVariant[],
  axis: View['axis'],
): LabelCandidate | null {
  allowComparisons(field);
  const search = beginSearch(field, arrow, owner, axis);
  for (const variant of variants) offerPlaces(search, variant);
  return search.best;
}

/** The nearest free place under a crowded one, clear of the arrow's own shaft. */
function movedDown(
  field: LabelField,
  arrow: LadderArrow,
  owner: number,
  crowded: LabelCandidate,
): LabelCandidate | null {
  allowComparisons(field);
  for (let move = 1; move <= LABEL_MOVES_MOST; move++) {
    const moved = { ...crowded, y: crowded.y + move * LABEL_MOVE };
    if (touchesShaft(moved, arrow)) continue;
    const cost = moved.ownCost + standingCost(field, moved, owner, OVERLAPPED_LABEL);
    if (cost < OVERLAPPED_LABEL) return moved;
  }
  return null;
}

function finishLabel(
  arrow: LadderArrow,
  place: number,
  { x, y, width, side, variant }: LabelCandidate,
  how: { readonly moved: boolean; readonly reduced: boolean },
): LadderLabel {
  const near = Math.min(Math.max(arrow.x1, x), x + width);
  return {
    message: arrow.id,
    arrow: place,
    side,
    x,
    y,
    width,
    height: LABEL_HEIGHT,
    variant: variant.words,
    parts: variant.parts.map((part) => ({
      kind: part.kind,
      text: part.text,
      x: x + part.x,
      width: part.width,
      tag: part.tag,
    })),
    leader: how.moved ? { x1: near, y1: y, x2: arrow.x1, y2: arrow.y1 } : null,
    reduced: how.reduced,
  };
}

/** Finds a place for one label and takes it; null where not even badge and tags find one. */
function placeLabel(
  field: LabelField,
  arrow: LadderArrow,
  place: number,
  wording: LabelWording,
  axis: View['axis'],
): LadderLabel | null {
  const winner = cheapest(field, arrow, place, wording.variants, axis);
  if (winner !== null && winner.cost < OVERLAPPED_LABEL) {
    addBox(field, winner);
    return finishLabel(arrow, place, winner, { moved: false, reduced: false });
  }
  if (winner !== null && axis === 'time') {
    const moved = movedDown(field, arrow, place, winner);
    if (moved !== null) {
      addBox(field, moved);
      return finishLabel(arrow, place, moved, { moved: true, reduced: false });
    }
  }
  if (wording.reduced === null) return null;
  const rest = cheapest(field, arrow, place, [wording.reduced], axis);
  if (rest === null || rest.cost >= OVERLAPPED_LABEL) return null;
  addBox(field, rest);
  return finishLabel(arrow, place, rest, { moved: false, reduced: true });
}

/**
 * Places the labels of all arrows but replies. No two overlap, none covers a lifeline or its
 * own shaft; a label without room moves down, then loses its text, and is counted.
 *
 * @param messages by the same places as `page.arrows`
 */
export function placeLabels(
  messages: readonly LadderMessage[],
  page: LabelPage,
  view: View,
  measure: MeasureText,
): PlacedLabels {
  const { arrows } = page;
  const { width, height, pxPerMs, rows } = page;
  const shape = { width, height, pxPerMs, rows, grows: view.live };
  const field = emptyField(page.lifelines, arrows, shape);
  if (!view.live) arrows.forEach((arrow, place) => addShaft(field, arrow, place));
  const placed: (LadderLabel | null)[] = arrows.map(() => null);
  const wordingOf = labelWordings(measure);
  let hidden = 0;
  let standing = 0;
  for (const place of labelOrder(messages, arrows, view)) {
    // In a live run every label sees the shafts up to its own.
    for (; view.live && standing <= place; standing++) {
      const shaft = arrows[standing];
      if (shaft !== undefined) addShaft(field, shaft, standing);
    }
    const arrow = arrows[place];
    const message = messages[place];
    if (arrow === undefined || message === undefined) continue;
    const wording = wordingOf(message, page.subNumbers.get(message.id) ?? null);
    const label = placeLabel(field, arrow, place, wording, view.axis);
    placed[place] = label;
    if (label === null || label.reduced) hidden++;
  }
  const labels = placed.filter((label) => label !== null);
  return { labels, hidden, comparisons: field.comparisons };
}
