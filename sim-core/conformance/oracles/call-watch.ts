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
import { Moment, type Happening } from '../moment.ts';

export type { Happening } from '../moment.ts';

/** One transmission of a message. */
export class Copy extends Moment {
  declare readonly cause: RecordNumber;
  readonly #arrivesAt: Micros | null;

  constructor(record: RecordNumber, at: Micros, cause: RecordNumber, arrivesAt: Micros | null) {
    super(record, at);
    this.cause = cause;
    this.#arrivesAt = arrivesAt;
  }

  /** When it arrives; null for one that was lost. */
  get arrivesAt(): Micros | null {
    look(sights.all);
    return this.#arrivesAt;
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

  constructor(record: RecordNumber, at: Micros, node: NodeId, cause: RecordNumber, choice: Choice) {
    super(record, at);
    this.node = node;
    this.cause = cause;
    this.chosen = choice.chosen;
    this.why = choice.why;
  }
}

/** A user turned the ringer off. */
export class Silenced extends Moment {
  declare readonly node: NodeId;

  constructor(record: RecordNumber, at: Micros, node: NodeId) {
    super(record, at);
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
  readonly media: Passage<MediaPacket>[];
  /** Whatever else travels: HTTP. */
  readonly others: Passage[];
  readonly decisions: DecisionSeen[];
  readonly hears: HearsSeen[];
  /** Users who turned their ringers off. */
  readonly silenced: Silenced[];
  /** By which mode resources are delivered: as configured, or as the CMR Server chose (GAP-33). */
  mode: TraceHeader['mode'];
  readonly bySent: Map<RecordNumber, Passage>;
  readonly byReceived: Map<RecordNumber, Passage>;
  readonly byIdentity: Map<string, Passage>;
  readonly offers: OfferBook;
  last: Happening | null;
}

/** A watch whose media, and what is found by number of record, note that they are looked at. */
class Watch implements CallWatch {
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
  readonly byIdentity = new Map<string, Passage>();
  readonly offers = newOfferBook();
  last: Happening | null = null;
  readonly #media: Passage<MediaPacket>[] = [];
  readonly #hears: HearsSeen[] = [];
  readonly #bySent = new Map<RecordNumber, Passage>();
  readonly #byReceived = new Map<RecordNumber, Passage>();

  constructor(header: TraceHeader) {
    this.header = header;
    this.parties = partiesOf(header);
    this.spokenFor = spokenForBy(header);
    this.mode = header.mode;
  }

  get media(): Passage<MediaPacket>[] {
    look(sights.all);
    return this.#media;
  }

  get hears(): HearsSeen[] {
    look(sights.all);
    return this.#hears;
  }

  get bySent(): Map<RecordNumber, Passage> {
    look(sights.all);
    return this.#bySent;
  }

  get byReceived(): Map<RecordNumber, Passage> {
    look(sights.all);
    return this.#byReceived;
  }
}

export function watchCall(header: TraceHeader): CallWatch {
  return new Watch(header);
}

/** Brings the watch one record further. */
export function observeCall(watch: CallWatch, record: TraceRecord): void {
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
      const { number, at, node, action } = record;
      if (action.kind === 'silence') watch.silenced.push(new Silenced(number, at, node));
      break;
    }
    default:
      break;
  }
}

type Departure = Extract<TraceRecord, { kind: 'sent' | 'dropped' }>;

function observeDeparture(watch: CallWatch, record: Departure): void {
  const { packet, node: from, to, number, at, cause } = record;
  const identity = packetIdentity(packet, from, to);
  const known = identity === null ? undefined : watch.byIdentity.get(identity);
  const arrivesAt = record.kind === 'sent' ? record.arrivesAt : null;
  const sent = new Copy(number, at, cause, arrivesAt);
  if (known !== undefined) {
    known.again.push(sent);
    watch.bySent.set(number, known);
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
  watch.bySent.set(number, passage);
  if (identity !== null) watch.byIdentity.set(identity, passage);
  file(watch, passage);
}

/** The parties at the ends of a hop of the CMR Server; null for a hop behind a proxy. */
function endsOf({ parties, spokenFor }: CallWatch, from: NodeId, to: NodeId) {
  const server = parties.S?.id;
  if (spokenFor.size > 0 && from !== server && to !== server) return null;
  return { from: spokenFor.get(from) ?? from, to: spokenFor.get(to) ?? to };
}

/** Puts the passage where oracles look for it. */
function file(watch: CallWatch, passage: Passage): void {
  const { parties } = watch;
  if (isSipPassage(passage)) {
    const { A, B } = parties;
    if (endsOf(watch, passage.from, passage.to) === null) watch.others.push(passage);
    else if (passage.from === A?.id || passage.to === A?.id) watch.legA.push(passage);
    else if (passage.from === B?.id || passage.to === B?.id) watch.legB.push(passage);
    else watch.others.push(passage);
  } else if (isControlPassage(passage)) watch.control.push(passage);
  else if (isMediaPassage(passage)) watch.media.push(passage);
  else watch.others.push(passage);
}

export function isSipPassage(passage: Passage): passage is SipPassage {
  return isSip(passage.packet);
}

function isControlPassage(passage: Passage): passage is Passage<ControlMessage> {
  return isControl(passage.packet);
}

function isMediaPassage(passage: Passage): passage is Passage<MediaPacket> {
  return isMedia(passage.packet);
}

function observeArrival(
  watch: CallWatch,
  record: Extract<TraceRecord, { kind: 'received' }>,
): void {
  const passage = watch.bySent.get(record.sent);
  if (passage === undefined) return;
  passage.received ??= new Moment(record.number, record.at);
  watch.byReceived.set(record.number, passage);
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

function observeNote(watch: CallWatch, record: Extract<TraceRecord, { kind: 'note' }>): void {
  const { note, node, number, at, cause } = record;
  switch (note.kind) {
    case 'decision':
      if (isOtherServer(watch, node)) break;
      if (note.about === 'delivery') {
        watch.mode = modesByName[note.chosen];
        break;
      }
      if (note.about === 'ring tone') break;
      watch.decisions.push(new DecisionSeen(number, at, node, cause, note));
      break;
    case 'hears':
      watch.hears.push({ record: number, at, node, medium: note.medium, sources: note.sources });
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
