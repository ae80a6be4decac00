import type { NodeId, RecordNumber } from '../../sim-core/reading.ts';

/** What the legend tells apart; a message can be several of these. */
export const messageClasses = [
  'A leg',
  'B leg',
  'control',
  'media',
  'resent',
  'lost',
  '100 Trying',
  'steps',
  'offers and answers',
] as const;
export type MessageClass = (typeof messageClasses)[number];

/** What the hue of an arrow tells. */
export const colourModes = ['leg', 'dialog', 'transaction', 'verdict'] as const;
export type ColourMode = (typeof colourModes)[number];

/** Groups of messages drawn as one row each. */
export interface LadderFolds {
  /** Everything up to the ring; null: where the whole call would otherwise be too small. */
  readonly setUp: boolean | null;
  readonly trying: boolean;
  readonly resent: boolean;
  /** Transactions, by the record of their first message. */
  readonly transactions: readonly RecordNumber[];
}

/** Which of a run's messages the ladder draws, and how they are arranged. */
export interface Arrangement {
  /** Lifelines from left to right; empty: as the call goes. */
  readonly order: readonly NodeId[];
  /** Hops in the core that the person has opened; all others are folded. */
  readonly unfolded: readonly NodeId[];
  readonly hidden: readonly MessageClass[];
  readonly folds: LadderFolds;
  readonly colour: ColourMode;
}

export const asTheCallGoes: Arrangement = {
  order: [],
  unfolded: [],
  hidden: [],
  folds: { setUp: null, trying: false, resent: false, transactions: [] },
  colour: 'leg',
};
