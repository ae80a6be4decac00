// The geometry of the lanes: plain numbers in CSS px, origin at the top left corner.

import type { HeightMap } from '../../ladder/layout/height-map.ts';
import type { MediaSource, Micros } from '../../ladder/layout/ladder-input.ts';
import type { LaneBar, LaneId } from './lane-input.ts';

export interface LaneTick {
  readonly micros: Micros;
  readonly x: number;
  /** Null where a text would stand too near another. */
  readonly text: string | null;
}

export interface LaneCut {
  readonly x1: number;
  readonly x2: number;
  readonly text: string;
}

export interface PlacedLane {
  readonly id: LaneId;
  readonly title: string;
  readonly subtitle: string | null;
  readonly group: 'party' | 'port';
  readonly medium: 'audio' | 'video';
  /** Middle of the row. */
  readonly y: number;
}

/** One strand of a bar; `source` null is a tone the terminal makes. */
export interface PlacedStrand {
  readonly source: MediaSource | null;
  readonly y: number;
  readonly height: number;
  /** Outline of its loudness, as points of a closed path; empty for video and tones. */
  readonly envelope: readonly (readonly [x: number, y: number])[];
}

export interface PlacedBar {
  readonly id: LaneBar['id'];
  /** A silence is a bar of nothing: one can point at it all the same. A crowd is many, as one. */
  readonly kind: LaneBar['kind'] | 'silence' | 'crowd';
  readonly medium: LaneBar['medium'];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly strands: readonly PlacedStrand[];
  /** Positions of the frame ticks of video. */
  readonly frames: readonly number[];
  readonly text: { readonly x: number; readonly width: number; readonly text: string } | null;
  readonly says: string;
  readonly openedBy: number;
  readonly closedBy: number | null;
}

/** What was heard of another run and is not of this one: an outline behind the bars. */
export interface LaneGhost {
  readonly id: LaneBar['id'];
  readonly source: MediaSource | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A dimension line: pieces beside its text, end ticks, the text and its anchor. */
export interface PlacedMeasure {
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  readonly text: string;
  readonly textX: number;
  readonly anchor: 'middle' | 'start' | 'end';
  readonly pieces: readonly (readonly [x1: number, x2: number])[];
}

export interface PlacedSilence {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface LaneLayout {
  readonly width: number;
  readonly height: number;
  /** Where time begins and ends, px. */
  readonly left: number;
  readonly right: number;
  /** Time to x: `heightAt` and `microsAt` read it sideways. */
  readonly places: HeightMap;
  readonly ticks: readonly LaneTick[];
  readonly cuts: readonly LaneCut[];
  readonly lanes: readonly PlacedLane[];
  readonly bars: readonly PlacedBar[];
  readonly measures: readonly PlacedMeasure[];
  readonly silences: readonly PlacedSilence[];
}
