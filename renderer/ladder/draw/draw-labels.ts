import { select, type Selection } from 'd3';

import type { Leg, MessageId } from '../layout/ladder-input.ts';
import type { LabelPart, LadderLabel, LadderLayout } from '../layout/ladder-layout.ts';
import type { LadderLook } from './draw-ladder.ts';
import { keepUp, type Extent } from './kept-layer.ts';
import type { Group } from './ladder-groups.ts';
import { linePath } from './shapes.ts';

/** Text stands this far above the lower edge of its label, px. */
const baselineAbove = 3.5;
/** The inverted box of the selected label reaches this far beyond it, px. */
const boxX = 5;
const boxY = 2;

/** Draws labels; the arrows before them say their names, so these are for the eye only. */
export function drawLabels(
  group: Group,
  labels: readonly LadderLabel[],
  layout: LadderLayout,
  look: LadderLook,
  extent: Extent,
): void {
  const each = keepUp<LadderLabel, SVGGElement>(group, 'g.label', labels, extent, {
    key: ({ message }) => message,
  })
    .attr('class', ({ message, arrow }) => labelClass(message, layout.arrows[arrow]?.leg, look))
    .attr('aria-hidden', 'true')
    .attr('data-label', ({ message }) => message);
  drawBoxes(each, look);
  each
    .selectAll('path.leader')
    .data(({ leader }) => (leader === null ? [] : [leader]))
    .join('path')
    .attr('class', 'leader')
    .attr('d', linePath);
  const parts = each
    .selectAll<SVGGElement, PartAt>('g.part')
    .data((label) => label.parts.map((part) => ({ ...part, y: label.y, height: label.height })))
    .join('g')
    .attr('class', ({ kind, tag }) => `part ${kind} ${tag ?? ''}`.trim());
  parts.each(function draw(part) {
    drawPart(select(this), part);
  });
}

type PartAt = LabelPart & { readonly y: number; readonly height: number };

function labelClass(message: MessageId, leg: Leg | undefined, look: LadderLook): string {
  const classes = ['label', look.colouring(message, leg ?? 'M')];
  if (message === look.selected) classes.push('selected');
  if (look.lit !== null) classes.push(look.lit.has(message) ? 'lit' : 'dim');
  return classes.join(' ');
}

function drawBoxes(
  each: Selection<SVGGElement, LadderLabel, SVGGElement, unknown>,
  look: LadderLook,
): void {
  each
    .selectAll('rect.box')
    .data((label) => (label.message === look.selected ? [label] : []))
    .join((enter) => enter.insert('rect', ':first-child').attr('class', 'box'))
    .attr('x', ({ x }) => x - boxX)
    .attr('y', ({ y }) => y - boxY)
    .attr('width', ({ width }) => width + 2 * boxX)
    .attr('height', ({ height }) => height + 2 * boxY)
    .attr('rx', 4);
}

function drawPart(group: Selection<SVGGElement, unknown, null, undefined>, part: PartAt): void {
  const boxed = part.kind === 'badge' || part.kind === 'tag';
  const inset = part.kind === 'tag' ? 0.5 : 0;
  group
    .selectAll('rect')
    .data(boxed ? [part] : [])
    .join((enter) => enter.insert('rect', ':first-child'))
    .attr('x', part.x + inset)
    .attr('y', part.y + inset)
    .attr('width', Math.max(0, part.width - 2 * inset))
    .attr('height', part.height - 2 * inset)
    .attr('rx', part.kind === 'badge' ? 3.5 : 2.5);
  group
    .selectAll('text')
    .data([part])
    .join('text')
    .attr('x', boxed ? part.x + part.width / 2 : part.x)
    .attr('y', part.y + part.height - baselineAbove)
    .attr('text-anchor', boxed ? 'middle' : 'start')
    .text(part.text);
}
