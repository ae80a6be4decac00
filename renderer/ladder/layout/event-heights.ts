import type { Flight } from './flights.ts';
import { heightAt, type HeightMap } from './height-map.ts';
import type { LifelineId, Micros } from './ladder-input.ts';
import type { LadderArrow } from './ladder-layout.ts';

/** The height of what happens at a lifeline at an instant, px. */
export type EventHeight = (lifeline: LifelineId, micros: Micros) => number;

/** In Time an event is where its instant is. */
export function timeEventHeights(heights: HeightMap): EventHeight {
  return (_lifeline, micros) => heightAt(heights, micros);
}

/**
 * In Rows an event takes the height of the message that was sent or arrived there and then (the
 * first, if there are several); only what no message explains is interpolated between rows.
 * @param arrows of the same messages, in the order of `flights`, without answers to commands
 */
export function rowEventHeights(
  heights: HeightMap,
  flights: readonly Flight[],
  arrows: readonly LadderArrow[],
): EventHeight {
  const known = new Map<LifelineId, Map<Micros, number>>();
  const note = (lifeline: LifelineId, micros: Micros, y: number): void => {
    const at = known.get(lifeline) ?? new Map<Micros, number>();
    if (!at.has(micros)) at.set(micros, y);
    known.set(lifeline, at);
  };
  const arrowOf = new Map(arrows.map((arrow) => [arrow.id, arrow]));
  for (const { message, arrivesMicros, answersCommand } of flights) {
    const shaft = answersCommand && message.replyTo !== null ? message.replyTo : message.id;
    const arrow = arrowOf.get(shaft);
    if (arrow === undefined) continue;
    note(message.from, message.sentMicros, answersCommand ? arrow.headY : arrow.y1);
    if (message.journey.end === 'arrives') {
      note(message.to, arrivesMicros, answersCommand ? arrow.y1 : arrow.headY);
    }
  }
  return (lifeline, micros) => known.get(lifeline)?.get(micros) ?? heightAt(heights, micros);
}
