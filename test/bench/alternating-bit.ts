import { EventQueue } from '../../sim-core/kernel/event-queue.ts';
import { micros } from '../../sim-core/base/micros.ts';
import { never, ratio } from '../../sim-core/base/ratio.ts';
import type { ExploreBounds } from '../../sim-core/explore/explore-bounds.ts';
import { placesIn, type Places } from '../../sim-core/explore/place.ts';
import {
  nodeId,
  type NodeBehaviour,
  type Outbox,
  type Packet,
} from '../../sim-core/kernel/node.ts';
import { linkModel, newLinkState } from '../../sim-core/network/link.ts';
import { buildTopology } from '../../sim-core/network/topology.ts';
import { eventRanks, newNodeSlot, type ScheduledEvent } from '../../sim-core/world/world.ts';
import { machineryOf } from './kernel.bench.ts';

/** As in alternating-bit.pml, which says the same in Promela. */
const times = { shortest: 10, longest: 17, timeout: 24 } as const;

const sender = nodeId(0);
const receiver = nodeId(1);

function packets(name: string): readonly [Packet, Packet] {
  const packet = (bit: number): Packet =>
    Object.freeze({ protocol: 'SIP', label: `${name} ${bit}` });
  return [packet(0), packet(1)];
}

const messages = packets('message');
const acknowledgements = packets('acknowledgement');

interface Sending {
  bit: 0 | 1;
  acknowledged: number;
}

function sendingBehaviour(count: number): NodeBehaviour<Sending, null> {
  const send = ({ bit }: Sending, out: Outbox): void => {
    out.send(messages[bit], receiver);
    out.startTimer('A', micros(times.timeout));
  };
  return {
    role: 'sender',
    init: () => ({ bit: 0, acknowledged: 0 }),
    handle(state, input, out) {
      if (input.kind !== 'packet') {
        send(state, out);
        return;
      }
      const isWanted = input.packet === acknowledgements[state.bit];
      if (!isWanted || state.acknowledged === count) return;
      out.stopTimer('A');
      state.acknowledged += 1;
      if (state.acknowledged === count) return;
      state.bit = state.bit === 0 ? 1 : 0;
      send(state, out);
    },
  };
}

const receiving: NodeBehaviour<{ expected: 0 | 1; delivered: number }, null> = {
  role: 'receiver',
  init: () => ({ expected: 0, delivered: 0 }),
  handle(state, input, out) {
    if (input.kind !== 'packet') return;
    const bit = input.packet === messages[0] ? 0 : 1;
    if (bit === state.expected) {
      state.expected = bit === 0 ? 1 : 0;
      state.delivered += 1;
    }
    out.send(acknowledgements[bit], sender);
  },
};

/** Stop and wait over two links that lose up to so many packets and let them overtake. */
export function alternatingBit(
  count: number,
  losses: number,
): { places: Places; bounds: ExploreBounds } {
  const latency = { least: micros(times.shortest), most: micros(times.longest) };
  const model = linkModel({
    site: 0,
    latency,
    loss: ratio(1, 2),
    duplicate: never,
    mayReorder: true,
  });
  const topology = buildTopology(
    2,
    [
      { from: sender, to: receiver, model },
      { from: receiver, to: sender, model },
    ],
    [],
  );
  const queue = new EventQueue<ScheduledEvent>();
  queue.push(0, eventRanks.start, sender, 0, { kind: 'start' });
  const behaviours = [sendingBehaviour(count), receiving];
  const machinery = { ...machineryOf(2, receiving, topology), behaviours };
  const world = {
    now: micros(0),
    recordCount: 0,
    queue,
    nodes: behaviours.map((one, at) => newNodeSlot(at, one.init(nodeId(at), null))),
    links: [newLinkState(), newLinkState()],
    ruleUses: [],
  };
  const bounds: ExploreBounds = {
    losses,
    duplicates: 0,
    corners: true,
    acts: [],
    actsMost: 0,
    statesMost: Infinity,
    order: 'breadth',
  };
  return { places: placesIn({ world, machinery, until: null }, [], bounds), bounds };
}
