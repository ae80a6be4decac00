import { MINI, RULER } from '../layout/dimensions.ts';
import { heightAt } from '../layout/height-map.ts';
import type { LifelineId, Micros } from '../layout/ladder-input.ts';
import type { LadderLayout } from '../layout/ladder-layout.ts';
import type { LadderGroups } from './ladder-groups.ts';

/** The distance of two messages in time, at the lifeline that sent the first. */
export interface Dimension {
  readonly lifeline: LifelineId;
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  /** `'185 ms, UPDATE to 200 (UPDATE)'`. */
  readonly says: string;
}

/** The line stands this far beside its lifeline, its text this far beside the line, px. */
const beside = 16;
const textBeside = 6;
const tick = 4;

/** The distance of two messages: a line with ends, its words beside its middle. */
export function drawDimension(
  groups: LadderGroups,
  layout: LadderLayout,
  dimension: Dimension | null,
): void {
  const lifeline = layout.lifelines.find(({ id }) => id === dimension?.lifeline);
  const shown =
    dimension === null || lifeline === undefined
      ? []
      : [
          {
            x: lifeline.x + (lifeline.side === 'left' ? beside : -beside),
            anchor: lifeline.side === 'left' ? 'start' : 'end',
            aside: lifeline.side === 'left' ? textBeside : -textBeside,
            y1: heightAt(layout.heights, dimension.fromMicros),
            y2: heightAt(layout.heights, dimension.toMicros),
            says: dimension.says,
          },
        ];
  groups.dimension
    .selectAll('path')
    .data(shown)
    .join('path')
    .attr('class', 'dimension')
    .attr(
      'd',
      ({ x, y1, y2 }) =>
        `M${x - tick} ${y1}h${2 * tick}M${x} ${y1}V${y2}M${x - tick} ${y2}h${2 * tick}`,
    );
  groups.dimension
    .selectAll('text')
    .data(shown)
    .join('text')
    .attr('class', 'dimension-text')
    .attr('text-anchor', ({ anchor }) => anchor)
    .attr('x', ({ x, aside }) => x + aside)
    .attr('y', ({ y1, y2 }) => (y1 + y2) / 2 + 4)
    .text(({ says }) => says);
}

/** The part of the window that is being marked, to be seen as large as it fits. */
export function drawSpan(
  groups: LadderGroups,
  { size }: LadderLayout,
  edges: { readonly y1: number; readonly y2: number } | null,
): void {
  groups.playhead
    .selectAll('rect.span')
    .data(edges === null ? [] : [edges])
    .join('rect')
    .attr('class', 'span')
    .attr('x', RULER)
    .attr('width', Math.max(0, size.width - RULER - MINI))
    .attr('y', ({ y1 }) => y1)
    .attr('height', ({ y1, y2 }) => y2 - y1);
}
