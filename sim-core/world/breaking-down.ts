import { check } from '../base/check.ts';
import { zeroMicros, type Micros } from '../base/micros.ts';
import type { Input, NodeId, Outbox } from '../kernel/node.ts';
import { recordNumber, type RecordNumber } from '../kernel/trace-record.ts';
import { outageWords } from './absence.ts';
import type { Records } from './recording.ts';
import {
  eventRanks,
  type Machinery,
  type OutageEdge,
  type ScheduledEvent,
  type Turn,
  type World,
} from './world.ts';

type Lend = (node: NodeId, input: Input, cause: RecordNumber, delay: Micros) => void;

/** What a run does with nodes that break down, and with what becomes due at them meanwhile. */
export interface BreakingDown {
  /** A node breaks down, or is there again. */
  turn(node: NodeId, edge: OutageEdge): void;
  /** Takes an event of a node that is not there, from its slot of the queue. */
  meanwhile(node: NodeId, event: ScheduledEvent, cause: RecordNumber, slot: number): void;
}

/** Outages of the nodes of one world. */
export function breakingDown(
  world: World,
  machinery: Machinery,
  records: Records,
  turn: Turn,
  out: Outbox,
  lend: Lend,
): BreakingDown {
  /** What its memory held is gone with it; what it was sending breaks off. */
  function die(node: NodeId, cause: RecordNumber): void {
    const slot = world.nodes[node]!;
    const { timers } = slot;
    turn.node = node;
    turn.cause = cause;
    turn.delay = zeroMicros;
    machinery.behaviours[slot.behaviour]!.breakOff?.(slot.state, out);
    for (const timer of timers.keys) records.timerStopped(node, timer, cause);
    for (const running of timers.slots) world.queue.remove(running);
    timers.keys.length = 0;
    timers.slots.length = 0;
    slot.life += 1;
    slot.state = machinery.newborn(node, slot.life);
    slot.memoryFrom = cause;
  }

  /** What people mean to do does not follow the node's clock. */
  function jump(node: NodeId, by: Micros): void {
    const { timers } = world.nodes[node]!;
    const { queue } = world;
    for (const [place, slot] of timers.slots.entries()) {
      const event = queue.payload[slot];
      if (event?.kind !== 'timer') continue;
      const due = Math.max(world.now, queue.at[slot]! - by);
      const cause = queue.cause[slot]!;
      queue.remove(slot);
      timers.slots[place] = queue.push(due, eventRanks.timer, node, cause, event);
    }
  }

  return {
    turn(node, { outage, edge }) {
      if (outage.kind === 'clock-jump') {
        records.note(node, { kind: 'outage', what: 'has its clock jump' }, recordNumber(0));
        jump(node, outage.by);
        return;
      }
      const what = outageWords[outage.kind][edge];
      const cause = records.note(node, { kind: 'outage', what }, recordNumber(0));
      world.nodes[node]!.absence = edge === 'begins' ? outage : null;
      if (outage.kind === 'freeze') return;
      if (edge === 'begins') die(node, cause);
      else lend(node, { kind: 'start' }, cause, zeroMicros);
    },
    meanwhile(node, event, cause, slot) {
      const { absence, timers } = world.nodes[node]!;
      check(absence !== null, 'a node that is not there');
      if (absence.kind === 'crash') {
        if (event.kind === 'user') records.user(node, event.action, cause);
        return;
      }
      const rank = event.kind === 'outage' ? eventRanks.start : eventRanks[event.kind];
      const later = world.queue.push(absence.until, rank, node, cause, event);
      const place = timers.slots.lastIndexOf(slot);
      if (place >= 0) timers.slots[place] = later;
    },
  };
}
