import { micros, type Micros } from '../base/micros.ts';
import type { NodeId, Packet, TimerKey, UserAction } from '../kernel/node.ts';
import {
  recordNumber,
  type Note,
  type Observer,
  type RecordNumber,
} from '../kernel/trace-record.ts';
import type { Verdict } from '../network/link.ts';
import type { World } from './world.ts';

export type Records = ReturnType<typeof recording>;

/** Numbers every record, and makes those that somebody wants to see. */
export function recording(world: World, observe: Observer | null) {
  function count(): RecordNumber {
    world.recordCount += 1;
    return recordNumber(world.recordCount);
  }

  return {
    sent(
      node: NodeId,
      packet: Packet,
      to: NodeId,
      verdict: Verdict,
      cause: RecordNumber,
    ): RecordNumber {
      const number = count();
      if (observe === null) return number;
      const at = world.now;
      const arrivesAt = micros(at + verdict.after);
      if (verdict.kind === 'drop') {
        const { why } = verdict;
        const wouldArriveAt = arrivesAt;
        observe({ number, cause, at, node, kind: 'dropped', packet, to, why, wouldArriveAt });
        return number;
      }
      const twice = verdict.kind === 'deliver twice';
      const againAt = twice ? micros(at + verdict.againAfter) : null;
      observe({ number, cause, at, node, kind: 'sent', packet, to, arrivesAt, againAt });
      return number;
    },
    received(node: NodeId, packet: Packet, from: NodeId, sent: RecordNumber): RecordNumber {
      const number = count();
      if (observe === null) return number;
      observe({ number, cause: sent, at: world.now, node, kind: 'received', packet, from, sent });
      return number;
    },
    timerStarted(node: NodeId, timer: TimerKey, firesAt: Micros, cause: RecordNumber) {
      const number = count();
      observe?.({ number, cause, at: world.now, node, kind: 'timer started', timer, firesAt });
      return number;
    },
    timerStopped(node: NodeId, timer: TimerKey, cause: RecordNumber): void {
      const number = count();
      observe?.({ number, cause, at: world.now, node, kind: 'timer stopped', timer });
    },
    timerFired(node: NodeId, timer: TimerKey, cause: RecordNumber): RecordNumber {
      const number = count();
      observe?.({ number, cause, at: world.now, node, kind: 'timer fired', timer });
      return number;
    },
    user(node: NodeId, action: UserAction, cause: RecordNumber): RecordNumber {
      const number = count();
      observe?.({ number, cause, at: world.now, node, kind: 'user', action });
      return number;
    },
    note(node: NodeId, note: Note, cause: RecordNumber): RecordNumber {
      const number = count();
      observe?.({ number, cause, at: world.now, node, kind: 'note', note });
      return number;
    },
  };
}
