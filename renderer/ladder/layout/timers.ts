import { TIMER_OFFSET } from './dimensions.ts';
import type { EventHeight } from './event-heights.ts';
import type { LadderTimer, LadderView, LifelineId, Micros, UserAction } from './ladder-input.ts';
import type { PlacedAction, PlacedLifeline, PlacedTimer } from './ladder-layout.ts';
import { lifelinePlace } from './lifelines.ts';

/** A bracket begins this far from the lifeline, and so does a triangle's tip, px. */
const BRACKET_NEAR = 6;
const TIP = 5;

function outwards(lifeline: PlacedLifeline | undefined): number {
  return lifeline?.side === 'left' ? -1 : 1;
}

/** Fired timers, those of the selected message, running ones in a live run; or all. */
export function shownTimers(
  timers: readonly LadderTimer[],
  view: Pick<LadderView, 'timers' | 'selected' | 'live'>,
): readonly LadderTimer[] {
  if (view.timers === 'all') return timers;
  return timers.filter(({ outcome, message }) => {
    if (message !== null && message === view.selected) return true;
    return outcome === 'fired' || (outcome === 'running' && view.live);
  });
}

/** Brackets outside the lifelines. A running timer ends where the run has got to. */
export function placeTimers(
  timers: readonly LadderTimer[],
  lifelines: readonly PlacedLifeline[],
  places: ReadonlyMap<LifelineId, number>,
  eventHeight: EventHeight,
  endMicros: Micros,
): readonly PlacedTimer[] {
  return timers.map((timer) => {
    const place = lifelinePlace(places, timer.lifeline, `Timer "${timer.id}"`);
    const lifeline = lifelines[place];
    const side = outwards(lifeline);
    const x = lifeline?.x ?? 0;
    const running = timer.outcome === 'running';
    const ends = running ? Math.min(timer.toMicros, endMicros) : timer.toMicros;
    const y1 = eventHeight(timer.lifeline, timer.fromMicros);
    return {
      id: timer.id,
      outcome: timer.outcome,
      x1: x + side * BRACKET_NEAR,
      y1,
      x2: x + side * TIMER_OFFSET,
      y2: Math.max(y1, eventHeight(timer.lifeline, ends)),
    };
  });
}

/** Triangles that touch their lifelines from outside. */
export function placeActions(
  actions: readonly UserAction[],
  lifelines: readonly PlacedLifeline[],
  places: ReadonlyMap<LifelineId, number>,
  eventHeight: EventHeight,
): readonly PlacedAction[] {
  return actions.map(({ lifeline, atMicros, verb }) => {
    const place = lifelinePlace(places, lifeline, `The action "${verb}"`);
    const placed = lifelines[place];
    return {
      lifeline,
      micros: atMicros,
      verb,
      x: (placed?.x ?? 0) + outwards(placed) * TIP,
      y: eventHeight(lifeline, atMicros),
      side: placed?.side ?? 'right',
    };
  });
}
