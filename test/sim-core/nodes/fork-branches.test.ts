import { describe, expect, it } from 'vitest';

import { isSip, type SipResponse } from '../../../sim-core/sip/message.ts';
import { runScenario } from '../../../sim-core/run/run-scenario.ts';
import { shippedWith, told, type Told } from '../../support/scenarios.ts';

/** SW-FORK-A `per-branch` (GAP-32): several telephones ring, each in a dialog of Client-A's. */

const scenario = (
  acts: string,
  settings: Readonly<Record<string, string>> = {},
  faults: readonly string[] = [],
) =>
  shippedWith(
    'forking/fk-04-one-telephone-refuses',
    {
      script: `[{ at: 0s, who: client-a, does: dial, target: client-b }, ${acts}]`,
      ...settings,
    },
    faults,
  );

function toClientA(run: Told, text: string): SipResponse[] {
  return run.messages(text, 'cmr-server', 'client-a').flatMap(({ packet }) => {
    return isSip(packet) && packet.kind === 'response' ? [packet] : [];
  });
}

function tags(responses: readonly SipResponse[]): (string | null)[] {
  return responses.map(({ to }) => to.tag);
}

const answers = '{ after: 3s, since: ringing, who: client-b2, does: answer }';
const refuses = '{ after: 2s, since: ringing, who: client-b, does: reject, status: 486 }';

describe('a telephone answers that is not the one with the ring', () => {
  const policy = { 'nodes.cmr-server.policy': '{ subscriber: continue }' };
  const run = told(scenario(answers, policy));
  const [first, second] = toClientA(run, '180 Ringing');

  it('goes on in its own dialog, with the answer in the 200 and without UPDATE', () => {
    expect(new Set(tags([first, second].flatMap((one) => one ?? []))).size).toBe(2);
    const [success] = toClientA(run, '200 (INVITE)');
    expect(success?.to.tag).toBe(second?.to.tag);
    expect(success?.bodies).toHaveLength(1);
    expect(run.messages('UPDATE', 'cmr-server', 'client-a')).toEqual([]);
  });

  it('stops the ring, even where it was to continue (CON-SRV-01), and leaves no early dialog', () => {
    expect(run.messages('stop', 'cmr-server', 'resource-server')).toHaveLength(1);
    const chosen = run.records.flatMap((record) =>
      record.kind === 'note' && record.note.kind === 'decision' ? [record.note.chosen] : [],
    );
    expect(chosen).toEqual(['stop']);
    expect(run.live.world.nodes.every(({ timers }) => timers.keys.length === 0)).toBe(true);
  });

  it('breaks nothing that demands something, also of the source text', () => {
    const { verdicts } = runScenario(scenario(answers), { engine: 'test', seed: 1 });
    const broken = verdicts.filter(
      ({ verdict, level }) => verdict === 'violated' && level === 'error',
    );
    const switchedOver = verdicts.find(({ clause }) => clause === 'DEL-GW-SRV-07');
    expect(switchedOver?.says).toContain('in another dialog');
    expect(broken.map(({ clause, says }) => `${clause}: ${says}`)).toEqual([]);
  });
});

describe('the telephone with the ring refuses (R-199-01)', () => {
  it('ends the ring with its dialog, and the call goes on in the other', () => {
    const run = told(scenario(`${refuses}, ${answers.replace('3s', '4s')}`));
    const [first, second] = toClientA(run, '180 Ringing');
    const [ended] = toClientA(run, '199 Early Dialog Terminated');
    expect(ended?.to.tag).toBe(first?.to.tag);
    expect(ended?.bodies).toEqual([]);
    expect(tags(toClientA(run, '200 (INVITE)'))).toEqual([second?.to.tag]);
    expect(run.messages('stop', 'cmr-server', 'resource-server')).toHaveLength(1);
  });

  it('says no 199 to a caller that lists none', () => {
    const supported = { 'nodes.client-a.supported': '[100rel, early-session]' };
    const run = told(scenario(`${refuses}, ${answers.replace('3s', '4s')}`, supported));
    expect(toClientA(run, '199 Early Dialog Terminated')).toEqual([]);
  });
});

describe('a telephone hangs up because nobody has acknowledged its answer (R-2XX-02)', () => {
  const hangsUp = (answering: string, lost: string) =>
    told(scenario(answering, { until: '200s' }, [`drop every 200 (INVITE) from ${lost}`]));

  it('ends the INVITE, though the other early dialog never heard of it', () => {
    const run = hangsUp(answers, 'cmr-server to client-a');
    expect(run.messages('CANCEL', 'client-a', 'cmr-server')).toHaveLength(1);
    expect(run.live.world.nodes.every(({ timers }) => timers.keys.length === 0)).toBe(true);
  });

  it('leaves the call of the one that was heard alone', () => {
    const first = answers.replace('client-b2', 'client-b').replace('3s', '3.2s');
    const both = `${first}, ${answers}`;
    const run = hangsUp(both, 'client-b2 to proxy');
    expect(run.messages('200 (BYE)', 'cmr-server', 'proxy')).toHaveLength(1);
    expect(run.messages('BYE', 'cmr-server', 'client-a')).toEqual([]);
  });
});
