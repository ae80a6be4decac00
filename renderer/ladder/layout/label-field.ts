// What stands in the way of labels: shafts, labels already placed, lifelines, the edges.

import { shaftSegments } from './arrows.ts';
import { addItem, type ColumnIndex, emptyIndex, visitItems } from './column-index.ts';
import { LABEL_HEIGHT, MINI, RULER } from './dimensions.ts';
import type { LadderArrow, PlacedLifeline, Segment } from './ladder-layout.ts';

/** Left and right edge of the space between neighbouring lifelines, or outside the last, px. */
export interface Column {
  readonly left: number;
  readonly right: number;
}

/** A label box that is not placed yet; all are `LABEL_HEIGHT` high. */
export interface LabelBox {
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The state of the page while labels are placed. */
export interface LabelField {
  readonly columns: readonly Column[];
  /** Labels must not reach below this, px. */
  readonly bottom: number;
  readonly shafts: ColumnIndex;
  readonly segments: Segment[];
  /** For every segment, its arrow's place, and what crossing it costs. */
  readonly owners: number[];
  readonly prices: number[];
  /** Rows of folds, on which no label stands, ascending. */
  readonly rows: readonly { readonly y1: number; readonly y2: number }[];
  readonly labels: ColumnIndex;
  readonly boxes: LabelBox[];
  /** Number of the last question put to the field, and for every item when it last counted. */
  question: number;
  readonly segmentSeen: number[];
  readonly boxSeen: number[];
  /** How many shafts and labels were compared so far, and when to give up. */
  comparisons: number;
  comparisonsMost: number;
}

const CROSSED_SHAFT = 20;
const CROSSED_REPLY = 4;
const OUTSIDE = 400;
/** Overlapping a label costs this: no label is put there at any price. */
export const OVERLAPPED_LABEL = 1000;

// Labels of a readable ladder need a few dozen comparisons; this bounds the unreadable ones.
const COMPARISONS_PER_LABEL = 800;

const LABEL_CLEARANCE_X = 7;
const LABEL_CLEARANCE_Y = 1;
const SHAFT_MARGIN_X = 1;
const SHAFT_INSET_Y = 2;
// Geometry means something to a tenth of a px: what comes this close to a box touches it.
const TOUCH = 0.05;
const BUCKET_LEAST = 32;
const BUCKET_MS = 128;
const BUCKETS_PER_SHAFT = 4;

/** How large a page is, and how it is divided to find things on it. */
export interface FieldShape {
  /** Size of the content, px. */
  readonly width: number;
  readonly height: number;
  /** More will follow below, so that the lower edge is none and the division must not change. */
  readonly grows: boolean;
  /** Scale of the Time axis, px per ms; null in Rows. */
  readonly pxPerMs: number | null;
  readonly rows: LabelField['rows'];
}

function bucketHeight(arrows: readonly LadderArrow[], shape: FieldShape): number {
  const { height, grows, pxPerMs } = shape;
  if (grows) return Math.max(BUCKET_LEAST, BUCKET_MS * (pxPerMs ?? 0));
  const shafts = Math.max(1, arrows.length);
  const meanDrop = arrows.reduce((sum, { y1, y2 }) => sum + (y2 - y1), 0) / shafts;
  // Buckets as high as the mean shaft bound the entries, high ones on a long page the buckets.
  return Math.max(BUCKET_LEAST, meanDrop, height / (BUCKETS_PER_SHAFT * shafts));
}

/** The field of a page on which nothing stands yet. */
export function emptyField(
  lifelines: readonly PlacedLifeline[],
  arrows: readonly LadderArrow[],
  shape: FieldShape,
): LabelField {
  const edges = [RULER, ...lifelines.map(({ x }) => x), shape.width - MINI];
  const columns = edges
    .slice(1)
    .map((right, index): Column => ({ left: edges[index] ?? 0, right }));
  const bucketPx = bucketHeight(arrows, shape);
  // Shafts in flight reach below the content; the index has room for them and their labels.
  const lowest = arrows.reduce((most, { headY }) => Math.max(most, headY), shape.height);
  const indexed = lowest + 2 * bucketPx;
  return {
    columns,
    bottom: shape.grows ? Infinity : shape.height,
    shafts: emptyIndex(columns.length, indexed, bucketPx),
    rows: shape.rows,
    segments: [],
    owners: [],
    prices: [],
    labels: emptyIndex(columns.length, indexed, bucketPx),
    boxes: [],
    question: 0,
    segmentSeen: [],
    boxSeen: [],
    comparisons: 0,
    comparisonsMost: 0,
  };
}

/** Heights at which a segment passes between two abscissae, or null where it does not. */
function fallBetween(
  { x1, y1, x2, y2 }: Segment,
  left: number,
  right: number,
): readonly [number, number] | null {
  const from = Math.max(left, Math.min(x1, x2));
  const to = Math.min(right, Math.max(x1, x2));
  if (from > to) return null;
  if (x1 === x2) return [Math.min(y1, y2), Math.max(y1, y2)];
  const slope = (y2 - y1) / (x2 - x1);
  const a = y1 + slope * (from - x1);
  const b = y1 + slope * (to - x1);
  return a < b ? [a, b] : [b, a];
}

/** Makes an arrow stand in the way. */
export function addShaft(field: LabelField, arrow: LadderArrow, owner: number): void {
  for (const segment of shaftSegments(arrow)) {
    const item = field.segments.push(segment) - 1;
    field.owners.push(owner);
    field.prices.push(arrow.line === 'thin' ? CROSSED_REPLY : CROSSED_SHAFT);
    field.segmentSeen.push(0);
    const lower = Math.min(arrow.fromIndex, arrow.toIndex);
    const upper = Math.max(arrow.fromIndex, arrow.toIndex);
    const first = arrow.loop === 0 ? lower + 1 : lower;
    const last = arrow.loop === 0 ? upper : upper + 1;
    for (let column = first; column <= last; column++) {
      const { left, right } = field.columns[column] ?? { left: 0, right: 0 };
      const fall = fallBetween(segment, left, right);
      if (fall !== null) addItem(field.shafts, column, fall[0], fall[1], item);
    }
  }
}

/** Makes a placed label stand in the way. */
export function addBox(field: LabelField, box: LabelBox): void {
  const item = field.boxes.push(box) - 1;
  field.boxSeen.push(0);
  addItem(field.labels, box.column, box.y, box.y + LABEL_HEIGHT, item);
}

/** Places keep their distance from lifelines and side edges by themselves; not so up and down. */
function edgeCost(field: LabelField, { y }: LabelBox): number {
  if (field.rows.length > 0 && standsOnRow(field, y)) return OVERLAPPED_LABEL;
  return y < 0 || y + LABEL_HEIGHT > field.bottom ? OUTSIDE : 0;
}

function standsOnRow({ rows }: LabelField, y: number): boolean {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.y2 ?? Infinity) <= y) low = middle + 1;
    else high = middle;
  }
  return (rows[low]?.y1 ?? Infinity) < y + LABEL_HEIGHT;
}

/** Begins the search for one label: in a crowd it ends after so many comparisons. */
export function allowComparisons(field: LabelField): void {
  field.comparisonsMost = field.comparisons + COMPARISONS_PER_LABEL;
}

/** What the labels overlapped cost; infinite where that took too long to find out. */
function labelCost(field: LabelField, box: LabelBox, limit: number): number {
  const left = box.x - LABEL_CLEARANCE_X;
  const right = box.x + box.width + LABEL_CLEARANCE_X;
  const top = box.y - LABEL_CLEARANCE_Y;
  const bottom = box.y + LABEL_HEIGHT + LABEL_CLEARANCE_Y;
  const question = ++field.question;
  let cost = 0;
  visitItems(field.labels, box.column, top, bottom, (item) => {
    if (++field.comparisons > field.comparisonsMost) cost = Infinity;
    const other = field.boxes[item];
    if (other === undefined || field.boxSeen[item] === question) return true;
    field.boxSeen[item] = question;
    const apart = other.x >= right || other.x + other.width <= left;
    if (!apart && other.y < bottom && other.y + LABEL_HEIGHT > top) cost += OVERLAPPED_LABEL;
    return cost < limit;
  });
  return cost;
}

/** What the foreign shafts crossed cost; infinite where that took too long to find out. */
function shaftCost(field: LabelField, box: LabelBox, owner: number, limit: number): number {
  const left = box.x - SHAFT_MARGIN_X;
  const right = box.x + box.width + SHAFT_MARGIN_X;
  const top = box.y + SHAFT_INSET_Y - TOUCH;
  const bottom = box.y + LABEL_HEIGHT - SHAFT_INSET_Y + TOUCH;
  const question = ++field.question;
  let cost = 0;
  visitItems(field.shafts, box.column, top, bottom, (item) => {
    if (++field.comparisons > field.comparisonsMost) cost = Infinity;
    const segment = field.segments[item];
    if (segment === undefined || field.segmentSeen[item] === question) return true;
    field.segmentSeen[item] = question;
    if (field.owners[item] === owner) return true;
    const fall = fallBetween(segment, left, right);
    if (fall !== null && fall[0] <= bottom && fall[1] >= top) cost += field.prices[item] ?? 0;
    return cost < limit;
  });
  return cost;
}

/**
 * What a box costs for standing where it is, to its own arrow `owner`. Once that reaches
 * `limit` it is no longer counted exactly.
 */
export function standingCost(
  field: LabelField,
  box: LabelBox,
  owner: number,
  limit: number,
): number {
  let cost = edgeCost(field, box);
  if (cost < limit) cost += labelCost(field, box, limit - cost);
  if (cost < limit) cost += shaftCost(field, box, owner, limit - cost);
  return cost;
}

/** Whether a box touches the drawn shaft of an arrow. */
export function touchesShaft(box: LabelBox, arrow: LadderArrow): boolean {
  return shaftSegments(arrow).some((segment) => {
    const fall = fallBetween(segment, box.x, box.x + box.width);
    return fall !== null && fall[0] <= box.y + LABEL_HEIGHT && fall[1] >= box.y;
  });
}
