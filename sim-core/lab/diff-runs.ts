import {
  alignMessages,
  type AlignedMessage,
  type MessageChange,
} from '../compare/align-messages.ts';
import { printMetric } from '../conformance/print-metric.ts';
import type { RecordNumber } from '../kernel/trace-record.ts';
import type { Run } from '../run/run.ts';

/** A message of which something is different. */
export interface MessageDifference {
  readonly change: MessageChange;
  /** `'client-a → cmr-server: UPDATE'`. */
  readonly meaning: string;
  /** Its `sent` record in each run; null where it is not there. */
  readonly records: readonly [a: RecordNumber | null, b: RecordNumber | null];
  /** µs by which it is sent later in B than in A; null unless it is in both. */
  readonly later: number | null;
  readonly says: string;
}

/** Where two runs differ, by meaning. */
export interface RunDifference {
  /** Equal records: the same run. */
  readonly same: boolean;
  /** The same messages in the same order with the same content, at other times. */
  readonly timingOnly: boolean;
  readonly messages: readonly MessageDifference[];
  /** Clauses judged differently, and metrics of another value, as sentences. */
  readonly verdicts: readonly string[];
  readonly metrics: readonly string[];
  readonly outcomes: readonly [a: string, b: string];
}

export function diffRuns(a: Run, b: Run): RunDifference {
  const same = a.fingerprint === b.fingerprint;
  const messages = same ? [] : alignMessages(a, b).flatMap(differenceOf);
  const verdicts = verdictDifferences(a, b);
  const timingOnly = !same && messages.every(({ change }) => change === 'time');
  return {
    same,
    timingOnly,
    messages,
    verdicts,
    metrics: metricDifferences(a, b),
    outcomes: [a.outcome, b.outcome],
  };
}

function differenceOf({ change, meaning, a, b, later, says }: AlignedMessage): MessageDifference[] {
  if (change === null) return [];
  const records = [a?.record ?? null, b?.record ?? null] as const;
  return [{ change, meaning, records, later, says }];
}

function verdictDifferences(a: Run, b: Run): string[] {
  const inB = new Map(b.verdicts.map((one) => [one.clause, one]));
  const says: string[] = [];
  for (const one of a.verdicts) {
    const other = inB.get(one.clause);
    if (other === undefined || other.verdict === one.verdict) continue;
    says.push(`${one.clause}: ${one.verdict} in A, ${other.verdict} in B: ${other.says}`);
  }
  return says;
}

function metricDifferences(a: Run, b: Run): string[] {
  const inB = new Map<string, number | null>(Object.entries(b.metrics));
  const says: string[] = [];
  for (const [name, value] of Object.entries(a.metrics)) {
    const other = inB.get(name) ?? null;
    if (other === value) continue;
    says.push(`${name}: ${printMetric(name, value)} in A, ${printMetric(name, other)} in B`);
  }
  return says;
}
