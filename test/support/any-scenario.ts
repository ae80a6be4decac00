import fc from 'fast-check';

import { milliseconds } from '../../sim-core/base/micros.ts';
import type { NodeSetting, Scenario, ScriptedAct } from '../../sim-core/scenario/scenario.ts';
import { figure } from './scenarios.ts';

const base = figure();

/** A call with whatever the network, the users and the Resource Server may do to it. */
export const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    latencies: fc.array(fc.tuple(fc.nat(300), fc.nat(200)), { minLength: 6, maxLength: 6 }),
    loss: fc.oneof(fc.constant(0), fc.nat(30)),
    duplicates: fc.oneof(fc.constant(0), fc.nat(20)),
    reorder: fc.boolean(),
    rejects: fc.boolean(),
    answersAfter: fc.nat(7_000),
    cancelsAt: fc.option(fc.nat(8_000)),
    aHangsUpAfter: fc.option(fc.nat(7_000)),
    bHangsUpAfter: fc.option(fc.nat(7_000)),
    reliable: fc.boolean(),
    withAnswer: fc.boolean(),
    updates: fc.boolean(),
    mode: fc.constantFrom('gateway' as const, 'application-server' as const),
    auditEvery: fc.option(fc.constantFrom(1_000, 5_000)),
    refuses: fc.constantFrom(
      null,
      null,
      null,
      'reserve' as const,
      'play' as const,
      'allocate conference' as const,
      'mix' as const,
    ),
    subscriber: fc.constantFrom('continue' as const, 'stop' as const),
    switches: fc.record(
      {
        'SW-REINV-ACK': fc.constantFrom('deferred', 'immediate'),
        'SW-GW-PLAY-AT': fc.constantFrom('tx1xx', 'prack'),
        'SW-MIX-START': fc.constantFrom('on-ack', 'on-200-update', 'on-200-invite-tx'),
        'SW-ACK-B-STOP': fc.constantFrom('immediate', 'after-A-ack'),
        'SW-CONT-SLOT': fc.constantFrom('reuse', 'append-only'),
        'SW-GW-SDP-DIR': fc.constantFrom('mirror', 'sendonly'),
        'SW-GW-SWITCH': fc.constantFrom('update', 'reinvite-after-answer'),
        'SW-200-SDP': fc.constantFrom('none', 'repeat'),
        'SW-CONT-FALLBACK': fc.constantFrom('stop', 'reinvite-after-answer'),
        'SW-CONT-FAIL': fc.constantFrom('downgrade', 'release'),
        'SW-CONT-BUDGET': fc.constantFrom('none', '300ms', '2s'),
        'SW-CONT-MAX': fc.constantFrom('none', '1s'),
        'SW-CONT-END': fc.constantFrom('stay-anchored', 'reinvite-to-direct'),
        'SW-CONT-MEDIA': fc.constantFrom('all', 'non-overlapping-only'),
        'SW-AS-CONT-UNANSWERED': fc.constantFrom('answer-first', 'answer-in-200-then-reinvite'),
        'SW-RING-LOOP': fc.constantFrom('loop', 'once'),
        'SW-RETRY-MAX': fc.constantFrom('0', '1', '2'),
      },
      { requiredKeys: [] },
    ),
  })
  .map((drawn): Scenario => {
    const script: ScriptedAct[] = base.script.slice(0, 1);
    const after = (ms: number) => ({ least: milliseconds(ms), most: milliseconds(ms) });
    const act = (who: string, does: ScriptedAct['does'], when: ScriptedAct['when']): void =>
      void script.push({ who, does, when });
    act('client-b', drawn.rejects ? { kind: 'reject', status: 486 } : { kind: 'answer' }, {
      kind: 'after',
      since: 'ringing',
      after: after(drawn.answersAfter),
    });
    if (drawn.cancelsAt !== null) {
      act('client-a', { kind: 'cancel' }, { kind: 'at', at: milliseconds(drawn.cancelsAt) });
    }
    for (const [who, ms] of [
      ['client-a', drawn.aHangsUpAfter],
      ['client-b', drawn.bHangsUpAfter],
    ] as const) {
      if (ms === null) continue;
      const when = { kind: 'after', since: 'answered', after: after(ms) } as const;
      act(who, { kind: 'hang up' }, when);
    }
    // Nobody stays on the telephone for ever.
    act('client-a', { kind: 'cancel' }, { kind: 'at', at: milliseconds(100_000) });
    act('client-a', { kind: 'hang up' }, { kind: 'at', at: milliseconds(150_000) });
    act('client-b', { kind: 'hang up' }, { kind: 'at', at: milliseconds(160_000) });
    const links = base.links.map((link, index) => {
      const [least, spread] = drawn.latencies[index] ?? [0, 0];
      // Commands are repeated five times: a tenth lost leaves one in a million undone.
      const lossy = link.name === 'r' ? Math.min(drawn.loss, 10) : drawn.loss;
      return {
        ...link,
        latency: { least: milliseconds(least), most: milliseconds(least + spread) },
        loss: { numerator: lossy, denominator: 100 },
        duplicate: { numerator: drawn.duplicates, denominator: 100 },
        mayReorder: drawn.reorder,
      };
    });
    const { switches } = drawn;
    const nodes = base.nodes.map((node): NodeSetting => {
      if (node.name === 'client-b' && node.role === 'cmr-client') {
        const { reliable, withAnswer } = drawn;
        const supported = [...node.supported, 'early-session'];
        return { ...node, supported, alerting: { ...node.alerting, reliable, withAnswer } };
      }
      if (node.role === 'cmr-resource-server' && drawn.refuses !== null) {
        return { ...node, refuses: [drawn.refuses] };
      }
      if (node.name === 'client-a' && node.role === 'cmr-client') {
        const allow = node.allow.filter((method) => drawn.updates || method !== 'UPDATE');
        return { ...node, allow, supported: [...node.supported, 'early-session'] };
      }
      if (node.role === 'cmr-server') {
        const auditEvery = drawn.auditEvery === null ? null : milliseconds(drawn.auditEvery);
        return {
          ...node,
          auditEvery,
          mode: drawn.mode,
          policy: { ...node.policy, subscriber: drawn.subscriber },
        };
      }
      return node;
    });
    return { ...base, until: milliseconds(600_000), nodes, links, script, switches };
  });

/** The same with a ring tone for Client-B, which goes on where everybody lets it (GAP-34). */
export const anyRingToneScenario: fc.Arbitrary<Scenario> = anyScenario.map((scenario) => ({
  ...scenario,
  switches: { ...scenario.switches, 'SW-CMRT-CONT': 'derived-D1' },
  nodes: scenario.nodes.map((node): NodeSetting => {
    if (node.role !== 'cmr-server') return node;
    const { resource } = node;
    return { ...node, mode: 'application-server', services: ['cmrt'], ringTone: resource };
  }),
}));
