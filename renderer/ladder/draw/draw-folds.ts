import { hue } from '../../words/hues.ts';
import { millisText } from '../../words/times.ts';
import { MINI, RULER } from '../layout/dimensions.ts';
import type { MeasureText } from '../layout/ladder-input.ts';
import type { LadderLayout, PlacedFold } from '../layout/ladder-layout.ts';
import type { DrawnBand } from './draw-ladder.ts';
import { keepUp, type Extent } from './kept-layer.ts';
import type { LadderGroups } from './ladder-groups.ts';
import { linePath } from './shapes.ts';

const textPx = 12;
/** Between the name and the time, and around the words, px. */
const gap = 12;
const pad = 5;
const baseline = 4;

/** `'Set-up, 13 messages'`. */
function titleOf({ name, count }: PlacedFold): string {
  return `${name}, ${count} ${count === 1 ? 'message' : 'messages'}`;
}

function timesOf({ fromMicros, toMicros }: PlacedFold): string {
  return `${millisText(fromMicros)}–${millisText(toMicros)} ms`;
}

const blames = {
  fails: ', a check fails',
  warns: ', something is found fault with',
} as const;

/** What a folded group is known by to those who hear the ladder. */
function sentenceOf(fold: PlacedFold): string {
  const blame = fold.worst === null ? '' : blames[fold.worst];
  return `Folded: ${titleOf(fold)}, ${timesOf(fold)}${blame}.`;
}

/** Folded groups: a row each, with the picture of what is inside and a button to open it. */
export function drawFolds(
  groups: LadderGroups,
  layout: LadderLayout,
  band: DrawnBand,
  measure: MeasureText,
  extent: Extent,
): void {
  const folds = layout.folds.filter(({ y1, y2 }) => y1 <= band.bottom && y2 >= band.top);
  const right = layout.width - MINI;
  const each = keepUp<PlacedFold, SVGGElement>(groups.folds, 'g.fold', folds, extent, {
    key: ({ id }) => id,
    make(row) {
      row.append('rect').attr('class', 'fold-ground');
      row.append('g').attr('class', 'fold-picture');
      row.append('rect').attr('class', 'fold-words-ground');
      row.append('text').attr('class', 'fold-name');
      row.append('text').attr('class', 'fold-times');
      row.append('path').attr('class', 'fold-worst');
    },
  })
    .attr('role', 'button')
    .attr('tabindex', 0)
    .attr('aria-expanded', 'false')
    .attr('aria-label', sentenceOf)
    .attr('data-fold', ({ id }) => id);
  const middle = ({ y1, y2 }: PlacedFold): number => (y1 + y2) / 2;
  const timesX = (fold: PlacedFold): number =>
    fold.textX + measure(titleOf(fold), textPx, 500) + gap;
  const endX = (fold: PlacedFold): number => timesX(fold) + measure(timesOf(fold), textPx, 400);
  each
    .select('rect.fold-ground')
    .attr('x', RULER)
    .attr('width', Math.max(0, right - RULER))
    .attr('y', ({ y1 }) => y1)
    .attr('height', ({ y1, y2 }) => y2 - y1);
  each
    .select<SVGGElement>('g.fold-picture')
    .selectAll('path')
    .data(({ shafts }) => [...shafts])
    .join('path')
    .attr('class', ({ leg }) => `fold-shaft ${hue(leg)}`)
    .attr('d', linePath);
  each
    .select('rect.fold-words-ground')
    .attr('x', ({ textX }) => textX - pad)
    .attr('width', (fold) => endX(fold) - fold.textX + (fold.worst === null ? 2 : 6) * pad)
    .attr('y', (fold) => middle(fold) - 9)
    .attr('height', 18);
  each
    .select('text.fold-name')
    .attr('x', ({ textX }) => textX)
    .attr('y', (fold) => middle(fold) + baseline)
    .text(titleOf);
  each
    .select('text.fold-times')
    .attr('x', timesX)
    .attr('y', (fold) => middle(fold) + baseline)
    .text(timesOf);
  each
    .select('path.fold-worst')
    .attr('d', (fold) => worstPath(fold, endX(fold) + gap, middle(fold)));
  drawDisclosures(groups, folds, extent);
}

/** A square with a cross for what fails, an open triangle for what is only found fault with. */
function worstPath({ worst }: PlacedFold, x: number, y: number): string {
  if (worst === null) return '';
  if (worst === 'warns') return `M${x} ${y + 4.5}L${x + 5} ${y - 4.5}L${x + 10} ${y + 4.5}Z`;
  return `M${x} ${y - 5}h10v10h-10Z` + `M${x + 3} ${y - 2}l4 4m0 -4l-4 4`;
}

/** The part of a row that does not scroll sideways: how it opens, and when it begins. */
function drawDisclosures(groups: LadderGroups, folds: readonly PlacedFold[], extent: Extent): void {
  const each = keepUp<PlacedFold, SVGGElement>(groups.foldRulers, 'g.fold-ruler', folds, extent, {
    key: ({ id }) => id,
    make(part) {
      part.attr('aria-hidden', 'true');
      part.append('rect').attr('class', 'fold-ground');
      part.append('path').attr('class', 'fold-chevron');
      part.append('text').attr('class', 'tick-text').attr('text-anchor', 'end');
    },
  });
  each
    .select('rect')
    .attr('width', RULER)
    .attr('y', ({ y1 }) => y1)
    .attr('height', ({ y1, y2 }) => y2 - y1);
  each.select('path').attr('d', ({ y1, y2 }) => `M12 ${(y1 + y2) / 2 - 4}l4 4l-4 4`);
  each
    .select('text')
    .attr('x', RULER - 10)
    .attr('y', ({ y1, y2 }) => (y1 + y2) / 2 + baseline)
    .text(({ fromMicros }) => millisText(fromMicros));
}
