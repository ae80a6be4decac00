import type { Selection } from 'd3';

import type { Group } from './ladder-groups.ts';

/** Remembers what each layer was last drawn of, so that nothing is drawn twice. */
export interface Memory {
  /** Whether a layer is to be made of other things than last time, which it is from now on. */
  isNew(layer: string, of: readonly unknown[]): boolean;
  /** The layer is drawn the next time, whatever it is made of. */
  forget(layer: string): void;
}

export function makeMemory(): Memory {
  const last = new Map<string, readonly unknown[]>();
  return {
    isNew(layer, of) {
      const before = last.get(layer);
      last.set(layer, of);
      if (before === undefined || before.length !== of.length) return true;
      return of.some((thing, place) => !Object.is(thing, before[place]));
    },
    forget(layer) {
      last.delete(layer);
    },
  };
}

/** How much of a layer is written: everything, or what has come into the drawn band. */
export type Extent = 'all' | 'what came in';

const names = new WeakMap<object, string>();
let named = 0;

/** A name for a piece of a layout, the same for as long as the layout is. */
function nameOf(piece: object): string {
  const known = names.get(piece);
  if (known !== undefined) return known;
  named += 1;
  const name = String(named);
  names.set(piece, name);
  return name;
}

/** How pieces and elements belong together. */
interface Keeping<Piece, Kind extends SVGElement> {
  /** Tells the pieces of one layout from those of the next; without it any element does. */
  readonly key?: (piece: Piece) => string;
  /** Puts into new elements what all of them have. */
  readonly make?: (came: Selection<Kind, Piece, SVGGElement, unknown>) => void;
}

/**
 * Gives a layer an element for each piece, in their order, and returns those that have to be
 * written. What is drawn already and has not changed is not touched: while a long ladder scrolls,
 * a frame costs what it brings in, not what is there.
 * @param kind name and class of the elements, `'path.timer'`
 */
export function keepUp<Piece extends object, Kind extends SVGElement = SVGElement>(
  layer: Group,
  kind: `${string}.${string}`,
  pieces: readonly Piece[],
  extent: Extent,
  { key, make }: Keeping<Piece, Kind> = {},
): Selection<Kind, Piece, SVGGElement, unknown> {
  const [tag = 'g', name = ''] = kind.split('.');
  const there = layer.selectAll<Kind, Piece>(kind);
  const by = key ?? (extent === 'all' ? null : nameOf);
  const kept = by === null ? there.data(pieces) : there.data(pieces, by);
  kept.exit().remove();
  const came = kept.enter().append<Kind>(tag).attr('class', name);
  make?.(came);
  const all = came.merge(kept).order();
  return extent === 'all' ? all : came;
}
