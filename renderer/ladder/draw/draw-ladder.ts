import type { Selection } from 'd3';

import { polygonPath, wavePath } from '../../lanes/layout/paths.ts';
import { hue } from '../../words/hues.ts';
import { MINI, RULER } from '../layout/dimensions.ts';
import type { Leg, MeasureText, MediaSource, MessageId } from '../layout/ladder-input.ts';
import type { LadderArrow, LadderLayout, SideWord, TimeCut } from '../layout/ladder-layout.ts';
import { visibleRows } from '../layout/visible.ts';
import { drawFolds } from './draw-folds.ts';
import { drawLabels } from './draw-labels.ts';
import type { Group, LadderGroups } from './ladder-groups.ts';
import {
  actionPath,
  headPath,
  linePath,
  loopPath,
  stopPath,
  timerEndPath,
  timerPath,
  zigzagPath,
} from './shapes.ts';

/** What is said of the geometry when it is drawn: never a place. */
export interface LadderLook {
  readonly selected: MessageId | null;
  /** Arrows that stay lit while everything else steps back; null: all are. */
  readonly lit: ReadonlySet<MessageId> | null;
  /** The arrow the Tab key comes to. */
  readonly reachable: MessageId | null;
  /** Whether the axis is Rows. */
  readonly rows: boolean;
  readonly measure: MeasureText;
  /** The classes that give an arrow its hue. */
  readonly colouring: (message: MessageId, owner: Leg | MediaSource) => string;
  /** The sentence an arrow is known by to those who hear the ladder. */
  readonly nameOf: (message: MessageId) => string;
}

/** The band of content that is drawn: the visible part and one screen above and below it. */
export interface DrawnBand {
  readonly top: number;
  readonly bottom: number;
}

export function bandAround(layout: LadderLayout, scrollY: number): DrawnBand {
  return { top: scrollY - layout.size.height, bottom: scrollY + 2 * layout.size.height };
}

/** Draws everything that does not follow the playhead. */
export function drawLadder(
  groups: LadderGroups,
  layout: LadderLayout,
  band: DrawnBand,
  look: LadderLook,
): void {
  drawRulerBack(groups.rulerBack, layout);
  drawTint(groups.tint, layout, band);
  drawGrid(groups, layout, band);
  drawLifelines(groups, layout);
  drawBands(groups, layout, band);
  const { arrows, labels } = visibleRows(layout, band.top, band.bottom);
  drawArrows(
    groups.media,
    arrows.filter(({ kind }) => kind === 'media'),
    look,
  );
  drawArrows(
    groups.shafts,
    arrows.filter(({ kind }) => kind !== 'media'),
    look,
  );
  drawFolds(groups, layout, band, look.measure);
  const outside = roomOutside(look.measure);
  drawTimers(groups, layout, band, outside);
  drawCuts(groups, layout, band);
  drawActions(groups, layout, band, outside);
  drawLabels(groups.labels, labels, layout, look);
}

function isInside(y: number, { top, bottom }: DrawnBand): boolean {
  return y >= top && y <= bottom;
}

function drawRulerBack(group: Group, { size }: LadderLayout): void {
  group
    .selectAll('rect')
    .data([0])
    .join('rect')
    .attr('class', 'ruler-ground')
    .attr('width', RULER)
    .attr('height', size.height);
}

function drawTint(group: Group, { regions }: LadderLayout, band: DrawnBand): void {
  const near = regions.filter(({ corners }) => {
    const [first, second, third, fourth] = corners.map(([, y]) => y);
    const top = Math.min(first ?? 0, second ?? 0);
    return top <= band.bottom && Math.max(third ?? 0, fourth ?? 0) >= band.top;
  });
  const strands = near.flatMap(({ message, sources, corners }) =>
    sources.map((source) => ({ id: `${message} ${source}`, source, corners })),
  );
  group
    .selectAll<SVGPathElement, (typeof strands)[number]>('path')
    .data(strands, ({ id }) => id)
    .join('path')
    .attr('class', ({ source }) => `tint-region ${hue(source)}`)
    .attr('d', ({ corners }) => polygonPath(corners));
}

function drawGrid(groups: LadderGroups, layout: LadderLayout, band: DrawnBand): void {
  const ticks = layout.ticks.filter(({ y }) => y >= band.top && y <= band.bottom);
  groups.grid
    .selectAll('line')
    .data(layout.axis === 'time' ? ticks : [])
    .join('line')
    .attr('class', 'grid-line')
    .attr('x1', RULER)
    .attr('x2', layout.width - MINI)
    .attr('y1', ({ y }) => y)
    .attr('y2', ({ y }) => y);
}

function drawLifelines(groups: LadderGroups, layout: LadderLayout): void {
  groups.lifelines
    .selectAll('line')
    .data(layout.lifelines)
    .join('line')
    .attr('class', 'lifeline')
    .attr('x1', ({ x }) => x)
    .attr('x2', ({ x }) => x)
    .attr('y1', 0)
    .attr('y2', layout.height);
}

function drawBands(groups: LadderGroups, layout: LadderLayout, band: DrawnBand): void {
  const within = (one: { readonly y: number; readonly height: number }): boolean =>
    one.y <= band.bottom && one.y + one.height >= band.top;
  groups.bands
    .selectAll('rect')
    .data(layout.bands.filter(within))
    .join('rect')
    .attr('class', ({ phase, leg }) => `state ${phase} ${hue(leg)}`)
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('width', ({ width }) => width)
    .attr('height', ({ height }) => height);
  groups.words
    .selectAll('text')
    .data(layout.words.filter(({ kind, y }) => kind === 'state' && isInside(y, band)))
    .join('text')
    .attr('class', 'state-word')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('text-anchor', ({ anchor }) => anchor)
    .text(({ text }) => text);
  groups.rails
    .selectAll('rect')
    .data(layout.rails.filter(within))
    .join('rect')
    .attr('class', ({ source }) => (source === null ? 'rail hatched' : `rail ${hue(source)}`))
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('width', ({ width }) => width)
    .attr('height', ({ height }) => height);
}

function drawArrows(group: Group, arrows: readonly LadderArrow[], look: LadderLook): void {
  const each = group
    .selectAll<SVGGElement, LadderArrow>('g.arrow')
    .data(arrows, ({ id }) => id)
    .join('g')
    .attr('class', (arrow) => arrowClass(arrow, look))
    .attr('role', 'graphics-symbol')
    .attr('aria-roledescription', 'message')
    .attr('aria-label', ({ id }) => look.nameOf(id))
    .attr('tabindex', ({ id }) => (id === look.reachable ? 0 : -1))
    .attr('data-message', ({ id }) => id);
  each
    .selectAll('title')
    .data(({ id }) => [look.nameOf(id)])
    .join('title')
    .text((name) => name);
  drawParts(each, 'path.hit', (arrow) => [arrow], shaftPath);
  drawParts(each, 'path.bridge', ({ bridges }) => bridges, linePath);
  drawParts(
    each,
    'path.halo',
    (arrow) => (arrow.id === look.selected ? [arrow] : []),
    (arrow) => shaftPath(arrow),
  );
  drawParts(
    each,
    'path.shaft',
    (arrow) => (arrow.strands.length > 0 ? [] : [arrow]),
    (arrow) => shaftPath(arrow),
  );
  drawParts(each, 'path.strand', ({ strands }) => strands, linePath).attr(
    'class',
    ({ source }) => `strand ${hue(source)}`,
  );
  drawParts(each, 'path.head', ({ heads }) => heads, headPath).attr('class', (head) =>
    head.source === null ? `head ${head.shape}` : `head ${head.shape} ${hue(head.source)}`,
  );
  // In Rows the last packets have no row of their own, and so no slope to show.
  const last = ({ stop }: LadderArrow) => (stop === null || look.rows ? [] : [stop]);
  drawParts(each, 'path.last-packets', last, linePath);
  drawParts(each, 'path.stop', ({ stop }) => (stop === null ? [] : [stop]), stopPath);
}

function arrowClass(arrow: LadderArrow, look: LadderLook): string {
  const owner = arrow.strands[0]?.source ?? arrow.leg;
  const classes = ['arrow', arrow.kind, arrow.line, look.colouring(arrow.id, owner)];
  if (arrow.id === look.selected) classes.push('selected');
  if (look.lit !== null) classes.push(look.lit.has(arrow.id) ? 'lit' : 'dim');
  return classes.join(' ');
}

function shaftPath(arrow: LadderArrow): string {
  if (arrow.loop !== 0) return loopPath(arrow, arrow.loop);
  return arrow.zigzags.length === 0 ? linePath(arrow) : zigzagPath(arrow, arrow.zigzags);
}

/** Joins a list of parts within each arrow to paths of one class. */
function drawParts<Part>(
  each: Selection<SVGGElement, LadderArrow, SVGGElement, unknown>,
  selector: string,
  parts: (arrow: LadderArrow) => readonly Part[],
  path: (part: Part) => string,
): Selection<SVGPathElement, Part, SVGGElement, LadderArrow> {
  return each
    .selectAll<SVGPathElement, Part>(selector)
    .data((arrow) => [...parts(arrow)])
    .join('path')
    .attr('class', selector.slice('path.'.length))
    .attr('d', path);
}

/**
 * Whether a word beside an outermost lifeline keeps clear of the ruler. One that does not is left
 * to the tooltip of its mark, to the inspector and to the table.
 */
function roomOutside(measure: MeasureText): (word: SideWord) => boolean {
  return ({ text, x, anchor }) => anchor === 'start' || x - measure(text, 12, 500) >= RULER + 2;
}

function drawTimers(
  groups: LadderGroups,
  layout: LadderLayout,
  band: DrawnBand,
  fits: (word: SideWord) => boolean,
): void {
  const timers = layout.timers.filter(({ y1, y2 }) => y1 <= band.bottom && y2 >= band.top);
  groups.timers
    .selectAll('path.timer')
    .data(timers)
    .join('path')
    .attr('class', 'timer')
    .attr('d', timerPath);
  groups.timers
    .selectAll('path.timer-end')
    .data(timers)
    .join('path')
    .attr('class', 'timer-end')
    .attr('d', timerEndPath);
  groups.timers
    .selectAll('text')
    .data(
      layout.words.filter((word) => word.kind === 'timer' && isInside(word.y, band) && fits(word)),
    )
    .join('text')
    .attr('class', 'timer-word')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('text-anchor', ({ anchor }) => anchor)
    .text(({ text }) => text);
}

function drawCuts(groups: LadderGroups, layout: LadderLayout, band: DrawnBand): void {
  const right = layout.size.width - MINI;
  const near = layout.cuts.filter(({ y1, y2 }) => y1 <= band.bottom && y2 >= band.top);
  const each = groups.cuts
    .selectAll<SVGGElement, TimeCut>('g.cut')
    .data(near)
    .join((enter) => {
      const cut = enter.append('g').attr('class', 'cut');
      cut.append('path').attr('class', 'cut-ground');
      cut.append('path').attr('class', 'cut-wave upper');
      cut.append('path').attr('class', 'cut-wave lower');
      cut.append('text').attr('class', 'cut-length').attr('text-anchor', 'end');
      return cut;
    });
  each.select('path.cut-ground').attr('d', (cut) => cutGround(cut, right));
  each.select('path.upper').attr('d', ({ waveY1 }) => wavePath(0, right, waveY1));
  each.select('path.lower').attr('d', ({ waveY2 }) => wavePath(0, right, waveY2));
  each
    .select('text.cut-length')
    .attr('x', RULER - 10)
    .attr('y', ({ y1, y2 }) => (y1 + y2) / 2 + 4)
    .text(({ length }) => length);
  drawCutPage(groups.cutLifelines, near, layout);
}

function cutGround({ waveY1, waveY2 }: TimeCut, right: number): string {
  return `${wavePath(0, right, waveY1)}L${right} ${waveY2}H0Z`;
}

/** What of a cut scrolls with the page: dotted lifelines, and the reason for the pause. */
function drawCutPage(group: Group, cuts: readonly TimeCut[], { lifelines }: LadderLayout): void {
  const dots = cuts.flatMap(({ waveY1, waveY2 }) =>
    lifelines.map(({ x }) => ({ x1: x, x2: x, y1: waveY1 + 3, y2: waveY2 - 3 })),
  );
  group
    .selectAll('path')
    .data(dots)
    .join('path')
    .attr('class', 'lifeline cut-dots')
    .attr('d', linePath);
  group
    .selectAll('text')
    .data(cuts)
    .join('text')
    .attr('class', 'cut-reason')
    .attr('text-anchor', 'middle')
    .attr('x', ({ reasonX }) => reasonX)
    .attr('y', ({ y1, y2 }) => (y1 + y2) / 2 + 4)
    .text(({ reason }) => reason);
}

function drawActions(
  groups: LadderGroups,
  layout: LadderLayout,
  band: DrawnBand,
  fits: (word: SideWord) => boolean,
): void {
  groups.actions
    .selectAll('path')
    .data(layout.userActions.filter(({ y }) => isInside(y, band)))
    .join('path')
    .attr('class', 'action')
    .attr('d', actionPath)
    .selectAll('title')
    .data(({ verb }) => [verb])
    .join('title')
    .text((verb) => verb);
  groups.actions
    .selectAll('text')
    .data(
      layout.words.filter((word) => word.kind === 'verb' && isInside(word.y, band) && fits(word)),
    )
    .join('text')
    .attr('class', 'action-word')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('text-anchor', ({ anchor }) => anchor)
    .text(({ text }) => text);
}
