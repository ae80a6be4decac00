import { micros, type Micros } from '../sim-core/reading.ts';
import { instantsOf, lastInstantOf } from './ladder/from-trace.ts';
import type { LadderScene } from './ladder/ladder-scene.ts';
import { heightAt } from './ladder/layout/height-map.ts';
import { clampScroll } from './ladder/layout/zoom.ts';
import { quietSpansOf } from './lanes/from-trace.ts';
import { playFrom } from './playback.ts';
import { letClockRun, scrollLadder } from './store/edits.ts';
import type { RendererState } from './store/renderer-state.ts';
import type { Store } from './store/store.ts';
import type { TraceStore } from './store/trace-store.ts';

/** The playhead stays at this share of the ladder's height while the ladder follows it. */
const followAt = 0.7;
/** A frame counts at most so long, ms: a window that slept does not jump. */
const frameMost = 100;

/** The one animation frame of the window: while the clock runs it moves the playhead. */
export function runFrames(
  window: Window,
  store: Store<RendererState>,
  traces: TraceStore,
  scene: LadderScene,
): void {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  let last: number | null = null;
  /** Where time really is; with reduced motion the playhead only shows events. */
  let clock = 0;
  let shown: Micros | null = null;

  function frame(now: number): void {
    const elapsed = last === null ? 0 : Math.min(frameMost, now - last);
    last = now;
    if (!store.state.playing) {
      last = null;
      shown = null;
      return;
    }
    const { playhead, speed } = store.state;
    if (shown === null || playhead !== shown) clock = playhead;
    const end = traces.view(lastInstantOf);
    // Who listens hears the quiet times as long as they are.
    const quiet = store.state.listening === null ? traces.view(quietSpansOf) : [];
    clock = playFrom(clock, elapsed, speed, quiet, end);
    if (clock >= end) shown = end;
    else if (still.matches) shown = eventAt(clock, playhead);
    // Nobody reads fractions of a millisecond while they run past.
    else shown = micros(Math.floor(clock / 1_000) * 1_000);
    if (shown !== playhead || clock >= end) store.edit(letClockRun(shown, clock >= end));
    if (store.state.following) follow();
    window.requestAnimationFrame(frame);
  }

  function eventAt(instant: number, playhead: Micros): Micros {
    const passed = traces.view(instantsOf).findLast((at) => at <= instant);
    return passed === undefined || passed < playhead ? playhead : passed;
  }

  function follow(): void {
    if (scene.size.height === 0) return;
    const layout = scene.layout();
    const { scrollX, scrollY } = scene.scroll();
    const { height } = scene.size;
    const y = heightAt(layout.heights, store.state.playhead);
    const wanted = clampScroll(y - height * followAt, layout.height, height);
    const hidden = y < scrollY || y > scrollY + height * followAt;
    if (hidden && Math.abs(wanted - scrollY) > 0.5) store.edit(scrollLadder(scrollX, wanted));
  }

  store.subscribe(() => {
    if (store.state.playing && last === null) {
      last = window.performance.now();
      window.requestAnimationFrame(frame);
    }
  });
}
