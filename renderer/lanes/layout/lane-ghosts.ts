import { heightAt } from '../../ladder/layout/height-map.ts';
import type { LaneBar } from './lane-input.ts';
import type { LaneGhost, LaneLayout } from './lane-layout.ts';
import { heightOfBar } from './layout-lanes.ts';

/** A ghost is seen around the bar it stands behind, px. */
const reach = 2;

/**
 * The bars of another run that this one has not got just so, in the lanes and on the axis of this
 * one: what it has no lane for is left out, and what came after its end.
 * @param drawn the bars of this run
 */
export function laneGhosts(
  layout: LaneLayout,
  ghosts: readonly LaneBar[],
  drawn: readonly LaneBar[],
): readonly LaneGhost[] {
  if (ghosts.length === 0) return [];
  const here = new Set(drawn.map(nameOf));
  const rowOf = new Map(layout.lanes.map(({ id, y }) => [id, y]));
  return ghosts.flatMap((bar) => {
    const middle = rowOf.get(bar.lane);
    if (middle === undefined || here.has(nameOf(bar))) return [];
    const x = Math.min(layout.right, heightAt(layout.places, bar.fromMicros));
    const end = Math.min(layout.right, heightAt(layout.places, bar.toMicros));
    if (end - x < 1) return [];
    const height = heightOfBar(bar) + 2 * reach;
    const source = bar.sources[0] ?? null;
    return [{ id: bar.id, source, x, y: middle - height / 2, width: end - x, height }];
  });
}

function nameOf({ lane, kind, sources, fromMicros, toMicros }: LaneBar): string {
  return `${lane} ${kind} ${sources.join(' ')} ${fromMicros} ${toMicros}`;
}
