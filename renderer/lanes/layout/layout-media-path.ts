import type { MediaSource } from '../../ladder/layout/ladder-input.ts';
import type { MediaPath, PathGain } from './media-path-input.ts';

/** A wire: one strand a source, all along the same way. */
export interface PathWire {
  readonly id: string;
  /** Hues side by side; empty: nothing flows. */
  readonly sources: readonly MediaSource[];
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface PathCell {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly owner: MediaSource;
  readonly gain: PathGain | null;
  readonly medium: 'audio' | 'video';
}

export interface PathNode {
  readonly party: 'A' | 'B';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The geometry of the media path, px. */
export interface MediaPathLayout {
  readonly width: number;
  readonly height: number;
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly headHeight: number;
  readonly rowHeight: number;
  readonly columns: readonly { readonly id: string; readonly title: string; readonly x: number }[];
  readonly rows: readonly { readonly id: string; readonly title: string; readonly y: number }[];
  readonly cells: readonly PathCell[];
  readonly nodes: readonly PathNode[];
  readonly wires: readonly PathWire[];
}

const nodeWidth = 44;
const margin = 12;
const nodeGap = 28;

/** How high the matrix is drawn, px: above it, its titles, each of its rows. */
interface Heights {
  readonly above: number;
  readonly head: number;
  readonly row: number;
}

const usualHeights: Heights = { above: 7.5, head: 22, row: 20 };
const lowHeights: Heights = { above: 3.5, head: 18, row: 14 };

const titleColumn = 74;
const columnMost = 56;
/** Between the wires below the matrix, and from one to the next entry of a node, px. */
const wireStep = 8;
const entryStep = 16;

/**
 * Places the matrix between the two clients. Pure.
 * @param room of the window, px; a low one gets lower rows
 */
export function layoutMediaPath(path: MediaPath, width: number, room: number): MediaPathLayout {
  const usual = placePath(path, width, usualHeights);
  return usual.height <= room ? usual : placePath(path, width, lowHeights);
}

function placePath(path: MediaPath, width: number, heights: Heights): MediaPathLayout {
  const columns = Math.max(1, path.outputs.length);
  const room = width - 2 * (margin + nodeWidth + nodeGap) - titleColumn;
  const columnWidth = Math.max(30, Math.min(columnMost, room / columns));
  const boxWidth = titleColumn + columns * columnWidth;
  const box = {
    x: Math.round((width - boxWidth) / 2) + 0.5,
    y: heights.above,
    width: Math.round(boxWidth),
    height: heights.head + Math.max(2, path.inputs.length) * heights.row + 1,
  };
  const placedColumns = path.outputs.map(({ id, title }, index) => ({
    id,
    title,
    x: box.x + titleColumn + (index + 0.5) * columnWidth,
  }));
  const placedRows = path.inputs.map(({ id, title }, index) => ({
    id,
    title,
    y: box.y + heights.head + (index + 0.5) * heights.row,
  }));
  const nodeHeight = Math.min(76, box.height - 8);
  const nodeY = box.y + (box.height - nodeHeight) / 2;
  const nodes: PathNode[] = [
    { party: 'A', x: margin + 0.5, y: nodeY, width: nodeWidth, height: nodeHeight },
    {
      party: 'B',
      x: width - margin - nodeWidth - 0.5,
      y: nodeY,
      width: nodeWidth,
      height: nodeHeight,
    },
  ];
  const wires = [
    ...inputWires(path, placedRows, nodes, box),
    ...outputWires(path, placedColumns, nodes, box),
    ...directWires(path, nodes, box),
  ];
  const lowest = wires.flatMap(({ points }) => points.map(([, y]) => y));
  return {
    width,
    height: Math.max(box.y + box.height, ...lowest) + 8,
    box,
    headHeight: heights.head,
    rowHeight: heights.row,
    columns: placedColumns,
    rows: placedRows,
    cells: placeCells(path, placedColumns, placedRows),
    nodes,
    wires,
  };
}

type Place = { readonly id: string; readonly x: number };
type Row = { readonly id: string; readonly y: number };

function placeCells(path: MediaPath, columns: readonly Place[], rows: readonly Row[]): PathCell[] {
  return path.inputs.flatMap(({ id, owner, medium }, row) =>
    columns.map((column) => ({
      id: `${id} ${column.id}`,
      x: column.x,
      y: rows[row]?.y ?? 0,
      owner,
      medium,
      gain: path.gains.find((gain) => gain.input === id && gain.output === column.id) ?? null,
    })),
  );
}

/** From a client's side into its row. A client that sends nothing has a dead wire. */
function inputWires(
  path: MediaPath,
  rows: readonly Row[],
  nodes: readonly PathNode[],
  box: MediaPathLayout['box'],
): PathWire[] {
  return path.inputs.flatMap(({ id, owner }) => {
    const node = nodes.find(({ party }) => party === owner);
    const y = rows.find((row) => row.id === id)?.y;
    if (node === undefined || y === undefined) return [];
    const fromLeft = node.party === 'A';
    const points = fromLeft
      ? [[node.x + node.width, y] as const, [box.x, y] as const]
      : [[node.x, y] as const, [box.x + box.width, y] as const];
    const flows = path.sending.includes(node.party);
    return [{ id: `in ${id}`, sources: flows ? [owner] : [], points }];
  });
}

/** Out of the bottom of a column, below the matrix, up into the client. */
function outputWires(
  path: MediaPath,
  columns: readonly Place[],
  nodes: readonly PathNode[],
  box: MediaPathLayout['box'],
): PathWire[] {
  const wires: PathWire[] = [];
  for (const node of nodes) {
    const outputs = path.outputs.filter(({ party }) => party === node.party);
    // The column nearest to its client takes the highest way, so that wires do not cross.
    const order = node.party === 'A' ? outputs : outputs.toReversed();
    order.forEach(({ id }, index) => {
      const column = columns.find((one) => one.id === id);
      if (column === undefined) return;
      const heard = path.gains.filter(
        ({ output, gainPercent }) => output === id && gainPercent > 0,
      );
      const sources = heard.flatMap(
        ({ input }) => path.inputs.find((one) => one.id === input)?.owner ?? [],
      );
      const entry =
        node.party === 'A'
          ? node.x + node.width - 14 - index * entryStep
          : node.x + 14 + index * entryStep;
      const y = box.y + box.height + 12 + index * wireStep;
      wires.push({
        id: `out ${id}`,
        sources,
        points: [
          [column.x, box.y + box.height],
          [column.x, y],
          [entry, y],
          [entry, node.y + node.height + 1],
        ],
      });
    });
  }
  return wires;
}

/** Past the Resource Server: below the matrix, or straight where there is none. */
function directWires(
  path: MediaPath,
  nodes: readonly PathNode[],
  box: MediaPathLayout['box'],
): PathWire[] {
  const [a, b] = nodes;
  if (a === undefined || b === undefined) return [];
  return path.direct.map(({ from, medium }, index) => {
    const [start, end] = from === 'A' ? [a, b] : [b, a];
    const id = `direct ${from} ${medium}`;
    if (path.inputs.length === 0) {
      const y = a.y + ((index + 1) * a.height) / (path.direct.length + 1);
      const near = start.party === 'A' ? start.x + start.width : start.x;
      const far = end.party === 'A' ? end.x + end.width + 1 : end.x - 1;
      return { id, sources: [from], points: [[near, y] as const, [far, y] as const] };
    }
    const y = box.y + box.height + 14 + (index + 2) * wireStep;
    const outer = (node: PathNode): number =>
      node.party === 'A' ? node.x + 6 + index * 4 : node.x + node.width - 6 - index * 4;
    const foot = (node: PathNode): number => node.y + node.height + 1;
    const points = [
      [outer(start), foot(start)],
      [outer(start), y],
      [outer(end), y],
      [outer(end), foot(end)],
    ] as const;
    return { id, sources: [from], points };
  });
}
