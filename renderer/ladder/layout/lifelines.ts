import { GAP_LEAST, GAP_MOST, LEFT, LEFT_NARROW, MINI, RIGHT, RULER } from './dimensions.ts';
import type { Lifeline, LifelineId } from './ladder-input.ts';
import type { PlacedLifeline } from './ladder-layout.ts';

/** Where the lifelines stand and how wide the content becomes. */
export interface PlacedLifelines {
  readonly lifelines: readonly PlacedLifeline[];
  /** Width of the content, px: that of the window unless the gaps are at their least. */
  readonly width: number;
}

/** Spreads lifelines evenly over a window of `width` px, within the limits of the gaps. */
export function placeLifelines(
  lifelines: readonly Lifeline[],
  width: number,
  narrow: boolean,
): PlacedLifelines {
  const left = narrow ? LEFT_NARROW : LEFT;
  const gaps = Math.max(0, lifelines.length - 1);
  const free = width - RULER - left - RIGHT - MINI;
  const gap = gaps === 0 ? 0 : Math.min(GAP_MOST, Math.max(GAP_LEAST, free / gaps));
  const placed = lifelines.map((lifeline, index): PlacedLifeline => ({
    id: lifeline.id,
    title: lifeline.title,
    subtitle: lifeline.subtitle,
    x: Math.round(RULER + left + gap * index) + 0.5,
    side: 2 * index < gaps ? 'left' : 'right',
    outermost: index === 0 || index === gaps,
  }));
  return {
    lifelines: placed,
    width: Math.max(width, RULER + left + gap * gaps + RIGHT + MINI),
  };
}

/**
 * The place of every lifeline in the row.
 * @throws RangeError if two lifelines have the same name.
 */
export function indexLifelines(lifelines: readonly Lifeline[]): ReadonlyMap<LifelineId, number> {
  const places = new Map<LifelineId, number>();
  lifelines.forEach((lifeline, index) => {
    if (places.has(lifeline.id)) throw new RangeError(`Two lifelines are named "${lifeline.id}".`);
    places.set(lifeline.id, index);
  });
  return places;
}

/**
 * The place of the lifeline that `owner` names.
 * @throws RangeError if there is none of that name.
 */
export function lifelinePlace(
  places: ReadonlyMap<LifelineId, number>,
  id: LifelineId,
  owner: string,
): number {
  const place = places.get(id);
  if (place !== undefined) return place;
  const known = [...places.keys()].map((name) => `"${name}"`).join(', ');
  throw new RangeError(`${owner} names lifeline "${id}"; there are ${known || 'none'}.`);
}
