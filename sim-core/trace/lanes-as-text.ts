import { micros, printMilliseconds, type Micros } from '../base/micros.ts';
import type { HeardSource } from '../kernel/trace-record.ts';
import { hearingOf, type Hearing } from './hearing.ts';
import type { HearsInterval } from './hears.ts';
import { columnsOf, newRow, printRow, wrapText, write } from './text-ladder-row.ts';
import type { Ink, TextRow } from './text-ladder-row.ts';
import { inkOf, nodesInOrder } from './text-ladder-lanes.ts';
import type { TraceHeader, TraceNode } from './trace-header.ts';

export interface TextLanesOptions {
  readonly width: number;
  readonly colour: boolean;
  readonly ascii: boolean;
  /** Where the lanes end, in µs: the end of the run. */
  readonly until: Micros;
}

/** Columns a bar takes at least, so that no change goes unseen. */
const barLeast = 2;

/**
 * Who hears and sees what: a bar a party and medium, and below it the exact times in ms. Every
 * source has a letter; two letters in turn are two sources mixed. The bars are not to scale: a
 * stretch without change takes columns as the square root of its length, so that the seconds of
 * ringing do not hide the milliseconds that matter.
 */
export function lanesAsText(
  header: TraceHeader,
  hears: readonly HearsInterval[],
  options: TextLanesOptions,
): string[] {
  const shown = nodesInOrder(header).flatMap((node) =>
    (['audio', 'video'] as const).flatMap((medium) => {
      const hearing = hearingOf(hears, node.id, medium);
      return hearing.stretches.length === 0 ? [] : [{ node, medium, hearing }];
    }),
  );
  if (shown.length === 0) return ['nobody hears or sees anything'];
  const letters = lettersOf(hears);
  const inks = inksOf(header);
  const labels = shown.map(({ node, medium }) => laneLabel(node, medium));
  const margin = Math.max(...labels.map(columnsOf)) + 2;
  const stretches = shown.flatMap(({ hearing }) => hearing.stretches);
  const axis = axisOf(stretches, options.until, Math.max(20, options.width - margin));
  const lines = shown.flatMap(({ hearing }, index) => {
    const row = newRow();
    write(row, 0, labels[index] ?? '', 'plain');
    write(row, margin, (options.ascii ? '.' : '·').repeat(axis.length), 'faint');
    for (const heard of hearing.stretches) drawBar(row, margin, heard, axis, letters, inks);
    return [printRow(row, options.colour), ...timesOf(hearing, letters, margin, options)];
  });
  return [...lines, ...legend(letters, margin, options.width)];
}

function laneLabel(node: TraceNode, medium: 'audio' | 'video'): string {
  return `${node.name} ${medium === 'audio' ? 'hears' : 'sees'}`;
}

/** The first letter of each source that no other has taken. */
function lettersOf(hears: readonly HearsInterval[]): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  const taken = new Set<string>();
  for (const { source } of hears.flatMap(({ sources }) => sources)) {
    if (letters.has(source)) continue;
    const own = source.replace(/[^A-Za-z0-9]/g, '');
    const candidates = Array.from(`${own}abcdefghijklmnopqrstuvwxyz`);
    const named = /^client-([a-z])$/.exec(source)?.[1];
    const wanted = named === undefined ? candidates : [named, ...candidates];
    const letter = wanted.find((each) => !taken.has(each)) ?? '#';
    letters.set(source, letter);
    taken.add(letter);
  }
  return letters;
}

/** A party's voice has its colour; CMR Resources have the Resource Server's. */
function inksOf(header: TraceHeader): (source: string) => Ink {
  const parties = new Map(header.nodes.map((node) => [node.name, inkOf(node.party)]));
  return (source) => {
    if (source === 'ringback tone' || source === 'ring tone') return 'plain';
    return parties.get(source) ?? 'R';
  };
}

interface Axis {
  /** Column of every instant at which something changes. */
  readonly columns: ReadonlyMap<number, number>;
  readonly length: number;
}

function axisOf(hears: readonly HearsInterval[], until: Micros, length: number): Axis {
  const instants = new Set<number>([0, until]);
  for (const { fromMicros, toMicros } of hears) {
    instants.add(fromMicros);
    instants.add(toMicros);
  }
  const sorted = [...instants].toSorted((a, b) => a - b);
  const stretches = sorted.slice(1).map((instant, index) => instant - (sorted[index] ?? 0));
  const weights = stretches.map((stretch) => Math.sqrt(stretch));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const spare = Math.max(0, length - stretches.length * barLeast);
  const columns = new Map<number, number>([[sorted[0] ?? 0, 0]]);
  let passed = 0;
  sorted.slice(1).forEach((instant, index) => {
    passed += weights[index] ?? 0;
    const share = whole === 0 ? 0 : Math.floor((spare * passed) / whole);
    columns.set(instant, (index + 1) * barLeast + share);
  });
  return { columns, length: columns.get(sorted.at(-1) ?? 0) ?? length };
}

function drawBar(
  row: TextRow,
  margin: number,
  heard: HearsInterval,
  axis: Axis,
  letters: ReadonlyMap<string, string>,
  inks: (source: string) => Ink,
): void {
  const from = axis.columns.get(heard.fromMicros) ?? 0;
  const to = axis.columns.get(heard.toMicros) ?? axis.length;
  for (let column = from; column < to; column += 1) {
    const source = heard.sources[(column - from) % heard.sources.length]?.source ?? '';
    write(row, margin + column, letters.get(source) ?? '#', inks(source));
  }
}

/** `250–5110 r`, one after the other, then what is silent between them. */
function timesOf(
  { stretches, gaps }: Hearing,
  letters: ReadonlyMap<string, string>,
  margin: number,
  options: TextLanesOptions,
): string[] {
  const dash = options.ascii ? '-' : '–';
  const between = ({ fromMicros, toMicros }: Pick<HearsInterval, 'fromMicros' | 'toMicros'>) =>
    `${printMilliseconds(fromMicros)}${dash}${printMilliseconds(toMicros)}`;
  const times = stretches.map((heard) => {
    const open = heard.closedBy === null ? '…' : '';
    const end = options.ascii && open !== '' ? '...' : open;
    const sources = heard.sources.map((each) => mixed(each, letters)).join('+');
    const { dropouts } = heard;
    const broken =
      dropouts === 0 ? '' : ` (${dropouts} ${dropouts === 1 ? 'dropout' : 'dropouts'})`;
    return `${between(heard)}${end} ${sources}${broken}`;
  });
  for (const gap of gaps) {
    const lasts = printMilliseconds(micros(gap.toMicros - gap.fromMicros));
    times.push(`silent ${between(gap)} (${lasts} ms)`);
  }
  const text = times.map((time) => time.replaceAll(' ', '\u00A0')).join('  ');
  return wrapText(text, options.width - margin).map((line) => {
    const row = newRow();
    write(row, margin, line.replaceAll('\u00A0', ' '), 'faint');
    return printRow(row, options.colour);
  });
}

function mixed(
  { source, gainPercent, region }: HeardSource,
  letters: ReadonlyMap<string, string>,
): string {
  const letter = letters.get(source) ?? '#';
  if (region !== undefined) return `${letter}@${region.width}x${region.height}%`;
  return gainPercent === 100 ? letter : `${letter}@${gainPercent}%`;
}

function legend(letters: ReadonlyMap<string, string>, margin: number, width: number): string[] {
  const entries = [...letters].map(([source, letter]) => `${letter} ${source}`);
  const text = `${entries.map((entry) => entry.replaceAll(' ', '\u00A0')).join('  ')}`;
  return wrapText(text, width - margin).map(
    (line) => ' '.repeat(margin) + line.replaceAll('\u00A0', ' '),
  );
}
