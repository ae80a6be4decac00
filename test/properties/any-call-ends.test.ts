import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Micros } from '../../sim-core/base/micros.ts';
import type { TraceRecord } from '../../sim-core/kernel/trace-record.ts';
import type { CmrClientState } from '../../sim-core/nodes/cmr-client/client-state.ts';
import type { CmrResourceServerState } from '../../sim-core/nodes/cmr-resource-server/server-state.ts';
import type { CmrServerState } from '../../sim-core/nodes/cmr-server/call.ts';
import { startRun, type LiveRun } from '../../sim-core/run/live-run.ts';
import type { NodeSetting, Scenario, ScriptedAct } from '../../sim-core/scenario/scenario.ts';
import { figure } from '../support/scenarios.ts';

/** Whatever the network and the users do, a call comes to an end and leaves nothing behind. */

const base = figure();

const anyScenario = fc
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
      },
      { requiredKeys: [] },
    ),
  })
  .map((drawn): Scenario => {
    const script: ScriptedAct[] = base.script.slice(0, 1);
    const after = (ms: number) => ({ least: micros(ms), most: micros(ms) });
    const act = (who: string, does: ScriptedAct['does'], when: ScriptedAct['when']): void =>
      void script.push({ who, does, when });
    act('client-b', drawn.rejects ? { kind: 'reject', status: 486 } : { kind: 'answer' }, {
      kind: 'after',
      since: 'ringing',
      after: after(drawn.answersAfter),
    });
    if (drawn.cancelsAt !== null) {
      act('client-a', { kind: 'cancel' }, { kind: 'at', at: micros(drawn.cancelsAt) });
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
    act('client-a', { kind: 'cancel' }, { kind: 'at', at: micros(100_000) });
    act('client-a', { kind: 'hang up' }, { kind: 'at', at: micros(150_000) });
    act('client-b', { kind: 'hang up' }, { kind: 'at', at: micros(160_000) });
    const links = base.links.map((link, index) => {
      const [least, spread] = drawn.latencies[index] ?? [0, 0];
      // Commands are repeated five times: a tenth lost leaves one in a million undone.
      const lossy = link.name === 'r' ? Math.min(drawn.loss, 10) : drawn.loss;
      return {
        ...link,
        latency: { least: micros(least), most: micros(least + spread) },
        loss: { numerator: lossy, denominator: 100 },
        duplicate: { numerator: drawn.duplicates, denominator: 100 },
        mayReorder: drawn.reorder,
      };
    });
    const { switches } = drawn;
    const nodes = base.nodes.map((node): NodeSetting => {
      if (node.name === 'client-b' && node.role === 'cmr-client') {
        const { reliable, withAnswer } = drawn;
        return { ...node, alerting: { ...node.alerting, reliable, withAnswer } };
      }
      if (node.role === 'cmr-resource-server' && drawn.refuses !== null) {
        return { ...node, refuses: [drawn.refuses] };
      }
      if (node.role === 'cmr-server') {
        return { ...node, policy: { ...node.policy, subscriber: drawn.subscriber } };
      }
      return node;
    });
    return { ...base, until: micros(600_000), nodes, links, script, switches };
  });

function micros(ms: number): Micros {
  return (ms * 1_000) as Micros;
}

describe('any call', () => {
  it('ends by itself, and nothing is left of it', () => {
    fc.assert(
      fc.property(anyScenario, fc.nat(), (scenario, seed) => {
        const records: TraceRecord[] = [];
        const observe = (record: TraceRecord): void => void records.push(record);
        const live = startRun(scenario, { engine: 'test', seed, observe });
        expect(live.advance(Infinity)).toBe('quiet');
        expect(remains(live)).toEqual([]);
        expect(unnatural(records)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

/** All that a finished call must not leave behind, in words. */
function remains(live: LiveRun): string[] {
  const left: string[] = [];
  live.world.nodes.forEach(({ state, timers }, index) => {
    const name = live.header.nodes[index]?.name ?? '';
    if (timers.keys.length > 0) left.push(`${name}: timers ${timers.keys.join(', ')}`);
    if (name === 'resource-server') {
      left.push(...remainsOfResourceServer(state as CmrResourceServerState));
      return;
    }
    const { agent } = state as CmrClientState | CmrServerState;
    for (const { kind, state: at } of agent.transactions) left.push(`${name}: ${kind} ${at}`);
    for (const { state: at } of agent.dialogs) {
      if (at !== 'terminated') left.push(`${name}: dialog ${at}`);
    }
    if (agent.provisionals.length + agent.successes.length > 0) left.push(`${name}: waits`);
    if (name === 'cmr-server') {
      if ((state as CmrServerState).commands.length > 0) left.push('a command waits');
      return;
    }
    const { media, perceives } = state as CmrClientState;
    if (media.sending.length + media.arriving.length > 0) left.push(`${name}: streams`);
    if (perceives.audio.length + perceives.video.length > 0) left.push(`${name}: hears`);
  });
  return left;
}

function remainsOfResourceServer({ calls, media }: CmrResourceServerState): string[] {
  const left = calls.flatMap(({ playing, reservation, conference }) =>
    playing || reservation !== null || conference !== null ? ['resource server: kept'] : [],
  );
  return media.sending.length > 0 ? [...left, 'resource server: streams'] : left;
}

/** What no run may show, whatever happens in it. */
function unnatural(records: readonly TraceRecord[]): string[] {
  const found: string[] = [];
  let now = 0;
  records.forEach((record, index) => {
    if (record.at < now) found.push(`time goes back at record ${record.number}`);
    now = record.at;
    if (record.number !== index + 1) found.push(`record ${index + 1} is missing`);
    if (record.cause >= record.number) found.push(`record ${record.number} before its cause`);
    if (record.kind !== 'received') return;
    const sent = records[record.sent - 1];
    const due =
      sent?.kind === 'sent' && (sent.arrivesAt === record.at || sent.againAt === record.at);
    if (!due) found.push(`record ${record.number} was never sent so`);
  });
  return found;
}
