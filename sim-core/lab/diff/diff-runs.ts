import { micros, printMilliseconds, type Micros } from '../../base/micros.ts';
import { printMetric } from '../../conformance/print-metric.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import { isMedia } from '../../media/media-packet.ts';
import type { Run } from '../../run/run.ts';
import type { MessageView } from '../../trace/message-view.ts';
import { viewMessages } from '../../trace/view-messages.ts';
import { longestInOrder } from './longest-in-order.ts';
import { contentOfView, meaningsOf } from './message-meaning.ts';

/** What became of one message from run A to run B. */
export type MessageChange = 'added' | 'removed' | 'moved' | 'lost' | 'SDP' | 'header' | 'time';

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
  const messages = same ? [] : messageDifferences(a, b);
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

interface Side {
  readonly views: readonly MessageView[];
  readonly meanings: readonly string[];
  readonly placeOf: ReadonlyMap<string, number>;
}

function sideOf({ header, records }: Run): Side {
  const views = viewMessages(header, records).filter(({ packet }) => !isMedia(packet));
  const meanings = meaningsOf(header, views);
  return { views, meanings, placeOf: new Map(meanings.map((meaning, at) => [meaning, at])) };
}

function messageDifferences(one: Run, other: Run): MessageDifference[] {
  const a = sideOf(one);
  const b = sideOf(other);
  const moved = movedIn(a, b);
  const found: MessageDifference[] = [];
  for (const [at, meaning] of a.meanings.entries()) {
    const view = a.views[at];
    if (view === undefined) continue;
    const place = b.placeOf.get(meaning);
    const counterpart = place === undefined ? undefined : b.views[place];
    if (counterpart === undefined) {
      const says = `only in A, at ${ms(view.sentAt)}`;
      found.push({ change: 'removed', meaning, records: [view.record, null], later: null, says });
      continue;
    }
    const difference = compared(meaning, view, counterpart, moved.has(meaning));
    if (difference !== null) found.push(difference);
  }
  for (const [at, meaning] of b.meanings.entries()) {
    const view = b.views[at];
    if (view === undefined || a.placeOf.has(meaning)) continue;
    const says = `only in B, at ${ms(view.sentAt)}`;
    found.push({ change: 'added', meaning, records: [null, view.record], later: null, says });
  }
  return found;
}

/** The gravest of the ways in which two messages of one meaning differ. */
function compared(
  meaning: string,
  a: MessageView,
  b: MessageView,
  moved: boolean,
): MessageDifference | null {
  const later = b.sentAt - a.sentAt;
  const make = (change: MessageChange, says: string): MessageDifference => {
    const records: readonly [RecordNumber, RecordNumber] = [a.record, b.record];
    return { change, meaning, records, later, says };
  };
  if (a.lost !== b.lost) return make('lost', a.lost ? 'lost in A alone' : 'lost in B alone');
  const contentA = contentOfView(a);
  const contentB = contentOfView(b);
  if (contentA.body !== contentB.body) return make('SDP', firstLine(contentA.body, contentB.body));
  if (contentA.headers !== contentB.headers) {
    return make('header', firstLine(contentA.headers, contentB.headers));
  }
  if (moved) return make('moved', `at ${ms(a.sentAt)} in A, at ${ms(b.sentAt)} in B`);
  if (later === 0 && a.arrivesAt - a.sentAt === b.arrivesAt - b.sentAt) return null;
  return make('time', shift(later, b.arrivesAt - b.sentAt - (a.arrivesAt - a.sentAt)));
}

/** The first line in which two texts differ. */
function firstLine(a: string, b: string): string {
  const linesA = a.split('\n');
  const linesB = b.split('\n');
  const at = linesA.findIndex((line, index) => line !== linesB[index]);
  const place = at < 0 ? linesA.length : at;
  const shown = (line: string | undefined): string => JSON.stringify((line ?? '').trim());
  return `${shown(linesA[place])} in A, ${shown(linesB[place])} in B`;
}

function shift(later: number, slower: number): string {
  const parts: string[] = [];
  if (later !== 0) parts.push(`sent ${ms(Math.abs(later))} ${later > 0 ? 'later' : 'earlier'}`);
  if (slower !== 0) {
    parts.push(`${ms(Math.abs(slower))} ${slower > 0 ? 'longer' : 'shorter'} on its way`);
  }
  return parts.join(', ');
}

/**
 * Messages in both runs that their sender sends in another order. What one node sends in which
 * order is its own doing; how the sendings of two nodes interleave is the network's.
 */
function movedIn(a: Side, b: Side): ReadonlySet<string> {
  const senders = new Map<number, string[]>();
  for (const [at, meaning] of a.meanings.entries()) {
    const view = a.views[at];
    if (view === undefined || !b.placeOf.has(meaning)) continue;
    const sent = senders.get(view.from) ?? [];
    sent.push(meaning);
    senders.set(view.from, sent);
  }
  const moved = new Set<string>();
  for (const meanings of senders.values()) {
    const places = meanings.map((meaning) => b.placeOf.get(meaning) ?? 0);
    const kept = longestInOrder(places);
    for (const [at, meaning] of meanings.entries()) if (!kept.has(at)) moved.add(meaning);
  }
  return moved;
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

function ms(length: Micros | number): string {
  return `${printMilliseconds(micros(length))} ms`;
}
