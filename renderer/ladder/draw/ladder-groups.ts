import { select, type Selection } from 'd3';

import { MINI, RULER } from '../layout/dimensions.ts';
import type { LadderLayout } from '../layout/ladder-layout.ts';

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
  readonly labels: Group;
  readonly evidence: Group;
  readonly dimension: Group;
  readonly notes: Group;
  readonly ruler: Group;
  readonly playhead: Group;
  readonly minimap: Group;
  /** Scroll with the content both ways, or only up and down. */
  readonly scrolling: readonly Group[];
  readonly rolling: readonly Group[];
  readonly clip: Selection<SVGRectElement, unknown, null, undefined>;
}

/** @param name tells the clip paths of several ladders in one document apart */
export function makeGroups(element: SVGSVGElement, name: string): LadderGroups {
  const svg = select(element);
  svg.selectChildren().remove();
  const defs = svg.append('defs');
  const clip = defs.append('clipPath').attr('id', `${name}-page`).append('rect');
  const add = (parent: Group | typeof svg, layer: string): Group =>
    parent.append('g').attr('class', layer);
  const page = (layer: string): Group =>
    add(add(svg, `${layer}-clip`).attr('clip-path', `url(#${name}-page)`), layer);
  const rulerBack = add(svg, 'ruler-back');
  const under = page('under');
  const cuts = add(svg, 'cuts');
  const over = page('over');
  const ruler = add(svg, 'ruler');
  const foldRulers = add(svg, 'fold-rulers');
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
    labels: add(over, 'labels'),
    evidence: add(over, 'evidence'),
    dimension: add(over, 'dimension'),
    notes: add(over, 'notes'),
    ruler,
    playhead: add(svg, 'playhead'),
    minimap: add(svg, 'minimap'),
    scrolling: [under, over],
    rolling: [cuts, ruler, foldRulers],
    clip,
  };
}

/** Sizes the page and brings the visible part of the content under the window. */
export function placeGroups(
  groups: LadderGroups,
  layout: LadderLayout,
  scroll: { readonly scrollX: number; readonly scrollY: number },
): void {
  const { width, height } = layout.size;
  groups.svg.attr('width', width).attr('height', height).attr('viewBox', `0 0 ${width} ${height}`);
  groups.clip
    .attr('x', RULER)
    .attr('y', 0)
    .attr('width', Math.max(0, width - RULER - MINI))
    .attr('height', height);
  for (const group of groups.scrolling) {
    group.attr('transform', `translate(${-scroll.scrollX},${-scroll.scrollY})`);
  }
  for (const group of groups.rolling) group.attr('transform', `translate(0,${-scroll.scrollY})`);
}
