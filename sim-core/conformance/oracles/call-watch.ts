import { look, sights } from '../../base/looking.ts';
import type { Micros } from '../../base/micros.ts';
import type { NodeId, Packet } from '../../kernel/node.ts';
import type { HeardSource, Medium, RecordNumber, TraceRecord } from '../../kernel/trace-record.ts';
import { isMedia, type MediaPacket } from '../../media/media-packet.ts';
import { isControl, type ControlMessage } from '../../resource-control/control-message.ts';
import { isSip, type SipMessage } from '../../sip/message.ts';
import { goes, partiesOf, spokenForBy, type CallParties } from '../../trace/call-parties.ts';
import type { OfferAnswerMark } from '../../trace/message-view.ts';
import { markBodies, newOfferBook, type OfferBook } from '../../trace/offer-answer-marks.ts';
import { packetIdentity } from '../../trace/packet-identity.ts';
import type { TraceHeader } from '../../trace/trace-header.ts';
import { goesBy, Moment, type Clock, type Happening } from '../moment.ts';

export type { Happening } from '../moment.ts';

/** One transmission of a message. */
export interface Copy extends Happening {
  readonly cause: RecordNumber;
  /** When it arrives; null for one that was lost. */
  readonly arrivesAt: Micros | null;
}

class Departure extends Moment implements Copy {
  declare readonly cause: RecordNumber;

  constructor(record: RecordNumber, clock: Clock, cause: RecordNumber) {
    super(record, clock);
    this.cause = cause;
  }

  get arrivesAt(): Micros | null {
    look(sights.all);
    return this.clock.arrivesAt[this.record] ?? null;
  }
}

/** One message from its first transmission on: when it left, and when it first arrived. */
export interface Passage<P extends Packet = Packet> {
  readonly packet: P;
  readonly from: NodeId;
  readonly to: NodeId;
  /** The first transmission, arrived or not. */
  readonly sent: Copy;
  /** Later transmissions of the same message. */
  readonly again: Copy[];
  received: Happening | null;
  /** What its bodies are, in the order of `packet.bodies`; empty but for SIP. */
  readonly marks: readonly OfferAnswerMark[];
}

/** A message that has arrived. */
export type Arrived<P> = P & { readonly received: Happening };

export function hasArrived<P extends { readonly received: Happening | null }>(
  passage: P | null | undefined,
): passage is Arrived<P> {
  return passage !== null && passage !== undefined && passage.received !== null;
}

export type SipPassage = Passage<SipMessage>;

/** What the CMR Server said it does with the ring. */
interface Choice {
  readonly chosen: 'continue' | 'stop';
  readonly why: string;
}

export class DecisionSeen extends Moment {
  declare readonly node: NodeId;
  declare readonly cause: RecordNumber;
  declare readonly chosen: Choice['chosen'];
  declare readonly why: string;

  constructor(
    record: RecordNumber,
    clock: Clock,
    node: NodeId,
    cause: RecordNumber,
    choice: Choice,
  ) {
    super(record, clock);
    this.node = node;
    this.cause = cause;
    this.chosen = choice.chosen;
    this.why = choice.why;
  }
}

/** A user turned the ringer off. */
export class Silenced extends Moment {
  declare readonly node: NodeId;

  constructor(record: RecordNumber, clock: Clock, node: NodeId) {
    super(record, clock);
    this.node = node;
  }
}

export interface HearsSeen extends Happening {
  readonly node: NodeId;
  readonly medium: Medium;
  readonly sources: readonly HeardSource[];
}

/**
 * What every oracle of a CMR call looks at: the messages of its two legs, the commands, the
 * media and what nodes said, in order, without judging any of it. A run has one call: where
 * Client-A dials again, its first call is looked at.
 */
export interface CallWatch {
  readonly header: TraceHeader;
  readonly parties: CallParties;
  /** A proxy next to the CMR Server speaks for the client behind it. */
  readonly spokenFor: ReadonlyMap<NodeId, NodeId>;
  /** Between Client-A and the CMR Server, between it and Client-B, in the order of sending. */
  readonly legA: SipPassage[];
  readonly legB: SipPassage[];
  readonly control: Passage<ControlMessage>[];
  readonly media: readonly Passage<MediaPacket>[];
  /** Whatever else travels: HTTP. */
  readonly others: Passage[];
  readonly decisions: DecisionSeen[];
  readonly hears: readonly HearsSeen[];
  /** Users who turned their ringers off. */
  readonly silenced: Silenced[];
  /** By which mode resources are delivered: as configured, or as the CMR Server chose (GAP-33). */
  mode: TraceHeader['mode'];
  readonly bySent: ReadonlyMap<RecordNumber, Passage>;
  /** What happened last; null before anything did. */
  readonly last: Happening | null;
  /** What arrived with that record. */
  arrivedWith(record: RecordNumber): Passage | undefined;
}

/** What the Watch shows of media, and of the end. */
export interface MediaOfCall {
  readonly media: readonly Passage<MediaPacket>[];
  readonly hears: readonly HearsSeen[];
  readonly byReceived: ReadonlyMap<RecordNumber, Passage>;
  readonly last: Happening | null;
}

/** A watch that notes when its media, or its numbers of records, are looked at. */
export class Watch implements CallWatch {
  readonly header: TraceHeader;
  readonly parties: CallParties;
  readonly spokenFor: ReadonlyMap<NodeId, NodeId>;
  readonly legA: SipPassage[] = [];
  readonly legB: SipPassage[] = [];
  readonly control: Passage<ControlMessage>[] = [];
  readonly others: Passage[] = [];
  readonly decisions: DecisionSeen[] = [];
  readonly silenced: Silenced[] = [];
  mode: TraceHeader['mode'];
  readonly clock: Clock;
  readonly sent = new Map<RecordNumber, Passage>();
  readonly received = new Map<RecordNumber, Passage>();
  readonly byIdentity = new Map<string, Passage>();
  readonly offers: OfferBook = newOfferBook();
  #far: MediaOfCall = { media: [], hears: [], byReceived: new Map(), last: null };

  constructor(header: TraceHeader, clock: Clock) {
    this.header = header;
    this.parties = partiesOf(header);
    this.spokenFor = spokenForBy(header);
    this.mode = header.mode;
    this.clock = clock;
  }

  get media(): MediaOfCall['media'] {
    look(sights.all);
    return this.#far.media;
  }

  get hears(): MediaOfCall['hears'] {
    look(sights.all);
    return this.#far.hears;
  }

  get bySent(): ReadonlyMap<RecordNumber, Passage> {
    look(sights.all);
    return this.sent;
  }

  get last(): Happening | null {
    look(sights.all);
    return this.#far.last;
  }

  arrivedWith(record: RecordNumber): Passage | undefined {
    look(sights.all);
    return this.received.get(record) ?? this.#far.byReceived.get(record);
  }

  /** Shows these media, and this end. */
  show(far: MediaOfCall): void {
    this.#far = far;
  }

  /** Shows another run, in which everything but media came in the same order, told alike. */
  showAgain(clock: Clock, far: MediaOfCall): void {
    goesBy(this.clock, clock);
    this.#far = far;
  }
}

/** Brings the watch one record further. */
export function observeCall(watch: Watch, record: TraceRecord): void {
  switch (record.kind) {
    case 'sent':
    case 'dropped':
      observeDeparture(watch, record);
      break;
    case 'received':
      observeArrival(watch, record);
      break;
    case 'note':
      observeNote(watch, record);
      break;
    case 'user': {
      const { number, node, action } = record;
      if (action.kind === 'silence') watch.silenced.push(new Silenced(number, watch.clock, node));
      break;
    }
    default:
      break;
  }
}

type DepartureRecord = Extract<TraceRecord, { kind: 'sent' | 'dropped' }>;

function observeDeparture(watch: Watch, record: DepartureRecord): void {
  const { packet, node: from, to, number, cause } = record;
  if (isMedia(packet)) return;
  const identity = packetIdentity(packet, from, to);
  const known = identity === null ? undefined : watch.byIdentity.get(identity);
  const sent = new Departure(number, watch.clock, cause);
  if (known !== undefined) {
    known.again.push(sent);
    watch.sent.set(number, known);
    return;
  }
  const ends = endsOf(watch, from, to);
  const marks =
    isSip(packet) && ends !== null ? markBodies(watch.offers, packet, ends.from, ends.to) : [];
  const passage: Passage = {
    packet,
    from: ends?.from ?? from,
    to: ends?.to ?? to,
    sent,
    again: [],
    received: null,
    marks,
  };
  watch.sent.set(number, passage);
  if (identity !== null) watch.byIdentity.set(identity, passage);
  file(watch, passage);
}

/** The parties at the ends of a hop of the CMR Server; null for a hop behind a proxy. */
export function endsOf(
  { parties, spokenFor }: Pick<CallWatch, 'parties' | 'spokenFor'>,
  from: NodeId,
  to: NodeId,
) {
  const server = parties.S?.id;
  if (spokenFor.size > 0 && from !== server && to !== server) return null;
  return { from: spokenFor.get(from) ?? from, to: spokenFor.get(to) ?? to };
}

/** Puts the passage where oracles look for it. */
function file(watch: Watch, passage: Passage): void {
  const { parties } = watch;
  if (isSipPassage(passage)) {
    const { A, B } = parties;
    if (endsOf(watch, passage.from, passage.to) === null) watch.others.push(passage);
    else if (passage.from === A?.id || passage.to === A?.id) watch.legA.push(passage);
    else if (passage.from === B?.id || passage.to === B?.id) watch.legB.push(passage);
    else watch.others.push(passage);
  } else if (isControlPassage(passage)) watch.control.push(passage);
  else watch.others.push(passage);
}

export function isSipPassage(passage: Passage): passage is SipPassage {
  return isSip(passage.packet);
}

function isControlPassage(passage: Passage): passage is Passage<ControlMessage> {
  return isControl(passage.packet);
}

function observeArrival(watch: Watch, record: Extract<TraceRecord, { kind: 'received' }>): void {
  const passage = watch.sent.get(record.sent);
  if (passage === undefined) return;
  passage.received ??= new Moment(record.number, watch.clock);
  watch.received.set(record.number, passage);
}

const modesByName = {
  'Application Server Mode': 'application-server',
  'Gateway Mode': 'gateway',
  'HTTP Mode': 'http',
} as const;

/** The caller's own CMR Server decides for itself, and its rings are none of this server's. */
function isOtherServer({ header }: CallWatch, node: NodeId): boolean {
  const other = header.nodes.find(({ id }) => id === node);
  return other?.role === 'cmr-server' && other.party === null;
}

function observeNote(watch: Watch, record: Extract<TraceRecord, { kind: 'note' }>): void {
  const { note, node, number, cause } = record;
  switch (note.kind) {
    case 'decision':
      if (isOtherServer(watch, node)) break;
      if (note.about === 'delivery') {
        watch.mode = modesByName[note.chosen];
        break;
      }
      if (note.about === 'ring tone') break;
      watch.decisions.push(new DecisionSeen(number, watch.clock, node, cause, note));
      break;
    default:
      break;
  }
}

/** The passages of a leg in one direction. */
export function between(
  watch: CallWatch,
  leg: readonly SipPassage[],
  from: 'A' | 'B' | 'S',
  to: 'A' | 'B' | 'S',
): SipPassage[] {
  return leg.filter((passage) => goes(watch.parties, passage, from, to));
}
