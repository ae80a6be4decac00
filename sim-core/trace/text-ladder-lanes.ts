import { columnsOf, newRow, write, wrapText, type Ink, type TextRow } from './text-ladder-row.ts';
import type { NodeId } from '../kernel/node.ts';
import type { Party, TraceHeader, TraceNode } from './trace-header.ts';

/** The signs a ladder is drawn with; ASCII where a terminal has no other. */
export interface Signs {
  readonly lane: string;
  readonly silence: string;
  readonly request: string;
  /** Repeated along the shaft. */
  readonly response: string;
  readonly media: string;
  readonly right: string;
  readonly left: string;
  readonly absorbed: string;
  readonly lost: string;
  readonly twice: string;
  readonly user: string;
  readonly decision: string;
  readonly outage: string;
  readonly mixing: string;
  readonly arrival: string;
  /** Between facts beside a label. */
  readonly fact: string;
}

export const unicodeSigns: Signs = {
  lane: '│',
  silence: '┊',
  request: '─',
  response: '╌',
  media: '═',
  right: '▶',
  left: '◀',
  absorbed: '○',
  lost: '✗',
  twice: '×2',
  user: '●',
  decision: '◆',
  outage: '⏻',
  mixing: '≡',
  arrival: '▸',
  fact: ' · ',
};

export const asciiSigns: Signs = {
  lane: '|',
  silence: ':',
  request: '-',
  response: '- ',
  media: '=',
  right: '>',
  left: '<',
  absorbed: 'o',
  lost: 'X',
  twice: 'x2',
  user: '*',
  decision: '<>',
  outage: '!!',
  mixing: '=',
  arrival: '>',
  fact: '; ',
};

/** Columns of the lanes, from left to right. */
export interface Lanes {
  readonly nodes: readonly TraceNode[];
  readonly column: ReadonlyMap<NodeId, number>;
  readonly columns: readonly number[];
  readonly gutter: number;
  readonly width: number;
}

const order: readonly (Party | null)[] = ['A', 'S', 'R', 'B', null];

/** Caller left, callee right, the servers between them, as in the figures. */
export function nodesInOrder(header: TraceHeader): TraceNode[] {
  return header.nodes.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** The caller's own CMR Server, where it has one, stands between it and the other. */
function rankOf({ role, party }: TraceNode): number {
  const isCallersServer = role === 'cmr-server' && party === null;
  return isCallersServer ? order.indexOf('A') + 0.5 : order.indexOf(party);
}

export function inkOf(party: Party | null): Ink {
  if (party === 'A' || party === 'B' || party === 'R') return party;
  return 'plain';
}

/** Narrower than this, no label fits between two lanes. */
const gapLeast = 12;
const gapMost = 44;

/**
 * Spreads the lanes over the width. `needs` says how many columns the widest label between each
 * lane and the next would like to have.
 */
export function spreadLanes(
  nodes: readonly TraceNode[],
  needs: readonly number[],
  gutter: number,
  width: number,
): Lanes {
  const gaps = Math.max(1, nodes.length - 1);
  const room = Math.max(gaps * gapLeast, width - gutter - 1);
  const widths = shareOut(
    Array.from({ length: gaps }, (_, gap) => Math.max(gapLeast, needs[gap] ?? 0)),
    room,
  );
  const columns: number[] = [gutter];
  for (const each of widths) columns.push((columns.at(-1) ?? 0) + each);
  const column = new Map(nodes.map((node, index) => [node.id, columns[index] ?? gutter]));
  return { nodes, column, columns: columns.slice(0, nodes.length), gutter, width };
}

/** Gives each what it needs where it can, the smallest needs first. */
function shareOut(needs: readonly number[], room: number): number[] {
  const given = needs.map(() => 0);
  let left = room;
  const smallestFirst = needs
    .map((_, index) => index)
    .toSorted((a, b) => {
      return (needs[a] ?? 0) - (needs[b] ?? 0) || a - b;
    });
  smallestFirst.forEach((index, done) => {
    const fair = Math.floor(left / (needs.length - done));
    given[index] = Math.min(needs[index] ?? 0, fair);
    left -= given[index] ?? 0;
  });
  // What is left makes the narrowest wider, column by column.
  for (; left > 0; left -= 1) {
    const least = Math.min(...given);
    if (least >= gapMost) break;
    given[given.indexOf(least)] = least + 1;
  }
  return given;
}

/** A row with nothing but its lifelines. */
export function laneRow(lanes: Lanes, signs: Signs, lane = signs.lane): TextRow {
  const row = newRow();
  for (const column of lanes.columns) write(row, column, lane, 'faint');
  return row;
}

/** Who is who: titles over the lanes, words for the two columns before them. */
export function headRows(lanes: Lanes, words: readonly [string, string]): TextRow[] {
  const { nodes, columns, gutter } = lanes;
  const titles = nodes.map((node, index) => {
    const column = columns[index] ?? gutter;
    const before = index === 0 ? gutter : column - (columns[index - 1] ?? 0);
    const after = (columns[index + 1] ?? lanes.width) - column;
    const ink = inkOf(node.party);
    const lines = wrapText(node.title, Math.max(8, Math.floor((before + after) / 2) - 1));
    return { lines, column, ink: ink === 'plain' ? 'strong' : ink } as const;
  });
  const height = Math.max(...titles.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, index) => {
    const row = newRow();
    // Centred over its lane, but left of the next title and of the edge.
    let end = Math.max(lanes.width, (columns.at(-1) ?? 0) + 1);
    for (const { lines, column, ink } of titles.toReversed()) {
      const line = lines[index - (height - lines.length)];
      if (line === undefined) continue;
      const length = columnsOf(line);
      const start = Math.max(gutter - 1, Math.min(column - Math.floor(length / 2), end - length));
      write(row, start, line, ink);
      end = start - 1;
    }
    if (index < height - 1) return row;
    write(row, 0, words[0], 'faint');
    write(row, gutter - 2 - columnsOf(words[1]), words[1], 'faint');
    return row;
  });
}
