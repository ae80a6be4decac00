import type { ScenarioProblem } from '../simulation/protocol.ts';

export type { ScenarioProblem };

/** One word that may stand at a place of a scenario's text. */
interface CompletionOption {
  readonly label: string;
  readonly kind: 'key' | 'value';
  readonly insert: string;
  /** What it is for, or empty. */
  readonly says: string;
}

export interface Completion {
  /** Offset from which on what is chosen replaces what stands there. */
  readonly from: number;
  readonly options: readonly CompletionOption[];
}

/** A text to begin a scenario with. */
export interface Template {
  readonly says: string;
  readonly fileName: string;
  readonly text: string;
}

/** A run bundle: what its run is made of, and whether it came out as it was kept. */
export interface OpenedBundle {
  readonly name: string;
  readonly text: string;
  readonly seed: number;
  /** Beside those of the text, as sentences. */
  readonly faults: readonly string[];
  /** What its run chose otherwise than its seed would, as `--choice` takes it. */
  readonly choices: readonly string[];
  /** One sentence where the run made anew is another than the one that was kept. */
  readonly differs: string | null;
}
