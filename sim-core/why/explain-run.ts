import { clause, type ClauseId } from '../base/clause-id.ts';
import type { Micros } from '../base/micros.ts';
import { isOwnPace, type NodeId } from '../kernel/node.ts';
import type { Medium, RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import type { HearsInterval } from '../trace/hears.ts';
import type { MessageView } from '../trace/message-view.ts';
import { viewMessages } from '../trace/view-messages.ts';
import { whatDidNotCome } from './absences.ts';
import { actSentence, messageSentence, ms, recordSentence, soundsSentence } from './sentences.ts';
import type { ExplainedRun, Why, WhyStep } from './why.ts';

/** Answers why, for one run: each answer is a slice of its records. */
export interface Explaining {
  /** How it came to this record; null where the run has none of that number. */
  ofRecord(record: RecordNumber): Why | null;
  /** Why this node hears or sees what it does at an instant. */
  ofPerception(node: NodeId, medium: Medium, at: Micros): Why;
  /** Why a clause is judged as it is; null where it is not judged in this run. */
  ofClause(clause: ClauseId): Why | null;
}

/** What every answer is made with. */
interface Reading {
  readonly run: ExplainedRun;
  readonly views: readonly MessageView[];
  /** From each record of a message to it. */
  readonly viewOf: ReadonlyMap<RecordNumber, MessageView>;
  /** What a record led to at once, at the same node. */
  readonly effects: ReadonlyMap<RecordNumber, readonly TraceRecord[]>;
}

export function explainRun(run: ExplainedRun): Explaining {
  const reading = readingOf(run);
  return {
    ofRecord(record) {
      const found = run.records[record - 1];
      if (found === undefined) return null;
      const answer = factOf(reading, found).says;
      return { answer: `At ${ms(found.at)} ${answer}`, steps: slice(reading, [record]) };
    },
    ofPerception: (node, medium, at) => perceptionExplained(reading, node, medium, at),
    ofClause(id) {
      const verdict = run.verdicts.find((one) => one.clause === id);
      if (verdict === undefined) return null;
      const answer = `${id} is ${verdict.verdict}: ${verdict.says}`;
      return { answer, steps: slice(reading, verdict.evidence) };
    },
  };
}

function readingOf(run: ExplainedRun): Reading {
  const views = viewMessages(run.header, run.records);
  const viewOf = new Map<RecordNumber, MessageView>();
  for (const view of views) {
    viewOf.set(view.record, view);
    for (const received of view.received) viewOf.set(received, view);
  }
  const effects = new Map<RecordNumber, TraceRecord[]>();
  for (const record of run.records) {
    if (record.kind !== 'note') continue;
    const before = effects.get(record.cause);
    if (before === undefined) effects.set(record.cause, [record]);
    else before.push(record);
  }
  return { run, views, viewOf, effects };
}

/** What one hears is since its interval began; silence, since the last one ended. */
function perceptionExplained(reading: Reading, node: NodeId, medium: Medium, at: Micros): Why {
  const { header, hears } = reading.run;
  const own = hears.filter((one) => one.node === node && one.medium === medium);
  const now = own.find(({ fromMicros, toMicros }) => fromMicros <= at && at < toMicros);
  const sounds = soundsSentence(header, node, medium, now?.sources ?? []);
  const answer = `At ${ms(at)} ${sounds}`;
  if (now !== undefined) return { answer, steps: slice(reading, [now.openedBy]) };
  const last = own.findLast(({ toMicros }) => toMicros <= at) ?? null;
  return { answer, steps: slice(reading, closing(last)) };
}

function closing(interval: HearsInterval | null): RecordNumber[] {
  return interval === null || interval.closedBy === null ? [] : [interval.closedBy];
}

/**
 * Everything on the way to these records, each once, in order: back along the causes, no further
 * than to what a person did; and beside it, what was decided on the way, and what did not come.
 */
function slice(reading: Reading, wanted: readonly RecordNumber[]): WhyStep[] {
  const steps = new Map<string, WhyStep>();
  const add = (step: WhyStep): void => {
    // What was asked about is told once, and not also as what led to something else.
    const key = `${step.record} ${step.kind === 'absence'}`;
    if (steps.get(key)?.kind !== 'fact') steps.set(key, step);
  };
  const passed = new Set<RecordNumber>();
  for (const number of wanted) {
    const asked = reading.run.records[number - 1];
    if (asked === undefined) continue;
    add(factOf(reading, asked));
    let at: TraceRecord | undefined = asked;
    while (at !== undefined && !passed.has(at.number)) {
      passed.add(at.number);
      if (at !== asked) for (const step of stepsAt(reading, at)) add(step);
      if (at.kind === 'user' && at !== asked) break;
      if (at === asked && at.kind === 'timer fired') {
        for (const step of absences(reading, at)) add(step);
      }
      at = reading.run.records[causeOf(at) - 1];
    }
  }
  return [...steps.values()].sort((a, b) => a.record - b.record || (a.kind === 'fact' ? 1 : -1));
}

/** An arrival follows from its departure. */
function causeOf(record: TraceRecord): number {
  return record.kind === 'received' ? record.sent : record.cause;
}

/** What was asked about; of a message, that it is on its way. */
function factOf(reading: Reading, record: TraceRecord): WhyStep {
  const view = reading.viewOf.get(record.number);
  if (view !== undefined && record.number === view.record) {
    return { ...messageStep(reading, view), kind: 'fact' };
  }
  const { header } = reading.run;
  const says = recordSentence(header, record, view ?? null);
  return stepOf('fact', record, says, clauseOf(record));
}

function stepsAt(reading: Reading, record: TraceRecord): WhyStep[] {
  const { header } = reading.run;
  const decisions = (reading.effects.get(record.number) ?? []).flatMap((effect) =>
    effect.kind === 'note' && effect.note.kind === 'decision'
      ? [stepOf('decision', effect, recordSentence(header, effect, null), clauseOf(effect))]
      : [],
  );
  switch (record.kind) {
    case 'sent':
    case 'dropped': {
      const view = reading.viewOf.get(record.number);
      return view === undefined ? [] : [messageStep(reading, view)];
    }
    case 'user':
      return [stepOf('act', record, actSentence(header, record), null), ...decisions];
    case 'timer fired': {
      // A node's own pace is no cause one could take away.
      if (isOwnPace(record.timer)) return decisions;
      const fired = stepOf('timer', record, recordSentence(header, record, null), null);
      return [fired, ...absences(reading, record), ...decisions];
    }
    case 'received':
      return decisions;
    case 'note':
    case 'timer started':
    case 'timer stopped':
      return [];
  }
}

function messageStep(reading: Reading, view: MessageView): WhyStep {
  const record = reading.run.records[view.record - 1];
  return {
    kind: 'message',
    record: view.record,
    at: record?.at ?? view.sentAt,
    node: view.from,
    says: messageSentence(reading.run.header, view),
    clause: view.step === null ? null : clauseOfStep(view.step),
  };
}

/** Each step of the Continue flow is a clause. */
function clauseOfStep(step: number): ClauseId {
  const id = `FLOW-CON-${String(step).padStart(2, '0')}`;
  return clause(id);
}

function absences(
  { run: { header, records }, views }: Reading,
  fired: Extract<TraceRecord, { kind: 'timer fired' }>,
): WhyStep[] {
  const started = records[fired.cause - 1];
  if (isOwnPace(fired.timer) || started === undefined) return [];
  return whatDidNotCome(header, views, fired, started.at).map(({ view, says }) => ({
    kind: 'absence' as const,
    record: view?.record ?? fired.number,
    at: view?.sentAt ?? fired.at,
    node: view?.from ?? fired.node,
    says,
    clause: null,
  }));
}

function clauseOf(record: TraceRecord): ClauseId | null {
  return record.kind === 'note' && 'clause' in record.note ? record.note.clause : null;
}

function stepOf(
  kind: WhyStep['kind'],
  { number, at, node }: TraceRecord,
  says: string,
  clause: ClauseId | null,
): WhyStep {
  return { kind, record: number, at, node, says, clause };
}
