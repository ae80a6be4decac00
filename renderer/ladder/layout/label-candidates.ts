// Where the label of an arrow could stand. Places are offered in the order in which ties are
// decided, and only as long as they could still be cheaper than the best.

import { ATTACH, LABEL_HEIGHT, LABEL_PAD, STATION } from './dimensions.ts';
import { type Column, type LabelBox, type LabelField, standingCost } from './label-field.ts';
import type { LabelVariant } from './label-variants.ts';
import type { LadderArrow, LadderLabel } from './ladder-layout.ts';

/** A place for one wording. */
export interface LabelCandidate extends LabelBox {
  readonly variant: LabelVariant;
  readonly side: LadderLabel['side'];
  /** What it costs by itself, and in all, with what stands there. */
  readonly ownCost: number;
  readonly cost: number;
}

/** A search for the cheapest place for the label of one arrow. */
export interface LabelSearch {
  readonly field: LabelField;
  readonly arrow: LadderArrow;
  /** Place of the arrow: its own shaft is not in its way. */
  readonly owner: number;
  readonly axis: 'time' | 'rows';
  readonly walks: readonly Walk[];
  /** The cheapest so far and its cost, infinite before there is one. */
  best: LabelCandidate | null;
  limit: number;
}

/** One column a label may stand in, walked from `start` in `direction`. */
interface Walk {
  readonly column: number;
  readonly start: number;
  readonly direction: number;
  readonly room: number;
}

const GAP_COST = 9;
const STATION_COST = 8;
const BELOW_COST = 2;
const BELOW_NEAR_COST = 4;
const COMMAND_COST = 3;
/** A command that falls less than this may be named beyond its receiver, px. */
const BEYOND_DROP = 8;
const ABOVE_CLEARANCE = 1;
const BELOW_CLEARANCE = 2;

function walkThrough(columns: readonly Column[], column: number, direction: number): Walk {
  const { left, right } = columns[column] ?? { left: 0, right: 0 };
  const start = direction > 0 ? left : right;
  return { column, start, direction, room: right - left - 2 * LABEL_PAD };
}

/** A shaft that begins between two lifelines has its label from there on. */
function fromTail(walk: Walk, { x1 }: LadderArrow): Walk {
  const { start, direction, room } = walk;
  const within = Math.max(0, direction * (x1 - start) - ATTACH);
  return within === 0 ? walk : { ...walk, start: start + direction * within, room: room - within };
}

/** The columns of a label from the tail outwards; for a loop the outer side, then the inner. */
function walksOf(
  arrow: LadderArrow,
  columns: readonly Column[],
  axis: 'time' | 'rows',
): readonly Walk[] {
  const { fromIndex, toIndex } = arrow;
  if (arrow.loop !== 0) {
    const outer = arrow.loop < 0 ? fromIndex : fromIndex + 1;
    const inner = arrow.loop < 0 ? fromIndex + 1 : fromIndex;
    const outwards = Math.sign(arrow.loop);
    return [walkThrough(columns, outer, outwards), walkThrough(columns, inner, -outwards)];
  }
  const direction = Math.sign(toIndex - fromIndex);
  const walks: Walk[] = [];
  for (let index = fromIndex; index !== toIndex; index += direction) {
    const walk = walkThrough(columns, direction > 0 ? index + 1 : index, direction);
    walks.push(index === fromIndex ? fromTail(walk, arrow) : walk);
    if (axis === 'rows') break;
  }
  return walks;
}

/** Begins a search that has found nothing yet. */
export function beginSearch(
  field: LabelField,
  arrow: LadderArrow,
  owner: number,
  axis: 'time' | 'rows',
): LabelSearch {
  const walks = walksOf(arrow, field.columns, axis);
  return { field, arrow, owner, axis, walks, best: null, limit: Infinity };
}

/** Keeps a place if it is cheaper than the best so far. */
function offer(
  search: LabelSearch,
  variant: LabelVariant,
  side: LadderLabel['side'],
  column: number,
  x: number,
  y: number,
  ownCost: number,
): void {
  if (ownCost >= search.limit) return;
  const box = { column, x, y, width: variant.width };
  const cost = ownCost + standingCost(search.field, box, search.owner, search.limit - ownCost);
  if (cost >= search.limit) return;
  search.best = { column, x, y, width: variant.width, variant, side, ownCost, cost };
  search.limit = cost;
}

/** Height of the shaft above or below an abscissa; of a loop, its upper or its lower edge. */
function shaftHeight(arrow: LadderArrow, x: number, side: 'above' | 'below'): number {
  if (arrow.loop !== 0) return side === 'above' ? arrow.y1 : arrow.y2;
  // A shaft that ends between two lifelines goes no further than its head.
  const share = Math.min(1, Math.max(0, (x - arrow.x1) / (arrow.headX - arrow.x1)));
  return arrow.y1 + (arrow.headY - arrow.y1) * share;
}

/** Offers the stations of one column, nearest first; both sides cost more at every further one. */
function offerStations(
  search: LabelSearch,
  variant: LabelVariant,
  { column, start, direction, room }: Walk,
  walkCost: number,
): void {
  const { arrow, axis } = search;
  const slack = room - variant.width;
  const last = axis === 'rows' ? Math.min(0, slack) : slack;
  for (let station = 0; station <= last; station += STATION) {
    const cost = walkCost + (STATION_COST * station) / room;
    if (cost >= search.limit) return;
    const near = start + direction * (LABEL_PAD + station);
    const far = near + direction * variant.width;
    const x = Math.min(near, far);
    const above = shaftHeight(arrow, near, 'above') - ABOVE_CLEARANCE - LABEL_HEIGHT;
    offer(search, variant, 'above', column, x, above, cost);
    if (axis === 'rows') return;
    const below = shaftHeight(arrow, far, 'below') + BELOW_CLEARANCE;
    const belowCost = cost + BELOW_COST + BELOW_NEAR_COST * (1 - station / room);
    offer(search, variant, 'below', column, x, below, belowCost);
  }
}

/** Offers the place beside the head of a short command, past its receiver. */
function offerBeyond(search: LabelSearch, variant: LabelVariant): void {
  const { arrow, field } = search;
  const { fromIndex, toIndex } = arrow;
  const direction = toIndex - fromIndex;
  if (Math.abs(direction) !== 1 || Math.abs(arrow.headY - arrow.y1) >= BEYOND_DROP) return;
  if (toIndex === 0 || toIndex === field.columns.length - 2) return;
  const next = direction > 0 ? toIndex + 1 : toIndex;
  const { column, start, room } = walkThrough(field.columns, next, direction);
  if (variant.width > room) return;
  const near = start + direction * LABEL_PAD;
  const x = direction > 0 ? near : near - variant.width;
  const y = arrow.headY - LABEL_HEIGHT / 2 - 1;
  offer(search, variant, 'beyond', column, x, y, variant.cost);
}

/**
 * Offers the places for one wording: each column the arrow crosses, from the tail outwards, at
 * stations along it, above the shaft and below; in Rows only the first of all these.
 */
export function offerPlaces(search: LabelSearch, variant: LabelVariant): void {
  const command = search.arrow.kind === 'command';
  let cost = variant.cost + (command ? COMMAND_COST : 0);
  for (const walk of search.walks) {
    if (cost >= search.limit) break;
    offerStations(search, variant, walk, cost);
    cost += GAP_COST;
  }
  if (command && search.axis === 'time') offerBeyond(search, variant);
}
