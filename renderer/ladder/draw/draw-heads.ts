import { select, type BaseType, type Selection } from 'd3';

import { MINI, RULER } from '../layout/dimensions.ts';
import type { LadderLayout } from '../layout/ladder-layout.ts';

/** Height of the row of names above the ladder, px. */
export const headsHeight = 42;

const ear =
  'M4 6.2a4 4 0 0 1 8 0c0 3-3 3.2-3 5.6a2 2 0 0 1-3.8.8' +
  'M6.2 6.4a1.8 1.8 0 0 1 3.6 0c0 1-.9 1.3-1.3 2';
const screen = 'M3.5 3.5h9a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM6 14h4';

/** The names above the lifelines and the signs above the perception rails. */
export function drawHeads(
  element: SVGSVGElement,
  layout: LadderLayout,
  scrollX: number,
  titleOf: (title: string) => string,
  subtitleOf: (subtitle: string) => string,
): void {
  const { width } = layout.size;
  const svg = select(element)
    .attr('width', width)
    .attr('height', headsHeight)
    .attr('viewBox', `0 0 ${width} ${headsHeight}`);
  const heads = svg.select('g.names').attr('transform', `translate(${-scrollX},0)`);
  heads
    .selectAll('text.head-name')
    .data(layout.lifelines)
    .join('text')
    .attr('class', 'head-name')
    .attr('text-anchor', 'middle')
    .attr('x', ({ x }) => x)
    .attr('y', 17)
    .text(({ title }) => titleOf(title));
  heads
    .selectAll('text.head-line')
    .data(layout.lifelines)
    .join('text')
    .attr('class', 'head-line')
    .attr('text-anchor', 'middle')
    .attr('x', ({ x }) => x)
    .attr('y', 33)
    .text(({ subtitle }) => subtitleOf(subtitle));
  drawCore(heads, layout);
  const rails = new Map(layout.rails.map((rail) => [`${rail.lifeline} ${rail.medium}`, rail]));
  const strands = [...rails.values()];
  heads
    .selectAll('path.rail-sign')
    .data(strands)
    .join('path')
    .attr('class', 'icon rail-sign')
    .attr('d', ({ medium }) => (medium === 'audio' ? ear : screen))
    .attr('transform', ({ x }) => `translate(${Math.floor(x) - 3},25) scale(.72)`);
  const { frame, ruler } = { frame: svg.select('g.frame'), ruler: RULER };
  frame.select('rect.ruler-ground').attr('width', ruler).attr('height', headsHeight);
  frame
    .select('rect.mini-ground')
    .attr('x', width - MINI)
    .attr('width', MINI)
    .attr('height', headsHeight);
  frame.select('path.mini-edge').attr('d', `M${width - MINI + 0.5} 0V${headsHeight}`);
  frame
    .select('text')
    .attr('x', ruler - 10)
    .attr('y', 33);
}

/** Beside the names, or beside the lines below them where the names stand close, px. */
const coreY = 12.5;
const coreLow = 29;
const closeNames = 178;
const ring = 3.5;
/** The dotted line keeps this far from the names beside it, px. */
const besideName = 62;

/** Hops that are not drawn: two rings each on a dotted line between the names. */
function drawCore(
  heads: Selection<BaseType, unknown, null, undefined>,
  { lifelines, foldedLifelines }: LadderLayout,
): void {
  const gaps = [...new Set(foldedLifelines.map(({ after }) => after))].map((after) => ({
    after,
    x1: (lifelines[after]?.x ?? 0) + besideName,
    x2: (lifelines[after + 1]?.x ?? 0) - besideName,
  }));
  const heightOf = (after: number): number => {
    const apart = (lifelines[after + 1]?.x ?? 0) - (lifelines[after]?.x ?? 0);
    return apart < closeNames ? coreLow : coreY;
  };
  heads
    .selectAll('path.core-line')
    .data(gaps)
    .join('path')
    .attr('class', 'core-line')
    .attr('d', ({ after, x1, x2 }) => (x2 > x1 ? `M${x1} ${heightOf(after)}H${x2}` : ''));
  heads
    .selectAll('g.core')
    .data(foldedLifelines)
    .join('g')
    .attr('class', 'core')
    .selectAll('circle')
    .data(({ x, after }) =>
      [x - ring - 1, x + ring + 1].map((at) => ({ x: at, y: heightOf(after) })),
    )
    .join('circle')
    .attr('cx', ({ x }) => x)
    .attr('cy', ({ y }) => y)
    .attr('r', ring);
}
