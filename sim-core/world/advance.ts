import { check } from '../base/check.ts';
import { micros, zeroMicros, type Micros } from '../base/micros.ts';
import { clonePlain } from '../base/plain.ts';
import type { Chooser } from '../kernel/chooser.ts';
import { limits } from '../kernel/limits.ts';
import {
  isMediaProtocol,
  instant,
  isOwnPace,
  nodeId,
  type Input,
  type NodeId,
  type Outbox,
  type Packet,
  type TimerKey,
} from '../kernel/node.ts';
import { recordNumber, type Observer, type RecordNumber } from '../kernel/trace-record.ts';
import { faulty, ruleFor } from '../network/fault-rule.ts';
import { decideVerdict, type Verdict } from '../network/link.ts';
import { linkBetween } from '../network/topology.ts';
import { atNode } from './absence.ts';
import { forgetSlot, forgetTimer, slotOf, startTimer } from './live-timers.ts';
import { breakingDown } from './breaking-down.ts';
import { recording, type Records } from './recording.ts';
import {
  eventRanks,
  processingOf,
  type Machinery,
  type ScheduledEvent,
  type Turn,
  type World,
} from './world.ts';

/** Takes the next event and all that follows from it at once. */
export type Advance = () => 'advanced' | 'quiet';

/**
 * The only function that moves time. Prepares one world to be advanced, event by event;
 * `observe` is told every record, null where nobody listens.
 */
export function advancing(
  world: World,
  machinery: Machinery,
  chooser: Chooser,
  observe: Observer | null,
): Advance {
  const { queue } = world;
  const turn = noTurn();
  const records = recording(world, observe);
  const transmit = transmitting(world, machinery, chooser, records);
  const out = outboxOf(world, machinery, chooser, records, turn, transmit);

  function lend(node: NodeId, input: Input, cause: RecordNumber, delay: Micros): void {
    const slot = world.nodes[node]!;
    const behaviour = machinery.behaviours[slot.behaviour]!;
    if (machinery.lending === 'copy') slot.state = clonePlain(slot.state);
    turn.node = node;
    turn.cause = cause;
    turn.delay = delay;
    behaviour.handle(slot.state, input, out);
    turn.ofOwnAccord = false;
  }

  const outages = breakingDown(world, machinery, records, turn, out, lend);

  return () => {
    if (queue.size === 0) return 'quiet';
    const slot = queue.pop();
    const at = micros(queue.at[slot]!);
    check(at >= world.now, 'time that never goes back');
    world.now = at;
    const node = nodeId(queue.node[slot]!);
    const cause = recordNumber(queue.cause[slot]!);
    const event = queue.payload[slot]!;
    queue.payload[slot] = null;
    if (world.nodes[node]!.absence !== null && event.kind !== 'outage') {
      outages.meanwhile(node, event, cause, slot);
      return 'advanced';
    }
    switch (event.kind) {
      case 'departure':
        if (cause < world.nodes[node]!.memoryFrom) break;
        transmit(node, event.packet, event.to, cause);
        break;
      case 'packet': {
        const { packet } = event;
        const takes = machinery.processing[node]!;
        const delay = passesAtOnce(packet) ? zeroMicros : processingOf(takes, packet.label);
        lend(node, event, records.received(node, packet, event.from, cause), delay);
        break;
      }
      case 'timer':
        forgetTimer(world.nodes[node]!.timers, event.timer);
        turn.ofOwnAccord = isOwnPace(event.timer);
        lend(node, event, records.timerFired(node, event.timer, cause), zeroMicros);
        break;
      case 'user':
        forgetSlot(world.nodes[node]!.timers, slot);
        turn.ofOwnAccord = true;
        lend(node, event, records.user(node, event.action, cause), zeroMicros);
        break;
      case 'outage':
        outages.turn(node, event);
        break;
      case 'start':
        lend(node, event, cause, zeroMicros);
    }
    return 'advanced';
  };
}

function noTurn(): Turn {
  return { node: nodeId(0), cause: recordNumber(0), delay: zeroMicros, ofOwnAccord: false };
}

/** What a user is expected to do runs beside the timers, under a key no timer can have. */
const expectedUser = 'user';

/** Processing time is what a node takes over a message: neither media nor TCP is one. */
function passesAtOnce({ protocol }: Packet): boolean {
  return isMediaProtocol(protocol) || protocol === 'TCP';
}

type Transmit = (from: NodeId, packet: Packet, to: NodeId, cause: RecordNumber) => void;

/** Hands a packet to its link, and the link's verdict to the queue. */
function transmitting(
  world: World,
  machinery: Machinery,
  chooser: Chooser,
  records: Records,
): Transmit {
  const { queue } = world;
  const { topology, outages } = machinery;

  return (from, packet, to, cause) => {
    const link = linkBetween(topology, from, to);
    let verdict: Verdict;
    let arriving = packet;
    if (link === null) {
      verdict = { kind: 'drop', after: zeroMicros, why: 'no link' };
    } else {
      verdict = decideVerdict(
        topology.links[link]!,
        world.links[link]!,
        packet,
        world.now,
        chooser,
      );
      if (topology.rules.length > 0) {
        const rule = ruleFor(topology.rules, world.ruleUses, packet, from, to, world.now);
        if (rule !== null) {
          verdict = faulty(rule, verdict, packet, world.now);
          if (rule.does.kind === 'change') arriving = rule.does.into(packet);
          // What is late on a connection keeps everything behind it waiting.
          const late = rule.does.kind === 'delay' && verdict.kind !== 'drop';
          if (packet.protocol !== 'SIP' && late) {
            const { links } = world;
            links[link]!.lastArrival = micros(world.now + verdict.after);
          }
        }
      }
      const absences = outages[to]!;
      if (absences.length > 0) verdict = atNode(absences, verdict, world.now);
    }
    const sent = records.sent(from, packet, to, verdict, cause);
    if (verdict.kind === 'drop') return;
    const arrival: Input = { kind: 'packet', from, packet: arriving };
    queue.push(world.now + verdict.after, eventRanks.packet, to, sent, arrival);
    if (verdict.kind === 'deliver twice') {
      queue.push(world.now + verdict.againAfter, eventRanks.packet, to, sent, arrival);
    }
  };
}

/**
 * When a packet leaves that a node sends now. A node's changes of its streams never overtake each
 * other, and what it does of its own accord overtakes no message it still works on.
 */
function departureOf(packet: Packet, world: World, turn: Turn): number {
  const at = world.now + turn.delay;
  const slot = world.nodes[turn.node]!;
  if (isMediaProtocol(packet.protocol)) {
    slot.lastMediaDeparture = micros(Math.max(at, slot.lastMediaDeparture));
    return slot.lastMediaDeparture;
  }
  if (passesAtOnce(packet)) return at;
  if (at < slot.lastDeparture && turn.ofOwnAccord) {
    turn.delay = micros(slot.lastDeparture - world.now);
    return slot.lastDeparture;
  }
  slot.lastDeparture = micros(Math.max(at, slot.lastDeparture));
  return at;
}

function outboxOf(
  world: World,
  machinery: Machinery,
  chooser: Chooser,
  records: Records,
  turn: Turn,
  transmit: Transmit,
): Outbox {
  const { queue } = world;
  return {
    now: () => world.now,
    instant: () => instant(world.now),
    send(packet, to) {
      const at = departureOf(packet, world, turn);
      if (at === world.now) {
        transmit(turn.node, packet, to, turn.cause);
        return;
      }
      const departure = { kind: 'departure', packet, to } as const;
      queue.push(at, eventRanks.departure, turn.node, turn.cause, departure);
    },
    startTimer(timer, after, atMost = after) {
      const { timers } = world.nodes[turn.node]!;
      const running = slotOf(timers, timer);
      if (running >= 0) {
        queue.remove(running);
        forgetTimer(timers, timer);
      }
      const site = machinery.sites[turn.node]!;
      const length = chooser.between('user behaviour', site, after, atMost);
      const at = micros(world.now + turn.delay + length);
      const started = records.timerStarted(turn.node, timer, at, turn.cause);
      const event = { kind: 'timer', timer } as const;
      const slot = queue.push(at, eventRanks.timer, turn.node, started, event);
      startTimer(timers, timer, slot);
    },
    stopTimer(timer) {
      const { timers } = world.nodes[turn.node]!;
      const running = slotOf(timers, timer);
      if (running < 0) return;
      const started = nameAtStart(queue.payload[running], timer);
      queue.remove(running);
      forgetTimer(timers, timer);
      records.timerStopped(turn.node, started, turn.cause);
    },
    draw: (least, most) => chooser.between('standard', machinery.sites[turn.node]!, least, most),
    expectUser(action, after) {
      const site = machinery.sites[turn.node]!;
      const wait = chooser.between('user behaviour', site, after.least, after.most);
      const at = world.now + turn.delay + wait;
      const event = { kind: 'user', action } as const;
      const slot = queue.push(at, eventRanks.user, turn.node, turn.cause, event);
      startTimer(world.nodes[turn.node]!.timers, expectedUser, slot);
    },
    forgetUser() {
      const { timers } = world.nodes[turn.node]!;
      let slot = slotOf(timers, expectedUser);
      while (slot >= 0) {
        queue.remove(slot);
        forgetSlot(timers, slot);
        slot = slotOf(timers, expectedUser);
      }
    },
    note: (note) => records.note(turn.node, note, turn.cause),
  };
}

/** Why a run must stop although events are left, or null. */
export function limitReached(events: number, atThisInstant: number): string | null {
  if (events >= limits.eventsMost) return `${limits.eventsMost} events`;
  if (atThisInstant >= limits.eventsAtOneInstantMost) {
    return `${limits.eventsAtOneInstantMost} events at one instant`;
  }
  return null;
}

/** The very text with which a timer was started, so that a trace keeps it once. */
function nameAtStart(event: ScheduledEvent | null | undefined, timer: TimerKey): TimerKey {
  return event?.kind === 'timer' ? event.timer : timer;
}
