import { arrowsOf } from '../ladder/from-trace.ts';
import type { LadderScene } from '../ladder/ladder-scene.ts';
import { heightAt } from '../ladder/layout/height-map.ts';
import type { LadderLayout } from '../ladder/layout/ladder-layout.ts';
import { clampScale } from '../ladder/layout/time-axis.ts';
import { clampScroll, scrollKeeping, zoomAbout, type Anchor } from '../ladder/layout/zoom.ts';
import { chooseAxis, zoomTo } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';

/** What changes how the ladder is looked at. */
export interface Zooming {
  /** Zooms so that what is at `y` px of the window stays there. */
  zoomAbout(factor: number, y: number): void;
  /** Zooms about the selection, or else the playhead. */
  zoom(factor: number): void;
  /** Shows a span of time as large as it fits. */
  zoomTo(fromMicros: number, toMicros: number): void;
  fitCall(): void;
  /** Shows the selected message large. */
  fitSelection(): void;
  changeAxis(): void;
}

/** How much of the ladder's height a fitted message takes. */
const fitShare = 0.4;

export function makeZooming(
  store: Store<RendererState>,
  traces: TraceStore,
  scene: LadderScene,
): Zooming {
  function about(factor: number, y: number): void {
    const zoomed = zoomAbout(scene.layout(), scene.input(), scene.scroll(), factor, y);
    if (zoomed.pxPerMs !== null) store.edit(zoomTo(zoomed.pxPerMs, zoomed.scrollY));
  }

  /** What stays in its place: the selection, or else the playhead. */
  function anchor(): Anchor {
    const { selected, playhead } = store.state;
    const message = selected === null ? undefined : traces.view(arrowsOf).arrowOf.get(selected);
    return message === undefined ? { micros: playhead } : { message };
  }

  return {
    zoomAbout: about,
    zoom(factor) {
      const layout = scene.layout();
      const { scrollY } = scene.scroll();
      const { height } = scene.size;
      const y = anchorHeight(layout, anchor()) - scrollY;
      about(factor, y >= 0 && y <= height ? y : height / 2);
    },
    zoomTo(fromMicros, toMicros) {
      const { height } = scene.size;
      if (scene.axis() === 'rows' || height === 0) return;
      const millis = Math.max(1, (toMicros - fromMicros) / 1000);
      const pxPerMs = clampScale(height / millis);
      const layout = scene.layoutIf({ pxPerMs });
      const y = heightAt(layout.heights, fromMicros);
      store.edit(zoomTo(pxPerMs, clampScroll(y, layout.height, height)));
    },
    fitCall: () => store.edit(zoomTo(null, 0)),
    fitSelection() {
      const { selected } = store.state;
      const { messageOf, arrowOf } = traces.view(arrowsOf);
      const id = selected === null ? undefined : arrowOf.get(selected);
      const message = id === undefined ? undefined : messageOf.get(id);
      if (message === undefined || scene.axis() === 'rows') return;
      const { height } = scene.size;
      const millis = Math.max(1, (message.arrivesAt - message.sentAt) / 1000);
      const pxPerMs = clampScale((height * fitShare) / millis);
      const layout = scene.layoutIf({ pxPerMs });
      const middle = heightAt(layout.heights, (message.sentAt + message.arrivesAt) / 2);
      store.edit(zoomTo(pxPerMs, clampScroll(middle - height / 2, layout.height, height)));
    },
    changeAxis() {
      const axis = scene.axis() === 'time' ? 'rows' : 'time';
      const after = scene.layoutIf({ axis });
      const { scrollY } = scene.scroll();
      store.edit(chooseAxis(axis, scrollKeeping(scene.layout(), after, scrollY, anchor())));
    },
  };
}

function anchorHeight(layout: LadderLayout, anchor: Anchor): number {
  if ('micros' in anchor) return heightAt(layout.heights, anchor.micros);
  return layout.arrows.find(({ id }) => id === anchor.message)?.y1 ?? 0;
}
