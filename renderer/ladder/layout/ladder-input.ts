// What the ladder draws, in the ladder's own words. Whoever has a run translates it into this;
// the layout knows nothing of how a run is computed or recorded.

/** Names a lifeline; unique among the lifelines. */
export type LifelineId = string;
/** Names a message; unique among the messages, and stable while a run grows. */
export type MessageId = string;
/** Model time since the run began: a whole number of microseconds. */
export type Micros = number;

/** Whose signalling it is: Client-A's leg, Client-B's leg, the Resource Server's; M is media. */
export type Leg = 'A' | 'B' | 'R' | 'M';
/** Whose medium it is: from Client-A, from Client-B, or the CMR Resource. */
export type MediaSource = 'A' | 'B' | 'R';

/** One party of the run; the order of the list is the order from left to right. */
export interface Lifeline {
  readonly id: LifelineId;
  readonly title: string;
  readonly subtitle: string;
  /** A hop that is not drawn: it takes no room between its neighbours. */
  readonly folded: boolean;
}

/**
 * How a message ends. A lost one ends at `lossAt` of its way (0 exclusive to 1 inclusive;
 * `LOSS_AT` where the run gives no drop point) and needs the instant at which it would have
 * arrived, because its shaft has the slope of the link.
 */
export type Journey =
  | { readonly end: 'arrives'; readonly atMicros: Micros }
  | { readonly end: 'lost'; readonly wouldArriveMicros: Micros; readonly lossAt: number };

/**
 * An SDP offer or answer in the message: filled tag or outlined tag, with its text ("O1"). One of
 * an early session is dashed.
 */
export interface OfferAnswerTag {
  readonly kind: 'offer' | 'answer' | 'early offer' | 'early answer';
  readonly text: string;
}

/**
 * Why this is another copy. `number` is 1 for the first retransmission and null for a message
 * sent again for another reason than a timer; `afterMicros` counts from the previous copy.
 */
export interface Retransmission {
  readonly number: number | null;
  readonly afterMicros: Micros | null;
}

/** A media stream that starts: the message is its first packet. One strand per source. */
export interface MediaStart {
  readonly sources: readonly MediaSource[];
  /** When the sender stops; null while it plays. A later start between the same two replaces it. */
  readonly stopsMicros: Micros | null;
}

/** One arrow. `media` is present exactly when `kind` is 'media'. */
export interface LadderMessage {
  readonly id: MessageId;
  /** Sequence number in the run; orders messages of the same instant. */
  readonly number: number;
  readonly from: LifelineId;
  readonly to: LifelineId;
  readonly sentMicros: Micros;
  readonly journey: Journey;
  readonly kind: 'request' | 'response' | 'command' | 'reply' | 'media';
  readonly leg: Leg;
  /** The label ("183 Session Progress") and its short form ("183"), if it has one. */
  readonly text: string;
  readonly shortText: string | null;
  /** Step of the specification, drawn as a badge. */
  readonly step: number | null;
  readonly tags: readonly OfferAnswerTag[];
  /** Extra facts ("100rel"), shown only where the full label fits. */
  readonly facts: readonly string[];
  readonly retransmission: Retransmission | null;
  /** The network delivered a second copy. */
  readonly duplicate: boolean;
  /** Arrived and was dropped by the transaction layer, being late or repeated. */
  readonly absorbed: boolean;
  /** For a reply, the command it answers: the two share a row. */
  readonly replyTo: MessageId | null;
  readonly media: MediaStart | null;
  /** Folded lifelines on its way, whose hops it stands for. */
  readonly passes: readonly LifelineId[];
}

/** Messages drawn as one row. */
export interface LadderFold {
  readonly id: string;
  /** What is in it ("Set-up"). */
  readonly name: string;
  /** At least one. */
  readonly messages: readonly MessageId[];
  /** Everything in this time is in it too, and the time is not drawn; null: the messages alone. */
  readonly span: { readonly fromMicros: Micros; readonly toMicros: Micros } | null;
  /** The worst that is found fault with inside; null: nothing is. */
  readonly worst: 'fails' | 'warns' | null;
}

/**
 * The state of one dialog at one node: hollow calling, half early, solid confirmed. A node with
 * two legs gives each its side; a node with one gives 'centre'. A band whose re-INVITE is open
 * is drawn narrow: split it at the request and its final response.
 */
export interface StateBand {
  readonly lifeline: LifelineId;
  readonly side: 'centre' | 'left' | 'right';
  readonly leg: 'A' | 'B' | 'R';
  readonly phase: 'calling' | 'early' | 'confirmed';
  /** The word beside the change at an outermost lifeline ("trying"); null for none. */
  readonly word: string | null;
  readonly narrow: boolean;
  readonly fromMicros: Micros;
  /** Null while the state lasts. */
  readonly toMicros: Micros | null;
}

/** A protocol timer, from its start to when it fired or was stopped. */
export interface LadderTimer {
  readonly id: string;
  readonly lifeline: LifelineId;
  readonly fromMicros: Micros;
  /** When it fired or was stopped; when it is due while it runs. */
  readonly toMicros: Micros;
  readonly outcome: 'fired' | 'stopped' | 'running';
  /** Name and length ("T1 500"). */
  readonly text: string;
  /** The message it belongs to: shown when that is selected. */
  readonly message: MessageId | null;
}

/** Something the person at a terminal does. */
export interface UserAction {
  readonly lifeline: LifelineId;
  readonly atMicros: Micros;
  /** Third person, present tense ("answers"). */
  readonly verb: string;
}

/** What the party at a lifeline perceives: one piece of its ear rail or screen rail. */
export interface Perception {
  readonly lifeline: LifelineId;
  readonly medium: 'audio' | 'video';
  /** 'local tone' is what the terminal makes itself: alerting or ringback, drawn as hatch. */
  readonly kind: 'media' | 'local tone';
  /** One strand each; empty for a local tone. */
  readonly sources: readonly MediaSource[];
  readonly fromMicros: Micros;
  /** Null while it lasts. */
  readonly toMicros: Micros | null;
}

/** A finding of a check, for the minimap. */
export interface LadderFinding {
  readonly id: string;
  readonly atMicros: Micros;
}

/** Why nothing is signalled for a while; the cut that overlaps it most shows the words. */
export interface PauseReason {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  readonly text: string;
}

/** A run, or as much of it as there is. Only the order of `lifelines` means anything. */
export interface LadderInput {
  readonly lifelines: readonly Lifeline[];
  readonly messages: readonly LadderMessage[];
  readonly bands: readonly StateBand[];
  readonly timers: readonly LadderTimer[];
  readonly userActions: readonly UserAction[];
  readonly perceptions: readonly Perception[];
  readonly findings: readonly LadderFinding[];
  readonly pauses: readonly PauseReason[];
  /** No message is in two of them. */
  readonly folds: readonly LadderFold[];
  /** The last computed instant: the run's end, or now in a live run. Null: the last event. */
  readonly endsAtMicros: Micros | null;
}

/** How it is looked at. */
export interface LadderView {
  readonly axis: 'time' | 'rows';
  /** Scale of the Time axis, px per ms, clamped to what is allowed; null fits the height. */
  readonly pxPerMs: number | null;
  /** Offset of the visible part in the content, px. */
  readonly scrollX: number;
  readonly scrollY: number;
  readonly playheadMicros: Micros | null;
  readonly selected: MessageId | null;
  /** Messages of the check that is shown as evidence. */
  readonly evidence: readonly MessageId[];
  /** Fired timers and those of the selection, or all of them. */
  readonly timers: 'fired' | 'all';
  /**
   * The run is still growing. Labels are then placed in the order of sending, each seeing only
   * what came before, so that an appended event never moves what is drawn.
   */
  readonly live: boolean;
  /** A window narrower than 1280 px: slim left margin, no state words. */
  readonly narrow: boolean;
}

/** The visible area, px. */
export interface LadderSize {
  readonly width: number;
  readonly height: number;
}

/** Width in px of `text` set at `px` and `weight`. Must always answer the same. */
export type MeasureText = (text: string, px: number, weight: 400 | 500) => number;
