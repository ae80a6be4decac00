import { select, type Selection } from 'd3';

import { keepUp, makeMemory, type Memory } from '../../ladder/draw/kept-layer.ts';
import { hue } from '../../words/hues.ts';
import type {
  LaneCut,
  LaneGhost,
  LaneLayout,
  LaneTick,
  PlacedBar,
  PlacedStrand,
} from '../layout/lane-layout.ts';
import { polygonPath, wavePath } from '../layout/paths.ts';

type Layer = Selection<SVGGElement, unknown, null, undefined>;

type Surface = Selection<SVGSVGElement, unknown, null, undefined>;

/**
 * The layers of the lanes, back to front, made once. What moves is a drawing of its own over the
 * other: of what stays nothing is painted again while it moves.
 */
export interface LaneGroups {
  readonly surfaces: readonly Surface[];
  readonly grid: Layer;
  readonly names: Layer;
  /** Another run, behind this one. */
  readonly ghosts: Layer;
  readonly bars: Layer;
  readonly measures: Layer;
  readonly cuts: Layer;
  readonly veil: Layer;
  readonly marks: Layer;
  /** Line and time of the playhead: moves as one. */
  readonly now: Layer;
  readonly memory: Memory;
}

export function makeLaneGroups(lanes: SVGSVGElement, over: SVGSVGElement): LaneGroups {
  const surfaces = [select(lanes), select(over)] as const;
  for (const surface of surfaces) surface.selectChildren().remove();
  const [still, moving] = surfaces;
  const add = (surface: Surface, name: string): Layer =>
    surface.append('g').attr('class', `lane-${name}`);
  return {
    surfaces,
    grid: add(still, 'grid'),
    names: add(still, 'names'),
    ghosts: add(still, 'ghosts').attr('aria-hidden', 'true'),
    bars: add(still, 'bars'),
    measures: add(still, 'measures'),
    cuts: add(still, 'cuts'),
    veil: add(moving, 'veil'),
    marks: add(moving, 'marks'),
    now: add(moving, 'now'),
    memory: makeMemory(),
  };
}

/** Draws all that stays while the playhead moves. `reachable` is the bar the Tab key comes to. */
export function drawLanes(groups: LaneGroups, layout: LaneLayout, reachable: string | null): void {
  const { width, height } = layout;
  const frame = `0 0 ${width} ${height}`;
  for (const surface of groups.surfaces) {
    surface.attr('width', width).attr('height', height).attr('viewBox', frame);
  }
  drawAxis(groups.grid, layout);
  drawNames(groups.names, layout);
  drawBars(groups.bars, layout, reachable);
  drawMeasures(groups.measures, layout);
  drawCuts(groups.cuts, layout);
}

/** Draws what another run lets the parties hear, behind what this one does. */
export function drawLaneGhosts({ ghosts: layer }: LaneGroups, ghosts: readonly LaneGhost[]): void {
  keepUp(layer, 'rect.lane-ghost', ghosts, 'all')
    .attr('class', ({ source }) => `lane-ghost ${source === null ? '' : hue(source)}`.trim())
    .attr('rx', 2)
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('width', ({ width }) => width)
    .attr('height', ({ height }) => height);
}

function drawAxis(group: Layer, { ticks, height, left }: LaneLayout): void {
  group
    .selectAll('path.grid-line')
    .data(ticks)
    .join('path')
    .attr('class', 'grid-line')
    .attr('d', ({ x }) => `M${x} 16V${height - 6}`);
  group
    .selectAll('text.tick-text')
    .data(ticks.filter(({ text }) => text !== null))
    .join('text')
    .attr('class', 'tick-text')
    .attr('text-anchor', 'middle')
    .attr('x', ({ x }) => x)
    .attr('y', 12)
    .text(({ text }) => text);
  group
    .selectAll('text.unit')
    .data([left])
    .join('text')
    .attr('class', 'unit tick-text')
    .attr('text-anchor', 'end')
    .attr('x', (at) => at - 10)
    .attr('y', 12)
    .text('ms');
}

function drawNames(group: Layer, { lanes, left, right, silences }: LaneLayout): void {
  group
    .selectAll('path')
    .data(lanes)
    .join('path')
    .attr('class', 'lane-base')
    .attr('d', ({ y }) => `M${left} ${y}H${right}`);
  group
    .selectAll('text.lane-title')
    .data(lanes)
    .join('text')
    .attr('class', ({ group: kind }) => `lane-title of-${kind}`)
    .attr('x', 12)
    .attr('y', ({ y }) => y + 4)
    .text(({ title }) => title);
  group
    .selectAll('text.lane-subtitle')
    .data(lanes.filter(({ subtitle }) => subtitle !== null))
    .join('text')
    .attr('class', 'lane-subtitle')
    .attr('text-anchor', 'end')
    .attr('x', left - 10)
    .attr('y', ({ y }) => y + 4)
    .text(({ subtitle }) => subtitle);
  group
    .selectAll('text.silence')
    .data(silences)
    .join('text')
    .attr('class', 'silence')
    .attr('text-anchor', 'middle')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y + 4)
    .text(({ text }) => text);
}

function drawBars(group: Layer, layout: LaneLayout, reachable: string | null): void {
  const each = group
    .selectAll<SVGGElement, PlacedBar>('g.bar')
    .data(layout.bars, ({ id }) => id)
    .join('g')
    .attr('class', ({ kind, medium }) => `bar ${kind.replace(' ', '-')} ${medium}`)
    .attr('role', 'button')
    .attr('aria-label', ({ says }) => says)
    .attr('tabindex', ({ id }) => (id === reachable ? 0 : -1))
    .attr('data-bar', ({ id }) => id);
  each
    .selectAll('title')
    .data(({ says }) => [says])
    .join('title')
    .text((says) => says);
  each
    .selectAll('rect.silence-place')
    .data((bar) => (bar.kind === 'silence' ? [bar] : []))
    .join('rect')
    .attr('class', 'silence-place')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('width', ({ width }) => width)
    .attr('height', ({ height }) => height);
  each
    .selectAll<SVGRectElement, PlacedStrand>('rect.strand')
    .data((bar) => bar.strands.map((strand) => ({ ...strand, x: bar.x, width: bar.width })))
    .join('rect')
    .attr('class', ({ source }) => (source === null ? 'strand hatched' : `strand ${hue(source)}`))
    .attr('rx', 1.5)
    .attr('x', ({ x }) => x)
    .attr('width', ({ width }) => width)
    .attr('y', ({ y }) => y)
    .attr('height', ({ height }) => height);
  each
    .selectAll<SVGPathElement, PlacedStrand>('path.envelope')
    .data(({ strands }) => strands.filter(({ envelope }) => envelope.length > 0))
    .join('path')
    .attr('class', ({ source }) => `envelope ${source === null ? '' : hue(source)}`)
    .attr('d', ({ envelope }) => polygonPath(envelope));
  each
    .selectAll('path.frames')
    .data((bar) => (bar.frames.length > 0 ? [bar] : []))
    .join('path')
    .attr('class', ({ strands }) => `frames ${hue(strands[0]?.source ?? 'M')}`)
    .attr('d', ({ frames, y, height }) =>
      frames.map((x) => `M${x} ${y + 1.5}v1.5M${x} ${y + height - 3}v1.5`).join(''),
    );
  drawBarTexts(each);
}

function drawBarTexts(each: Selection<SVGGElement, PlacedBar, SVGGElement, unknown>): void {
  const texts = (bar: PlacedBar) =>
    bar.text === null ? [] : [{ ...bar.text, y: bar.y, height: bar.height, kind: bar.kind }];
  each
    .selectAll('rect.bar-text-ground')
    .data((bar) => texts(bar).filter(({ kind }) => kind !== 'discarded'))
    .join('rect')
    .attr('class', 'bar-text-ground')
    .attr('x', ({ x, width }) => x - width / 2)
    .attr('width', ({ width }) => width)
    .attr('y', ({ y }) => y)
    .attr('height', ({ height }) => height);
  each
    .selectAll('text')
    .data(texts)
    .join('text')
    .attr('class', 'bar-text')
    .attr('text-anchor', 'middle')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y, height }) => y + height / 2 + 4)
    .text(({ text }) => text);
}

function drawMeasures(group: Layer, { measures }: LaneLayout): void {
  group
    .selectAll('path')
    .data(measures)
    .join('path')
    .attr('class', 'measure')
    .attr('d', ({ x1, x2, y, pieces }) => {
      const ends = `M${x1} ${y - 4}v8M${x2} ${y - 4}v8`;
      return ends + pieces.map(([from, to]) => `M${from} ${y}H${to}`).join('');
    });
  group
    .selectAll('text')
    .data(measures)
    .join('text')
    .attr('class', 'measure-text')
    .attr('text-anchor', ({ anchor }) => anchor)
    .attr('x', ({ textX }) => textX)
    .attr('y', ({ y }) => y + 4)
    .text(({ text }) => text);
}

function drawCuts(group: Layer, { cuts, height }: LaneLayout): void {
  group
    .selectAll('rect')
    .data(cuts)
    .join('rect')
    .attr('class', 'cut-ground')
    .attr('x', ({ x1 }) => x1)
    .attr('width', ({ x1, x2 }) => x2 - x1)
    .attr('y', 15)
    .attr('height', height - 20);
  group
    .selectAll('path')
    .data(cuts.flatMap(({ x1, x2 }) => [x1, x2]))
    .join('path')
    .attr('class', 'cut-wave')
    .attr('d', (x) => wavePath(16, height - 5, x, true));
  group
    .selectAll('text')
    .data(cuts)
    .join('text')
    .attr('class', 'tick-text')
    .attr('text-anchor', 'middle')
    .attr('x', ({ x1, x2 }) => (x1 + x2) / 2)
    .attr('y', 12)
    .text(({ text }) => text);
}

/** What follows the playhead and the pointer. */
export interface LaneMarks {
  /** `width` of the text, px. */
  readonly playhead: { readonly x: number; readonly text: string; readonly width: number } | null;
  /** The ladder's visible span, on the axis. */
  readonly span: { readonly x1: number; readonly x2: number } | null;
  /** Sending and arrival of the message under the pointer. */
  readonly hovered: readonly number[];
}

export function drawLaneMarks(groups: LaneGroups, layout: LaneLayout, marks: LaneMarks): void {
  const { span, hovered } = marks;
  const { memory } = groups;
  const bottom = layout.height - 6;
  if (memory.isNew('span', [layout, span?.x1, span?.x2])) {
    keepUp(groups.marks, 'path.lane-span', span === null ? [] : [span], 'all').attr(
      'd',
      ({ x1, x2 }) => `M${x1} 15.5H${x2}`,
    );
  }
  if (memory.isNew('hovered', [layout, ...hovered])) {
    const places = hovered.map((x) => ({ x }));
    keepUp(groups.marks, 'path.hairline', places, 'all').attr('d', ({ x }) => `M${x} 16V${bottom}`);
  }
  drawPlayhead(groups, layout, marks.playhead);
}

/** Line, pill and veil are drawn once and moved: whoever drags the playhead repaints nothing. */
function drawPlayhead(
  { veil, now, grid, cuts, memory }: LaneGroups,
  layout: LaneLayout,
  playhead: LaneMarks['playhead'],
): void {
  const shown = playhead === null ? [] : [playhead];
  const x = playhead?.x ?? 0;
  const half = Math.max(pillHalf, Math.ceil(((playhead?.width ?? 0) + pillPadding) / 2));
  // The pill stays in the window where its line is at the very edge.
  const middle = Math.min(x, layout.width - half - 1);
  const bottom = layout.height - 6;
  if (memory.isNew('playhead', [layout, playhead === null, middle - x, half])) {
    keepUp(veil, 'rect.veil-ground', shown, 'all')
      .attr('width', Math.max(0, layout.right - layout.left))
      .attr('y', 16)
      .attr('height', bottom - 16);
    keepUp(now, 'path.playhead-line', shown, 'all').attr('d', `M0 2V${bottom}`);
    keepUp(now, 'path.pill', shown, 'all').attr('d', pillPath(middle - x, half));
    keepUp(now, 'text.pill-text', shown, 'all')
      .attr('text-anchor', 'middle')
      .attr('x', middle - x)
      .attr('y', 10.5);
  }
  if (!memory.isNew('time', [layout, x, playhead?.text])) return;
  for (const layer of [veil, now]) layer.attr('transform', `translate(${x},0)`);
  now.select('text.pill-text').text(playhead?.text ?? '');
  const isNearPill = (at: number): boolean =>
    playhead !== null && Math.abs(at - middle) < half + besidePill;
  grid
    .selectAll<SVGTextElement, LaneTick>('text.tick-text:not(.unit)')
    .classed('silent', ({ x: at }) => isNearPill(at));
  cuts
    .selectAll<SVGTextElement, LaneCut>('text')
    .classed('silent', ({ x1, x2 }) => isNearPill((x1 + x2) / 2));
}

/** Half the width of the playhead's pill at least, what it has beside its text, px. */
const pillHalf = 24;
const pillPadding = 14;
/** Texts whose middle is nearer than this to the pill give way to it, px. */
const besidePill = 22;

/** The pill around `middle`, its tip at 0. */
function pillPath(middle: number, half: number): string {
  const [left, right] = [middle - half, middle + half];
  const tip = Math.min(0, right - 5);
  return `M${left} 0H${right}V13H${Math.min(right, tip + 5)}L0 17L${tip - 5} 13H${left}Z`;
}
