import { check } from '../base/check.ts';
import { limits } from '../kernel/limits.ts';
import type { TimerKey } from '../kernel/node.ts';

/**
 * The running timers of one node, and their slots in the event queue. A node has some ten at a
 * time, and a walk along two short lists costs less than any table.
 */
export interface LiveTimers {
  readonly keys: TimerKey[];
  readonly slots: number[];
}

export function noTimers(): LiveTimers {
  return { keys: [], slots: [] };
}

/** The slot of a running timer; −1 where it does not run. */
export function slotOf({ keys, slots }: LiveTimers, timer: TimerKey): number {
  const place = keys.lastIndexOf(timer);
  return place < 0 ? -1 : slots[place]!;
}

/** Takes a timer that does not run yet. */
export function startTimer({ keys, slots }: LiveTimers, timer: TimerKey, slot: number): void {
  check(keys.length < limits.timersMost, 'fewer running timers than the limit');
  keys.push(timer);
  slots.push(slot);
}

/** Forgets a timer that has fired or was stopped. */
export function forgetTimer(timers: LiveTimers, timer: TimerKey): void {
  forgetPlace(timers, timers.keys.lastIndexOf(timer));
}

/** Forgets what runs in that slot of the queue, if anything of this node does. */
export function forgetSlot(timers: LiveTimers, slot: number): void {
  forgetPlace(timers, timers.slots.lastIndexOf(slot));
}

function forgetPlace({ keys, slots }: LiveTimers, place: number): void {
  if (place < 0) return;
  const lastKey = keys.pop();
  const lastSlot = slots.pop();
  if (place === keys.length || lastKey === undefined || lastSlot === undefined) return;
  keys[place] = lastKey;
  slots[place] = lastSlot;
}
