import type { RecordNumber } from '../../sim-core/reading.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { isRoomy, isSheet } from '../store/window-shape.ts';
import { evidenceOf, litArrows } from './evidence.ts';
import { arrowShowing, arrowsOf, ladderInputOf } from './from-trace.ts';
import type { LadderInput, LadderSize, LadderView, MeasureText } from './layout/ladder-input.ts';
import type { LadderLayout } from './layout/ladder-layout.ts';
import { layoutLadder } from './layout/layout-ladder.ts';
import { clampScroll } from './layout/zoom.ts';

/** The ladder as it stands: whoever draws it, points at it or moves in it asks here. */
export interface LadderScene {
  readonly size: LadderSize;
  input(): LadderInput;
  /** The geometry for the state as it is; the same value while nothing that matters changed. */
  layout(): LadderLayout;
  /** The geometry that another choice would give. */
  layoutIf(change: Partial<Pick<LadderView, 'axis' | 'pxPerMs'>>): LadderLayout;
  axis(): 'time' | 'rows';
  /** The scroll position of the state, kept where there is content. */
  scroll(): { readonly scrollX: number; readonly scrollY: number };
}

export function makeLadderScene(
  store: Store<RendererState>,
  traces: TraceStore,
  measure: MeasureText,
): LadderScene {
  let known: { readonly key: string; readonly layout: LadderLayout } | null = null;

  function axis(): 'time' | 'rows' {
    return store.state.ladder.axis ?? (isSheet(store.state.shape) ? 'rows' : 'time');
  }

  function view(): LadderView {
    const { ladder, selected, clause, shape } = store.state;
    const arrows = traces.view(arrowsOf);
    return {
      axis: axis(),
      pxPerMs: ladder.pxPerMs,
      scrollX: 0,
      scrollY: 0,
      playheadMicros: null,
      selected: arrowShowing(arrows, selected),
      evidence: litArrows(evidenceOf(traces.trace, clause), arrows),
      timers: ladder.timers,
      live: false,
      narrow: !isRoomy(shape),
    };
  }

  function layout(): LadderLayout {
    const wanted = view();
    const size = store.state.ladderSize;
    const key = JSON.stringify([traces.trace.version, wanted, size]);
    if (known?.key === key) return known.layout;
    const made = layoutLadder(traces.view(ladderInputOf), wanted, size, measure);
    known = { key, layout: made };
    return made;
  }

  return {
    get size() {
      return store.state.ladderSize;
    },
    input: () => traces.view(ladderInputOf),
    layout,
    layoutIf: (change) =>
      layoutLadder(
        traces.view(ladderInputOf),
        { ...view(), ...change },
        store.state.ladderSize,
        measure,
      ),
    axis,
    scroll() {
      const { scrollX, scrollY } = store.state.ladder;
      const { width, height } = layout();
      const size = store.state.ladderSize;
      return {
        scrollX: clampScroll(scrollX, width, size.width),
        scrollY: clampScroll(scrollY, height, size.height),
      };
    },
  };
}

/** The record number an arrow is selected by. */
export function recordOfArrow(message: string): RecordNumber {
  // An arrow is named after the record of its departure (trace-arrows.ts).
  return Number(message) as RecordNumber;
}
