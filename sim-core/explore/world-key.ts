import { hashNumber } from '../base/hash.ts';
import type { Micros } from '../base/micros.ts';
import { fingerprint } from '../base/plain.ts';
import type { World } from '../world/world.ts';

/** Two halves of 64 bits, each from 0 to 2³² − 1. */
export type WorldKey = readonly [high: number, low: number];

/** What is due in a world, in its order. */
export type Due = ReturnType<World['queue']['inOrder']>;

/**
 * Equal for worlds that go on alike: 64 bits over all that can still matter, with times relative
 * to `now` and events in their order instead of by number. What happened before is no part of it,
 * and neither are timers that were stopped, for they have left the queue.
 */
export function worldKey(
  { nodes, links, ruleUses }: World,
  due: Due,
  now: Micros,
  beside: readonly number[] = [],
): WorldKey {
  let high = 0x9e3779b9;
  let low = 0x7f4a7c15;
  const stir = (number: number): void => {
    high = hashNumber(number, high);
    low = hashNumber(number, low);
  };
  const stirPrint = (print: WorldKey): void => {
    high = hashNumber(print[0], high);
    low = hashNumber(print[1], low);
  };
  for (const number of beside) stir(number);
  for (const number of ruleUses) stir(number);
  for (const slot of nodes) {
    stirPrint(printOf(slot, slot.state));
    stir(Math.max(0, slot.lastMediaDeparture - now));
    stir(slot.life);
    stir(slot.absence === null ? 0 : 1);
  }
  for (const { lastArrival, busyUntil, isBad } of links) {
    stir(Math.max(0, lastArrival - now));
    stir(Math.max(0, busyUntil - now));
    stir(isBad ? 1 : 0);
  }
  for (const { at, rank, node, payload } of due) {
    stir(at - now);
    stir(rank);
    stir(node);
    stirPrint(printOf(payload, payload));
  }
  return [high, low];
}

/** Worlds of an exploration share nodes and events, and write into neither once they are shared. */
const prints = new WeakMap<object, WorldKey>();

function printOf(owner: object, value: unknown): WorldKey {
  const known = prints.get(owner);
  if (known !== undefined) return known;
  const print: WorldKey = [fingerprint(value, 1), fingerprint(value, 2)];
  prints.set(owner, print);
  return print;
}
