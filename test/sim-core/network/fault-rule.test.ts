import { describe, expect, it } from 'vitest';

import { milliseconds } from '../../../sim-core/base/micros.ts';
import type { NodeId, Packet } from '../../../sim-core/kernel/node.ts';
import { faulty, ruleFor, type FaultRule } from '../../../sim-core/network/fault-rule.ts';

const [a, b] = [0 as NodeId, 1 as NodeId];
const packet = (label: string): Packet => ({ protocol: 'SIP', label });

function rule(parts: Partial<FaultRule>): FaultRule {
  return {
    means: ({ label }) => label === '200',
    from: null,
    to: null,
    eitherWay: false,
    occurrences: [],
    during: null,
    does: { kind: 'drop' },
    ...parts,
  };
}

const now = milliseconds(1_000);

describe('fault rules', () => {
  it('name a message, its sender, its receiver, and which of them', () => {
    const rules = [rule({ from: a, to: b, occurrences: [2] })];
    const uses = [0];
    expect(ruleFor(rules, uses, packet('180'), a, b, now)).toBeNull();
    expect(ruleFor(rules, uses, packet('200'), b, a, now)).toBeNull();
    expect(ruleFor(rules, uses, packet('200'), a, b, now)).toBeNull();
    expect(ruleFor(rules, uses, packet('200'), a, b, now)).toBe(rules[0]);
    expect(ruleFor(rules, uses, packet('200'), a, b, now)).toBeNull();
    expect(uses).toEqual([3]);
  });

  it('decide in their order, and each counts what it matches all the same', () => {
    const second = { kind: 'delay', by: milliseconds(5) } as const;
    const rules = [rule({ occurrences: [1] }), rule({ occurrences: [2], does: second })];
    const uses = [0, 0];
    expect(ruleFor(rules, uses, packet('200'), a, b, now)).toBe(rules[0]);
    expect(ruleFor(rules, uses, packet('200'), a, b, now)).toBe(rules[1]);
  });

  it('make of the link’s verdict what they say', () => {
    const sip = packet('200');
    const on = { kind: 'deliver', after: milliseconds(40) } as const;
    expect(faulty(rule({}), on, sip, now)).toEqual({
      kind: 'drop',
      after: milliseconds(40),
      why: 'fault rule',
    });
    const late = faulty(rule({ does: { kind: 'delay', by: milliseconds(600) } }), on, sip, now);
    expect(late).toEqual({ kind: 'deliver', after: milliseconds(640) });
    expect(
      faulty(rule({ does: { kind: 'duplicate', after: milliseconds(5) } }), on, sip, now),
    ).toEqual({
      kind: 'deliver twice',
      after: milliseconds(40),
      againAfter: milliseconds(45),
    });
  });

  it('hold for a time, and both ways where they say between', () => {
    const during = { from: milliseconds(1_000), until: milliseconds(2_000) };
    const rules = [rule({ from: a, to: b, eitherWay: true, during })];
    const at = (ms: number, from: NodeId, to: NodeId) =>
      ruleFor(rules, [0], packet('200'), from, to, milliseconds(ms));
    expect(at(999, a, b)).toBeNull();
    expect(at(1_000, a, b)).toBe(rules[0]);
    expect(at(1_999, b, a)).toBe(rules[0]);
    expect(at(2_000, a, b)).toBeNull();
    expect(at(1_500, a, a)).toBeNull();
  });

  it('keep a change of a stream until the cut is over', () => {
    const during = { from: milliseconds(500), until: milliseconds(3_000) };
    const audio: Packet = { protocol: 'RTP', label: 'audio' };
    const on = { kind: 'deliver', after: milliseconds(40) } as const;
    expect(faulty(rule({ during }), on, audio, now)).toEqual({
      kind: 'deliver',
      after: milliseconds(2_040),
    });
    expect(faulty(rule({}), on, audio, now).kind).toBe('drop');
  });

  it('let arrive what nobody can read, which is as good as lost', () => {
    const on = { kind: 'deliver', after: milliseconds(40) } as const;
    const verdict = faulty(rule({ does: { kind: 'corrupt' } }), on, packet('200'), now);
    expect(verdict).toEqual({ kind: 'drop', after: milliseconds(40), why: 'corrupted' });
  });
});
