import {
  alignMessages,
  printMilliseconds,
  micros,
  type AlignedMessage,
  type MessageChange,
  type NodeId,
} from '../../sim-core/reading.ts';
import type { Trace } from '../store/trace-store.ts';

/** Two runs beside each other, as they are drawn. */
export interface TwoRuns {
  readonly rows: readonly AlignedMessage[];
  /** The lifelines of either run, by name: a node of one that the other lacks has its place. */
  readonly lanes: readonly string[];
  /** What is different as a whole: `'2 added, 1 lost, 14 at another time'`. */
  readonly says: string;
}

/** Null while either run is not whole. */
export function twoRunsOf(a: Trace, b: Trace): TwoRuns | null {
  if (a.header === null || b.header === null || a.end === null || b.end === null) return null;
  const told = (trace: Trace, header: NonNullable<Trace['header']>) => ({
    header,
    records: trace.records,
  });
  const rows = alignMessages(told(a, a.header), told(b, b.header));
  const talking = new Set([...talkersOf(rows, 'a', a), ...talkersOf(rows, 'b', b)]);
  const names = [...a.header.nodes, ...b.header.nodes].map(({ name }) => name);
  const lanes = [...new Set(names)].filter((name) => talking.has(name));
  return { rows, lanes, says: summaryOf(rows) };
}

function talkersOf(rows: TwoRuns['rows'], side: 'a' | 'b', trace: Trace): readonly string[] {
  return rows.flatMap((row) => {
    const view = row[side];
    return view === null ? [] : [laneOf(trace, view.from), laneOf(trace, view.to)];
  });
}

/** The lifeline of a node. */
export function laneOf({ header }: Trace, id: NodeId): string {
  return header?.nodes.find((node) => node.id === id)?.name ?? '';
}

/** In the order in which they are told. */
const words: Readonly<Record<MessageChange, string>> = {
  added: 'added',
  removed: 'removed',
  moved: 'moved',
  lost: 'lost in one of them',
  SDP: 'with other SDP',
  header: 'with other header fields',
  time: 'at another time',
};

function summaryOf(rows: TwoRuns['rows']): string {
  const parts = Object.entries(words).flatMap(([change, word]) => {
    const count = rows.filter((row) => row.change === change).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  if (parts.length === 0) return 'Every message is the same, at the same instant.';
  const isTiming = rows.every(({ change }) => change === null || change === 'time');
  return isTiming ? `Timing only: ${parts.join(', ')}.` : `${parts.join(', ')}.`;
}

/** What stands between the two sides: a sign and a word, never a colour alone. */
export function markOf({ change, later }: AlignedMessage): string {
  switch (change) {
    case null:
      return '';
    case 'added':
      return '+ added';
    case 'removed':
      return '− removed';
    case 'moved':
      return '⇅ moved';
    case 'lost':
      return '✕ lost';
    case 'SDP':
      return '≠ SDP';
    case 'header':
      return '≠ header';
    case 'time':
      return shiftOf(later ?? 0);
  }
}

function shiftOf(later: number): string {
  if (later === 0) return '◷ on its way';
  const by = `${printMilliseconds(micros(Math.abs(later)))} ms`;
  return later > 0 ? `◷ ${by} late` : `◷ ${by} early`;
}
