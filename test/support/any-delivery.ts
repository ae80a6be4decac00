import fc from 'fast-check';

import { milliseconds } from '../../sim-core/base/micros.ts';
import type { NodeSetting, Scenario } from '../../sim-core/scenario/scenario.ts';
import { anyScenario } from './any-scenario.ts';

/** The same calls in every mode, for either service, with terminals that take it as they like. */
export const anyDelivery: fc.Arbitrary<Scenario> = fc
  .tuple(
    anyScenario,
    fc.record({
      mode: fc.constantFrom('gateway', 'application-server', 'http', 'auto' as const),
      services: fc.constantFrom(['cmrbt'] as const, ['cmrt'] as const, ['cmrbt', 'cmrt'] as const),
      offers: fc.oneof(fc.constant(true), fc.constant(true), fc.boolean()),
      progresses: fc.boolean(),
      repeats: fc.boolean(),
      knows: fc.record({ a: fc.boolean(), b: fc.boolean() }),
      answers: fc.constantFrom('accept', 'accept', 'refuse', 'ignore', 'wrong-m-lines' as const),
      switches: fc.record(
        {
          'SW-INSERT-AT': fc.constantFrom('first18x', 'first180'),
          'SW-PLAY-GATE': fc.constantFrom('answer-only', 'alerting'),
          'SW-RS-RESERVE-AT': fc.constantFrom('18x', 'invite'),
          'SW-CMRT-TRIGGER': fc.constantFrom('union', 'strict'),
          'SW-CMRT-ES-CARRIER': fc.constantFrom('prack', 'update', 'invite'),
          'SW-HTTP-1XX': fc.constantFrom('180', 'any18x', 'reliable'),
        },
        { requiredKeys: [] },
      ),
    }),
  )
  .map(([scenario, drawn]): Scenario => {
    const span = { least: milliseconds(50), most: milliseconds(50) };
    const nodes = scenario.nodes.map((node): NodeSetting => {
      if (node.role === 'cmr-server') {
        const { mode, services } = drawn;
        return { ...node, mode, services, ringTone: node.resource };
      }
      if (node.role !== 'cmr-client') return node;
      const knows = node.party === 'A' ? drawn.knows.a : drawn.knows.b;
      const supported = knows ? ['100rel', 'early-session'] : ['100rel'];
      const { reliable, withAnswer } = node.alerting;
      const alerting = {
        ...node.alerting,
        progress: drawn.progresses ? { after: span, reliable, withAnswer } : null,
        progressAgain: null,
        repeats: drawn.repeats,
      };
      const earlySession = { ...node.earlySession, answers: drawn.answers };
      return {
        ...node,
        supported,
        alerting,
        earlySession,
        calling: { ...node.calling, offer: drawn.offers },
      };
    });
    return { ...scenario, nodes, switches: { ...scenario.switches, ...drawn.switches } };
  });
