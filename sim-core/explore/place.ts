import { micros, type Micros } from '../base/micros.ts';
import type { ChoiceLog } from '../kernel/chooser.ts';
import { nodeId } from '../kernel/node.ts';
import { buildWorld } from '../scenario/build-world.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { advancing, limitReached } from '../world/advance.ts';
import { branchWorld, eventRanks, type NodeSlot, type World } from '../world/world.ts';
import type { ExploreBounds } from './explore-bounds.ts';
import { EnumeratingChooser, type Luck } from './enumerating-chooser.ts';
import { worldKey, type Due, type WorldKey } from './world-key.ts';

/** One state of an exploration: a world, and what may still befall it. */
export interface Place {
  readonly world: World;
  readonly due: Due;
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
  keyOf(place: Place): WorldKey;
  /** Whether the place is the last of its way: nothing is left to happen. */
  isLast(place: Place): boolean;
  /** Every state that can be the next one; the step that chance does not touch comes first. */
  after(place: Place): Generator<readonly [Place, Step]>;
  /** The state to which that step leads. */
  follow(place: Place, step: Step): Place;
}

/** Takes the scenario as it is explored. */
export function placesOf(scenario: Scenario, bounds: ExploreBounds): Places {
  const { world, machinery } = buildWorld(scenario, scenario.seed, '', 'in place');
  const chooser = new EnumeratingChooser(bounds.corners);
  const luck = { losses: bounds.losses, duplicates: bounds.duplicates };
  const nodeOf = bounds.acts.map(({ who }) => scenario.nodes.findIndex(({ name }) => name === who));
  /** At which nodes, as they are, which acts come to nothing; as bits. */
  const silentAt = new WeakMap<NodeSlot, number>();

  /** The place behind the next event, or behind an act just after the instant that has passed. */
  function goOn(place: Place, act: number): Place {
    const node = nodeId(act < 0 ? place.due[0]!.node : nodeOf[act]!);
    const next = branchWorld(place.world, node);
    if (act >= 0) {
      const event = { kind: 'user', action: bounds.acts[act]!.does } as const;
      next.queue.push(actAt(place), eventRanks.user, node, 0, event);
    }
    advancing(next, machinery, chooser, null)();
    const done = act < 0 ? place.done : place.done | (1 << act);
    const due = next.queue.inOrder();
    return { world: next, due, luck: chooser.luck, done, depth: place.depth + 1 };
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
    if (place.world.queue.nextAt() <= actAt(place)) return;
    if (bitsIn(place.done) >= bounds.actsMost) return;
    for (const [act, node] of nodeOf.entries()) {
      const slot = place.world.nodes[node];
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
    first: { world, due: world.queue.inOrder(), luck, done: 0, depth: 0 },
    keyOf: ({ world: at, due, luck: left, done }) => {
      // Who may do nothing more goes on alike, whatever was done.
      const acted = bitsIn(done) >= bounds.actsMost ? -1 : done;
      return worldKey(at, due, at.now, [left.losses, left.duplicates, acted]);
    },
    isLast: ({ world: { queue } }) => queue.size === 0 || queue.nextAt() > scenario.until,
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

/** Users act a microsecond after the instant that has just passed. */
function actAt({ world: { now } }: Place): Micros {
  return micros(now + 1);
}

/** Whether only that microsecond is between two places: an act at which nobody does anything. */
function isSame({ world, due }: Place, next: Place): boolean {
  const [high, low] = worldKey(world, due, world.now);
  const [nextHigh, nextLow] = worldKey(next.world, next.due, world.now);
  return high === nextHigh && low === nextLow;
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
