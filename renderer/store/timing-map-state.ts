/** One axis of the timing map, in the words of the command line's `--axis path=range`. */
export interface AxisWish {
  readonly path: string;
  readonly range: string;
}

export type MapPhase =
  | { readonly kind: 'not run' }
  | { readonly kind: 'running'; readonly done: number; readonly of: number }
  /** `ms`: how long it took, by the clock on the wall. */
  | { readonly kind: 'finished'; readonly ms: number }
  /** Stopped by the person; what was computed stays. */
  | { readonly kind: 'stopped'; readonly done: number; readonly of: number }
  | { readonly kind: 'refused'; readonly says: string };

/** The timing map: one scenario run on a grid of two axes. The rows live in `sweep-store.ts`. */
export interface TimingMap {
  readonly across: AxisWish;
  readonly down: AxisWish;
  /** Name of the metric whose numbers are shown. */
  readonly measure: string;
  /** What stands in a cell: its number, or the letter of its class. */
  readonly cells: 'numbers' | 'classes';
  readonly phase: MapPhase;
  /** The scenario the rows are of; null before the first. */
  readonly base: string | null;
  /** The cell chosen; null: none. */
  readonly chosen: number | null;
  /** The class whose cells are lit, by its key; null: none. */
  readonly lit: string | null;
  /** The version of the sweep store the window has been told of. */
  readonly version: number;
}

export const initialTimingMap: TimingMap = {
  across: { path: 'links.a.latency', range: '0ms..140ms:10ms' },
  down: { path: 'links.b.latency', range: '0ms..140ms:10ms' },
  measure: 'answerLag',
  cells: 'numbers',
  phase: { kind: 'not run' },
  base: null,
  chosen: null,
  lit: null,
  version: 0,
};
