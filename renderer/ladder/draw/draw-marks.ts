import { hue } from '../../words/hues.ts';
import { MINI, RULER } from '../layout/dimensions.ts';
import type { MessageId, Micros } from '../layout/ladder-input.ts';
import type {
  LadderArrow,
  LadderLabel,
  LadderLayout,
  LadderMarks,
} from '../layout/ladder-layout.ts';
import { firstFrom } from '../layout/marks.ts';
import { bandAround, type DrawnBand } from './draw-ladder.ts';
import { isOnCanvas } from './draw-density.ts';
import { drawEvidence, type Evidence } from './draw-evidence.ts';
import type { LadderGroups } from './ladder-groups.ts';
import { keepUp } from './kept-layer.ts';
import { linePath, pillPath } from './shapes.ts';

/** What the overlay shows beside the layout's own marks. */
export interface Overlay extends Evidence {
  /** What is pointed at, what stays with it while the rest steps back, and what is underlined. */
  readonly hovered: {
    readonly arrow: MessageId;
    readonly stays: ReadonlySet<MessageId>;
    readonly related: ReadonlySet<MessageId>;
  } | null;
  /** What is said of a message while it is on its way. */
  readonly sayFlying: (message: MessageId) => string;
  /** Arrows that leave at this instant have just been stepped to; null: nobody steps. */
  readonly freshMicros: number | null;
  /** When what is looked for is sent. */
  readonly hits: readonly Micros[];
  readonly scroll: { readonly scrollX: number; readonly scrollY: number };
}

/** The cheap layer: whatever follows playhead, pointer, selection or scroll position. */
export function drawMarks(
  groups: LadderGroups,
  layout: LadderLayout,
  marks: LadderMarks,
  overlay: Overlay,
): void {
  const { scroll, hits } = overlay;
  drawRuler(groups, layout, marks, bandAround(layout, scroll.scrollY));
  drawVeil(groups, layout, marks);
  drawEvidence(groups, overlay);
  drawPlayhead(groups, layout, marks, overlay);
  if (groups.memory.isNew('map', [layout])) drawMinimap(groups, layout);
  drawMinimapMarks(groups, layout, marks);
  if (groups.memory.isNew('hits', [layout, hits])) drawHits(groups, layout, hits);
  drawPointed(groups, layout, overlay);
}

/** The arrow under the pointer, and those that leave at the instant one has stepped to. */
function drawPointed(
  { memory, svg, media, shafts, labels: texts, evidence }: LadderGroups,
  { arrows, labels }: LadderLayout,
  { hovered, freshMicros }: Overlay,
): void {
  const first = freshMicros === null ? 0 : firstFrom(arrows, departure, freshMicros);
  const after = freshMicros === null ? 0 : firstFrom(arrows, departure, freshMicros + 1);
  const fresh = new Set(arrows.slice(first, after).map(({ id }) => id));
  if (!memory.isNew('pointed', [hovered, ...fresh])) return;
  for (const layer of [media, shafts]) {
    layer
      .selectAll<SVGGElement, LadderArrow>('g.arrow')
      .classed('hovered', ({ id }) => id === hovered?.arrow)
      .classed('stays', ({ id }) => hovered?.stays.has(id) === true)
      .classed('fresh', ({ id }) => fresh.has(id));
  }
  svg.classed('pointed', hovered !== null);
  texts
    .selectAll<SVGGElement, LadderLabel>('g.label')
    .classed('stays', ({ message }) => hovered?.stays.has(message) === true);
  const underlined =
    hovered === null ? [] : labels.filter((one) => hovered.related.has(one.message));
  keepUp(evidence, 'path.related', underlined, 'all').attr(
    'd',
    ({ x, y, width, height }) => `M${x} ${y + height + 0.5}h${width}`,
  );
}

const departure = ({ sentMicros }: LadderArrow): Micros => sentMicros;

function drawRuler(
  groups: LadderGroups,
  layout: LadderLayout,
  marks: LadderMarks,
  band: DrawnBand,
): void {
  const { ruler, instants: zones, memory } = groups;
  const extent = memory.isNew('ruler', [layout]) ? 'all' : 'what came in';
  const silentPlaces = marks.silentTicks.join(' ');
  if (memory.isNew('ticks', [layout, band.top, band.bottom, silentPlaces])) {
    const silent = new Set(marks.silentTicks.map((place) => layout.ticks[place]));
    const ticks = between(layout.ticks, ({ y }) => y, band);
    keepUp(groups.ticks, 'line.tick', ticks, extent)
      .attr('x1', RULER - 5)
      .attr('x2', RULER)
      .attr('y1', ({ y }) => y)
      .attr('y2', ({ y }) => y);
    const spoken = ticks.filter((tick) => !silent.has(tick));
    keepUp(groups.ticks, 'text.tick-text', spoken, extent)
      .attr('text-anchor', 'end')
      .attr('x', timeEnd)
      .attr('y', ({ y }) => y + 4)
      .classed('long', isLong)
      .text(({ text }) => text);
    const instants = between(layout.instants, ({ y1 }) => y1, band);
    keepUp(zones, 'rect.instant', instants, extent)
      .attr('x', RULER - 4)
      .attr('width', 4)
      .attr('y', ({ y1 }) => y1)
      .attr('height', ({ y1, y2 }) => Math.max(1, y2 - y1));
  }
  const times = marks.selection.map(({ micros }) => micros).join(' ');
  if (!memory.isNew('selection', [layout, times])) return;
  keepUp(ruler, 'line.selection-tick', marks.selection, 'all')
    .attr('x1', RULER - 6)
    .attr('x2', RULER)
    .attr('y1', ({ y }) => y)
    .attr('y2', ({ y }) => y);
  keepUp(ruler, 'text.selection-text', marks.selection, 'all')
    .attr('text-anchor', 'end')
    .attr('x', timeEnd)
    .attr('y', ({ textY }) => textY + 4)
    .classed('long', isLong)
    .text(({ text }) => text);
}

/** Where a time ends on the ruler, px. */
function timeEnd(time: { readonly text: string }): number {
  return isLong(time) ? RULER - 7 : RULER - 10;
}

/** Half the height of the pill, px. */
const pillHalf = 9;
/** What the pill has beside its text, px. */
const pillRoom = 16;

/** How wide a time is at most, px: its digits are all of one width. */
function widthOfTime(text: string): number {
  const digits = text.replaceAll(/\D/g, '').length;
  return Math.ceil(7.4 * digits + 3.4 * (text.length - digits));
}

/** Whether a time has more digits than the ruler has room for at its usual size: from 1 000 s. */
function isLong({ text }: { readonly text: string }): boolean {
  return text.length > '999 999'.length;
}

/** Those of the ascending things that are in the band. */
function between<T>(
  things: readonly T[],
  heightOf: (thing: T) => number,
  { top, bottom }: DrawnBand,
): readonly T[] {
  return things.slice(firstFrom(things, heightOf, top), firstFrom(things, heightOf, bottom));
}

/** The veil is as high as the page and moves as one. */
function drawVeil(groups: LadderGroups, layout: LadderLayout, { veil }: LadderMarks): void {
  if (groups.memory.isNew('veil', [layout, veil === null])) {
    keepUp(groups.veil, 'rect.veil-ground', veil === null ? [] : [veil], 'all')
      .attr('x', RULER)
      .attr('width', layout.width - RULER - MINI)
      .attr('height', Math.max(layout.height, layout.size.height));
  }
  if (!groups.memory.isNew('veiled from', [veil?.y1])) return;
  groups.veil.attr('transform', `translate(0,${veil?.y1 ?? 0})`);
}

function drawPlayhead(
  { playhead, line: group, memory }: LadderGroups,
  layout: LadderLayout,
  { playhead: at, inFlight }: LadderMarks,
  { scroll: { scrollX, scrollY }, sayFlying }: Overlay,
): void {
  const shown = at === null ? [] : [at];
  const right = layout.size.width - MINI;
  // A time that the ruler has no room for reaches into the ladder, and is told to the microsecond.
  const pillEnd = Math.max(RULER, pillRoom + widthOfTime(at?.text ?? ''));
  if (memory.isNew('playhead', [right, at === null, pillEnd])) {
    keepUp(group, 'path.playhead-line', shown, 'all').attr('d', `M${RULER} 0H${right}`);
    keepUp(group, 'path.pill', shown, 'all').attr('d', pillPath(0, pillEnd));
    keepUp(group, 'text.pill-text', shown, 'all')
      .attr('text-anchor', 'end')
      .attr('x', pillEnd - 10)
      .attr('y', 4);
    memory.forget('time');
    memory.forget('height');
  }
  if (at !== null && memory.isNew('time', [at.text])) {
    group.select('text.pill-text').text(at.text);
  }
  if (memory.isNew('height', [at?.y, scrollY])) {
    const y = (at?.y ?? 0) - scrollY;
    group.attr('transform', `translate(0,${y})`);
    // At the upper edge the pill stays whole while its line can be seen.
    const down = y < 0 ? 0 : Math.max(0, pillHalf - y);
    group.selectAll('.pill, .pill-text').attr('transform', `translate(0,${down})`);
  }
  if (!memory.isNew('in flight', inFlight.length === 0 ? [] : [inFlight, scrollX, scrollY])) return;
  keepUp(playhead, 'circle.in-flight', inFlight, 'all')
    .attr('class', ({ leg }) => `in-flight ${hue(leg)}`)
    .attr('r', 4)
    .attr('cx', ({ x }) => x - scrollX)
    .attr('cy', ({ y }) => y - scrollY)
    .selectAll('title')
    .data(({ message }) => [sayFlying(message)])
    .join('title')
    .text((says) => says);
}

/** A tick at the left edge of the map for every hit, folded or not. */
function drawHits(
  { minimap: group }: LadderGroups,
  { minimap }: LadderLayout,
  hits: readonly Micros[],
): void {
  const heights = hits.map((micros) => minimap.top + (minimap.pxPerMs * micros) / 1000);
  const places = [...new Set(heights.map(Math.round))].map((y) => ({ y }));
  keepUp(group, 'rect.mini-hit', places, 'all')
    .attr('x', minimap.x + 1)
    .attr('width', 5)
    .attr('height', 2)
    .attr('y', ({ y }) => y - 1);
}

/** The map of the whole run, and empty places for what moves in it. */
function drawMinimap({ minimap: group }: LadderGroups, layout: LadderLayout): void {
  const { minimap, size } = layout;
  const left = size.width - MINI;
  const one = [layout];
  keepUp(group, 'rect.mini-ground', one, 'all')
    .attr('x', left)
    .attr('width', MINI)
    .attr('height', size.height);
  keepUp(group, 'path.mini-edge', one, 'all').attr('d', `M${left + 0.5} 0V${size.height}`);
  keepUp(group, 'rect.mini-view', one, 'all')
    .attr('x', left + 1.5)
    .attr('width', MINI - 3)
    .attr('rx', 3);
  const tints = isOnCanvas(layout) ? [] : minimap.tints;
  const strands = tints.flatMap(({ sources, ...box }) =>
    sources.map((source) => ({ source, ...box })),
  );
  keepUp(group, 'rect.mini-tint', strands, 'all')
    .attr('class', ({ source }) => `mini-tint ${hue(source)}`)
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('width', ({ width }) => width)
    .attr('height', ({ height }) => height);
  keepUp(group, 'path.mini-shaft', isOnCanvas(layout) ? [] : minimap.shafts, 'all')
    .attr('class', ({ leg }) => `mini-shaft ${hue(leg)}`)
    .attr('d', linePath);
  keepUp(group, 'path.mini-playhead', one, 'all');
  keepUp(group, 'rect.mini-finding', minimap.findings, 'all')
    .attr('x', size.width - 5)
    .attr('width', 5)
    .attr('height', 3)
    .attr('y', ({ y }) => y - 1.5);
}

/** What is seen of the run, and the playhead. */
function drawMinimapMarks(
  { minimap: group, memory }: LadderGroups,
  layout: LadderLayout,
  { minimapViewport, minimapPlayheadY: at }: LadderMarks,
): void {
  const { y, height } = minimapViewport;
  if (memory.isNew('seen', [layout, y, height])) {
    group
      .select('rect.mini-view')
      .attr('y', Math.max(0, y))
      .attr('height', Math.max(0, height + Math.min(0, y)));
  }
  if (!memory.isNew('mini-playhead', [layout, at])) return;
  const { width } = layout.size;
  const line = at === null ? '' : `M${width - MINI + 1} ${at}H${width}`;
  group.select('path.mini-playhead').attr('d', line);
}
