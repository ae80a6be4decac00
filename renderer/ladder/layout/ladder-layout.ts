// The geometry of a ladder: plain numbers in CSS px, unrounded except where a line must be sharp.
// The origin is the top left corner of the content; rulers and minimap do not scroll sideways.

import type { HeightMap } from './height-map.ts';
import type {
  LadderFinding,
  LadderFold,
  LadderMessage,
  LadderSize,
  LadderTimer,
  Leg,
  LifelineId,
  MediaSource,
  MessageId,
  Micros,
  OfferAnswerTag,
  Perception,
  StateBand,
} from './ladder-input.ts';

/** A lifeline; `side` is where its timers, words and loops go. */
export interface PlacedLifeline {
  readonly id: LifelineId;
  readonly title: string;
  readonly subtitle: string;
  readonly x: number;
  readonly side: 'left' | 'right';
  readonly outermost: boolean;
}

/** A lifeline that is not drawn: a ring on the line between the heads of its neighbours. */
export interface FoldedLifeline {
  readonly id: LifelineId;
  readonly title: string;
  readonly x: number;
  /** Place of the neighbour to its left in `LadderLayout.lifelines`. */
  readonly after: number;
}

/** A folded group: one row across the page, with a picture of what is in it. */
export interface PlacedFold {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  readonly worst: LadderFold['worst'];
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  readonly y1: number;
  readonly y2: number;
  readonly textX: number;
  readonly shafts: readonly (Segment & { readonly leg: Leg })[];
}

/** A pause left out: `y1` to `y2` on the page, waves at `waveY1` and `waveY2`. */
export interface TimeCut {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  readonly y1: number;
  readonly y2: number;
  readonly waveY1: number;
  readonly waveY2: number;
  /** Length of the whole pause ("4.2 s"), for the ruler. */
  readonly length: string;
  /** Its reason and where that is centred: the first gap. */
  readonly reason: string;
  readonly reasonX: number;
}

/** A time printed on the ruler; in Time with a grid line, in Rows one for each row. */
export interface RulerTick {
  readonly micros: Micros;
  readonly y: number;
  readonly text: string;
}

/** A time of the selection: its text gives way to that of the other. */
export interface SelectionTime extends RulerTick {
  readonly textY: number;
}

/** Several messages sent at one instant: a band on the ruler. */
export interface InstantZone {
  readonly micros: Micros;
  readonly y1: number;
  readonly y2: number;
  readonly messages: readonly MessageId[];
}

/** Where a shaft ends: tip, direction of travel (unit vector) and size. */
export interface ArrowHead {
  readonly shape: 'filled' | 'open' | 'circle' | 'cross';
  readonly x: number;
  readonly y: number;
  readonly ux: number;
  readonly uy: number;
  readonly size: number;
  /** Whose hue, for a head of a media strand; null for the hue of the leg. */
  readonly source: MediaSource | null;
}

/** A straight piece of line. */
export interface Segment {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** One source of a media stream. */
export interface Strand extends Segment {
  readonly source: MediaSource;
}

/** The last packets of a stream that stops: a bar across `x1`, `y1`. */
export interface MediaStop extends Segment {
  readonly micros: Micros;
}

/** One message. `x2`, `y2` is where the drawn shaft ends; `headX`, `headY` where it was bound. */
export interface LadderArrow extends Segment {
  readonly id: MessageId;
  readonly number: number;
  readonly kind: LadderMessage['kind'];
  readonly leg: Leg;
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly sentMicros: Micros;
  /** When it arrives, or is lost. */
  readonly endMicros: Micros;
  readonly headX: number;
  readonly headY: number;
  /** 'dashed' for every further copy, 'thin' for a reply. */
  readonly line: 'solid' | 'dashed' | 'thin';
  readonly lost: boolean;
  readonly heads: readonly ArrowHead[];
  /** Where lifelines break for it. */
  readonly bridges: readonly Segment[];
  /** The strands of a media stream; empty for anything else. */
  readonly strands: readonly Strand[];
  readonly stop: MediaStop | null;
  /** Signed width of the loop of a message to oneself, 0 for any other. */
  readonly loop: number;
  /** Where it passes hops that are not drawn. */
  readonly zigzags: readonly { readonly x: number; readonly y: number }[];
}

/** One part of a label, its left edge in the content and its width. */
export interface LabelPart {
  readonly kind: 'badge' | 'text' | 'tag' | 'note';
  readonly text: string;
  readonly x: number;
  readonly width: number;
  readonly tag: OfferAnswerTag['kind'] | null;
}

/** A box of text beside its arrow; `arrow` counts in `LadderLayout.arrows`. */
export interface LadderLabel {
  readonly message: MessageId;
  readonly arrow: number;
  readonly side: 'above' | 'below' | 'beyond';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The words shown, in order. */
  readonly variant: string;
  readonly parts: readonly LabelPart[];
  /** From the label to its tail, when it had to move away. */
  readonly leader: Segment | null;
  /** The text found no room: only badge and tags are left. */
  readonly reduced: boolean;
}

/** A state band; `open` if it still lasts and grows with the run. */
export interface PlacedBand {
  readonly lifeline: LifelineId;
  readonly leg: StateBand['leg'];
  readonly phase: StateBand['phase'];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly open: boolean;
}

/** Words outside a lifeline: a state, a verb, a timer. `y` is the baseline. */
export interface SideWord {
  readonly kind: 'state' | 'verb' | 'timer';
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

/** A timer's bracket: from the lifeline at (`x1`, `y1`), down at `x2`, to `y2`. */
export interface PlacedTimer extends Segment {
  readonly id: LadderTimer['id'];
  readonly outcome: LadderTimer['outcome'];
}

/** A triangle whose tip (`x`, `y`) touches the lifeline; it opens towards `side`. */
export interface PlacedAction {
  readonly lifeline: LifelineId;
  readonly micros: Micros;
  readonly verb: string;
  readonly x: number;
  readonly y: number;
  readonly side: 'left' | 'right';
}

/** One strand of a perception rail. */
export interface PlacedRail {
  readonly lifeline: LifelineId;
  readonly medium: Perception['medium'];
  readonly kind: Perception['kind'];
  readonly source: MediaSource | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly open: boolean;
}

/** The tint between two lifelines while media flow: four corners, from the sender's top. */
export interface MediaRegion {
  readonly message: MessageId;
  readonly sources: readonly MediaSource[];
  readonly corners: readonly (readonly [x: number, y: number])[];
  readonly open: boolean;
}

/** The whole run in true linear time, without cuts; `x` counts from the window's left edge. */
export interface Minimap {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  /** Scale, px per ms, and the height of time 0. */
  readonly pxPerMs: number;
  readonly top: number;
  readonly shafts: readonly (Segment & { readonly message: MessageId; readonly leg: Leg })[];
  readonly tints: readonly {
    readonly sources: readonly MediaSource[];
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly findings: readonly { readonly id: LadderFinding['id']; readonly y: number }[];
}

/** A message that crosses the playhead. */
export interface InFlight {
  readonly message: MessageId;
  readonly leg: Leg;
  readonly x: number;
  readonly y: number;
}

/** What changes when only the playhead, the selection or the scroll position moves. */
export interface LadderMarks {
  readonly playhead: { readonly y: number; readonly text: string } | null;
  /** What is yet to come in a replay; in a live run there is nothing after the playhead. */
  readonly veil: { readonly y1: number; readonly y2: number } | null;
  readonly inFlight: readonly InFlight[];
  /** Exact send and receive times of the selection. */
  readonly selection: readonly SelectionTime[];
  /** Ticks, by place in `LadderLayout.ticks`, whose text gives way to the marks above. */
  readonly silentTicks: readonly number[];
  readonly minimapViewport: { readonly y: number; readonly height: number };
  readonly minimapPlayheadY: number | null;
}

/** All that is needed to draw a ladder. Arrows are in the order of sending; so are labels. */
export interface LadderLayout {
  readonly axis: 'time' | 'rows';
  readonly size: LadderSize;
  /** Of the content: at least the width of the window; may be higher or lower than it. */
  readonly width: number;
  readonly height: number;
  /** Scale of the Time axis, px per ms; null in Rows. */
  readonly pxPerMs: number | null;
  /** Height of a row, px; null in Time. */
  readonly rowHeight: number | null;
  readonly heights: HeightMap;
  /** The run's last instant. */
  readonly endMicros: Micros;
  readonly lifelines: readonly PlacedLifeline[];
  readonly foldedLifelines: readonly FoldedLifeline[];
  readonly folds: readonly PlacedFold[];
  readonly cuts: readonly TimeCut[];
  readonly ticks: readonly RulerTick[];
  readonly instants: readonly InstantZone[];
  readonly regions: readonly MediaRegion[];
  readonly bands: readonly PlacedBand[];
  readonly words: readonly SideWord[];
  readonly rails: readonly PlacedRail[];
  readonly arrows: readonly LadderArrow[];
  readonly labels: readonly LadderLabel[];
  /** How many labels lost their text for want of room. */
  readonly hiddenLabels: number;
  readonly timers: readonly PlacedTimer[];
  readonly userActions: readonly PlacedAction[];
  readonly minimap: Minimap;
  readonly marks: LadderMarks;
  /** The most any shaft falls, px, and the longest flight: bounds for looking things up. */
  readonly dropMost: number;
  readonly flightMostMicros: Micros;
}
