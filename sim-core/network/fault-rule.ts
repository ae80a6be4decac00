import { micros, type Micros } from '../base/micros.ts';
import type { NodeId, Packet } from '../kernel/node.ts';
import type { Verdict } from './link.ts';

export type Fault =
  | { readonly kind: 'drop' }
  | { readonly kind: 'delay'; readonly by: Micros }
  | { readonly kind: 'duplicate'; readonly after: Micros };

/** "Drop the first 200 of Client-B": the first rule that matches decides. */
export interface FaultRule {
  readonly label: string;
  readonly from: NodeId | null;
  readonly to: NodeId | null;
  /** Counted from 1 over the packets that match; empty: every one. */
  readonly occurrences: readonly number[];
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
): FaultRule | null {
  let decides: FaultRule | null = null;
  for (let index = 0; index < rules.length; index += 1) {
    const rule = rules[index]!;
    if (rule.label !== packet.label) continue;
    if (rule.from !== null && rule.from !== from) continue;
    if (rule.to !== null && rule.to !== to) continue;
    const count = (uses[index] ?? 0) + 1;
    uses[index] = count;
    if (decides !== null) continue;
    if (rule.occurrences.length === 0 || rule.occurrences.includes(count)) decides = rule;
  }
  return decides;
}

/** What the fault makes of the link's own verdict. */
export function faulty(does: Fault, verdict: Verdict): Verdict {
  switch (does.kind) {
    case 'drop':
      return { kind: 'drop', after: verdict.after, why: 'fault rule' };
    case 'delay':
      if (verdict.kind === 'drop') return verdict;
      return { kind: 'deliver', after: micros(verdict.after + does.by) };
    case 'duplicate': {
      if (verdict.kind === 'drop') return verdict;
      const againAfter = micros(verdict.after + does.after);
      return { kind: 'deliver twice', after: verdict.after, againAfter };
    }
  }
}
