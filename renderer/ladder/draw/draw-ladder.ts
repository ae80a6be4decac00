import type { Selection } from 'd3';

import { polygonPath, wavePath } from '../../lanes/layout/paths.ts';
import { hue } from '../../words/hues.ts';
import { MINI, RULER } from '../layout/dimensions.ts';
import type { Leg, MeasureText, MediaSource, MessageId } from '../layout/ladder-input.ts';
import type {
  LadderArrow,
  LadderLayout,
  PlacedAction,
  SideWord,
  TimeCut,
} from '../layout/ladder-layout.ts';
import { visibleRows } from '../layout/visible.ts';
import { drawFolds } from './draw-folds.ts';
import { drawLabels } from './draw-labels.ts';
import { keepUp, type Extent } from './kept-layer.ts';
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

/** The band of content that is drawn. */
export interface DrawnBand {
  readonly top: number;
  readonly bottom: number;
}

/** The drawn band moves in steps of so many px, and reaches so far beyond what is seen. */
const bandStep = 160;
const bandBeyond = 80;

/** The visible part and a little above and below it: the same band for many a scroll position. */
export function bandAround({ size }: LadderLayout, scrollY: number): DrawnBand {
  const top = Math.floor(scrollY / bandStep) * bandStep - bandBeyond;
  return { top, bottom: top + size.height + bandStep + 2 * bandBeyond };
}

/** Draws everything that does not follow the playhead. The same `look` looks the same. */
export function drawLadder(
  groups: LadderGroups,
  layout: LadderLayout,
  band: DrawnBand,
  look: LadderLook,
): void {
  const isNew = groups.memory.isNew('ladder', [layout, look]);
  const hasMoved = groups.memory.isNew('band', [band.top, band.bottom]);
  if (!isNew && !hasMoved) return;
  const extent = isNew ? 'all' : 'what came in';
  if (isNew) {
    drawRulerBack(groups.rulerBack, layout);
    drawLifelines(groups, layout);
  }
  drawTint(groups.tint, layout, band, extent);
  drawGrid(groups, layout, band, extent);
  drawBands(groups, layout, band, extent);
  const { arrows, labels } = visibleRows(layout, band.top, band.bottom);
  const media = arrows.filter(({ kind }) => kind === 'media');
  const messages = arrows.filter(({ kind }) => kind !== 'media');
  drawArrows(groups.media, media, look, extent);
  drawArrows(groups.shafts, messages, look, extent);
  // What has come in, or is written anew, knows nothing of pointer and evidence yet.
  groups.memory.forget('pointed');
  groups.memory.forget('evidence');
  drawFolds(groups, layout, band, look.measure, extent);
  const outside = roomOutside(look.measure);
  drawTimers(groups, layout, band, outside, extent);
  drawCuts(groups, layout, band, extent);
  drawActions(groups, layout, band, outside, extent);
  drawLabels(groups.labels, labels, layout, look, extent);
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

function drawTint(group: Group, { regions }: LadderLayout, band: DrawnBand, extent: Extent): void {
  const near = regions.filter(({ corners }) => {
    const [first, second, third, fourth] = corners.map(([, y]) => y);
    const top = Math.min(first ?? 0, second ?? 0);
    return top <= band.bottom && Math.max(third ?? 0, fourth ?? 0) >= band.top;
  });
  const strands = near.flatMap(({ message, sources, corners }) =>
    sources.map((source) => ({ id: `${message} ${source}`, source, corners })),
  );
  keepUp(group, 'path.tint-region', strands, extent, { key: ({ id }) => id })
    .attr('class', ({ source }) => `tint-region ${hue(source)}`)
    .attr('d', ({ corners }) => polygonPath(corners));
}

function drawGrid(
  groups: LadderGroups,
  layout: LadderLayout,
  band: DrawnBand,
  extent: Extent,
): void {
  const ticks = layout.axis === 'time' ? layout.ticks.filter(({ y }) => isInside(y, band)) : [];
  keepUp(groups.grid, 'line.grid-line', ticks, extent)
    .attr('x1', RULER)
    .attr('x2', layout.width - MINI)
    .attr('y1', ({ y }) => y)
    .attr('y2', ({ y }) => y);
}

function drawLifelines(groups: LadderGroups, layout: LadderLayout): void {
  keepUp(groups.lifelines, 'line.lifeline', layout.lifelines, 'all')
    .attr('x1', ({ x }) => x)
    .attr('x2', ({ x }) => x)
    .attr('y1', 0)
    .attr('y2', layout.height);
}

function drawBands(
  groups: LadderGroups,
  layout: LadderLayout,
  band: DrawnBand,
  extent: Extent,
): void {
  const within = (one: { readonly y: number; readonly height: number }): boolean =>
    one.y <= band.bottom && one.y + one.height >= band.top;
  keepUp(groups.bands, 'rect.state', layout.bands.filter(within), extent)
    .attr('class', ({ phase, leg }) => `state ${phase} ${hue(leg)}`)
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('width', ({ width }) => width)
    .attr('height', ({ height }) => height);
  const words = layout.words.filter(({ kind, y }) => kind === 'state' && isInside(y, band));
  drawWords(groups.words, 'text.state-word', words, extent);
  keepUp(groups.rails, 'rect.rail', layout.rails.filter(within), extent)
    .attr('class', ({ source }) => (source === null ? 'rail hatched' : `rail ${hue(source)}`))
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('width', ({ width }) => width)
    .attr('height', ({ height }) => height);
}

/** Words beside a lifeline. */
function drawWords(
  group: Group,
  kind: `text.${string}`,
  words: readonly SideWord[],
  extent: Extent,
): void {
  keepUp(group, kind, words, extent)
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('text-anchor', ({ anchor }) => anchor)
    .text(({ text }) => text);
}

function drawArrows(
  group: Group,
  arrows: readonly LadderArrow[],
  look: LadderLook,
  extent: Extent,
): void {
  const each = keepUp<LadderArrow, SVGGElement>(group, 'g.arrow', arrows, extent, {
    key: ({ id }) => id,
  })
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
  extent: Extent,
): void {
  const timers = layout.timers.filter(({ y1, y2 }) => y1 <= band.bottom && y2 >= band.top);
  keepUp(groups.timers, 'path.timer', timers, extent).attr('d', timerPath);
  keepUp(groups.timers, 'path.timer-end', timers, extent).attr('d', timerEndPath);
  const words = layout.words.filter(
    (word) => word.kind === 'timer' && isInside(word.y, band) && fits(word),
  );
  drawWords(groups.timers, 'text.timer-word', words, extent);
}

function drawCuts(
  groups: LadderGroups,
  layout: LadderLayout,
  band: DrawnBand,
  extent: Extent,
): void {
  const right = layout.size.width - MINI;
  const near = layout.cuts.filter(({ y1, y2 }) => y1 <= band.bottom && y2 >= band.top);
  keepUp(groups.cuts, 'path.cut-ground', near, extent).attr('d', (cut) => cutGround(cut, right));
  keepUp(groups.cuts, 'path.cut-wave', near, extent).attr(
    'd',
    ({ waveY1, waveY2 }) => `${wavePath(0, right, waveY1)}${wavePath(0, right, waveY2)}`,
  );
  keepUp(groups.cuts, 'text.cut-length', near, extent)
    .attr('text-anchor', 'end')
    .attr('x', RULER - 10)
    .attr('y', ({ y1, y2 }) => (y1 + y2) / 2 + 4)
    .text(({ length }) => length);
  // What of a cut scrolls with the page: dotted lifelines, and the reason for the pause.
  const page = groups.cutLifelines;
  keepUp(page, 'path.cut-dots', near, extent)
    .attr('class', 'lifeline cut-dots')
    .attr('d', ({ waveY1, waveY2 }) =>
      layout.lifelines
        .map(({ x }) => linePath({ x1: x, x2: x, y1: waveY1 + 3, y2: waveY2 - 3 }))
        .join(''),
    );
  keepUp(page, 'text.cut-reason', near, extent)
    .attr('text-anchor', 'middle')
    .attr('x', ({ reasonX }) => reasonX)
    .attr('y', ({ y1, y2 }) => (y1 + y2) / 2 + 4)
    .text(({ reason }) => reason);
}

function cutGround({ waveY1, waveY2 }: TimeCut, right: number): string {
  return `${wavePath(0, right, waveY1)}L${right} ${waveY2}H0Z`;
}

function drawActions(
  groups: LadderGroups,
  layout: LadderLayout,
  band: DrawnBand,
  fits: (word: SideWord) => boolean,
  extent: Extent,
): void {
  const actions = layout.userActions.filter(({ y }) => isInside(y, band));
  keepUp<PlacedAction, SVGPathElement>(groups.actions, 'path.action', actions, extent)
    .attr('d', actionPath)
    .selectAll('title')
    .data(({ verb }) => [verb])
    .join('title')
    .text((verb) => verb);
  const words = layout.words.filter(
    (word) => word.kind === 'verb' && isInside(word.y, band) && fits(word),
  );
  drawWords(groups.actions, 'text.action-word', words, extent);
}
