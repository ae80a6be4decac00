import { hashNumber } from '../base/hash.ts';
import type { Micros } from '../base/micros.ts';
import { clonePlain, fingerprint } from '../base/plain.ts';
import type { DueEvent } from '../kernel/event-queue.ts';
import type { NodeId } from '../kernel/node.ts';
import type { NodeSlot, ScheduledEvent, World } from '../world/world.ts';

/** Two halves of 64 bits, each from 0 to 2³² − 1. */
export type HashKey = readonly [high: number, low: number];

/**
 * What a world is at an instant, never to be written into: states of an exploration share whatever
 * the one event between them did not touch.
 */
export interface WorldState {
  readonly now: Micros;
  readonly recordCount: number;
  readonly nodes: readonly NodeSlot[];
  /** Of each node's state. */
  readonly prints: readonly HashKey[];
  readonly links: World['links'];
  readonly ruleUses: World['ruleUses'];
  readonly due: readonly DueEvent<ScheduledEvent>[];
  readonly duePrints: readonly HashKey[];
}

/** What the world is now; `touched` is the only node that is not as it was in the state before. */
export function stateOf(world: World, before: WorldState | null, touched: NodeId): WorldState {
  const nodes = world.nodes.slice();
  const prints = nodes.map(({ state }, node) => {
    const known = node === touched ? undefined : before?.prints[node];
    return known ?? printOf(state);
  });
  const due = world.queue.inOrder();
  return {
    now: world.now,
    recordCount: world.recordCount,
    nodes,
    prints,
    links: world.links.slice(),
    ruleUses: world.ruleUses.slice(),
    due,
    duePrints: printsOf(due, before),
  };
}

/** Sets a world to a state, and lets one node of it be written into. */
export function setWorld(world: World, state: WorldState, writable: NodeId): void {
  world.now = state.now;
  world.recordCount = state.recordCount;
  for (let node = 0; node < state.nodes.length; node += 1) world.nodes[node] = state.nodes[node]!;
  world.nodes[writable] = clonePlain(state.nodes[writable]!);
  for (let link = 0; link < state.links.length; link += 1) {
    world.links[link] = { ...state.links[link]! };
  }
  for (let rule = 0; rule < state.ruleUses.length; rule += 1) {
    world.ruleUses[rule] = state.ruleUses[rule]!;
  }
  world.queue.restore(state.due);
}

/**
 * Equal for states that go on alike: 64 bits over all that can still matter, with times relative
 * to `now` and events in their order instead of by number, and over what the caller puts `beside`
 * it. What happened before is no part of it, and neither are timers that were stopped, for they
 * have left the queue.
 */
export function keyOfState(state: WorldState, now: Micros, beside: readonly number[]): HashKey {
  let high = 0x9e3779b9;
  let low = 0x7f4a7c15;
  const stir = (number: number): void => {
    high = hashNumber(number, high);
    low = hashNumber(number, low);
  };
  const stirPrint = (print: HashKey): void => {
    high = hashNumber(print[0], high);
    low = hashNumber(print[1], low);
  };
  for (const number of beside) stir(number);
  for (const number of state.ruleUses) stir(number);
  for (let node = 0; node < state.nodes.length; node += 1) {
    const { lastMediaDeparture, lastDeparture, life, absence } = state.nodes[node]!;
    stirPrint(state.prints[node]!);
    stir(Math.max(0, lastMediaDeparture - now));
    stir(Math.max(0, lastDeparture - now));
    stir(life);
    stir(absence === null ? 0 : 1);
  }
  for (const { lastArrival, busyUntil, isBad } of state.links) {
    stir(Math.max(0, lastArrival - now));
    stir(Math.max(0, busyUntil - now));
    stir(isBad ? 1 : 0);
  }
  for (let place = 0; place < state.due.length; place += 1) {
    const { at, rank, node } = state.due[place]!;
    stir(at - now);
    stir(rank);
    stir(node);
    stirPrint(state.duePrints[place]!);
  }
  return [high, low];
}

function printOf(value: unknown): HashKey {
  return [fingerprint(value, 1), fingerprint(value, 2)];
}

/** An event is scheduled once and then stands in the states of many instants, in its order. */
function printsOf(due: WorldState['due'], before: WorldState | null): readonly HashKey[] {
  let from = 0;
  return due.map(({ payload }) => {
    const place = placeOf(payload, before?.due ?? [], from);
    const known = before?.duePrints[place];
    if (known === undefined) return printOf(payload);
    from = place + 1;
    return known;
  });
}

function placeOf(event: ScheduledEvent, due: WorldState['due'], from: number): number {
  for (let place = from; place < due.length; place += 1) {
    if (due[place]!.payload === event) return place;
  }
  return -1;
}
