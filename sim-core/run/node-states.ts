import { micros, type Micros } from '../base/micros.ts';
import { nodeId, type NodeId, type StateGroup, type TimerKey } from '../kernel/node.ts';
import type { RecordNumber } from '../kernel/trace-record.ts';
import { slotOf } from '../world/live-timers.ts';
import type { Machinery, World } from '../world/world.ts';
import { worldAround, type Journey } from './time-travel.ts';

/** A timer that runs, and when it fires. */
export interface RunningTimer {
  readonly timer: TimerKey;
  readonly firesAt: Micros;
}

/** The state of one node at one moment of a run. */
export interface NodeView {
  readonly node: NodeId;
  readonly groups: readonly StateGroup[];
  /** In the order in which they fire. */
  readonly timers: readonly RunningTimer[];
}

/** All nodes before the event that made a record, and after it. */
export interface StatesAround {
  readonly before: readonly NodeView[];
  readonly after: readonly NodeView[];
}

export function statesAround(journey: Journey, record: RecordNumber): StatesAround {
  const { before, after } = worldAround(journey, record);
  return { before: viewsOf(before, journey.machinery), after: viewsOf(after, journey.machinery) };
}

function viewsOf({ nodes, queue }: World, { behaviours }: Machinery): NodeView[] {
  return nodes.map(({ behaviour, state, timers }, place) => ({
    node: nodeId(place),
    groups: behaviours[behaviour]?.inWords?.(state) ?? [],
    timers: timers.keys
      .map((timer) => ({ timer, firesAt: micros(queue.at[slotOf(timers, timer)] ?? 0) }))
      .toSorted((a, b) => a.firesAt - b.firesAt),
  }));
}
