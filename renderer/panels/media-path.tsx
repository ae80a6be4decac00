import { useMemo, useRef, type ReactElement } from 'react';

import { printGain } from '../../sim-core/reading.ts';
import {
  layoutMediaPath,
  type MediaPathLayout,
  type PathCell,
  type PathNode,
  type PathWire,
} from '../lanes/layout/layout-media-path.ts';
import { mediaPathOf, mediaTurnsOf, pathSentences, turnAt } from '../lanes/media-path.ts';
import { messagesOf, personAt } from '../ladder/from-trace.ts';
import type { TraceView } from '../store/trace-store.ts';
import { hue } from '../words/hues.ts';
import { millisWithUnit } from '../words/times.ts';
import { useSizeOf } from './use-size.ts';
import { useRenderer, useTrace } from './window-parts.ts';

/** Where media go at the playhead, with the mixing matrix. */
export function MediaPathPanel(): ReactElement {
  const header = useTrace((trace) => trace.header);
  const turns = useTrace(mediaTurnsOf);
  const turn = useRenderer((state) => turnAt(turns, state.playhead));
  const playing = useRenderer((state) => state.playing);
  const people = useTrace(peopleOf);
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useSizeOf(frame);
  const path = useMemo(() => (header === null ? null : mediaPathOf(header, turn)), [header, turn]);
  return (
    <section className="media-path" data-region="media path" aria-label="Media path">
      <h2 className="panel-heading">
        Media path
        <span className="beside">{path === null ? null : <Now says={path.says} />}</span>
      </h2>
      <div ref={frame} className="media-path-frame scrolls">
        {path === null || width === 0 ? null : path.inputs.length + path.direct.length === 0 ? (
          <p className="empty">Nobody sends audio or video at this instant.</p>
        ) : (
          <>
            <Picture
              layout={layoutMediaPath(path, width, height)}
              people={people}
              moves={playing}
            />
            <p className="only-heard">{pathSentences(path).join(' ')}</p>
          </>
        )}
      </div>
    </section>
  );
}

/** The two users of a call by their parties; null where nobody names them. */
const peopleOf: TraceView<Readonly<Record<'A' | 'B', string | null>>> = ({ header }, view) => {
  const of = (party: 'A' | 'B'): string | null => {
    const node = header?.nodes.find((one) => one.party === party);
    return node === undefined ? null : personAt(node, view(messagesOf));
  };
  return { A: of('A'), B: of('B') };
};

/** The instant, which changes with every frame, and the path, which does not. */
function Now({ says }: { readonly says: string }): string {
  return `at ${millisWithUnit(useRenderer((state) => state.playhead))}, ${says}`;
}

function Picture({
  layout,
  people,
  moves,
}: {
  readonly layout: MediaPathLayout;
  /** The users at both ends, where they are known. */
  readonly people: Readonly<Record<'A' | 'B', string | null>>;
  /** Whether what flows is seen to flow: while the clock runs. */
  readonly moves: boolean;
}): ReactElement {
  return (
    <svg
      className="media-path-picture"
      width={layout.width}
      height={layout.height}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      aria-hidden="true"
    >
      {layout.wires.map((wire) => (
        <Wire key={wire.id} wire={wire} moves={moves} />
      ))}
      {layout.rows.length === 0 ? null : <Matrix layout={layout} />}
      {layout.nodes.map((node) => (
        <Client key={node.party} node={node} person={people[node.party]} />
      ))}
    </svg>
  );
}

function Matrix({ layout }: { readonly layout: MediaPathLayout }): ReactElement {
  const { box } = layout;
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  return (
    <>
      <rect className="matrix" x={box.x} y={box.y} width={box.width} height={box.height} rx={4} />
      {layout.rows.map(({ id, y }) => (
        <path key={id} className="hairline" d={`M${box.x} ${y - layout.rowHeight / 2}H${right}`} />
      ))}
      {layout.columns.map(({ id, x }) => (
        <path key={id} className="hairline" d={`M${x - columnHalf(layout)} ${box.y}V${bottom}`} />
      ))}
      {layout.columns.map(({ id, title, x }) => (
        <text
          key={id}
          className="column-title"
          x={x}
          y={box.y + layout.headHeight / 2 + 4.5}
          textAnchor="middle"
        >
          {title}
        </text>
      ))}
      {layout.rows.map(({ id, title, y }) => (
        <text key={id} className="row-title" x={box.x + 8} y={y + 4}>
          {title}
        </text>
      ))}
      {layout.cells.map((cell) => (
        <Cell
          key={cell.id}
          cell={cell}
          half={Math.min(27, columnHalf(layout)) - 2.5}
          high={Math.min(16, layout.rowHeight - 1)}
        />
      ))}
    </>
  );
}

/** Letters of a name that a node has room for. */
const lettersMost = 6;

function Client({
  node: { party, x, y, width, height },
  person,
}: {
  readonly node: PathNode;
  readonly person: string | null;
}): ReactElement {
  const [middle, half] = [x + width / 2, y + height / 2];
  const isNamed = person !== null && person.length <= lettersMost;
  return (
    <g>
      <rect className="party" x={x} y={y} width={width} height={height} rx={4} />
      <text className="party-name" x={middle} y={half + (isNamed ? -2 : 5)} textAnchor="middle">
        {party}
      </text>
      {isNamed ? (
        <text className="person" x={middle} y={half + 14} textAnchor="middle">
          {person}
        </text>
      ) : null}
    </g>
  );
}

function columnHalf(layout: MediaPathLayout): number {
  const [one, two] = layout.columns;
  if (one === undefined) return 0;
  if (two === undefined) return layout.box.x + layout.box.width - one.x;
  return (two.x - one.x) / 2;
}

function Cell({
  cell,
  half,
  high,
}: {
  readonly cell: PathCell;
  /** Half the width of its ground, and the height of that, px. */
  readonly half: number;
  readonly high: number;
}): ReactElement {
  const { x, y, owner, gain, medium } = cell;
  if (gain === null || gain.gainPercent <= 0) {
    return <circle className="no-gain" cx={x} cy={y} r={1.2} />;
  }
  const text = medium === 'video' ? 'pass' : printGain(gain.gainPercent);
  return (
    <g className={hue(owner)}>
      <rect className="gain" x={x - half} y={y - high / 2} width={2 * half} height={high} rx={2} />
      <text className="gain-text" x={x} y={y + 4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}

/** Strands of one wire run side by side; a wire without packets is dotted. */
function Wire({ wire, moves }: { readonly wire: PathWire; readonly moves: boolean }): ReactElement {
  if (wire.sources.length === 0) {
    return <path className="flow dead" d={wayOf(wire, 0)} />;
  }
  return (
    <>
      {wire.sources.map((source, index) => {
        const off = (index - (wire.sources.length - 1) / 2) * 3;
        return (
          <g key={source} className={hue(source)}>
            <path className="flow" d={wayOf(wire, off)} />
            {moves ? <path className="flow-motion" d={wayOf(wire, off)} /> : null}
            <path className="flow-head" d={headOf(wire, off)} />
          </g>
        );
      })}
    </>
  );
}

/** The way of a wire, `off` px to the inside: all its turns are square. */
function wayOf({ points }: PathWire, off: number): string {
  const shifted = shift(points, off);
  return `M${shifted.map(([x, y]) => `${x} ${y}`).join('L')}`;
}

function shift(points: PathWire['points'], off: number): readonly (readonly [number, number])[] {
  if (points.length === 2) return points.map(([x, y]) => [x, y + off] as const);
  const side = (points.at(-1)?.[0] ?? 0) < (points[0]?.[0] ?? 0) ? -1 : 1;
  return points.map(([x, y], index) =>
    index < 2
      ? ([x - side * off, index === 1 ? y + off : y] as const)
      : ([x + side * off, index === 2 ? y + off : y] as const),
  );
}

function headOf({ points }: PathWire, off: number): string {
  const shifted = shift(points, off);
  const [x, y] = shifted.at(-1) ?? [0, 0];
  const [beforeX, beforeY] = shifted.at(-2) ?? [0, 0];
  if (beforeX === x)
    return `M${x - 3.5} ${y + (beforeY > y ? 5 : -5)}L${x} ${y}l3.5 ${beforeY > y ? 5 : -5}`;
  const back = beforeX > x ? 5 : -5;
  return `M${x + back} ${y - 3.5}L${x} ${y}l${back} 3.5`;
}
