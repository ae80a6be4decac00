import type { MessageView, RecordNumber, TraceRecord } from '../../sim-core/reading.ts';
import type { LadderMessage, LifelineId, MessageId } from './layout/ladder-input.ts';

/** Arrows without the hops at folded lifelines, and which arrow stands for each that went. */
export interface CoreFolded {
  readonly messages: readonly LadderMessage[];
  readonly standsFor: ReadonlyMap<MessageId, MessageId>;
}

/** What a hop's arrow is known by. */
export interface Hops {
  readonly arrows: readonly LadderMessage[];
  readonly messageOf: ReadonlyMap<MessageId, MessageView>;
}

/**
 * Draws a message that passes folded lifelines as one arrow from its first sender to its last
 * receiver. Where a proxy forks, every branch is an arrow from the first sender. What begins or
 * ends at a folded lifeline stays as it is.
 */
export function foldCore(
  { arrows, messageOf }: Hops,
  records: readonly TraceRecord[],
  folded: ReadonlySet<LifelineId>,
): CoreFolded {
  if (folded.size === 0) return { messages: arrows, standsFor: new Map() };
  const next = nextHops(arrows, messageOf, records, folded);
  const continued = new Set([...next.values()].flat());
  const standsFor = new Map<MessageId, MessageId>();
  const messages: LadderMessage[] = [];
  for (const arrow of arrows) {
    // A further hop is drawn with the first one.
    if (continued.has(arrow)) continue;
    const ways = waysFrom(arrow, next);
    for (const [index, way] of ways.entries()) {
      const last = way.at(-1) ?? arrow;
      // The first way keeps the name of the first hop, every other that of where it forked off.
      const id =
        index === 0 ? arrow.id : (way.find(({ id: hop }) => !standsFor.has(hop)) ?? last).id;
      for (const hop of way) if (!standsFor.has(hop.id)) standsFor.set(hop.id, id);
      messages.push(way.length === 1 ? arrow : joined(id, way));
    }
  }
  return { messages, standsFor };
}

/** For every hop to a folded lifeline, the hops by which the same message goes on. */
function nextHops(
  arrows: readonly LadderMessage[],
  messageOf: ReadonlyMap<MessageId, MessageView>,
  records: readonly TraceRecord[],
  folded: ReadonlySet<LifelineId>,
): ReadonlyMap<LadderMessage, readonly LadderMessage[]> {
  const arrived = new Map<RecordNumber, LadderMessage>();
  for (const arrow of arrows) {
    if (!folded.has(arrow.to)) continue;
    for (const record of messageOf.get(arrow.id)?.received ?? []) arrived.set(record, arrow);
  }
  const next = new Map<LadderMessage, LadderMessage[]>();
  for (const arrow of arrows) {
    const cause = messageOf.get(arrow.id)?.cause;
    if (cause === undefined || !folded.has(arrow.from)) continue;
    const before = arrived.get(cause) ?? arrived.get(causeOf(records, cause));
    if (before?.to !== arrow.from || before.text !== arrow.text) continue;
    const list = next.get(before);
    if (list === undefined) next.set(before, [arrow]);
    else list.push(arrow);
  }
  return next;
}

/** What a record follows from: a node that takes its time to react writes a note in between. */
function causeOf(records: readonly TraceRecord[], number: RecordNumber): RecordNumber {
  return records[number - 1]?.cause ?? number;
}

/** All ways on which a message goes, hop by hop. */
function waysFrom(
  arrow: LadderMessage,
  next: ReadonlyMap<LadderMessage, readonly LadderMessage[]>,
): readonly (readonly LadderMessage[])[] {
  const onwards = next.get(arrow) ?? [];
  if (onwards.length === 0) return [[arrow]];
  return onwards.flatMap((hop) => waysFrom(hop, next).map((way) => [arrow, ...way]));
}

function joined(id: MessageId, way: readonly LadderMessage[]): LadderMessage {
  const first = way[0];
  const last = way.at(-1);
  if (first === undefined || last === undefined) throw new Error('a way without hops');
  const own = way.find((hop) => hop.id === id) ?? first;
  return {
    ...first,
    id,
    number: own.number,
    to: last.to,
    journey: joinedJourney(first, last),
    step: first.step ?? last.step,
    duplicate: way.some(({ duplicate }) => duplicate),
    absorbed: last.absorbed,
    retransmission: first.retransmission ?? last.retransmission,
    passes: way.slice(1).map(({ from }) => from),
  };
}

/** A loss on the last hop, as a share of the time that the whole way takes. */
function joinedJourney(first: LadderMessage, last: LadderMessage): LadderMessage['journey'] {
  const { journey } = last;
  if (journey.end === 'arrives') return journey;
  const whole = journey.wouldArriveMicros - first.sentMicros;
  const before = last.sentMicros - first.sentMicros;
  const hop = journey.wouldArriveMicros - last.sentMicros;
  const lossAt = whole === 0 ? journey.lossAt : (before + hop * journey.lossAt) / whole;
  return { ...journey, lossAt };
}
