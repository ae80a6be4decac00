import {
  isSip,
  type ClauseId,
  type Micros,
  type RecordNumber,
  type TraceRecord,
  type Verdict,
} from '../../sim-core/reading.ts';
import type { Trace } from '../store/trace-store.ts';
import { metricText } from '../words/times.ts';

/** Where two runs of one scenario part, and what comes of it. */
export interface Divergence {
  /** The first record of each run that is not in the other; null where a run just ends. */
  readonly first: TraceRecord | null;
  readonly firstBefore: TraceRecord | null;
  readonly at: Micros;
  readonly verdicts: readonly VerdictChange[];
  readonly metrics: readonly MetricChange[];
  /** `['ring continues', 'failed']` where the outcomes differ. */
  readonly outcomes: readonly [before: string, now: string] | null;
}

export interface VerdictChange {
  readonly clause: ClauseId;
  readonly before: Verdict | 'not judged';
  readonly now: Verdict | 'not judged';
}

export interface MetricChange {
  readonly name: string;
  readonly before: string;
  readonly now: string;
}

/** Where a run parts from another; null while either is not complete, and where they are equal. */
export function divergenceOf(before: Trace, now: Trace): Divergence | null {
  if (before.end === null || now.end === null) return null;
  if (before.end.fingerprint === now.end.fingerprint) return null;
  const [was, is] = [told(before.records), told(now.records)];
  const place = partingOf(was, is);
  const first = is[place] ?? null;
  const firstBefore = was[place] ?? null;
  const instants = [first?.at, firstBefore?.at].filter((at) => at !== undefined);
  const at = instants.toSorted((one, other) => one - other)[0];
  const { outcome } = now.end;
  const other = before.end.outcome;
  return {
    first,
    firstBefore,
    at: at ?? now.end.endedAt,
    verdicts: verdictChanges(before, now),
    metrics: metricChanges(before, now),
    outcomes: outcome === other ? null : [other, outcome],
  };
}

/** What people see of a run; what a node says of itself differs earlier, and tells less. */
function told(records: readonly TraceRecord[]): readonly TraceRecord[] {
  return records.filter(({ kind }) => !untold.has(kind));
}

const untold: ReadonlySet<TraceRecord['kind']> = new Set([
  'note',
  'timer started',
  'timer stopped',
]);

/** How many records at the beginning are the same. */
function partingOf(before: readonly TraceRecord[], now: readonly TraceRecord[]): number {
  const most = Math.min(before.length, now.length);
  for (let place = 0; place < most; place += 1) {
    const [one, other] = [before[place], now[place]];
    if (one === undefined || other === undefined || !isAlike(one, other)) return place;
  }
  return most;
}

/** The same thing at the same instant; of a message also what it says. */
function isAlike(one: TraceRecord, other: TraceRecord): boolean {
  if (one.at !== other.at || arrival(one) !== arrival(other)) return false;
  return nameOf(one) === nameOf(other) && saidBy(one) === saidBy(other);
}

function saidBy(record: TraceRecord): string {
  return 'packet' in record ? JSON.stringify(record.packet) : '';
}

function arrival(record: TraceRecord): number | null {
  if (record.kind === 'sent') return record.arrivesAt + (record.againAt ?? 0);
  return record.kind === 'timer started' ? record.firesAt : null;
}

/** What a record is about, without its instant: tells apart what one node does. */
function nameOf(record: TraceRecord): string {
  const { kind, node } = record;
  switch (kind) {
    case 'sent':
    case 'dropped':
      return `${node} ${kind} ${record.to} ${packetName(record.packet)}`;
    case 'received':
      return `${node} ${kind} ${record.from} ${packetName(record.packet)}`;
    case 'timer started':
    case 'timer stopped':
    case 'timer fired':
      return `${node} ${kind} ${record.timer}`;
    case 'user':
      return `${node} ${kind} ${record.action.kind}`;
    case 'note':
      return `${node} ${kind} ${JSON.stringify(record.note)}`;
  }
}

function packetName(packet: Extract<TraceRecord, { kind: 'sent' }>['packet']): string {
  return isSip(packet)
    ? `${packet.label} ${packet.cseq.number} ${packet.cseq.method}`
    : packet.label;
}

/**
 * The record of this run that is what `number` is in the other: of the same name, and which of
 * those it is. Null where it does not happen here.
 */
export function sameRecordIn(
  trace: Trace,
  other: Trace,
  number: RecordNumber,
): RecordNumber | null {
  const wanted = other.records[number - 1];
  if (wanted === undefined) return null;
  const name = looseName(wanted);
  const place = other.records.slice(0, number).filter((one) => looseName(one) === name).length;
  return trace.records.filter((one) => looseName(one) === name)[place - 1]?.number ?? null;
}

/** A message that is lost in one run may be the selected one of the other. */
function looseName(record: TraceRecord): string {
  return nameOf(record).replace(/^(\d+) dropped/, '$1 sent');
}

function verdictChanges(before: Trace, now: Trace): VerdictChange[] {
  const was = new Map(before.end?.verdicts.map(({ clause, verdict }) => [clause, verdict]));
  const is = new Map(now.end?.verdicts.map(({ clause, verdict }) => [clause, verdict]));
  const changes: VerdictChange[] = [];
  for (const clause of new Set([...was.keys(), ...is.keys()])) {
    const change = {
      clause,
      before: was.get(clause) ?? ('not judged' as const),
      now: is.get(clause) ?? ('not judged' as const),
    };
    if (change.before !== change.now) changes.push(change);
  }
  return changes;
}

function metricChanges(before: Trace, now: Trace): MetricChange[] {
  const was = new Map<string, number | null>(Object.entries(before.end?.metrics ?? {}));
  const changes: MetricChange[] = [];
  for (const [name, value] of Object.entries(now.end?.metrics ?? {})) {
    const old = was.get(name) ?? null;
    if (old === value) continue;
    changes.push({ name, before: metricText(name, old), now: metricText(name, value) });
  }
  return changes;
}
