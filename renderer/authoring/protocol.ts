import type { Completion, ScenarioProblem } from './answers.ts';
import type { OpenedBundle, Template } from './answers.ts';

/** What the window asks about the text of a scenario, and what it is answered. */
export interface AuthoringDeeds {
  check: { asks: { name: string; text: string }; answers: readonly ScenarioProblem[] };
  complete: { asks: { text: string; offset: number }; answers: Completion };
  /** Null: it is no YAML, or would not stay what it is. */
  format: { asks: { text: string }; answers: string | null };
  set: { asks: { text: string; path: string; value: string }; answers: string };
  templates: { asks: null; answers: readonly Template[] };
  unpack: { asks: { bytes: Uint8Array }; answers: OpenedBundle };
  pack: {
    asks: {
      name: string;
      text: string;
      seed: number | null;
      settings: readonly { readonly path: string; readonly value: string }[];
      faults: readonly string[];
      choices: readonly string[];
    };
    answers: Uint8Array;
  };
}

export type AuthoringDeed = keyof AuthoringDeeds;

export type ToAuthoring = {
  [Deed in AuthoringDeed]: {
    readonly id: number;
    readonly deed: Deed;
    readonly asks: AuthoringDeeds[Deed]['asks'];
  };
}[AuthoringDeed];

/** `refused`: a sentence to show as it stands. */
export type FromAuthoring =
  | { readonly id: number; readonly answer: AuthoringDeeds[AuthoringDeed]['answers'] }
  | { readonly id: number; readonly refused: string };
