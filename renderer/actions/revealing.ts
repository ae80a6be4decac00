import type { Micros } from '../../sim-core/reading.ts';
import type { LadderScene } from '../ladder/ladder-scene.ts';
import { heightAt } from '../ladder/layout/height-map.ts';
import { clampScroll } from '../ladder/layout/zoom.ts';
import { scrollLadder } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';

/** What is revealed keeps this far from the ladder's edges, px. */
const margin = 24;

/** Scrolls the ladder to an instant, if it is not in view. */
export function reveal(store: Store<RendererState>, scene: LadderScene, instant: Micros): void {
  const { height } = scene.size;
  if (height === 0) return;
  const layout = scene.layout();
  const { scrollX, scrollY } = scene.scroll();
  const y = heightAt(layout.heights, instant);
  if (y >= scrollY + margin && y <= scrollY + height - margin) return;
  store.edit(scrollLadder(scrollX, clampScroll(y - height / 2, layout.height, height)));
}
