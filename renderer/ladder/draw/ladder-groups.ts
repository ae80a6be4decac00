import { select, type Selection } from 'd3';

import { MINI, RULER } from '../layout/dimensions.ts';
import type { LadderLayout } from '../layout/ladder-layout.ts';
import { makeMemory, type Memory } from './kept-layer.ts';

export type Group = Selection<SVGGElement, unknown, null, undefined>;

/** The layers of a ladder, back to front, made once. */
export interface LadderGroups {
  readonly svg: Selection<SVGSVGElement, unknown, null, undefined>;
  readonly rulerBack: Group;
  readonly tint: Group;
  readonly grid: Group;
  readonly lifelines: Group;
  readonly bands: Group;
  readonly words: Group;
  readonly rails: Group;
  /** Another run, behind this one. */
  readonly ghosts: Group;
  readonly folds: Group;
  readonly foldRulers: Group;
  readonly media: Group;
  readonly shafts: Group;
  readonly timers: Group;
  readonly cuts: Group;
  readonly cutLifelines: Group;
  readonly actions: Group;
  readonly veil: Group;
  /** What a clause missed: labels are read over it. */
  readonly expected: Group;
  readonly labels: Group;
  readonly evidence: Group;
  readonly dimension: Group;
  readonly notes: Group;
  readonly ruler: Group;
  readonly ticks: Group;
  readonly instants: Group;
  readonly playhead: Group;
  /** Line and time of the playhead: moves as one. */
  readonly line: Group;
  readonly minimap: Group;
  /** Scroll with the content both ways, or only up and down. */
  readonly scrolling: readonly Group[];
  readonly rolling: readonly Group[];
  /** The windows through which the page is seen, between ruler and map. */
  readonly pages: readonly Selection<SVGSVGElement, unknown, null, undefined>[];
  /** What each layer was drawn of. */
  readonly memory: Memory;
}

export function makeGroups(element: SVGSVGElement): LadderGroups {
  const svg = select(element);
  svg.selectChildren().remove();
  const add = (parent: Group | typeof svg, layer: string): Group =>
    parent.append('g').attr('class', layer);
  const rulerBack = add(svg, 'ruler-back');
  const underPage = svg.append('svg');
  const under = add(underPage, 'under');
  const cuts = add(svg, 'cuts');
  const overPage = svg.append('svg');
  const over = add(overPage, 'over');
  const ruler = add(svg, 'ruler');
  const foldRulers = add(svg, 'fold-rulers');
  const playhead = add(svg, 'playhead');
  return {
    svg,
    rulerBack,
    tint: add(under, 'tint'),
    grid: add(under, 'grid'),
    lifelines: add(under, 'lifelines'),
    bands: add(under, 'bands'),
    words: add(under, 'words'),
    rails: add(under, 'rails'),
    ghosts: add(under, 'ghosts'),
    folds: add(under, 'folds'),
    foldRulers,
    media: add(under, 'media'),
    shafts: add(under, 'shafts'),
    timers: add(under, 'timers'),
    cuts,
    cutLifelines: add(over, 'cut-lifelines'),
    actions: add(over, 'actions'),
    veil: add(over, 'veil'),
    expected: add(over, 'expected-messages'),
    labels: add(over, 'labels'),
    evidence: add(over, 'evidence'),
    dimension: add(over, 'dimension'),
    notes: add(over, 'notes'),
    ruler,
    ticks: add(ruler, 'ticks'),
    instants: add(ruler, 'instants'),
    playhead,
    line: add(playhead, 'now'),
    minimap: add(svg, 'minimap'),
    scrolling: [under, over],
    rolling: [cuts, ruler, foldRulers],
    pages: [underPage, overPage],
    memory: makeMemory(),
  };
}

/** Sizes the page and brings the visible part of the content under the window. */
export function placeGroups(
  groups: LadderGroups,
  { size }: LadderLayout,
  { scrollX, scrollY }: { readonly scrollX: number; readonly scrollY: number },
): void {
  const { width, height } = size;
  if (groups.memory.isNew('size', [width, height])) {
    const frame = `0 0 ${width} ${height}`;
    groups.svg.attr('width', width).attr('height', height).attr('viewBox', frame);
    const room = Math.max(0, width - RULER - MINI);
    for (const page of groups.pages) {
      page.attr('x', RULER).attr('y', 0).attr('width', room).attr('height', height);
      page.attr('viewBox', `${RULER} 0 ${room} ${height}`);
    }
  }
  if (!groups.memory.isNew('scroll', [scrollX, scrollY])) return;
  for (const group of groups.scrolling) {
    group.attr('transform', `translate(${-scrollX},${-scrollY})`);
  }
  for (const group of groups.rolling) group.attr('transform', `translate(0,${-scrollY})`);
}
