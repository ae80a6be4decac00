import { micros, printMilliseconds, printSeconds, type Micros } from '../base/micros.ts';
import { isOwnPace, type NodeId, type UserAction } from '../kernel/node.ts';
import type { MixingCell, RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import { printRegion } from '../media/picture-region.ts';
import { isPacketOfStream } from '../media/rtp-packet.ts';
import type { MessageView } from './message-view.ts';
import { arrowRows, columnsNeeded, crossingMessages, labelOf } from './text-ladder-arrows.ts';
import {
  asciiSigns,
  headRows,
  laneRow,
  nodesInOrder,
  spreadLanes,
  unicodeSigns,
  type Lanes,
  type Signs,
} from './text-ladder-lanes.ts';
import { columnsOf, inked, printRow, wrapText, write, type TextRow } from './text-ladder-row.ts';
import type { TraceHeader } from './trace-header.ts';
import { viewMessages } from './view-messages.ts';

export interface LadderOptions {
  /** Columns; at least 60 for four lanes. */
  readonly width: number;
  /** With ANSI colours: for terminals only. */
  readonly colour: boolean;
  /** Nothing but ASCII. */
  readonly ascii: boolean;
  /** The procedures' own steps as rows. */
  readonly steps: boolean;
  /** Firings of timers: those that something followed from, or all. */
  readonly timers: 'with effect' | 'all';
}

/** Longer silence than this has a row of its own, in µs. */
const silenceLeast = 1_000_000;

/** The run as readable text, a line each element: one row a message, in the order of sending. */
export function textLadder(
  header: TraceHeader,
  records: readonly TraceRecord[],
  options: LadderOptions,
): string[] {
  return ladderRows(header, viewMessages(header, records), records, options);
}

/** The same from views that are there already. */
export function ladderRows(
  header: TraceHeader,
  views: readonly MessageView[],
  records: readonly TraceRecord[],
  options: LadderOptions,
): string[] {
  const signs = options.ascii ? asciiSigns : unicodeSigns;
  const { events, hidden } = eventsOf(records, options, signs);
  const entries = [
    ...views.map((view): Entry => ({
      kind: 'message',
      at: view.sentAt,
      number: view.record,
      view,
    })),
    ...arrivalsOf(views, signs),
    ...events,
  ].toSorted((a, b) => a.at - b.at || a.number - b.number);
  const gutter = gutterOf(entries);
  const nodes = nodesInOrder(header);
  const lanes = spreadLanes(nodes, needsOf(nodes, views, signs), gutter.columns, options.width);
  const lines = headRows(lanes, ['#'.padStart(gutter.number), 'ms']).map((row) =>
    printRow(row, options.colour),
  );
  let before: Micros | null = null;
  for (const entry of entries) {
    if (before !== null && entry.at - before >= silenceLeast) {
      lines.push(printRow(silenceRow(micros(entry.at - before), lanes, signs), options.colour));
    }
    for (const row of rowsOf(entry, gutter, lanes, signs)) {
      lines.push(printRow(row, options.colour));
    }
    before = entry.at;
  }
  if (hidden > 0) {
    const firings = hidden === 1 ? 'firing' : 'firings';
    const says = `${hidden} ${firings} of timers without effect not shown`;
    lines.push(inked(says, 'faint', options.colour));
  }
  const packets = records.filter(isSentPacket).length;
  if (packets > 0) {
    lines.push(inked(`${packets} packets of RTP and RTCP not shown`, 'faint', options.colour));
  }
  return lines;
}

function isSentPacket(record: TraceRecord): boolean {
  const leaves = record.kind === 'sent' || record.kind === 'dropped';
  return leaves && isPacketOfStream(record.packet);
}

/** One row of the ladder to be: a message leaves, or something happens at one node. */
type Entry = { readonly at: Micros; readonly number: RecordNumber } & (
  | { readonly kind: 'message'; readonly view: MessageView }
  | {
      readonly kind: 'event';
      readonly node: NodeId;
      readonly text: string;
      readonly quiet: boolean;
    }
);

function arrivalsOf(views: readonly MessageView[], signs: Signs): Entry[] {
  return [...crossingMessages(views)].map((view) => ({
    kind: 'event',
    at: view.arrivesAt,
    number: view.received[0] ?? view.record,
    node: view.to,
    text: `${signs.arrival} ${labelOf(view)} arrives (#${view.record})`,
    quiet: true,
  }));
}

/** What happens at a node and is worth a row, and how many firings of timers are not shown. */
function eventsOf(
  records: readonly TraceRecord[],
  options: LadderOptions,
  signs: Signs,
): { events: Entry[]; hidden: number } {
  const effective = options.timers === 'all' ? null : effectiveCauses(records);
  const events: Entry[] = [];
  let hidden = 0;
  for (const record of records) {
    if (record.kind === 'timer fired' && effective !== null) {
      if (isOwnPace(record.timer)) continue;
      if (!effective.has(record.number)) {
        hidden += 1;
        continue;
      }
    }
    const text = eventText(record, options, signs);
    if (text === null) continue;
    const { at, number, node } = record;
    events.push({ kind: 'event', at, number, node, text, quiet: record.kind === 'timer fired' });
  }
  return { events, hidden };
}

/** The records that something followed from but a change of state. */
function effectiveCauses(records: readonly TraceRecord[]): ReadonlySet<RecordNumber> {
  const causes = new Set<RecordNumber>();
  for (const record of records) {
    const isState = record.kind === 'note' && record.note.kind === 'state';
    const isTimer = record.kind === 'timer started' || record.kind === 'timer stopped';
    if (!isState && !isTimer) causes.add(record.cause);
  }
  return causes;
}

function eventText(record: TraceRecord, options: LadderOptions, signs: Signs): string | null {
  if (record.kind === 'user') return `${signs.user} ${userText(record.action)}`;
  if (record.kind === 'timer fired') {
    return `[T:${options.timers === 'all' ? record.timer : firstWord(record.timer)}] fires`;
  }
  if (record.kind !== 'note') return null;
  const { note } = record;
  switch (note.kind) {
    case 'decision':
      return `${signs.decision} ${note.about}: ${note.chosen} (${note.why})`;
    case 'mixing':
      return `${signs.mixing} ${mixingText(note.cells)}`;
    case 'outage':
      return `${signs.outage} ${note.what}`;
    case 'procedure step':
      return options.steps ? `{${note.step}}` : null;
    default:
      return null;
  }
}

function firstWord(text: string): string {
  return text.split(' ')[0] ?? text;
}

export function userText(action: UserAction): string {
  switch (action.kind) {
    case 'dial':
      return `dials ${action.target}`;
    case 'answer':
      return 'answers';
    case 'reject':
      return `rejects with ${action.status}`;
    case 'cancel':
      return 'cancels';
    case 'hang up':
      return 'hangs up';
    case 'hold':
      return 'puts the call on hold';
    case 'resume':
      return 'resumes the call';
    case 'press':
      return `presses ${action.digit} (by ${action.by})`;
    case 'silence':
      return 'silences the ringer';
    case 're-invite':
    case 'update': {
      const method = action.kind === 'update' ? 'UPDATE' : 're-INVITE';
      return `has the terminal send ${method} (offer: ${action.offer})`;
    }
  }
}

/** `mixes: client-a hears client-b + ringing-7 25%; …`, output by output. */
function mixingText(cells: readonly MixingCell[]): string {
  if (cells.length === 0) return 'mixes nothing any more';
  const outputs = new Map<string, string[]>();
  for (const { input, output, medium, gainPercent, region } of cells) {
    const key = `${output} ${medium === 'audio' ? 'hears' : 'sees'}`;
    const level = gainPercent === 100 ? '' : ` ${gainPercent}%`;
    const gain = region === undefined ? level : ` ${printRegion(region)}`;
    const inputs = outputs.get(key) ?? [];
    inputs.push(`${input}${gain}`);
    outputs.set(key, inputs);
  }
  return `mixes: ${[...outputs].map(([key, inputs]) => `${key} ${inputs.join(' + ')}`).join('; ')}`;
}

interface Gutter {
  readonly columns: number;
  readonly number: number;
  readonly decimals: number;
}

/** Record numbers and times take as much as the longest needs. */
function gutterOf(entries: readonly Entry[]): Gutter {
  const decimals = entries.some(({ at }) => at % 1_000 !== 0) ? 3 : 0;
  const last = entries.at(-1);
  const most = entries.reduce((widest, { number }) => Math.max(widest, number), 0);
  const number = String(most).length;
  // A length of silence takes both columns: "12.345 s".
  const time = Math.max(
    8 - number,
    last === undefined ? 0 : printTime(last.at, decimals).length,
    last === undefined ? 0 : printSeconds(last.at).length + 1 - number,
  );
  return { columns: number + 1 + time + 2, number, decimals };
}

/** Milliseconds, with as many decimals in every row as one row needs. */
function printTime(at: Micros, decimals: number): string {
  const [whole = '0', fraction = ''] = printMilliseconds(at).split('.');
  return decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`;
}

/** What the widest label between two neighbouring lanes would like to have; media may wrap. */
function needsOf(
  nodes: readonly { readonly id: NodeId }[],
  views: readonly MessageView[],
  signs: Signs,
): number[] {
  const place = new Map(nodes.map(({ id }, index) => [id, index]));
  const needs: number[] = [];
  for (const view of views) {
    const from = place.get(view.from) ?? 0;
    const to = place.get(view.to) ?? 0;
    if (view.leg === 'media' || Math.abs(from - to) !== 1) continue;
    const gap = Math.min(from, to);
    needs[gap] = Math.max(needs[gap] ?? 0, columnsNeeded(view, signs));
  }
  return needs;
}

function silenceRow(length: Micros, lanes: Lanes, signs: Signs): TextRow {
  const row = laneRow(lanes, signs, signs.silence);
  const text = `${printSeconds(length)} s`;
  write(row, lanes.gutter - 2 - columnsOf(text), text, 'faint');
  return row;
}

function rowsOf(entry: Entry, gutter: Gutter, lanes: Lanes, signs: Signs): TextRow[] {
  const rows =
    entry.kind === 'message'
      ? arrowRows(entry.view, lanes, signs)
      : eventRows(entry.node, entry.text, entry.quiet, lanes, signs);
  const [first] = rows;
  if (first === undefined) return rows;
  const time = printTime(entry.at, gutter.decimals);
  write(first, 0, String(entry.number).padStart(gutter.number), 'faint');
  write(first, lanes.gutter - 2 - columnsOf(time), time, 'plain');
  return rows;
}

/** Text beside a lifeline: right of it where there is more room, otherwise left. */
function eventRows(
  node: NodeId,
  text: string,
  quiet: boolean,
  lanes: Lanes,
  signs: Signs,
): TextRow[] {
  const column = lanes.column.get(node) ?? lanes.gutter;
  const right = lanes.width - column - 2;
  const left = column - lanes.gutter - 2;
  const toRight = columnsOf(text) <= right || right >= left;
  return wrapText(text, toRight ? right : left).map((line) => {
    const row = laneRow(lanes, signs);
    const start = toRight ? column + 2 : column - 1 - columnsOf(line);
    write(row, start - 1, ' ', 'plain');
    write(row, start, `${line} `, quiet ? 'faint' : 'strong');
    write(row, column, signs.lane, 'faint');
    return row;
  });
}
