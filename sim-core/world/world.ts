import { zeroMicros, type Micros } from '../base/micros.ts';
import { clonePlain } from '../base/plain.ts';
import { EventQueue } from '../kernel/event-queue.ts';
import type { Input, NodeBehaviour, NodeId, Packet } from '../kernel/node.ts';
import type { RecordNumber } from '../kernel/trace-record.ts';
import type { LinkState } from '../network/link.ts';
import type { Topology } from '../network/topology.ts';
import type { Absence, Outage } from './absence.ts';
import { noTimers, type LiveTimers } from './live-timers.ts';

/** A packet that leaves its node when the processing time has passed. */
export interface Departure {
  readonly kind: 'departure';
  readonly packet: Packet;
  readonly to: NodeId;
}

/** A node breaks down, or is there again. */
export interface OutageEdge {
  readonly kind: 'outage';
  readonly outage: Outage;
  readonly edge: 'begins' | 'ends';
}

/** What an event in the queue is: something for a node, something from it, or with it. */
export type ScheduledEvent = Input | Departure | OutageEdge;

export interface NodeSlot {
  /** Index into `Machinery.behaviours`. */
  readonly behaviour: number;
  state: unknown;
  readonly timers: LiveTimers;
  /** When its last change of a media stream left: such changes never overtake each other. */
  lastMediaDeparture: Micros;
  /** When the last message of what it works on leaves, or left. */
  lastDeparture: Micros;
  /** The outage it is in, or null. */
  absence: Absence | null;
  /** Counted from 1; a crash begins another. */
  life: number;
  /** The record of its last crash, or 0: what earlier records caused, it knows nothing of. */
  memoryFrom: number;
}

/** A node at the beginning of its first life. */
export function newNodeSlot(behaviour: number, state: unknown): NodeSlot {
  return {
    behaviour,
    state,
    timers: noTimers(),
    lastMediaDeparture: zeroMicros,
    lastDeparture: zeroMicros,
    absence: null,
    life: 1,
    memoryFrom: 0,
  };
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

/** Who acts, at what record, and how much later its reaction takes effect. */
export interface Turn {
  node: NodeId;
  cause: RecordNumber;
  delay: Micros;
  /** Its user or its own pace makes it act: no message it still works on is overtaken. */
  ofOwnAccord: boolean;
}

/** Whether a node is lent its state, or a copy of it that replaces it. */
export type Lending = 'in place' | 'copy';

/** How long a node takes over a message; some kinds may take another time. */
export interface Processing {
  readonly usual: Micros;
  /** By label; null where every kind takes the usual time. */
  readonly byLabel: Readonly<Record<string, Micros>> | null;
}

export function processingOf({ usual, byLabel }: Processing, label: string): Micros {
  return byLabel === null ? usual : (byLabel[label] ?? usual);
}

/** Everything of a run that cannot change. */
export interface Machinery {
  readonly behaviours: readonly NodeBehaviour<unknown, unknown>[];
  /** Per node: from a message's arrival to the departure of what follows from it. */
  readonly processing: readonly Processing[];
  /** Per node: when it is not there, in the order of time. */
  readonly outages: readonly (readonly Outage[])[];
  /** The state in which a node begins that life. */
  readonly newborn: (node: NodeId, life: number) => unknown;
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
