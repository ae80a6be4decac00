import type { RecordNumber } from '../../sim-core/reading.ts';
import type { Arrangement } from '../store/arrangement.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { isRoomy, isSheet } from '../store/window-shape.ts';
import { arrangeLadder, type ArrangedLadder } from './arrange-ladder.ts';
import { evidenceOf, litArrows } from './evidence.ts';
import type { LadderInput, LadderSize, LadderView, MeasureText } from './layout/ladder-input.ts';
import type { LadderLayout } from './layout/ladder-layout.ts';
import { layoutLadder } from './layout/layout-ladder.ts';
import { clampScroll } from './layout/zoom.ts';

/** In less than this there is no room for words beside the outer lifelines, px. */
const roomyWidth = 700;

/** The ladder as it stands: whoever draws it, points at it or moves in it asks here. */
export interface LadderScene {
  readonly size: LadderSize;
  /** What is drawn: arranged as the state says. */
  arranged(): ArrangedLadder;
  /** What another arrangement would draw. */
  arrangedIf(arrangement: Arrangement): ArrangedLadder;
  input(): LadderInput;
  /** The geometry for the state as it is; the same value while nothing that matters changed. */
  layout(): LadderLayout;
  /** The geometry that another choice would give. */
  layoutIf(change: Partial<Pick<LadderView, 'axis' | 'pxPerMs'>>): LadderLayout;
  axis(): 'time' | 'rows';
  /** Whether the ladder goes without words at its sides, and with short names. */
  isNarrow(): boolean;
  /** The scroll position of the state, kept where there is content. */
  scroll(): { readonly scrollX: number; readonly scrollY: number };
}

export function makeLadderScene(
  store: Store<RendererState>,
  traces: TraceStore,
  measure: MeasureText,
): LadderScene {
  let known: { readonly key: string; readonly layout: LadderLayout } | null = null;
  const arranging = makeArranging(store, traces);

  function axis(): 'time' | 'rows' {
    return store.state.ladder.axis ?? (isSheet(store.state.shape) ? 'rows' : 'time');
  }

  function view(): LadderView {
    const { ladder, selected, clause } = store.state;
    const { arrowOf } = arranging.along(axis());
    return {
      axis: axis(),
      pxPerMs: ladder.pxPerMs,
      scrollX: 0,
      scrollY: 0,
      playheadMicros: null,
      selected: selected === null ? null : (arrowOf(selected) ?? null),
      evidence: litArrows(evidenceOf(traces.trace, clause), arrowOf),
      timers: ladder.timers,
      live: false,
      narrow: isNarrow(store.state),
    };
  }

  function layout(): LadderLayout {
    const wanted = view();
    const size = store.state.ladderSize;
    const { input } = arranging.along(wanted.axis);
    const key = JSON.stringify([traces.trace.version, arranging.count(), wanted, size]);
    if (known?.key === key) return known.layout;
    const made = layoutLadder(input, wanted, size, measure);
    known = { key, layout: made };
    return made;
  }

  return {
    get size() {
      return store.state.ladderSize;
    },
    arranged: () => arranging.along(axis()),
    arrangedIf: (arrangement) => arranging.anew(arrangement, axis()),
    input: () => arranging.along(axis()).input,
    layout,
    layoutIf(change) {
      const wanted = { ...view(), ...change };
      const { input } = arranging.anew(store.state.arrangement, wanted.axis);
      return layoutLadder(input, wanted, store.state.ladderSize, measure);
    },
    axis,
    isNarrow: () => isNarrow(store.state),
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

function isNarrow({ shape, ladderSize }: RendererState): boolean {
  return !isRoomy(shape) || ladderSize.width < roomyWidth;
}

/** Arranges what is drawn, and remembers how, for as long as nothing that matters changes. */
function makeArranging(store: Store<RendererState>, traces: TraceStore) {
  let known: { readonly key: string; readonly ladder: ArrangedLadder } | null = null;
  let count = 0;
  const anew = (arrangement: Arrangement, axis: LadderView['axis']): ArrangedLadder =>
    arrangeLadder(traces, arrangement, { axis, height: store.state.ladderSize.height });
  return {
    anew,
    along(axis: LadderView['axis']): ArrangedLadder {
      const { arrangement, ladderSize } = store.state;
      const key = JSON.stringify([traces.trace.version, arrangement, axis, ladderSize.height]);
      if (known?.key === key) return known.ladder;
      const ladder = anew(arrangement, axis);
      known = { key, ladder };
      count += 1;
      return ladder;
    },
    /** How often something else came of it. */
    count: () => count,
  };
}

/** The record number an arrow is selected by. */
export function recordOfArrow(message: string): RecordNumber {
  // An arrow is named after the record of its departure (trace-arrows.ts).
  return Number(message) as RecordNumber;
}
