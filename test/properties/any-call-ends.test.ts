import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { TraceRecord } from '../../sim-core/kernel/trace-record.ts';
import type { CmrClientState } from '../../sim-core/nodes/cmr-client/client-state.ts';
import type { CmrResourceServerState } from '../../sim-core/nodes/cmr-resource-server/server-state.ts';
import type { CmrServerState } from '../../sim-core/nodes/cmr-server/call.ts';
import { startRun, type LiveRun } from '../../sim-core/run/live-run.ts';
import { anyDelivery } from '../support/any-delivery.ts';
import { anyRingToneScenario, anyScenario } from '../support/any-scenario.ts';

/** Whatever the network and the users do, a call comes to an end and leaves nothing behind. */

describe('any call', () => {
  it.each([
    ['with a ring-back tone', anyScenario, 400],
    ['with a ring tone that may go on', anyRingToneScenario, 100],
    ['delivered in any mode', anyDelivery, 250],
  ] as const)('%s ends by itself, and nothing is left of it', (_what, scenarios, numRuns) => {
    fc.assert(
      fc.property(scenarios, fc.nat(), (scenario, seed) => {
        const records: TraceRecord[] = [];
        const observe = (record: TraceRecord): void => void records.push(record);
        const live = startRun(scenario, { engine: 'test', seed, observe });
        expect(live.advance(Infinity)).toBe('quiet');
        expect(remains(live)).toEqual([]);
        expect(unnatural(records)).toEqual([]);
      }),
      { numRuns },
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
