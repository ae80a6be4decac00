import { ATTACH, LOSS_AT } from './dimensions.ts';
import { heightAt } from './height-map.ts';
import type { LadderMessage, Leg } from './ladder-input.ts';
import type { LadderLayout, Segment } from './ladder-layout.ts';

/** An arrow of another run of the same scenario, behind this one. */
export interface GhostArrow extends Segment {
  readonly id: string;
  readonly leg: Leg;
  readonly lost: boolean;
  /** At whose end it is named, and how. */
  readonly text: string;
}

/**
 * The arrows of another run that this one has not got just so, on this one's heights: what would
 * be exactly behind an arrow is not there.
 */
export function ghostArrows(
  layout: LadderLayout,
  ghosts: readonly LadderMessage[],
  drawn: readonly LadderMessage[],
): readonly GhostArrow[] {
  if (ghosts.length === 0) return [];
  const here = new Set(drawn.map(flightName));
  const xOf = new Map(layout.lifelines.map(({ id, x }) => [id, x]));
  const arrows: GhostArrow[] = [];
  for (const ghost of ghosts) {
    if (ghost.kind === 'reply' || here.has(flightName(ghost))) continue;
    const fromX = xOf.get(ghost.from);
    const toX = xOf.get(ghost.to);
    if (fromX === undefined || toX === undefined || fromX === toX) continue;
    const direction = Math.sign(toX - fromX);
    const x1 = fromX + ATTACH * direction;
    const headX = toX - ATTACH * direction;
    const y1 = heightAt(layout.heights, ghost.sentMicros);
    const headY = heightAt(layout.heights, arrivalOf(ghost));
    const lost = ghost.journey.end === 'lost';
    const share = lost ? LOSS_AT : 1;
    arrows.push({
      id: `ghost ${ghost.id}`,
      leg: ghost.leg,
      lost,
      text: ghost.shortText ?? ghost.text,
      x1,
      y1,
      x2: x1 + (headX - x1) * share,
      y2: y1 + (headY - y1) * share,
    });
  }
  return arrows;
}

function arrivalOf({ journey }: LadderMessage): number {
  return journey.end === 'lost' ? journey.wouldArriveMicros : journey.atMicros;
}

function flightName(message: LadderMessage): string {
  const { from, to, text, sentMicros, journey } = message;
  return `${from} ${to} ${text} ${sentMicros} ${journey.end} ${arrivalOf(message)}`;
}
