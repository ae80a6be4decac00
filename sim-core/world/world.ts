import type { Micros } from '../base/micros.ts';
import { clonePlain } from '../base/plain.ts';
import { EventQueue } from '../kernel/event-queue.ts';
import type { Input, NodeBehaviour, NodeId, Packet } from '../kernel/node.ts';
import type { LinkState } from '../network/link.ts';
import type { Topology } from '../network/topology.ts';
import type { LiveTimers } from './live-timers.ts';

/** A packet that leaves its node when the processing time has passed. */
export interface Departure {
  readonly kind: 'departure';
  readonly packet: Packet;
  readonly to: NodeId;
}

/** What an event in the queue is: something for a node, or something from it. */
export type ScheduledEvent = Input | Departure;

export interface NodeSlot {
  /** Index into `Machinery.behaviours`. */
  readonly behaviour: number;
  state: unknown;
  readonly timers: LiveTimers;
  /** When its last change of a media stream left: such changes never overtake each other. */
  lastMediaDeparture: Micros;
}

/** Everything that can change in a run, as plain data. */
export interface World {
  now: Micros;
  /** Counts every record, whether or not anybody keeps it. */
  recordCount: number;
  readonly queue: EventQueue<ScheduledEvent>;
  readonly nodes: NodeSlot[];
  readonly links: LinkState[];
  readonly ruleUses: number[];
}

/** Whether a node is lent its state, or a copy of it that replaces it. */
export type Lending = 'in place' | 'copy';

/** Everything of a run that cannot change. */
export interface Machinery {
  readonly behaviours: readonly NodeBehaviour<unknown, unknown>[];
  /** Per node: from a message's arrival to the departure of what follows from it. */
  readonly processing: readonly Micros[];
  /** Per node: the hash of its name, its site for the chooser. */
  readonly sites: readonly number[];
  readonly topology: Topology;
  readonly lending: Lending;
}

/** A world that goes on by itself; frozen values are shared. */
export function copyWorld(world: World): World {
  return {
    now: world.now,
    recordCount: world.recordCount,
    queue: world.queue.copy(),
    nodes: clonePlain(world.nodes),
    links: clonePlain(world.links),
    ruleUses: clonePlain(world.ruleUses),
  };
}

/**
 * Of equal instants a message comes before a user's act and both before a timer: an answer that
 * arrives just in time is in time (spec §5.2).
 */
export const eventRanks = { start: 0, departure: 0, packet: 0, user: 1, timer: 2 } as const;
