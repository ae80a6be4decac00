import { micros, type Micros } from '../base/micros.ts';
import type { NodeId, Packet } from '../kernel/node.ts';
import type { Verdict } from './link.ts';

export type Fault =
  | { readonly kind: 'drop' }
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'delay'; readonly by: Micros }
  | { readonly kind: 'duplicate'; readonly after: Micros }
  /** What arrives is another packet than was sent. */
  | { readonly kind: 'change'; readonly into: (packet: Packet) => Packet };

/** Later than any run lasts: a window until then never ends. */
export const endOfTime = micros(1_000_000_000_000);

/** From the first instant on, and until just before the other. */
export interface TimeWindow {
  readonly from: Micros;
  readonly until: Micros;
}

/** "Drop the first 200 of Client-B": the first rule that matches decides. */
export interface FaultRule {
  /** Whether a packet is of the kind that is meant. */
  readonly means: (packet: Packet) => boolean;
  readonly from: NodeId | null;
  readonly to: NodeId | null;
  /** From and to may change places: whatever passes between the two. */
  readonly eitherWay: boolean;
  /** Counted from 1 over the packets that match; empty: every one. */
  readonly occurrences: readonly number[];
  /** Only what is sent in this time; null: at any time. */
  readonly during: TimeWindow | null;
  readonly does: Fault;
}

/**
 * The rule that decides about this packet, or null. Every rule that matches counts it in
 * `uses`, also where an earlier rule decides, so that "the second" means the second sent.
 */
export function ruleFor(
  rules: readonly FaultRule[],
  uses: number[],
  packet: Packet,
  from: NodeId,
  to: NodeId,
  now: Micros,
): FaultRule | null {
  let decides: FaultRule | null = null;
  for (let index = 0; index < rules.length; index += 1) {
    const rule = rules[index]!;
    if (!isOnTheWay(rule, from, to) || !rule.means(packet)) continue;
    const { during } = rule;
    if (during !== null && (now < during.from || now >= during.until)) continue;
    const count = (uses[index] ?? 0) + 1;
    uses[index] = count;
    if (decides !== null) continue;
    if (rule.occurrences.length === 0 || rule.occurrences.includes(count)) decides = rule;
  }
  return decides;
}

function isOnTheWay(rule: FaultRule, from: NodeId, to: NodeId): boolean {
  if ((rule.from ?? from) === from && (rule.to ?? to) === to) return true;
  return rule.eitherWay && rule.from === to && rule.to === from;
}

/**
 * What the fault makes of the link's own verdict. A change of a media stream that falls into a
 * cut is told when the cut is over, if ever: a stream is no datagram that could be missing for
 * good.
 */
export function faulty(rule: FaultRule, verdict: Verdict, packet: Packet, now: Micros): Verdict {
  const { does, during } = rule;
  if (does.kind === 'drop' || does.kind === 'corrupt') {
    if (during !== null && during.until < endOfTime && packet.protocol === 'RTP') {
      return { kind: 'deliver', after: micros(during.until - now + verdict.after) };
    }
    const why = does.kind === 'drop' ? 'fault rule' : 'corrupted';
    return { kind: 'drop', after: verdict.after, why };
  }
  if (verdict.kind === 'drop') return verdict;
  switch (does.kind) {
    case 'delay':
      return { kind: 'deliver', after: micros(verdict.after + does.by) };
    case 'duplicate': {
      const againAfter = micros(verdict.after + does.after);
      return { kind: 'deliver twice', after: verdict.after, againAfter };
    }
    case 'change':
      return verdict;
  }
}
