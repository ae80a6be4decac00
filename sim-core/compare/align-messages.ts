import { micros, printMilliseconds, type Micros } from '../base/micros.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import { isMedia } from '../media/media-packet.ts';
import type { MessageView } from '../trace/message-view.ts';
import type { TraceHeader } from '../trace/trace-header.ts';
import { viewMessages } from '../trace/view-messages.ts';
import { longestInOrder } from './longest-in-order.ts';
import { contentOfView, meaningsOf } from './message-meaning.ts';

/** What became of one message from run A to run B. */
export type MessageChange = 'added' | 'removed' | 'moved' | 'lost' | 'SDP' | 'header' | 'time';

/** What one message of a call is in two runs of it. */
export interface AlignedMessage {
  /** The gravest of the ways in which it differs; null: it is the same, at the same instant. */
  readonly change: MessageChange | null;
  /** `'client-a → cmr-server: UPDATE'`. */
  readonly meaning: string;
  /** Null where it is not in that run. */
  readonly a: MessageView | null;
  readonly b: MessageView | null;
  /** µs by which it is sent later in B than in A; null unless it is in both. */
  readonly later: number | null;
  readonly says: string;
}

/** As much of a run as is compared. */
interface Told {
  readonly header: TraceHeader;
  readonly records: readonly TraceRecord[];
}

/**
 * The messages of two runs beside each other: in the order of both where they agree, and what one
 * of them has alone, or elsewhere, between its neighbours there. A moved message stands where B
 * has it.
 */
export function alignMessages(one: Told, other: Told): AlignedMessage[] {
  const a = sideOf(one);
  const b = sideOf(other);
  const moved = movedIn(a, b);
  const common = a.meanings.filter((meaning) => b.placeOf.has(meaning));
  const places = common.map((meaning) => b.placeOf.get(meaning) ?? 0);
  const anchors = longestInOrder(places);
  const rows: AlignedMessage[] = [];
  let [fromA, fromB] = [0, 0];
  /** What stands before these two places and was not told yet, by its instant. */
  const tellUntil = (toA: number, toB: number): void => {
    const onlyA = a.views.slice(fromA, toA).flatMap((view, at) => {
      const meaning = a.meanings[fromA + at] ?? '';
      return b.placeOf.has(meaning) ? [] : [aligned(meaning, view, null, false)];
    });
    const ofB = b.views.slice(fromB, toB).map((view, at) => {
      const meaning = b.meanings[fromB + at] ?? '';
      const place = a.placeOf.get(meaning);
      const counterpart = place === undefined ? null : (a.views[place] ?? null);
      return aligned(meaning, counterpart, view, moved.has(meaning));
    });
    rows.push(...byInstant(onlyA, ofB));
    [fromA, fromB] = [toA, toB];
  };
  for (const [at, meaning] of common.entries()) {
    if (!anchors.has(at)) continue;
    const [placeA, placeB] = [a.placeOf.get(meaning) ?? 0, b.placeOf.get(meaning) ?? 0];
    tellUntil(placeA, placeB);
    tellUntil(placeA + 1, placeB + 1);
  }
  tellUntil(a.views.length, b.views.length);
  return rows;
}

/** Two lists put into one, neither of which changes its order. */
function byInstant(
  onlyA: readonly AlignedMessage[],
  ofB: readonly AlignedMessage[],
): AlignedMessage[] {
  const rows: AlignedMessage[] = [];
  let at = 0;
  for (const row of ofB) {
    while ((onlyA[at]?.a?.sentAt ?? Infinity) <= (row.b?.sentAt ?? 0)) {
      rows.push(...onlyA.slice(at, at + 1));
      at += 1;
    }
    rows.push(row);
  }
  return [...rows, ...onlyA.slice(at)];
}

/** One row; at least one of the two is there. */
function aligned(
  meaning: string,
  a: MessageView | null,
  b: MessageView | null,
  moved: boolean,
): AlignedMessage {
  if (a !== null && b !== null) return compared(meaning, a, b, moved);
  const [change, run] = a === null ? (['added', 'B'] as const) : (['removed', 'A'] as const);
  const says = `only in ${run}, at ${ms((a ?? b)?.sentAt ?? 0)}`;
  return { change, meaning, a, b, later: null, says };
}

interface Side {
  readonly views: readonly MessageView[];
  readonly meanings: readonly string[];
  readonly placeOf: ReadonlyMap<string, number>;
}

function sideOf({ header, records }: Told): Side {
  const views = viewMessages(header, records).filter(({ packet }) => !isMedia(packet));
  const meanings = meaningsOf(header, views);
  return { views, meanings, placeOf: new Map(meanings.map((meaning, at) => [meaning, at])) };
}

/** The gravest of the ways in which two messages of one meaning differ. */
function compared(meaning: string, a: MessageView, b: MessageView, moved: boolean): AlignedMessage {
  const later = b.sentAt - a.sentAt;
  const make = (change: MessageChange | null, says: string): AlignedMessage => {
    return { change, meaning, a, b, later, says };
  };
  if (a.lost !== b.lost) return make('lost', a.lost ? 'lost in A alone' : 'lost in B alone');
  const contentA = contentOfView(a);
  const contentB = contentOfView(b);
  if (contentA.body !== contentB.body) return make('SDP', firstLine(contentA.body, contentB.body));
  if (contentA.headers !== contentB.headers) {
    return make('header', firstLine(contentA.headers, contentB.headers));
  }
  if (moved) return make('moved', `at ${ms(a.sentAt)} in A, at ${ms(b.sentAt)} in B`);
  if (later === 0 && a.arrivesAt - a.sentAt === b.arrivesAt - b.sentAt) return make(null, '');
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

function ms(length: Micros | number): string {
  return `${printMilliseconds(micros(length))} ms`;
}
