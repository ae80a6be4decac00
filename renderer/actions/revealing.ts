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

/**
 * Keeps what the clock shows in view: where a call is opened at an instant beyond the first screen,
 * and where the playhead is moved somewhere else than in the ladder. While the clock runs whoever
 * scrolls away may stay there, and a window that changes its size moves nothing.
 */
export function keepPlayheadInView(store: Store<RendererState>, scene: LadderScene): void {
  let seen: Seen = { open: null, playhead: null, height: 0 };
  const goAlong = goingAlong(store, scene);
  store.subscribe(() => {
    goAlong();
    const { run, playing, open, playhead } = store.state;
    const { height } = scene.size;
    if (run.kind !== 'ready' || height === 0) return;
    const isOther = open !== seen.open;
    const isMoved = playhead !== seen.playhead && height === seen.height && !playing;
    seen = { open, playhead, height };
    if (isOther || isMoved) reveal(store, scene, playhead);
  });
}

/** While a run comes in, the newest of it stays at this share of the ladder's height. */
const frontAt = 0.7;

/** Scrolls along with a run that comes in, until somebody scrolls elsewhere. */
function goingAlong(store: Store<RendererState>, scene: LadderScene): () => void {
  let came = 0;
  let left = 0;
  return () => {
    const { run, playhead } = store.state;
    const { height } = scene.size;
    const more = run.kind === 'computing' ? run.came : 0;
    if (more === came) return;
    came = more;
    if (more === 0) left = 0;
    if (more === 0 || height === 0) return;
    const { scrollX, scrollY } = store.state.ladder;
    if (scrollY !== left) return;
    const layout = scene.layout();
    const y = heightAt(layout.heights, playhead);
    left = clampScroll(y - height * frontAt, layout.height, height);
    store.edit(scrollLadder(scrollX, left));
  };
}

interface Seen {
  readonly open: string | null;
  readonly playhead: Micros | null;
  readonly height: number;
}
