import { micros, type Micros } from '../base/micros.ts';
import type { Switches } from '../base/switches.ts';
import type { ChoiceLog, Chooser } from '../kernel/chooser.ts';
import { ScriptedChooser } from '../kernel/scripted-chooser.ts';
import { SeededChooser } from '../kernel/seeded-chooser.ts';
import type { Observer } from '../kernel/trace-record.ts';
import { buildWorld } from '../scenario/build-world.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Ended, TraceHeader } from '../trace/trace-header.ts';
import { advancing, limitReached } from '../world/advance.ts';
import type { Behaving } from '../world/remembering.ts';
import type { Lending, Machinery, World } from '../world/world.ts';

export interface LiveRunOptions {
  /** Version of the engine, for the trace's header. */
  readonly engine: string;
  readonly seed?: number;
  /** Choices to be made again before the seed decides. */
  readonly choices?: ChoiceLog;
  /** Who decides when the choices are used up, instead of the seed. */
  readonly afterwards?: Chooser;
  readonly lending?: Lending;
  /** Instead of the readings that the scenario names. */
  readonly readings?: Switches;
  /** Nodes that remember other runs; without, each works everything out by itself. */
  readonly behaving?: Behaving;
  readonly observe: Observer | null;
}

/** A run that is under way: advanced by whoever owns it, in slices of any size. */
export interface LiveRun {
  readonly header: TraceHeader;
  readonly world: World;
  readonly machinery: Machinery;
  readonly chooser: Chooser;
  /** Takes up to `eventsMost` events; gives null while the run goes on. */
  advance(eventsMost: number): Ended | null;
  readonly events: () => number;
  /** Where virtual time stands; at a time limit, the limit. */
  readonly now: () => Micros;
}

/** Builds the scenario's world and stands before its first event. */
export function startRun(scenario: Scenario, options: LiveRunOptions): LiveRun {
  const seed = options.seed ?? scenario.seed;
  const { engine, lending = 'in place', readings, behaving } = options;
  const built = buildWorld(scenario, seed, engine, lending, readings, behaving);
  const { world, machinery, header } = built;
  const { choices, afterwards = new SeededChooser(seed) } = options;
  const chooser = choices === undefined ? afterwards : new ScriptedChooser(choices, afterwards);
  const advance = advancing(world, machinery, chooser, options.observe);
  const { queue } = world;
  let events = 0;
  let atThisInstant = 0;
  let ended: Ended | null = null;

  function step(): Ended | null {
    if (queue.size === 0) return 'quiet';
    if (queue.nextAt() > scenario.until) {
      world.now = scenario.until;
      return 'time limit';
    }
    const before = world.now;
    advance();
    events += 1;
    atThisInstant = world.now === before ? atThisInstant + 1 : 1;
    return limitReached(events, atThisInstant) === null ? null : 'event limit';
  }

  return {
    header,
    world,
    machinery,
    chooser,
    advance(eventsMost) {
      for (let count = 0; count < eventsMost && ended === null; count += 1) ended = step();
      return ended;
    },
    events: () => events,
    now: () => micros(world.now),
  };
}
