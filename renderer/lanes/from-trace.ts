import {
  hearingOf,
  type HearsInterval,
  type Medium,
  type Micros,
  type NodeId,
  type TraceHeader,
  type TraceNode,
  type TraceRecord,
} from '../../sim-core/reading.ts';
import { isAnswer, lastInstantOf, ladderInputOf, messagesOf } from '../ladder/from-trace.ts';
import { findBusySpans } from '../ladder/layout/busy-spans.ts';
import { takeApart } from '../ladder/layout/folding.ts';
import type { LadderInput } from '../ladder/layout/ladder-input.ts';
import type { TraceView } from '../store/trace-store.ts';
import { isLocalTone, mediaSources, sourceWords } from '../words/media-sources.ts';
import { listWords, proseName, sentenceCase } from '../words/parties.ts';
import { millisText, millisWithUnit } from '../words/times.ts';
import type {
  Lane,
  LaneBar,
  LaneInput,
  LaneMeasure,
  LanePause,
  LaneSilence,
} from './layout/lane-input.ts';
import { portLanes } from './port-lanes.ts';

/** Who hears and sees what, from the run's first instant to the ladder's last. */
export const laneInputOf: TraceView<LaneInput> = (trace, view) => {
  const { header, records, end } = trace;
  const endsAt = view(lastInstantOf);
  if (header === null) return { ...nothing, endsAtMicros: endsAt };
  const intervals = (end?.hears ?? []).filter(({ fromMicros }) => fromMicros < endsAt);
  const parties = partyLanes(intervals, header);
  const overlaps = overlapsOf(intervals, header);
  const bars = intervals.map((interval) => partyBar(interval, header, endsAt, overlaps));
  const ports = portLanes(view(messagesOf), records, header, endsAt);
  return {
    lanes: [...parties, ...ports.lanes],
    bars: [...bars, ...ports.bars],
    silences: silencesOf(intervals, header, endsAt),
    measures: measuresOf(intervals, records, header),
    pauses: view(quietSpansOf),
    endsAtMicros: endsAt,
  };
};

const nothing: LaneInput = {
  lanes: [],
  bars: [],
  silences: [],
  measures: [],
  pauses: [],
  endsAtMicros: 0,
};

/** The pauses between busy spans, as the ladder finds them. */
function quietSpans(input: LadderInput): LanePause[] {
  const busy = findBusySpans(takeApart(input), input.endsAtMicros);
  return busy
    .slice(1)
    .map((span, index) => ({ fromMicros: busy[index]?.toMicros ?? 0, toMicros: span.fromMicros }));
}

/** The same of a whole run, found once. */
export const quietSpansOf: TraceView<readonly LanePause[]> = (_trace, view) =>
  quietSpans(view(ladderInputOf));

function laneId(node: NodeId, medium: Medium): string {
  return `${node} ${medium}`;
}

/** Those who hear: the telephones of both sides. */
function partiesIn({ nodes }: TraceHeader): readonly TraceNode[] {
  return nodes.filter(({ party }) => party === 'A' || party === 'B');
}

/** Both clients hear; who never sees anything has no lane for it. */
function partyLanes(intervals: readonly HearsInterval[], header: TraceHeader): Lane[] {
  const lanes: Lane[] = [];
  for (const { id, party, title: name } of partiesIn(header)) {
    // Of several telephones of one party each is called by its own name: B, B2.
    const who = /[AB]\d*$/.exec(name)?.[0] ?? party ?? '';
    for (const medium of ['audio', 'video'] as const) {
      const sees = intervals.some((one) => one.node === id && one.medium === 'video');
      if (medium === 'video' && !sees) continue;
      const title = `${who} ${medium === 'audio' ? 'hears' : 'sees'}`;
      lanes.push({ id: laneId(id, medium), title, subtitle: null, group: 'party', medium });
    }
  }
  return lanes;
}

function partyBar(
  interval: HearsInterval,
  header: TraceHeader,
  endsAt: Micros,
  overlaps: ReadonlyMap<string, string>,
): LaneBar {
  const { node, medium, sources, fromMicros, openedBy, closedBy } = interval;
  const toMicros = Math.min(interval.toMicros, endsAt);
  const tone = sources.every(isLocalTone);
  return {
    id: `${node} ${medium} ${openedBy}`,
    lane: laneId(node, medium),
    fromMicros,
    toMicros,
    medium,
    kind: tone ? 'local tone' : 'media',
    sources: tone ? [] : mediaSources(sources, header),
    text: tone
      ? millisWithUnit(toMicros - fromMicros)
      : medium === 'audio'
        ? (overlaps.get(`${node} ${fromMicros}`) ?? null)
        : null,
    says: hearsSentence(interval, header, toMicros),
    openedBy,
    closedBy,
  };
}

/** `'A hears the clip from 450 to 5 250 ms.'` */
function hearsSentence(interval: HearsInterval, header: TraceHeader, toMicros: number): string {
  const verb = interval.medium === 'audio' ? 'hears' : 'sees';
  const who = sentenceCase(proseName(header, interval.node));
  const what = listWords(interval.sources.map((source) => sourceWords(source, header)));
  const times = `from ${millisText(interval.fromMicros)} to ${millisText(toMicros)} ms`;
  return `${who} ${verb} ${what} ${times}.`;
}

/** A silence is worth a word from here on, µs. */
const silenceLeast = 10_000;

/** The gaps in what each party hears, between two things heard. */
function silencesOf(
  hears: readonly HearsInterval[],
  header: TraceHeader,
  endsAt: Micros,
): LaneSilence[] {
  return partiesIn(header).flatMap(({ id }) =>
    hearingOf(hears, id, 'audio').gaps.flatMap(({ fromMicros, toMicros, beganWith, endedWith }) => {
      const length = toMicros - fromMicros;
      if (length < silenceLeast || fromMicros >= endsAt) return [];
      const who = sentenceCase(proseName(header, id));
      const times = `from ${millisText(fromMicros)} to ${millisText(toMicros)} ms`;
      return [
        {
          lane: laneId(id, 'audio'),
          fromMicros,
          toMicros,
          text: `silence ${millisWithUnit(length)}`,
          says: `${who} hears nothing ${times}, ${millisWithUnit(length)}.`,
          openedBy: beganWith ?? endedWith,
          closedBy: endedWith,
        },
      ];
    }),
  );
}

/** How long two things or more are heard at once, by the bar that shows it. */
function overlapsOf(
  hears: readonly HearsInterval[],
  header: TraceHeader,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { id } of partiesIn(header)) {
    for (const { fromMicros, toMicros } of hearingOf(hears, id, 'audio').overlaps) {
      texts.set(`${id} ${fromMicros}`, `at once ${millisWithUnit(toMicros - fromMicros)}`);
    }
  }
  return texts;
}

/** From the answer until A hears B, and every time after that in which A does not. */
function measuresOf(
  intervals: readonly HearsInterval[],
  records: readonly TraceRecord[],
  header: TraceHeader,
): LaneMeasure[] {
  const answered = records.find(isAnswer);
  const caller = header.nodes.find(({ party }) => party === 'A');
  const called = header.nodes.find(({ party }) => party === 'B');
  if (answered === undefined || caller === undefined || called === undefined) return [];
  const heard = intervals.filter(
    ({ node, medium, sources, fromMicros }) =>
      node === caller.id &&
      medium === 'audio' &&
      fromMicros >= answered.at &&
      sources.some(({ source }) => source === called.name),
  );
  const measures: LaneMeasure[] = [];
  let since: Micros = answered.at;
  for (const { fromMicros, toMicros } of heard) {
    const length = fromMicros - since;
    const what = measures.length === 0 ? 'answer to B heard' : 'B unheard';
    if (length > 0) {
      const shortText = millisWithUnit(length);
      measures.push({
        fromMicros: since,
        toMicros: fromMicros,
        text: `${what} ${shortText}`,
        shortText,
      });
    }
    since = toMicros;
  }
  return measures;
}
