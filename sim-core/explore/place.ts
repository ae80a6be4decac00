import { micros, type Micros } from '../base/micros.ts';
import type { ChoiceLog } from '../kernel/chooser.ts';
import { nodeId } from '../kernel/node.ts';
import { buildWorld } from '../scenario/build-world.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { advancing, limitReached } from '../world/advance.ts';
import { eventRanks, type Machinery, type NodeSlot, type World } from '../world/world.ts';
import type { ExploreBounds } from './explore-bounds.ts';
import { EnumeratingChooser, type Luck } from './enumerating-chooser.ts';
import { keyOfState, setWorld, stateOf, type HashKey, type WorldState } from './world-state.ts';

/** One state of an exploration: of the world, and of what may still befall it. */
export interface Place {
  readonly state: WorldState;
  readonly luck: Luck;
  /** The acts done already, as bits. */
  readonly done: number;
  /** Events from the start. */
  readonly depth: number;
}

/** How one state is reached from the one before it. */
export interface Step {
  /** What chance chose. */
  readonly chosen: ChoiceLog;
  /** Which of the possible acts was done, and when; −1 and 0 where the next event was taken. */
  readonly act: number;
  readonly at: Micros;
}

/** How the states of a scenario follow from each other. */
export interface Places {
  readonly first: Place;
  keyOf(place: Place): HashKey;
  /** Whether the place is the last of its way: nothing is left to happen. */
  isLast(place: Place): boolean;
  /** Every state that can be the next one; the step that chance does not touch comes first. */
  after(place: Place): Generator<readonly [Place, Step]>;
  /** The state to which that step leads. */
  follow(place: Place, step: Step): Place;
}

/** Takes the scenario as it is explored. */
export function placesOf(scenario: Scenario, bounds: ExploreBounds): Places {
  const built = buildWorld(scenario, scenario.seed, '', 'in place');
  const nodeOf = bounds.acts.map(({ who }) => scenario.nodes.findIndex(({ name }) => name === who));
  return placesIn({ ...built, until: scenario.until }, nodeOf, bounds);
}

/**
 * Takes any world, which is then set to whatever state is looked at, and who does each act.
 * `until`: when it ends; null for a world without end, in which one instant is like another.
 */
export function placesIn(
  { world, machinery, until }: { world: World; machinery: Machinery; until: Micros | null },
  nodeOf: readonly number[],
  bounds: ExploreBounds,
): Places {
  const chooser = new EnumeratingChooser(bounds.corners);
  const lastAt = until ?? Number.MAX_VALUE;
  const luck = { losses: bounds.losses, duplicates: bounds.duplicates };
  const first = { state: stateOf(world, null, nodeId(0)), luck, done: 0, depth: 0 };
  const advance = advancing(world, machinery, chooser, null);
  /** At which nodes, as they are, which acts come to nothing; as bits. */
  const silentAt = new WeakMap<NodeSlot, number>();

  /** The place behind the next event, or behind an act just after the instant that has passed. */
  function goOn(place: Place, act: number): Place {
    const node = nodeId(act < 0 ? place.state.due[0]!.node : nodeOf[act]!);
    setWorld(world, place.state, node);
    if (act >= 0) {
      const event = { kind: 'user', action: bounds.acts[act]!.does } as const;
      world.queue.push(actAt(place), eventRanks.user, node, 0, event);
    }
    advance();
    const state = stateOf(world, place.state, node);
    const done = act < 0 ? place.done : place.done | (1 << act);
    return { state, luck: chooser.luck, done, depth: place.depth + 1 };
  }

  /** One event or act, in every way that chance allows. */
  function* eachWay(place: Place, act: number): Generator<readonly [Place, Step]> {
    const at = act < 0 ? micros(0) : actAt(place);
    chooser.begin(place.luck);
    do {
      chooser.again(place.luck);
      const next = goOn(place, act);
      yield [next, { chosen: chooser.log, act, at }];
    } while (chooser.turn());
  }

  function* acts(place: Place): Generator<readonly [Place, Step]> {
    if (dueAt(place) <= actAt(place) || bitsIn(place.done) >= bounds.actsMost) return;
    for (const [act, node] of nodeOf.entries()) {
      const slot = place.state.nodes[node];
      if (slot === undefined || (place.done & (1 << act)) !== 0) continue;
      const silent = silentAt.get(slot) ?? 0;
      if ((silent & (1 << act)) !== 0) continue;
      for (const [next, step] of eachWay(place, act)) {
        if (isSame(place, next)) silentAt.set(slot, silent | (1 << act));
        else yield [next, step];
      }
    }
  }

  return {
    first,
    keyOf: (place) => keyOfPlace(place, bounds, until !== null),
    isLast: (place) => dueAt(place) > lastAt,
    *after(place) {
      if (limitReached(place.depth, 0) !== null) return;
      yield* eachWay(place, -1);
      yield* acts(place);
    },
    follow(place, { chosen, act }) {
      chooser.follow(place.luck, chosen);
      return goOn(place, act);
    },
  };
}

/** `isTimed`: the world ends, and faults begin and end in it, at instants of its clock. */
function keyOfPlace(
  { state, luck, done }: Place,
  { actsMost }: ExploreBounds,
  isTimed: boolean,
): HashKey {
  // Who may do nothing more goes on alike, whatever was done.
  const acted = bitsIn(done) >= actsMost ? -1 : done;
  const clock = isTimed ? state.now : 0;
  return keyOfState(state, state.now, [luck.losses, luck.duplicates, acted, clock]);
}

/** When the next event is due; Infinity where none is. */
function dueAt({ state }: Place): number {
  return state.due[0]?.at ?? Infinity;
}

/** Users act a microsecond after the instant that has just passed. */
function actAt({ state }: Place): Micros {
  return micros(state.now + 1);
}

/** Whether only that microsecond is between two places: an act at which nobody does anything. */
function isSame({ state }: Place, next: Place): boolean {
  const [high, low] = keyOfState(state, state.now, []);
  const [nextHigh, nextLow] = keyOfState(next.state, state.now, []);
  return high === nextHigh && low === nextLow;
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
