import type { Between, FoundBoundary, Sweep, SweptRow, SweptRun } from '../store/sweep-store.ts';

/** All that a sweep's rows follow from, as plain text: what every worker is given. */
export interface SweepInputs {
  readonly name: string;
  readonly text: string;
  /** As `--axis` takes them: the one that runs down, then the one across. */
  readonly axes: readonly [string, string];
  /** Null: the scenario's own. */
  readonly seed: number | null;
}

/** What a sweep's worker is asked. Each question has one answer, in the order of asking. */
export type ToSweep = { readonly id: number; readonly inputs: SweepInputs } & (
  | { readonly kind: 'plan' }
  /** Cells `from` up to, not including, `to`. */
  | { readonly kind: 'rows'; readonly from: number; readonly to: number }
  /** Where between two cells the class changes, to the microsecond. */
  | { readonly kind: 'boundary'; readonly between: Between }
  /** The run of one cell, whole. */
  | { readonly kind: 'run'; readonly cell: number }
);

export type FromSweep = { readonly id: number } & (
  | { readonly kind: 'planned'; readonly plan: Omit<Sweep, 'rows'> }
  | { readonly kind: 'rows'; readonly rows: readonly SweptRow[] }
  | { readonly kind: 'boundary'; readonly boundary: FoundBoundary | null }
  | { readonly kind: 'run'; readonly run: SweptRun }
  /** What is wrong with the axes, or with the scenario, in a sentence. */
  | { readonly kind: 'refused'; readonly says: string }
  | { readonly kind: 'failed'; readonly says: string }
);
