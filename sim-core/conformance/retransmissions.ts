import type { Micros } from '../base/micros.ts';
import { once } from '../base/worked-out.ts';
import type { NodeId } from '../kernel/node.ts';
import { isSip, reliableSequence, type SipMessage } from '../sip/message.ts';
import type { CallPicture } from './oracles/call-picture.ts';
import {
  hasArrived,
  type CallWatch,
  type Copy,
  type Passage,
  type SipPassage,
} from './oracles/call-watch.ts';

/** Why a message was sent again by its own timer. */
export type ResentBecause =
  /** Nothing could have come back in time: the leg's round trip exceeds T1. */
  | 'slow leg'
  /** The 2xx had arrived, and its ACK was kept back. */
  | 'ACK held back'
  /** The message or its answer was lost, or whoever had to answer took longer. */
  | 'loss or delay';

export interface Retransmission {
  readonly passage: SipPassage;
  readonly copy: Copy;
  readonly because: ResentBecause;
  /** The ACK that was kept back, if it ever left. */
  readonly ack: SipPassage | null;
}

/**
 * Every retransmission of the call and its reason. What merely repeats a response or an ACK for
 * a copy that came in has the other side's retransmission as its reason and is not listed.
 */
export const retransmissionsOf = /* @__PURE__ */ once(findRetransmissions);

function findRetransmissions({ watch }: CallPicture): readonly Retransmission[] {
  const legs = [...watch.legA, ...watch.legB];
  const resent = legs.filter(({ again, packet }) => again.length > 0 && hasTimer(packet));
  if (resent.length === 0) return [];
  const reactions = reactionTimes(watch);
  const found: Retransmission[] = [];
  for (const passage of resent) {
    const copies = [passage.sent, ...passage.again];
    const back = leastTransit(legs, passage.to, passage.from);
    const reaction = reactions.get(passage.to) ?? 0;
    const ack = ackOf(legs, passage);
    for (const [index, copy] of copies.entries()) {
      if (index === 0 || watch.arrivedWith(copy.cause) !== undefined) continue;
      const arrived = earliestArrival(copies.slice(0, index));
      let because: ResentBecause = 'loss or delay';
      if (arrived !== null && back !== null) {
        // The ACK came too late because it left late, not because it was lost on its way.
        const acknowledgedAt = ack?.sent.at ?? Infinity;
        const late = acknowledgedAt > arrived + reaction && acknowledgedAt + back > copy.at;
        if (arrived + reaction + back > copy.at) because = 'slow leg';
        else if (isSuccessToInvite(passage.packet) && late) because = 'ACK held back';
      }
      found.push({ passage, copy, because, ack });
    }
  }
  return found.sort((a, b) => a.copy.record - b.copy.record);
}

/** Whether its sender repeats it by a timer of its own until something comes back. */
function hasTimer(message: SipMessage): boolean {
  if (message.kind === 'request') return message.method !== 'ACK';
  if (message.cseq.method !== 'INVITE') return false;
  return message.status >= 200 || reliableSequence(message) !== null;
}

function isSuccessToInvite(message: SipMessage): boolean {
  return (
    message.kind === 'response' &&
    message.cseq.method === 'INVITE' &&
    message.status >= 200 &&
    message.status < 300
  );
}

function ackOf(legs: readonly SipPassage[], success: SipPassage): SipPassage | null {
  const { callId, cseq } = success.packet;
  const found = legs.find(
    ({ packet, from }) =>
      from === success.to &&
      packet.kind === 'request' &&
      packet.method === 'ACK' &&
      packet.callId === callId &&
      packet.cseq.number === cseq.number,
  );
  return found ?? null;
}

function earliestArrival(copies: readonly Copy[]): Micros | null {
  let earliest: Micros | null = null;
  for (const { arrivesAt } of copies) {
    if (arrivesAt !== null && (earliest === null || arrivesAt < earliest)) earliest = arrivesAt;
  }
  return earliest;
}

/** The shortest way from one node to the other that any message took; null where none did. */
function leastTransit(legs: readonly Passage[], from: NodeId, to: NodeId): number | null {
  let least: number | null = null;
  for (const passage of legs) {
    if (passage.from !== from || passage.to !== to) continue;
    for (const { at, arrivesAt } of [passage.sent, ...passage.again]) {
      if (arrivesAt === null) continue;
      const took = arrivesAt - at;
      if (least === null || took < least) least = took;
    }
  }
  return least;
}

/** The shortest time each node took from an arrival to what it sent because of it, in µs. */
function reactionTimes(watch: CallWatch): ReadonlyMap<NodeId, number> {
  const times = new Map<NodeId, number>();
  for (const { from, packet, sent } of watch.bySent.values()) {
    if (!isSip(packet)) continue;
    const cause = watch.arrivedWith(sent.cause);
    if (!hasArrived(cause)) continue;
    const took = sent.at - cause.received.at;
    if (took < (times.get(from) ?? Infinity)) times.set(from, took);
  }
  return times;
}
