import { hashText } from '../base/hash.ts';
import { micros } from '../base/micros.ts';
import { ratio } from '../base/ratio.ts';
import type { ChoiceLog } from '../kernel/chooser.ts';
import { nodeId, type UserAction } from '../kernel/node.ts';
import { buildWorld } from '../scenario/build-world.ts';
import type { Scenario, ScriptedAct } from '../scenario/scenario.ts';
import { advancing, limitReached } from '../world/advance.ts';
import { copyWorld, eventRanks, type Machinery, type World } from '../world/world.ts';
import { crossingsAhead } from './crossings.ts';
import { EnumeratingChooser, type Luck } from './enumerating-chooser.ts';
import { worldKey } from './world-key.ts';

/** What an exploration may vary, and where it stops. */
export interface ExploreBounds {
  readonly losses: number;
  readonly duplicates: number;
  /** Whether ranges of latency and of users' patience are visited at both ends. */
  readonly corners: boolean;
  /** What users may do beside the script, each at most once, just after any instant. */
  readonly acts: readonly { readonly who: string; readonly does: UserAction }[];
  readonly statesMost: number;
  /** Breadth first finds the shortest ways, depth first needs little memory. */
  readonly order: 'breadth' | 'depth';
}

/** How a state was reached: what chance chose, and what users did beside the script. */
export interface Way {
  readonly choices: ChoiceLog;
  readonly acts: readonly ScriptedAct[];
  /** Messages that met on their way, each pair once: `'200 (INVITE) × CANCEL'`. */
  readonly crossings: readonly string[];
  /** Events from the start. */
  readonly depth: number;
}

/** An exploration under way. */
export interface Exploring {
  /** The scenario as it is explored: with losses and doublings possible where they are allowed. */
  readonly scenario: Scenario;
  /** Visits up to so many more states; true while there is more to visit. */
  visit(statesMost: number): boolean;
  /** Distinct states so far, and those reached again. */
  readonly counts: () => ExploreCounts;
  /** The way to each distinct state in which nothing is left to happen, in the order found. */
  readonly endings: readonly Way[];
}

export interface ExploreCounts {
  readonly distinct: number;
  readonly generated: number;
  readonly waiting: number;
  readonly deepest: number;
  /** Every state within the bounds was visited. */
  readonly complete: boolean;
}

interface Place {
  readonly world: World;
  readonly luck: Luck;
  /** The acts done already, as bits. */
  readonly done: number;
  /** Sorted: ways that saw other crossings are told apart, wherever they lead. */
  readonly crossings: readonly string[];
  readonly way: Step | null;
}

/** A way as a list from its end: ways share their beginnings. */
interface Step {
  readonly before: Step | null;
  readonly chosen: ChoiceLog;
  readonly act: ScriptedAct | null;
  readonly depth: number;
}

/** Where chance may strike at all; how often it does is bounded, not drawn. */
const perhaps = ratio(1, 2);

/** The scenario with losses and doublings on every link, where the bounds allow any. */
export function scenarioWithin(scenario: Scenario, bounds: ExploreBounds): Scenario {
  const links = scenario.links.map((link) => ({
    ...link,
    loss: bounds.losses > 0 ? perhaps : link.loss,
    duplicate: bounds.duplicates > 0 ? perhaps : link.duplicate,
  }));
  return { ...scenario, links };
}

/** Stands before the first event of every way the scenario can go within the bounds. */
export function startExploring(given: Scenario, bounds: ExploreBounds): Exploring {
  const scenario = scenarioWithin(given, bounds);
  const { world, machinery } = buildWorld(scenario, scenario.seed, '', 'in place');
  const chooser = new EnumeratingChooser(bounds.corners);
  const seen = new Set<string>();
  const endings: Way[] = [];
  const luck = { losses: bounds.losses, duplicates: bounds.duplicates };
  const waiting: Place[] = [{ world, luck, done: 0, crossings: [], way: null }];
  let first = 0;
  let generated = 1;
  let deepest = 0;
  seen.add(keyOf(waiting[0]!));

  function take(): Place | undefined {
    if (bounds.order === 'depth') return waiting.pop();
    const place = waiting[first];
    if (place === undefined) return undefined;
    first += 1;
    // What was visited need not stay in memory.
    if (first > 1_024 && first * 2 > waiting.length) {
      waiting.splice(0, first);
      first = 0;
    }
    return place;
  }

  function reach(place: Place): void {
    generated += 1;
    const key = keyOf(place);
    if (seen.has(key)) return;
    seen.add(key);
    deepest = Math.max(deepest, place.way?.depth ?? 0);
    waiting.push(place);
  }

  function expand(place: Place): void {
    const { queue } = place.world;
    if (queue.size === 0 || queue.nextAt() > scenario.until) {
      endings.push(wayTo(place));
      return;
    }
    if (limitReached(place.way?.depth ?? 0, 0) !== null) return;
    for (const after of stepsFrom(place, machinery, chooser)) reach(after);
    for (const after of actsFrom(place, scenario, bounds)) reach(after);
  }

  const left = (): number => waiting.length - first;
  return {
    scenario,
    endings,
    visit(statesMost) {
      for (let count = 0; count < statesMost; count += 1) {
        if (seen.size >= bounds.statesMost) return false;
        const place = take();
        if (place === undefined) return false;
        expand(place);
      }
      return left() > 0 && seen.size < bounds.statesMost;
    },
    counts: () => ({
      distinct: seen.size,
      generated,
      waiting: left(),
      deepest,
      complete: left() === 0,
    }),
  };
}

function keyOf({ world, luck, done, crossings }: Place): string {
  const beside = [luck.losses, luck.duplicates, done];
  return worldKey(world, [...beside, ...crossings.map((crossing) => hashText(crossing))]);
}

/** The next event, in every way that chance allows. */
function* stepsFrom(
  place: Place,
  machinery: Machinery,
  chooser: EnumeratingChooser,
): Generator<Place> {
  const depth = (place.way?.depth ?? 0) + 1;
  const met = crossingsAhead(place.world).filter((one) => !place.crossings.includes(one));
  const crossings = met.length === 0 ? place.crossings : [...place.crossings, ...met].sort();
  chooser.begin(place.luck);
  do {
    chooser.again(place.luck);
    const world = copyWorld(place.world);
    advancing(world, machinery, chooser, null)();
    const way = { before: place.way, chosen: chooser.log, act: null, depth };
    yield { world, luck: chooser.luck, done: place.done, crossings, way };
  } while (chooser.turn());
}

/** One user's act, a microsecond after the instant that has just passed, where that is free. */
function* actsFrom(place: Place, scenario: Scenario, { acts }: ExploreBounds): Generator<Place> {
  const at = micros(place.world.now + 1);
  if (place.world.queue.nextAt() <= at) return;
  const depth = (place.way?.depth ?? 0) + 1;
  for (const [bit, { who, does }] of acts.entries()) {
    if ((place.done & (1 << bit)) !== 0) continue;
    const node = scenario.nodes.findIndex(({ name }) => name === who);
    if (node < 0) continue;
    const world = copyWorld(place.world);
    const event = { kind: 'user', action: does } as const;
    world.queue.push(at, eventRanks.user, nodeId(node), 0, event);
    const act: ScriptedAct = { who, does, when: { kind: 'at', at } };
    const way = { before: place.way, chosen: [], act, depth };
    const { luck, crossings } = place;
    yield { world, luck, done: place.done | (1 << bit), crossings, way };
  }
}

function wayTo({ way: last, crossings }: Place): Way {
  const choices: number[] = [];
  const acts: ScriptedAct[] = [];
  const steps: Step[] = [];
  for (let step = last; step !== null; step = step.before) steps.push(step);
  for (const { chosen, act } of steps.toReversed()) {
    choices.push(...chosen);
    if (act !== null) acts.push(act);
  }
  return { choices, acts, crossings, depth: last?.depth ?? 0 };
}
