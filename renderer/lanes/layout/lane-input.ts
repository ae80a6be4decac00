// What the lanes draw, in the lanes' own words: who hears and sees what, from when to when.

import type { MediaSource, Micros } from '../../ladder/layout/ladder-input.ts';

/** Names a lane; unique among the lanes. */
export type LaneId = string;

/** What is heard or seen for a while. */
export interface LaneBar {
  readonly id: string;
  readonly lane: LaneId;
  readonly fromMicros: Micros;
  /** Where it ends, or where the run does. */
  readonly toMicros: Micros;
  readonly medium: 'audio' | 'video';
  /** 'local tone' is made by the terminal; 'discarded' arrives and nobody hears it. */
  readonly kind: 'media' | 'local tone' | 'discarded';
  /** One strand each. */
  readonly sources: readonly MediaSource[];
  /** Its measured length, printed in it if it fits; null for none. */
  readonly text: string | null;
  /** One sentence for tooltips and for those who hear the window. */
  readonly says: string;
  /** Records that opened and closed it; null where the run ends first. */
  readonly openedBy: number;
  readonly closedBy: number | null;
}

/** One row. `group` 'party' comes before 'port'. */
export interface Lane {
  readonly id: LaneId;
  readonly title: string;
  readonly subtitle: string | null;
  readonly group: 'party' | 'port';
  readonly medium: 'audio' | 'video';
}

/** A silence between two things heard, with its measure. */
export interface LaneSilence {
  readonly lane: LaneId;
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  readonly text: string;
  readonly says: string;
  /** Records with which silence began and ended. */
  readonly openedBy: number;
  readonly closedBy: number;
}

/** A measured time: a dimension line above the lanes. */
export interface LaneMeasure {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  readonly text: string;
  /** The number alone, for where the words find no room. */
  readonly shortText: string;
}

/** A pause in which nothing is signalled: cut, if it is long on the page. */
export interface LanePause {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

export interface LaneInput {
  readonly lanes: readonly Lane[];
  readonly bars: readonly LaneBar[];
  readonly silences: readonly LaneSilence[];
  readonly measures: readonly LaneMeasure[];
  /** Ascending, not overlapping. */
  readonly pauses: readonly LanePause[];
  readonly endsAtMicros: Micros;
}
