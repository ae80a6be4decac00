import {
  isControl,
  isMedia,
  isSip,
  type MediaPacket,
  type MessageView,
  type NodeId,
  type OfferAnswerMark,
  type RecordNumber,
  type TraceHeader,
} from '../../sim-core/reading.ts';
import { mediaSources } from '../words/media-sources.ts';
import { LOSS_AT } from './layout/dimensions.ts';
import type {
  LadderMessage,
  MediaSource,
  MediaStart,
  MessageId,
  OfferAnswerTag,
  Retransmission,
} from './layout/ladder-input.ts';

/** The arrows of a run, and which arrow shows a record. */
export interface TraceArrows {
  readonly arrows: readonly LadderMessage[];
  /** The message an arrow shows; of media that start together, the first. */
  readonly messageOf: ReadonlyMap<MessageId, MessageView>;
  /** From every `sent`, `dropped` and `received` record of a message to its arrow. */
  readonly arrowOf: ReadonlyMap<RecordNumber, MessageId>;
}

/** An arrow is named after the record of its departure. */
export function arrowId(record: RecordNumber): MessageId {
  return String(record);
}

/** A lifeline is named after its node. */
export function lifelineId(node: NodeId): string {
  return String(node);
}

/** One arrow for every message, one for all media that start together on one way. */
export function traceArrows(views: readonly MessageView[], header: TraceHeader): TraceArrows {
  const arrows: LadderMessage[] = [];
  const messageOf = new Map<MessageId, MessageView>();
  const arrowOf = new Map<RecordNumber, MessageId>();
  const claim = (id: MessageId, view: MessageView): void => {
    arrowOf.set(view.record, id);
    for (const record of view.received) arrowOf.set(record, id);
  };
  const replies = pairReplies(views);
  const lastCopy = new Map<RecordNumber, MessageView>();
  for (const view of views) {
    if (isMedia(view.packet)) continue;
    const id = arrowId(view.record);
    messageOf.set(id, view);
    claim(id, view);
    arrows.push(messageArrow(view, lastCopy.get(view.first) ?? null, replies.get(view.record)));
    lastCopy.set(view.first, view);
  }
  for (const start of mediaStarts(views, header)) {
    const id = arrowId(start.first.record);
    messageOf.set(id, start.first);
    for (const view of start.views) claim(id, view);
    arrows.push(mediaArrow(id, start, header));
  }
  return { arrows: numbered(arrows), messageOf, arrowOf };
}

/** Counts the arrows from 1 in the order of sending, as the table does. */
function numbered(arrows: readonly LadderMessage[]): LadderMessage[] {
  return arrows
    .toSorted((one, other) => one.sentMicros - other.sentMicros || one.number - other.number)
    .map((arrow, place) => ({ ...arrow, number: place + 1 }));
}

function messageArrow(
  view: MessageView,
  previous: MessageView | null,
  replyTo: RecordNumber | undefined,
): LadderMessage {
  return {
    id: arrowId(view.record),
    number: view.record,
    from: lifelineId(view.from),
    to: lifelineId(view.to),
    sentMicros: view.sentAt,
    journey: journeyOf(view),
    kind: kindOf(view),
    leg: view.leg === 'media' ? 'M' : view.leg,
    text: view.text,
    shortText: shortTextOf(view),
    step: view.step,
    tags: view.marks.map(tagOf),
    facts: view.facts,
    retransmission: previous === null ? null : resentAs(view, previous),
    duplicate: view.againAt !== null,
    absorbed: view.absorbed,
    replyTo: replyTo === undefined ? null : arrowId(replyTo),
    media: null,
    passes: [],
  };
}

/** A response may be called by its status alone. */
function shortTextOf({ packet, text, shortText }: MessageView): string | null {
  if (isSip(packet) && packet.kind === 'response') return String(packet.status);
  return shortText === text ? null : shortText;
}

function journeyOf(view: MessageView): LadderMessage['journey'] {
  return view.lost
    ? { end: 'lost', wouldArriveMicros: view.arrivesAt, lossAt: LOSS_AT }
    : { end: 'arrives', atMicros: view.arrivesAt };
}

function kindOf(view: MessageView): LadderMessage['kind'] {
  if (isControl(view.packet)) return view.isReply ? 'reply' : 'command';
  return view.isRequest ? 'request' : 'response';
}

/** An ACK has no timer: it is sent again because the response it confirms came again. */
function resentAs(view: MessageView, previous: MessageView): Retransmission {
  const isAck = isSip(view.packet) && view.packet.label === 'ACK';
  return {
    number: isAck ? null : view.resent,
    afterMicros: isAck ? null : view.sentAt - previous.sentAt,
  };
}

/** From the record of a reply to that of its command. */
function pairReplies(views: readonly MessageView[]): Map<RecordNumber, RecordNumber> {
  const commands = new Map<string, RecordNumber>();
  const pairs = new Map<RecordNumber, RecordNumber>();
  for (const { packet, record } of views) {
    if (!isControl(packet)) continue;
    const transaction = `${packet.call} ${packet.transaction}`;
    if (packet.form === 'command') {
      if (!commands.has(transaction)) commands.set(transaction, record);
    } else {
      const command = commands.get(transaction);
      if (command !== undefined) pairs.set(record, command);
    }
  }
  return pairs;
}

// Media.

/** Streams that start, or change what they carry, at one instant on one way. */
interface StreamsStart {
  readonly first: MessageView;
  readonly views: MessageView[];
  readonly packets: MediaPacket[];
  /** When the last of its streams ended. */
  stopsMicros: number | null;
}

function mediaStarts(views: readonly MessageView[], header: TraceHeader): StreamsStart[] {
  const starts = new Map<string, StreamsStart>();
  /** The start each running stream belongs to, and how many of a start still run. */
  const running = new Map<string, StreamsStart>();
  for (const view of views) {
    const { packet } = view;
    if (!isMedia(packet)) continue;
    const stream = `${view.from} ${packet.stream}`;
    const before = running.get(stream);
    running.delete(stream);
    if (before !== undefined && ![...running.values()].includes(before)) {
      before.stopsMicros = view.sentAt;
    }
    if (sourcesOf([packet], header).length === 0) {
      before?.views.push(view);
      continue;
    }
    const way = `${view.from} ${view.to} ${view.sentAt} ${view.arrivesAt} ${view.lost}`;
    const start = starts.get(way) ?? { first: view, views: [], packets: [], stopsMicros: null };
    starts.set(way, start);
    start.views.push(view);
    start.packets.push(packet);
    running.set(stream, start);
  }
  return [...starts.values()];
}

function mediaArrow(id: MessageId, start: StreamsStart, header: TraceHeader): LadderMessage {
  const { first, packets } = start;
  const sources = sourcesOf(packets, header);
  const text = mediaText(packets, sources);
  return {
    id,
    number: first.record,
    from: lifelineId(first.from),
    to: lifelineId(first.to),
    sentMicros: first.sentAt,
    journey: journeyOf(first),
    kind: 'media',
    leg: 'M',
    ...text,
    step: null,
    tags: [],
    facts: [],
    retransmission: null,
    duplicate: false,
    absorbed: false,
    replyTo: null,
    media: { sources, stopsMicros: start.stopsMicros } satisfies MediaStart,
    passes: [],
  };
}

function sourcesOf(packets: readonly MediaPacket[], header: TraceHeader): MediaSource[] {
  return mediaSources(
    packets.flatMap(({ sources }) => sources),
    header,
  );
}

const speaker: Readonly<Record<MediaSource, string>> = { R: 'CMR', A: 'A', B: 'B' };

function mediaText(
  packets: readonly MediaPacket[],
  sources: readonly MediaSource[],
): Pick<LadderMessage, 'text' | 'shortText'> {
  const kinds = (['audio', 'video'] as const).filter((medium) =>
    packets.some((packet) => packet.medium === medium),
  );
  if (sources.length > 1) {
    return { text: `${sources.map((one) => speaker[one]).join(' + ')}, mixed`, shortText: 'mixed' };
  }
  const only = sources[0] ?? 'R';
  if (only !== 'R' && kinds.length === 1) {
    const what = kinds[0] === 'audio' ? 'voice' : 'picture';
    return { text: `${only}’s ${what}`, shortText: `${only} ${what}` };
  }
  return {
    text: `${only === 'R' ? 'CMR' : `${only}’s`} ${kinds.join(' + ')}`,
    shortText: `${speaker[only]} ${kinds.map((kind) => kind.slice(0, 1)).join('+')}`,
  };
}

function tagOf({ side, number, disposition }: OfferAnswerMark): OfferAnswerTag {
  const half = side === 'O' ? 'offer' : 'answer';
  const kind = disposition === 'early-session' ? (`early ${half}` as const) : half;
  return { kind, text: `${side}${number}` };
}
