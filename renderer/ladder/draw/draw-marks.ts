import { hue } from '../../words/hues.ts';
import { MINI, RULER } from '../layout/dimensions.ts';
import type { MessageId, Micros } from '../layout/ladder-input.ts';
import type { LadderArrow, LadderLayout, LadderMarks } from '../layout/ladder-layout.ts';
import { firstFrom } from '../layout/marks.ts';
import { bandAround, type DrawnBand } from './draw-ladder.ts';
import { isOnCanvas } from './draw-density.ts';
import type { LadderGroups } from './ladder-groups.ts';
import { circlePath, linePath, pillPath } from './shapes.ts';

/** One event of the evidence: a ring on its lifeline. */
export interface EvidenceRing {
  readonly x: number;
  readonly y: number;
  /** Of a clause that does not hold. */
  readonly fails: boolean;
}

/** What the overlay shows beside the layout's own marks. */
export interface Overlay {
  readonly rings: readonly EvidenceRing[];
  readonly hovered: MessageId | null;
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
  drawRuler(groups, layout, marks, bandAround(layout, overlay.scroll.scrollY));
  drawVeil(groups, layout, marks);
  drawRings(groups, overlay);
  drawPlayhead(groups, layout, marks, overlay);
  drawMinimap(groups, layout, marks);
  drawHits(groups, layout, overlay.hits);
  for (const layer of [groups.media, groups.shafts]) {
    layer
      .selectAll<SVGGElement, LadderArrow>('g.arrow')
      .classed('hovered', ({ id }) => id === overlay.hovered)
      .classed('fresh', ({ sentMicros }) => sentMicros === overlay.freshMicros);
  }
}

function drawRuler(
  groups: LadderGroups,
  layout: LadderLayout,
  marks: LadderMarks,
  band: DrawnBand,
): void {
  const silent = new Set(marks.silentTicks);
  const first = firstFrom(layout.ticks, ({ y }) => y, band.top);
  const last = firstFrom(layout.ticks, ({ y }) => y, band.bottom);
  const ticks = layout.ticks
    .slice(first, last)
    .map((tick, index) => ({ ...tick, silent: silent.has(first + index) }));
  groups.ruler
    .selectAll('line.tick')
    .data(ticks)
    .join('line')
    .attr('class', 'tick')
    .attr('x1', RULER - 5)
    .attr('x2', RULER)
    .attr('y1', ({ y }) => y)
    .attr('y2', ({ y }) => y);
  groups.ruler
    .selectAll('text.tick-text')
    .data(ticks.filter((tick) => !tick.silent))
    .join('text')
    .attr('class', 'tick-text')
    .attr('text-anchor', 'end')
    .attr('x', RULER - 10)
    .attr('y', ({ y }) => y + 4)
    .text(({ text }) => text);
  groups.ruler
    .selectAll('rect.instant')
    .data(
      layout.instants.slice(
        firstFrom(layout.instants, ({ y1 }) => y1, band.top),
        firstFrom(layout.instants, ({ y1 }) => y1, band.bottom),
      ),
    )
    .join('rect')
    .attr('class', 'instant')
    .attr('x', RULER - 4)
    .attr('width', 4)
    .attr('y', ({ y1 }) => y1)
    .attr('height', ({ y1, y2 }) => Math.max(1, y2 - y1));
  groups.ruler
    .selectAll('line.selection-tick')
    .data(marks.selection)
    .join('line')
    .attr('class', 'selection-tick')
    .attr('x1', RULER - 6)
    .attr('x2', RULER)
    .attr('y1', ({ y }) => y)
    .attr('y2', ({ y }) => y);
  groups.ruler
    .selectAll('text.selection-text')
    .data(marks.selection)
    .join('text')
    .attr('class', 'selection-text')
    .attr('text-anchor', 'end')
    .attr('x', RULER - 10)
    .attr('y', ({ y }) => y + 4)
    .text(({ text }) => text);
}

function drawVeil(groups: LadderGroups, layout: LadderLayout, { veil }: LadderMarks): void {
  groups.veil
    .selectAll('rect')
    .data(veil === null ? [] : [veil])
    .join('rect')
    .attr('class', 'veil-ground')
    .attr('x', RULER)
    .attr('y', ({ y1 }) => y1)
    .attr('width', layout.width - RULER - MINI)
    .attr('height', ({ y1, y2 }) => Math.max(0, y2 - y1));
}

function drawRings(groups: LadderGroups, { rings }: Overlay): void {
  groups.evidence
    .selectAll('path')
    .data(rings)
    .join('path')
    .attr('class', ({ fails }) => (fails ? 'ring fails' : 'ring'))
    .attr('d', ({ x, y }) => circlePath(x, y, 7));
}

function drawPlayhead(
  groups: LadderGroups,
  layout: LadderLayout,
  { playhead, inFlight }: LadderMarks,
  { scroll }: Overlay,
): void {
  const y = playhead === null ? null : playhead.y - scroll.scrollY;
  const shown = playhead === null || y === null ? [] : [{ y, text: playhead.text }];
  const right = layout.size.width - MINI;
  groups.playhead
    .selectAll('path.playhead-line')
    .data(shown)
    .join('path')
    .attr('class', 'playhead-line')
    .attr('d', (at) => linePath({ x1: RULER, x2: right, y1: at.y, y2: at.y }));
  groups.playhead
    .selectAll('path.pill')
    .data(shown)
    .join('path')
    .attr('class', 'pill')
    .attr('d', (at) => pillPath(at.y, RULER));
  groups.playhead
    .selectAll('text')
    .data(shown)
    .join('text')
    .attr('class', 'pill-text')
    .attr('text-anchor', 'end')
    .attr('x', RULER - 10)
    .attr('y', (at) => at.y + 4)
    .text(({ text }) => text);
  groups.playhead
    .selectAll('circle')
    .data(inFlight)
    .join('circle')
    .attr('class', ({ leg }) => `in-flight ${hue(leg)}`)
    .attr('r', 4)
    .attr('cx', ({ x }) => x - scroll.scrollX)
    .attr('cy', ({ y: at }) => at - scroll.scrollY);
}

/** A tick at the left edge of the map for every hit, folded or not. */
function drawHits(
  { minimap: group }: LadderGroups,
  { minimap }: LadderLayout,
  hits: readonly Micros[],
): void {
  const heights = hits.map((micros) => minimap.top + (minimap.pxPerMs * micros) / 1000);
  group
    .selectAll('rect.mini-hit')
    .data([...new Set(heights.map(Math.round))])
    .join('rect')
    .attr('class', 'mini-hit')
    .attr('x', minimap.x + 1)
    .attr('width', 5)
    .attr('height', 2)
    .attr('y', (y) => y - 1);
}

function drawMinimap(groups: LadderGroups, layout: LadderLayout, marks: LadderMarks): void {
  const { minimap, size } = layout;
  const left = size.width - MINI;
  const { minimap: group } = groups;
  const one = <Datum>(selector: string, tag: string, data: readonly Datum[]) =>
    group
      .selectAll<SVGElement, Datum>(`${tag}.${selector}`)
      .data([...data])
      .join(tag)
      .attr('class', selector);
  one('mini-ground', 'rect', [0]).attr('x', left).attr('width', MINI).attr('height', size.height);
  one('mini-edge', 'path', [0]).attr('d', `M${left + 0.5} 0V${size.height}`);
  one('mini-view', 'rect', [marks.minimapViewport])
    .attr('x', left + 1.5)
    .attr('width', MINI - 3)
    .attr('rx', 3)
    .attr('y', ({ y }) => Math.max(0, y))
    .attr('height', ({ y, height }) => Math.max(0, height + Math.min(0, y)));
  one(
    'mini-tint',
    'rect',
    (isOnCanvas(layout) ? [] : minimap.tints).flatMap(({ sources, ...box }) =>
      sources.map((source) => ({ source, ...box })),
    ),
  )
    .attr('class', ({ source }) => `mini-tint ${hue(source)}`)
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('width', ({ width }) => width)
    .attr('height', ({ height }) => height);
  one('mini-shaft', 'path', isOnCanvas(layout) ? [] : minimap.shafts)
    .attr('class', ({ leg }) => `mini-shaft ${hue(leg)}`)
    .attr('d', linePath);
  const { minimapPlayheadY: y } = marks;
  one('mini-playhead', 'path', y === null ? [] : [y]).attr(
    'd',
    (at) => `M${left + 1} ${at}H${size.width}`,
  );
  one('mini-finding', 'rect', minimap.findings)
    .attr('x', size.width - 5)
    .attr('width', 5)
    .attr('height', 3)
    .attr('y', (finding) => finding.y - 1.5);
}
