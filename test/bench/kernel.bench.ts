import { micros, zeroMicros } from '../../sim-core/base/micros.ts';
import { EventQueue } from '../../sim-core/kernel/event-queue.ts';
import { never } from '../../sim-core/base/ratio.ts';
import {
  nodeId,
  type NodeBehaviour,
  type NodeId,
  type Packet,
} from '../../sim-core/kernel/node.ts';
import { SeededChooser } from '../../sim-core/kernel/seeded-chooser.ts';
import { linkModel, newLinkState } from '../../sim-core/network/link.ts';
import { buildTopology, type Topology } from '../../sim-core/network/topology.ts';
import { advancing } from '../../sim-core/world/advance.ts';

import {
  newNodeSlot,
  eventRanks,
  type ScheduledEvent,
  type Machinery,
  type World,
} from '../../sim-core/world/world.ts';
import { compare, printFigures, type Contender, type Figure } from './measure.ts';
import { RawHeap } from './raw-heap.ts';

/** Delays of the hold model: exponential-looking integers from a fixed table. */
const delays = Float64Array.from({ length: 65_536 }, (_, index) => {
  const mixed = (Math.imul(index + 1, 0x9e3779b1) >>> 0) / 0x100000000;
  return 1 + Math.floor(-Math.log(1 - mixed) * 1e6);
});
let drawn = 0;

function delay(): number {
  drawn = (drawn + 1) & 65_535;
  return delays[drawn]!;
}

/** Hold: take the earliest of N events and schedule it again, N staying the same. */
export function kernelFigures(size: number, events: number): Figure[] {
  return compare([
    rawHold(size, events),
    queueHold(size, events),
    packetHold(size, events),
    timerHold(Math.min(size, 100), events),
  ]);
}

export function printKernelFigures(): void {
  for (const size of [100, 10_000]) {
    printFigures(`Hold model, ${size} events in the queue`, kernelFigures(size, 1_000_000));
  }
}

function rawHold(size: number, events: number): Contender {
  const heap = new RawHeap(size);
  for (let slot = 0; slot < size; slot += 1) heap.push(delay(), slot);
  return {
    name: 'raw typed-array heap (yardstick)',
    unit: 'events/s',
    count: events,
    run(count) {
      for (let done = 0; done < count; done += 1) {
        const slot = heap.pop();
        heap.push(heap.now + delay(), slot);
      }
    },
  };
}

function queueHold(size: number, events: number): Contender {
  const queue = new EventQueue<string>();
  for (let index = 0; index < size; index += 1) queue.push(delay(), 0, index, 0, '');
  return {
    name: 'event queue: order, removal, payload',
    unit: 'events/s',
    count: events,
    run(count) {
      for (let done = 0; done < count; done += 1) {
        const slot = queue.pop();
        queue.push(queue.at[slot]! + delay(), 0, queue.node[slot]!, 0, '');
      }
    },
  };
}

/** The same through the public door: every event is a packet that its receiver sends on. */
export function packetHold(size: number, events: number): Contender {
  const nodes = 20;
  const token: Packet = Object.freeze({ protocol: 'SIP', label: 'token' });
  const passing: NodeBehaviour<{ passed: number }, null> = {
    role: 'passing',
    init: () => ({ passed: 0 }),
    handle(state, input, out) {
      state.passed += 1;
      if (input.kind !== 'packet') return;
      out.send(input.packet, ((input.from * 7 + state.passed) % nodes) as NodeId);
    },
  };
  const directed = Array.from({ length: nodes * nodes }, (_, index) => {
    const latency = { least: micros(delay()), most: zeroMicros };
    latency.most = latency.least;
    const model = linkModel({
      site: index,
      latency,
      loss: never,
      duplicate: never,
      mayReorder: false,
    });
    return { from: Math.floor(index / nodes) as NodeId, to: (index % nodes) as NodeId, model };
  });
  const world = worldOf(nodes, directed.length, { passed: 0 });
  const machinery = machineryOf(nodes, passing, buildTopology(nodes, directed, []));
  for (let index = 0; index < size; index += 1) {
    const [to, from] = [index % nodes, nodeId((index * 3 + 1) % nodes)];
    world.queue.push(delay(), eventRanks.packet, to, 0, { kind: 'packet', from, packet: token });
  }
  const advance = advancing(world, machinery, new SeededChooser(1), null);
  return advancingContender('kernel: packets over links, 20 nodes', advance, events);
}

/** Every event is a timer of a node that starts it again: one running timer a node. */
function timerHold(size: number, events: number): Contender {
  const ticking: NodeBehaviour<{ ticks: number }, null> = {
    role: 'ticking',
    init: () => ({ ticks: 0 }),
    handle(state, _input, out) {
      state.ticks += 1;
      out.startTimer('tick', micros(delay()));
    },
  };
  const world = worldOf(size, 0, { ticks: 0 });
  const machinery = machineryOf(size, ticking, buildTopology(1, [], []));
  const advance = advancing(world, machinery, new SeededChooser(1), null);
  for (let node = 0; node < size; node += 1) {
    world.queue.push(delay(), eventRanks.start, node, 0, { kind: 'start' });
  }
  return advancingContender(`kernel: timers, ${size} nodes`, advance, events);
}

function advancingContender(name: string, advance: () => unknown, events: number): Contender {
  return {
    name,
    unit: 'events/s',
    count: events,
    run(count) {
      for (let done = 0; done < count; done += 1) advance();
    },
  };
}

function worldOf(nodes: number, links: number, state: object): World {
  return {
    now: zeroMicros,
    recordCount: 0,
    queue: new EventQueue<ScheduledEvent>(),
    nodes: Array.from({ length: nodes }, () => newNodeSlot(0, { ...state })),
    links: Array.from({ length: links }, newLinkState),
    ruleUses: [],
  };
}

export function machineryOf<State>(
  nodes: number,
  behaviour: NodeBehaviour<State, null>,
  topology: Topology,
): Machinery {
  return {
    behaviours: [behaviour],
    processing: Array.from({ length: nodes }, () => ({ usual: zeroMicros, byLabel: null })),
    outages: Array.from({ length: nodes }, () => []),
    newborn: () => null,
    sites: Array.from({ length: nodes }, (_, index) => index),
    topology,
    lending: 'in place',
  };
}
