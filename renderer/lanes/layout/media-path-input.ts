// Where media go at one instant, as the media path draws it.

import type { MediaSource } from '../../ladder/layout/ladder-input.ts';

type Medium = 'audio' | 'video';

/** A row of the matrix: something that can be heard or seen. */
export interface PathInput {
  readonly id: string;
  readonly owner: MediaSource;
  readonly medium: Medium;
  readonly title: string;
}

/** A column of the matrix: an ear or a screen. */
export interface PathOutput {
  readonly id: string;
  readonly party: 'A' | 'B';
  readonly medium: Medium;
  readonly title: string;
}

/** How loud an input is in an output. */
export interface PathGain {
  readonly input: string;
  readonly output: string;
  readonly gainPercent: number;
}

/** Where media go at one instant. */
export interface MediaPath {
  /** What is going on, and since when: `'mixing since 5 610'`. */
  readonly says: string;
  readonly inputs: readonly PathInput[];
  readonly outputs: readonly PathOutput[];
  readonly gains: readonly PathGain[];
  /** Media that pass the Resource Server by. */
  readonly direct: readonly {
    readonly from: 'A' | 'B';
    readonly to: 'A' | 'B';
    readonly medium: Medium;
  }[];
  /** Who sends something to the Resource Server now. */
  readonly sending: readonly ('A' | 'B')[];
}
