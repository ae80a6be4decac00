import {
  isSip,
  micros,
  isPacketOfStream,
  viewMessages,
  type HearsInterval,
  type MessageView,
  type Micros,
  type RecordNumber,
  type TraceHeader,
  type TraceNode,
  type TraceRecord,
} from '../../sim-core/reading.ts';
import type { Trace, TraceView } from '../store/trace-store.ts';
import { timerName, verbs } from '../words/acts.ts';
import { isLocalTone, mediaSources } from '../words/media-sources.ts';
import { subtitleOf } from '../words/parties.ts';
import { CUT_AFTER_MICROS } from './layout/dimensions.ts';
import type {
  LadderFinding,
  LadderInput,
  LadderTimer,
  Lifeline,
  PauseReason,
  Perception,
  UserAction,
} from './layout/ladder-input.ts';
import { lifelineId, traceArrows, type TraceArrows } from './trace-arrows.ts';
import { traceBands } from './trace-bands.ts';
import { traceTimers } from './trace-timers.ts';

/** Every message of the run, once. */
export const messagesOf: TraceView<readonly MessageView[]> = ({ header, records }) =>
  header === null ? [] : viewMessages(header, records);

/** The arrows of the ladder, and which records they show. */
export const arrowsOf: TraceView<TraceArrows> = ({ header }, view) =>
  header === null
    ? { arrows: [], messageOf: new Map(), arrowOf: new Map() }
    : traceArrows(view(messagesOf), header);

/** What there is to see after the last thing that happens, µs. */
const afterword = 80_000;

/** What the ladder draws of the run. */
export const ladderInputOf: TraceView<LadderInput> = (trace, view) => {
  const { header, records } = trace;
  if (header === null) return emptyLadder;
  const views = view(messagesOf);
  const timers = traceTimers(records, views);
  const end = view(lastInstantOf);
  return {
    lifelines: inCallOrder(header).map((node) => lifelineOf(node, views)),
    messages: view(arrowsOf).arrows,
    bands: traceBands(header, records, views),
    timers: timers.map((timer) => endBy(timer, end)),
    userActions: userActions(records),
    perceptions: (trace.end?.hears ?? []).map((interval) => perceptionOf(interval, header, end)),
    findings: findingsOf(trace),
    pauses: pausesOf(records, views, end),
    folds: [],
    endsAtMicros: end,
  };
};

const emptyLadder: LadderInput = {
  lifelines: [],
  messages: [],
  bands: [],
  timers: [],
  userActions: [],
  perceptions: [],
  findings: [],
  pauses: [],
  folds: [],
  endsAtMicros: null,
};

/**
 * Where the ladder ends: shortly after the last message, act or telling timer, or at the end of
 * the run if that comes first. What runs out silently afterwards is not drawn.
 */
export const lastInstantOf: TraceView<Micros> = ({ records, end }, view) => {
  let last = 0;
  for (const { arrivesAt } of view(messagesOf)) last = Math.max(last, arrivesAt);
  for (const record of records) if (isEvent(record)) last = Math.max(last, record.at);
  if (records.length === 0) return micros(0);
  const most = end?.endedAt ?? Infinity;
  return micros(Math.min(most, last + afterword));
};

/**
 * Where a call has settled: the beginning of the last quiet time after an answer, with everything
 * on screen that led there; or the ladder's end, if nobody answered.
 */
export const settledAtOf: TraceView<Micros> = ({ records }, view) => {
  const answered = records.find(isAnswer);
  const end = view(lastInstantOf);
  if (answered === undefined) return end;
  const instants = view(instantsOf);
  const settled = instants.findLast(
    (at, place) => at > answered.at && (instants[place + 1] ?? at) - at >= CUT_AFTER_MICROS,
  );
  return settled ?? end;
};

/** Whether a record is the called party's answer. */
export function isAnswer(record: TraceRecord): boolean {
  return record.kind === 'user' && record.action.kind === 'answer';
}

/** Whether a record is something that happens, as one steps through a run. */
export function isEvent(record: TraceRecord): boolean {
  switch (record.kind) {
    case 'sent':
    case 'dropped':
    case 'received':
      return !isPacketOfStream(record.packet);
    case 'user':
      return true;
    case 'timer fired':
      return /^(?:Timer [ABEFGH]|[12]xx)/.test(timerName(record.timer));
    case 'timer started':
    case 'timer stopped':
    case 'note':
      return false;
  }
}

/** The records one steps through, in order. */
export const eventsOf: TraceView<readonly TraceRecord[]> = ({ records }) => records.filter(isEvent);

/** The instants of those records, ascending, each once. */
export const instantsOf: TraceView<readonly Micros[]> = (_trace, view) => {
  const instants: Micros[] = [];
  for (const { at } of view(eventsOf)) if (instants.at(-1) !== at) instants.push(at);
  return instants;
};

function endBy(timer: LadderTimer, end: Micros): LadderTimer {
  // A bracket that is still open at the ladder's end is open there, whenever it will be due.
  return timer.toMicros > end ? { ...timer, toMicros: end, outcome: 'running' } : timer;
}

/** The nodes as a call passes them: who relays stands on the inner side of the client it serves. */
function inCallOrder({ nodes, links }: TraceHeader): readonly TraceNode[] {
  const servesA = (proxy: TraceNode): boolean =>
    nodes.some(
      ({ id, party }) =>
        party === 'A' &&
        links.some(({ between }) => between.includes(id) && between.includes(proxy.id)),
    );
  const relays = ({ role, party }: TraceNode): boolean =>
    role === 'proxy' || (role === 'cmr-server' && party === null);
  const proxies = nodes.filter(relays);
  const others = nodes.filter((node) => !relays(node));
  const afterA = others.findLastIndex(({ party }) => party === 'A') + 1;
  const firstB = others.findIndex(({ party }) => party === 'B');
  const beforeB = firstB < 0 ? others.length : firstB;
  return [
    ...others.slice(0, afterA),
    ...proxies.filter(servesA),
    ...others.slice(afterA, beforeB),
    ...proxies.filter((proxy) => !servesA(proxy)),
    ...others.slice(beforeB),
  ];
}

function lifelineOf(node: TraceNode, views: readonly MessageView[]): Lifeline {
  const person = personAt(node, views);
  const what = subtitleOf(node);
  return {
    id: lifelineId(node.id),
    title: node.title,
    subtitle: person === null ? what : `${person}, ${what}`,
    folded: false,
  };
}

/** The user of the first INVITE's From or To, for the two ends of the call. */
export function personAt(node: TraceNode, views: readonly MessageView[]): string | null {
  if (node.party !== 'A' && node.party !== 'B') return null;
  const invite = views.find(({ text }) => text === 'INVITE')?.packet;
  if (invite === undefined || !isSip(invite)) return null;
  const { uri } = node.party === 'A' ? invite.from : invite.to;
  return /^sips?:([^@;]+)@/.exec(uri)?.[1] ?? null;
}

function userActions(records: readonly TraceRecord[]): UserAction[] {
  const actions: UserAction[] = [];
  for (const record of records) {
    if (record.kind !== 'user') continue;
    actions.push({
      lifeline: lifelineId(record.node),
      atMicros: record.at,
      verb: verbs[record.action.kind],
    });
  }
  return actions;
}

function perceptionOf(interval: HearsInterval, header: TraceHeader, end: Micros): Perception {
  const tone = interval.sources.every(isLocalTone);
  return {
    lifeline: lifelineId(interval.node),
    medium: interval.medium,
    kind: tone ? 'local tone' : 'media',
    sources: tone ? [] : mediaSources(interval.sources, header),
    fromMicros: interval.fromMicros,
    toMicros: interval.toMicros >= end ? null : interval.toMicros,
  };
}

/** Where findings are marked: at the last record that shows them. */
function findingsOf({ end, records }: Trace): LadderFinding[] {
  if (end === null) return [];
  const findings: LadderFinding[] = [];
  const mark = (id: string, evidence: readonly RecordNumber[]): void => {
    const at = records[(evidence.at(-1) ?? 0) - 1]?.at;
    if (at !== undefined) findings.push({ id, atMicros: at });
  };
  for (const { clause, verdict, evidence } of end.verdicts) {
    if (verdict === 'violated') mark(clause, evidence);
  }
  for (const [index, { code, evidence }] of end.warnings.entries())
    mark(`${code} ${index}`, evidence);
  return findings;
}

/** What a quiet time is for: before the answer the telephone rings, after it people talk. */
function pausesOf(
  records: readonly TraceRecord[],
  views: readonly MessageView[],
  end: Micros,
): PauseReason[] {
  const rings = views.find(({ shortText }) => shortText === '180')?.sentAt;
  if (rings === undefined) return [];
  const act = records.find(
    ({ at, ...record }) => at > rings && record.kind === 'user' && record.action.kind !== 'dial',
  );
  const ends = act?.at ?? end;
  const pauses = [{ fromMicros: rings, toMicros: ends, text: 'ringing, no signalling' }];
  if (act?.kind === 'user' && act.action.kind === 'answer') {
    pauses.push({ fromMicros: ends, toMicros: end, text: 'answered, no signalling' });
  }
  return pauses;
}
