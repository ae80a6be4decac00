import { hue } from '../../words/hues.ts';
import type { GhostArrow } from '../layout/ghosts.ts';
import { heightAt } from '../layout/height-map.ts';
import type { MessageId } from '../layout/ladder-input.ts';
import type { LadderLayout, Segment } from '../layout/ladder-layout.ts';
import type { DrawnBand } from './draw-ladder.ts';
import { keepUp } from './kept-layer.ts';
import type { LadderGroups } from './ladder-groups.ts';
import { linePath } from './shapes.ts';

/** Draws what another run did, behind this one: for the eye only, sentences tell it. */
export function drawGhosts(
  groups: LadderGroups,
  arrows: readonly GhostArrow[],
  band: DrawnBand,
): void {
  const isNew = groups.memory.isNew('ghosts', [arrows]);
  if (!groups.memory.isNew('ghosts in the band', [arrows, band.top, band.bottom])) return;
  const shown = arrows.filter(({ y1, y2 }) => y2 >= band.top && y1 <= band.bottom);
  groups.ghosts.attr('aria-hidden', 'true');
  keepUp(groups.ghosts, 'path.ghost', shown, isNew ? 'all' : 'what came in', {
    key: ({ id }) => id,
  })
    .attr('class', ({ leg }) => `ghost ${hue(leg)}`)
    .attr('d', (arrow) => `${linePath(arrow)}${endPath(arrow)}`);
}

/** An open head, or the cross of a loss. */
function endPath({ x1, y1, x2, y2, lost }: Segment & { readonly lost: boolean }): string {
  if (lost) return `M${x2 - 4} ${y2 - 4}l8 8m0 -8l-8 8`;
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [backX, backY] = [x2 - ux * 7, y2 - uy * 7];
  return `M${backX - uy * 3} ${backY + ux * 3}L${x2} ${y2}L${backX + uy * 3} ${backY - ux * 3}`;
}

/** Shows where a dragged arrowhead would come down; null takes it away. */
export function drawAim(
  groups: LadderGroups,
  layout: LadderLayout,
  message: MessageId,
  micros: number | null,
): void {
  const arrow = layout.arrows.find(({ id }) => id === message);
  const aims = arrow === undefined || micros === null ? [] : [{ arrow, micros }];
  groups.ghosts
    .selectAll('path.aim')
    .data(aims)
    .join('path')
    .attr('class', ({ arrow: { leg } }) => `aim ${hue(leg)}`)
    .attr('d', ({ arrow: { x1, y1, headX, headY }, micros: at }) => {
      const y2 = Math.max(headY, heightAt(layout.heights, at));
      const line = { x1, y1, x2: headX, y2 };
      return `${linePath(line)}${endPath({ ...line, lost: false })}`;
    });
}
