import { describe, expect, it } from 'vitest';

import { milliseconds } from '../../../sim-core/base/micros.ts';
import type { NodeId, Packet } from '../../../sim-core/kernel/node.ts';
import { faulty, ruleFor, type FaultRule } from '../../../sim-core/network/fault-rule.ts';

const [a, b] = [0 as NodeId, 1 as NodeId];
const packet = (label: string): Packet => ({ protocol: 'SIP', label });

function rule(parts: Partial<FaultRule>): FaultRule {
  return { label: '200', from: null, to: null, occurrences: [], does: { kind: 'drop' }, ...parts };
}

describe('fault rules', () => {
  it('name a message, its sender, its receiver, and which of them', () => {
    const rules = [rule({ from: a, to: b, occurrences: [2] })];
    const uses = [0];
    expect(ruleFor(rules, uses, packet('180'), a, b)).toBeNull();
    expect(ruleFor(rules, uses, packet('200'), b, a)).toBeNull();
    expect(ruleFor(rules, uses, packet('200'), a, b)).toBeNull();
    expect(ruleFor(rules, uses, packet('200'), a, b)).toBe(rules[0]);
    expect(ruleFor(rules, uses, packet('200'), a, b)).toBeNull();
    expect(uses).toEqual([3]);
  });

  it('decide in their order, and each counts what it matches all the same', () => {
    const second = { kind: 'delay', by: milliseconds(5) } as const;
    const rules = [rule({ occurrences: [1] }), rule({ occurrences: [2], does: second })];
    const uses = [0, 0];
    expect(ruleFor(rules, uses, packet('200'), a, b)).toBe(rules[0]);
    expect(ruleFor(rules, uses, packet('200'), a, b)).toBe(rules[1]);
  });

  it('make of the link’s verdict what they say', () => {
    const on = { kind: 'deliver', after: milliseconds(40) } as const;
    expect(faulty({ kind: 'drop' }, on)).toEqual({
      kind: 'drop',
      after: milliseconds(40),
      why: 'fault rule',
    });
    const late = faulty({ kind: 'delay', by: milliseconds(600) }, on);
    expect(late).toEqual({ kind: 'deliver', after: milliseconds(640) });
    expect(faulty({ kind: 'duplicate', after: milliseconds(5) }, on)).toEqual({
      kind: 'deliver twice',
      after: milliseconds(40),
      againAfter: milliseconds(45),
    });
  });
});
