import { hashNumber, hashText } from '../base/hash.ts';
import { fingerprint } from '../base/plain.ts';
import type { World } from '../world/world.ts';

/**
 * Equal for worlds that go on alike: 64 bits over all that can still matter, with times relative
 * to now and events in their order instead of by number. What happened before is no part of it,
 * and neither are timers that were stopped, for they have left the queue.
 */
export function worldKey(world: World, beside: readonly number[]): string {
  return `${halfKey(world, beside, 1).toString(36)}.${halfKey(world, beside, 2).toString(36)}`;
}

function halfKey(world: World, beside: readonly number[], salt: number): number {
  const { now, nodes, links, ruleUses, queue } = world;
  let hash = hashNumber(salt, 0x9e3779b9);
  for (const number of beside) hash = hashNumber(number, hash);
  for (const number of ruleUses) hash = hashNumber(number, hash);
  for (const slot of nodes) {
    hash = hashNumber(fingerprint(slot.state, salt), hash);
    hash = hashNumber(Math.max(0, slot.lastMediaDeparture - now), hash);
    hash = hashNumber(slot.life, hash);
    hash = hashNumber(slot.absence === null ? 0 : 1, hash);
  }
  for (const { lastArrival, busyUntil, isBad } of links) {
    hash = hashNumber(Math.max(0, lastArrival - now), hash);
    hash = hashNumber(Math.max(0, busyUntil - now), hash);
    hash = hashNumber(isBad ? 1 : 0, hash);
  }
  for (const { at, rank, node, payload } of queue.inOrder()) {
    hash = hashNumber(at - now, hash);
    hash = hashNumber(rank, hash);
    hash = hashNumber(node, hash);
    hash = hashText(payload.kind, hash);
    hash = hashNumber(fingerprint(payload, salt), hash);
  }
  return hash;
}
