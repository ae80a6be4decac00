import { isTcp } from '../http/tcp-packet.ts';
import type { NodeId, Packet } from '../kernel/node.ts';
import type { RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import { isMedia } from '../media/media-packet.ts';
import { isPacketOfStream } from '../media/rtp-packet.ts';
import { isControl } from '../resource-control/control-message.ts';
import { isSip } from '../sip/message.ts';
import { partiesOf, spokenForBy } from './call-parties.ts';
import { findSteps, newStepWatch, type StepWatch } from './continue-steps.ts';
import { isReinvite, messageFacts, messageText } from './message-text.ts';
import type { Leg, MessageView, OfferAnswerMark } from './message-view.ts';
import { markBodies, newOfferBook, type OfferBook } from './offer-answer-marks.ts';
import { packetIdentity } from './packet-identity.ts';
import type { TraceHeader } from './trace-header.ts';

/** Every packet of the run as a ladder shows it, in the order of sending. */
export function viewMessages(
  header: TraceHeader,
  records: readonly TraceRecord[],
): readonly MessageView[] {
  const viewer = messageViewer(header);
  for (const record of records) viewer.observe(record);
  return viewer.views();
}

/** Views made while the run goes on. */
export interface MessageViewer {
  observe(record: TraceRecord): void;
  /**
   * The views so far: one array that grows. What a later record completes (`received`, `absorbed`,
   * the step of an answer) is replaced by a new view in the same place; a view never changes.
   */
  views(): readonly MessageView[];
}

export function messageViewer(header: TraceHeader): MessageViewer {
  const viewing = newViewing(header);
  return {
    observe: (record) => observe(viewing, record),
    views: () => viewing.views,
  };
}

interface Viewing {
  readonly towardsB: ReadonlySet<NodeId>;
  readonly views: MessageView[];
  /** Where the view of a `sent` or `dropped` record stands. */
  readonly places: Map<RecordNumber, number>;
  /** The first transmission of a message and how often it was resent, by identity. */
  readonly transmissions: Map<string, { readonly first: RecordNumber; resent: number }>;
  /** The `sent` record of each SIP packet received, and how many copies were ignored. */
  readonly sentOf: Map<RecordNumber, RecordNumber>;
  readonly ignored: Map<RecordNumber, number>;
  /** Branches of re-INVITEs: their responses and ACKs are named after them. */
  readonly reinvites: Set<string>;
  readonly offers: OfferBook;
  readonly steps: StepWatch;
}

function newViewing(header: TraceHeader): Viewing {
  const parties = partiesOf(header);
  return {
    towardsB: nodesTowardsB(header),
    views: [],
    places: new Map(),
    transmissions: new Map(),
    sentOf: new Map(),
    ignored: new Map(),
    reinvites: new Set(),
    offers: newOfferBook(),
    steps: newStepWatch(parties),
  };
}

function observe(viewing: Viewing, record: TraceRecord): void {
  let fresh = false;
  if (record.kind === 'sent' || record.kind === 'dropped') {
    if (isPacketOfStream(record.packet)) return;
    fresh = addView(viewing, record);
  }
  if (record.kind === 'received') addArrival(viewing, record.sent, record.number);
  if (record.kind === 'note' && record.note.kind === 'ignored') absorb(viewing, record.cause);
  for (const { record: at, step } of findSteps(viewing.steps, record, fresh)) {
    change(viewing, at, { step });
  }
}

type Departure = Extract<TraceRecord, { kind: 'sent' | 'dropped' }>;

/** Adds the packet's view; says whether it is sent for the first time. */
function addView(viewing: Viewing, record: Departure): boolean {
  const { packet, node: from, to, number } = record;
  const identity = packetIdentity(packet, from, to);
  const known = identity === null ? undefined : viewing.transmissions.get(identity);
  if (known !== undefined) known.resent += 1;
  else if (identity !== null) viewing.transmissions.set(identity, { first: number, resent: 0 });
  const { text, shortText } = messageText(packet, concernsReinvite(viewing, packet));
  const lost = record.kind === 'dropped';
  viewing.places.set(number, viewing.views.length);
  viewing.views.push({
    record: number,
    cause: record.cause,
    packet,
    from,
    to,
    sentAt: record.at,
    arrivesAt: lost ? record.wouldArriveAt : record.arrivesAt,
    lost,
    againAt: lost ? null : record.againAt,
    received: [],
    leg: legOf(viewing.towardsB, packet, from, to),
    text,
    shortText,
    isRequest: isRequest(packet),
    isReply: isControl(packet) && packet.form === 'reply',
    step: null,
    marks: marksOf(viewing, packet, from, to, known?.first ?? null),
    resent: known?.resent ?? 0,
    first: known?.first ?? number,
    absorbed: false,
    facts: messageFacts(packet),
  });
  return known === undefined;
}

function marksOf(
  viewing: Viewing,
  packet: Packet,
  from: NodeId,
  to: NodeId,
  first: RecordNumber | null,
): readonly OfferAnswerMark[] {
  if (!isSip(packet)) return [];
  if (first === null) return markBodies(viewing.offers, packet, from, to);
  return viewing.views[viewing.places.get(first) ?? -1]?.marks ?? [];
}

function concernsReinvite(viewing: Viewing, packet: Packet): boolean {
  if (!isSip(packet) || packet.cseq.method !== 'INVITE') return false;
  const branch = `${packet.callId} ${packet.via[0]?.branch ?? ''}`;
  if (isReinvite(packet)) viewing.reinvites.add(branch);
  return viewing.reinvites.has(branch);
}

/** Whether it asks for something; TCP asks for a connection. */
function isRequest(packet: Packet): boolean {
  if (isSip(packet)) return packet.kind === 'request';
  if (isTcp(packet)) return packet.carries?.kind === 'request' || packet.flags === 'SYN';
  return isControl(packet) && packet.form === 'command';
}

function legOf(towardsB: ReadonlySet<NodeId>, packet: Packet, from: NodeId, to: NodeId): Leg {
  if (isControl(packet)) return 'R';
  if (isMedia(packet)) return 'media';
  return towardsB.has(from) || towardsB.has(to) ? 'B' : 'A';
}

/** The telephones of the called party, and the proxies before them. */
function nodesTowardsB(header: TraceHeader): ReadonlySet<NodeId> {
  const telephones = header.nodes.filter(({ party }) => party === 'B').map(({ id }) => id);
  const before = [...spokenForBy(header)].filter(([, client]) => telephones.includes(client));
  return new Set([...telephones, ...before.map(([proxy]) => proxy)]);
}

function addArrival(viewing: Viewing, sent: RecordNumber, received: RecordNumber): void {
  const view = viewing.views[viewing.places.get(sent) ?? -1];
  if (view === undefined) return;
  viewing.sentOf.set(received, sent);
  const arrivals = [...view.received, received];
  change(viewing, sent, {
    received: arrivals,
    absorbed: (viewing.ignored.get(sent) ?? 0) >= arrivals.length,
  });
}

/** A note says that the copy received under that number came to nothing. */
function absorb(viewing: Viewing, received: RecordNumber): void {
  const sent = viewing.sentOf.get(received);
  if (sent === undefined) return;
  const count = (viewing.ignored.get(sent) ?? 0) + 1;
  viewing.ignored.set(sent, count);
  const view = viewing.views[viewing.places.get(sent) ?? -1];
  if (view !== undefined && count >= view.received.length)
    change(viewing, sent, { absorbed: true });
}

function change(viewing: Viewing, record: RecordNumber, to: Partial<MessageView>): void {
  const place = viewing.places.get(record) ?? -1;
  const view = viewing.views[place];
  if (view !== undefined) viewing.views[place] = { ...view, ...to };
}
