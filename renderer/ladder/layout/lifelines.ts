import { GAP_LEAST, GAP_MOST, LEFT, LEFT_NARROW, MINI, RIGHT, RULER } from './dimensions.ts';
import type { Lifeline, LifelineId } from './ladder-input.ts';
import type { FoldedLifeline, PlacedLifeline } from './ladder-layout.ts';

/** Where the lifelines stand and how wide the content becomes. */
export interface PlacedLifelines {
  readonly lifelines: readonly PlacedLifeline[];
  readonly folded: readonly FoldedLifeline[];
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
  const shown = shownLifelines(lifelines);
  const gaps = Math.max(0, shown.length - 1);
  const free = width - RULER - left - RIGHT - MINI;
  const gap = gaps === 0 ? 0 : Math.min(GAP_MOST, Math.max(GAP_LEAST, free / gaps));
  const placed = shown.map((lifeline, index): PlacedLifeline => ({
    id: lifeline.id,
    title: lifeline.title,
    subtitle: lifeline.subtitle,
    x: Math.round(RULER + left + gap * index) + 0.5,
    side: 2 * index < gaps ? 'left' : 'right',
    outermost: index === 0 || index === gaps,
  }));
  return {
    lifelines: placed,
    folded: placeFolded(lifelines, placed),
    width: Math.max(width, RULER + left + gap * gaps + RIGHT + MINI),
  };
}

/** Those that are drawn: without two of them there is nothing to fold a lifeline between. */
export function shownLifelines(lifelines: readonly Lifeline[]): readonly Lifeline[] {
  const shown = lifelines.filter(({ folded }) => !folded);
  return shown.length < 2 ? lifelines : shown;
}

/** After how many drawn lifelines less one every folded one stands; never outermost. */
export function foldedPlaces(lifelines: readonly Lifeline[]): ReadonlyMap<LifelineId, number> {
  const shown = shownLifelines(lifelines);
  const places = new Map<LifelineId, number>();
  if (shown.length === lifelines.length) return places;
  let before = 0;
  for (const { id, folded } of lifelines) {
    if (folded) places.set(id, Math.min(shown.length - 2, Math.max(0, before - 1)));
    else before += 1;
  }
  return places;
}

/** Folded lifelines share the space between their neighbours evenly. */
function placeFolded(
  lifelines: readonly Lifeline[],
  placed: readonly PlacedLifeline[],
): readonly FoldedLifeline[] {
  const places = foldedPlaces(lifelines);
  const titles = new Map(lifelines.map(({ id, title }) => [id, title]));
  const counts = new Map<number, number>();
  for (const after of places.values()) counts.set(after, (counts.get(after) ?? 0) + 1);
  const standing = new Map<number, number>();
  return [...places].map(([id, after]) => {
    const number = (standing.get(after) ?? 0) + 1;
    standing.set(after, number);
    const left = placed[after]?.x ?? 0;
    const right = placed[after + 1]?.x ?? left;
    const x = left + ((right - left) * number) / ((counts.get(after) ?? 0) + 1);
    return { id, title: titles.get(id) ?? id, x, after };
  });
}

/**
 * The place of every lifeline that is drawn, in the row of those.
 * @throws RangeError if two lifelines have the same name.
 */
export function indexLifelines(lifelines: readonly Lifeline[]): ReadonlyMap<LifelineId, number> {
  const names = new Set<LifelineId>();
  for (const { id } of lifelines) {
    if (names.has(id)) throw new RangeError(`Two lifelines are named "${id}".`);
    names.add(id);
  }
  return new Map(shownLifelines(lifelines).map(({ id }, index) => [id, index]));
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
