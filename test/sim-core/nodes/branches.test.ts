import { describe, expect, it } from 'vitest';

import type { Micros } from '../../../sim-core/base/micros.ts';
import type { Alerting } from '../../../sim-core/nodes/cmr-client/client-state.ts';
import { bodyOf, headerTokens, headerValue, isSip } from '../../../sim-core/sip/message.ts';
import type { NodeSetting, Scenario, ScriptedAct } from '../../../sim-core/scenario/scenario.ts';
import { drops, figure, told, withFaults, type Told } from '../../support/scenarios.ts';

/** What the figure does not show: refusals, cancels and hang-ups at every step of the way. */

const ms = (count: number): Micros => (count * 1_000) as Micros;

/** The figure's call with another node setting, for nodes of that name. */
function with_(name: string, change: Partial<NodeSetting>, scenario = figure()): Scenario {
  const nodes = scenario.nodes.map((node) =>
    node.name === name ? ({ ...node, ...change } as NodeSetting) : node,
  );
  return { ...scenario, nodes };
}

/** The figure's call with one more thing that a user does, at an instant. */
function also(who: string, kind: 'cancel' | 'hang up', at: number): Scenario {
  const act: ScriptedAct = { who, does: { kind }, when: { kind: 'at', at: ms(at) } };
  const [dial, answer] = figure().script;
  return { ...figure(), script: [dial, answer, act].filter((one) => one !== undefined) };
}

function texts(run: Told, from: string, to: string): string[] {
  const idOf = (name: string) => run.header.nodes.find((node) => node.name === name)?.id;
  return run.views
    .filter((view) => view.from === idOf(from) && view.to === idOf(to) && view.leg !== 'media')
    .map(({ text }) => text);
}

function decisions(run: Told): string[] {
  return run.records.flatMap((record) =>
    record.kind === 'note' && record.note.kind === 'decision' ? [record.note.chosen] : [],
  );
}

const stopPath = ['reserve', 'play', 'stop'];

describe('who decides that the ring goes on (GAP-30)', () => {
  const policies = [
    ['deny', 'continue', 'continue', 'stop'],
    ['allow', 'continue', 'stop', 'continue'],
    ['allow', 'stop', 'continue', 'stop'],
    ['allow', 'no preference', 'continue', 'continue'],
    ['allow', 'no preference', 'stop', 'stop'],
  ] as const;
  it.each(policies)('operator %s, subscriber %s, otherwise %s: %s', (...row) => {
    const [operator, subscriber, otherwise, chosen] = row;
    const policy = { operator, subscriber, otherwise };
    const run = told(with_('cmr-server', { policy }));
    expect(decisions(run)).toEqual([chosen]);
    if (chosen === 'stop') {
      expect(texts(run, 'cmr-server', 'resource-server')).toEqual(stopPath);
    }
  });

  it('stops where Client-A does not allow UPDATE (GAP-25)', () => {
    const run = told(with_('client-a', { allow: ['INVITE', 'ACK', 'BYE', 'CANCEL', 'PRACK'] }));
    expect(decisions(run)).toEqual(['stop']);
  });
});

describe('no ring is inserted', () => {
  const plain = (run: Told) => {
    const [ringing] = run.messages('180 Ringing', 'cmr-server', 'client-a');
    return ringing !== undefined && isSip(ringing.packet) && ringing.packet.bodies.length === 0;
  };

  it('without P-Early-Media in the INVITE (DEL-GW-SRV-01)', () => {
    const run = told(with_('client-a', { earlyMedia: false }));
    expect(plain(run)).toBe(true);
    expect(texts(run, 'cmr-server', 'resource-server')).toEqual([]);
  });

  it('without 100rel in Supported (GAP-12)', () => {
    const run = told(with_('client-a', { supported: ['timer'] }));
    expect(plain(run)).toBe(true);
  });

  it('where the Resource Server refuses the reservation: a plain 180, and a plain call', () => {
    const run = told(with_('resource-server', { refuses: ['reserve'] }));
    expect(plain(run)).toBe(true);
    expect(texts(run, 'cmr-server', 'client-a')).toEqual([
      '100 Trying',
      '180 Ringing',
      '200 (INVITE)',
      '200 (BYE)',
    ]);
    const [answer] = run.messages('200 (INVITE)', 'cmr-server', 'client-a');
    const packet = answer?.packet;
    expect(packet !== undefined && isSip(packet) && bodyOf(packet, 'session')).not.toBeNull();
  });

  it('where the reservation takes too long: a plain 180 after the wait (GAP-47)', () => {
    const slow = figure().links.map((link) =>
      link.name === 'r' ? { ...link, latency: { least: ms(300), most: ms(300) } } : link,
    );
    const run = told({ ...figure(), links: slow });
    const [ringing] = run.messages('180 Ringing', 'cmr-server', 'client-a');
    expect(ringing?.sentAt).toBe(ms(750));
    expect(texts(run, 'cmr-server', 'resource-server')).toEqual(['reserve', 'release']);
  });

  it('where Client-B answers first (GAP-36): what was reserved is released', () => {
    const [dial] = figure().script;
    const quick: ScriptedAct = {
      who: 'client-b',
      does: { kind: 'answer' },
      when: { kind: 'after', after: { least: ms(5), most: ms(5) }, since: 'ringing' },
    };
    const run = told({ ...figure(), script: dial === undefined ? [] : [dial, quick] });
    expect(texts(run, 'cmr-server', 'resource-server')).toEqual(['reserve', 'release']);
  });
});

/** The figure's call where Client-B rings in another manner, so many ms after the INVITE. */
function figureRinging(after: number, manner: Partial<Alerting>): Scenario {
  const nodes = figure().nodes.map((node) =>
    node.role === 'cmr-client' && node.name === 'client-b'
      ? {
          ...node,
          alerting: { ...node.alerting, after: { least: ms(after), most: ms(after) }, ...manner },
        }
      : node,
  );
  return { ...figure(), nodes };
}

describe('Client-B rings reliably', () => {
  it('and answers in the 180: the CMR Server PRACKs it, A gets the ring alone (N-11)', () => {
    const run = told(figureRinging(100, { reliable: true, withAnswer: true }));
    expect(texts(run, 'cmr-server', 'client-b').slice(0, 2)).toEqual(['INVITE', 'PRACK']);
    const [answer] = run.messages('200 (INVITE)', 'client-b', 'cmr-server');
    expect(answer !== undefined && isSip(answer.packet) && answer.packet.bodies).toEqual([]);
    expect(run.views.flatMap(({ step }) => step ?? [])).toHaveLength(11);
  });

  it('and without 100rel in the INVITE it would not: Require is answered for', () => {
    const run = told(figureRinging(0, { reliable: true, withAnswer: false }));
    const [ringing] = run.messages('180 Ringing', 'client-b', 'cmr-server');
    const packet = ringing?.packet;
    expect(packet !== undefined && isSip(packet) && headerTokens(packet, 'Require')).toEqual([
      '100rel',
    ]);
  });
});

describe('the UPDATE waits for the PRACK (GAP-06)', () => {
  it('also where the ring was to start with it and Client-B answers first (SW-GW-PLAY-AT)', () => {
    const [dial] = figure().script;
    const soon: ScriptedAct = {
      who: 'client-b',
      does: { kind: 'answer' },
      when: { kind: 'after', after: { least: ms(100), most: ms(100) }, since: 'ringing' },
    };
    const script = dial === undefined ? [] : [dial, soon];
    const run = told({ ...figure(), script, switches: { 'SW-GW-PLAY-AT': 'prack' } });
    expect(texts(run, 'cmr-server', 'resource-server')).toEqual(['reserve', 'release']);
    expect(texts(run, 'cmr-server', 'client-a').slice(-2)).toEqual(['UPDATE', '200 (INVITE)']);
    const [prack] = run.messages('200 (PRACK)', 'cmr-server', 'client-a');
    const [update] = run.messages('UPDATE', 'cmr-server', 'client-a');
    expect(update?.sentAt).toBeGreaterThanOrEqual(prack?.sentAt ?? Infinity);
  });

  it('where Client-B answers while the 180 is not acknowledged', () => {
    const lost = withFaults(figure(), drops('PRACK', 'client-a', null, [1, 2, 3, 4]));
    const run = told(lost);
    const [prack] = run.messages('200 (PRACK)', 'cmr-server', 'client-a');
    const [update] = run.messages('UPDATE', 'cmr-server', 'client-a');
    expect(prack?.sentAt).toBeGreaterThan(ms(5_400));
    expect(update?.sentAt).toBeGreaterThanOrEqual(prack?.sentAt ?? Infinity);
  });
});

describe('Continue fails (GAP-26)', () => {
  it.each(['allocate conference'] as const)('the Resource Server refuses to %s', (refused) => {
    const run = told(with_('resource-server', { refuses: [refused] }));
    expect(texts(run, 'cmr-server', 'client-b')).toEqual(['INVITE', 'ACK', 'BYE']);
    expect(texts(run, 'cmr-server', 'resource-server')).toEqual([
      'reserve',
      'play',
      'allocate conference',
      'stop',
    ]);
    expect(texts(run, 'cmr-server', 'client-a')).toContain('UPDATE');
  });
});

describe('commands to the Resource Server are lost (GAP-31)', () => {
  it('allocate conference: given up after one second, and the ring stops (F-21)', () => {
    const run = told(withFaults(figure(), drops('allocate conference', 'cmr-server')));
    const [asked] = run.messages('allocate conference', 'cmr-server', 'resource-server');
    const [update] = run.messages('UPDATE', 'cmr-server', 'client-a');
    expect((update?.sentAt ?? 0) - (asked?.sentAt ?? 0)).toBe(ms(1_000));
    expect(run.messages('re-INVITE', 'cmr-server', 'client-b')).toHaveLength(0);
  });

  it('stop: repeated after one second, under the same transaction (ST-13)', () => {
    const stops = told(
      withFaults(
        with_('cmr-server', {
          policy: { operator: 'deny', subscriber: 'continue', otherwise: 'stop' },
        }),
        drops('stop', 'cmr-server', null, [1]),
      ),
    ).messages('stop', 'cmr-server', 'resource-server');
    expect(stops.map(({ lost }) => lost)).toEqual([true, false]);
    expect((stops[1]?.sentAt ?? 0) - (stops[0]?.sentAt ?? 0)).toBe(ms(1_000));
    expect(stops[0]?.packet).toBe(stops[1]?.packet);
  });

  it('play: repeated, so that the ring starts a second late', () => {
    const run = told(withFaults(figure(), drops('play', 'cmr-server', null, [1])));
    expect(run.messages('play', 'cmr-server', 'resource-server')).toHaveLength(2);
    expect(run.views.flatMap(({ step }) => step ?? [])).toHaveLength(11);
  });
});

describe('where CMR media go that Client-B does not use (GAP-10)', () => {
  it('append-only: Client-B’s refused line stays off, the ring’s video comes below', () => {
    const run = told({ ...figure(), switches: { 'SW-CONT-SLOT': 'append-only' } });
    const [update] = run.messages('UPDATE', 'cmr-server', 'client-a');
    const packet = update?.packet;
    const body = packet !== undefined && isSip(packet) ? bodyOf(packet, 'session') : null;
    expect(body?.media.map(({ media, port }) => `${media} ${port}`)).toEqual([
      'audio 40004',
      'video 0',
      'video 40006',
    ]);
    // Client-A's terminal has one camera and one screen: it takes the line it can.
    const [answer] = run.messages('200 (UPDATE)', 'client-a', 'cmr-server');
    expect(answer !== undefined && isSip(answer.packet) && answer.packet.bodies).toHaveLength(1);
  });
});

describe('Client-A cancels in the Continue window (GAP-26 d)', () => {
  it.each([
    ['between steps 2 and 4', 5_235],
    ['between steps 4 and 5', 5_310],
    ['between steps 6 and 7', 5_400],
  ])('%s: 487 to A, and Client-B is acknowledged and ended', (_when, at) => {
    const run = told(also('client-a', 'cancel', at));
    expect(texts(run, 'cmr-server', 'client-a')).toContain('487 Request Terminated');
    const towardsB = texts(run, 'cmr-server', 'client-b');
    expect(towardsB.filter((text) => text === 'BYE')).toHaveLength(1);
    expect(towardsB).not.toContain('CANCEL');
    const answered = run.messages('200 (re-INVITE)', 'client-b', 'cmr-server').length;
    const acks = towardsB.filter((text) => text === 'ACK').length;
    expect(acks).toBeGreaterThanOrEqual(answered === 0 ? 1 : 2);
    expect(texts(run, 'cmr-server', 'resource-server')).toContain('stop');
  });
});

describe('Client-B hangs up in the Continue window (GAP-26 c)', () => {
  it.each([
    ['between steps 2 and 4', 5_300],
    ['between steps 5 and 8', 5_430],
  ])('%s: its BYE is answered, A gets 480 with a reason', (_when, at) => {
    const run = told(also('client-b', 'hang up', at));
    expect(texts(run, 'cmr-server', 'client-b')).toContain('200 (BYE)');
    const [refusal] = run.messages('480 Temporarily Unavailable', 'cmr-server', 'client-a');
    const packet = refusal?.packet;
    expect(packet !== undefined && isSip(packet) && headerValue(packet, 'Reason')).toMatch(/SIP;/);
  });
});

describe('a hang-up before the ACK (R-DLG-11)', () => {
  it('waits for it where the called party hangs up', () => {
    const run = told(
      withFaults(also('client-b', 'hang up', 5_210), drops('ACK', 'cmr-server', null, [1])),
    );
    const [bye] = run.messages('BYE', 'client-b', 'cmr-server');
    const acks = run.messages('ACK', 'cmr-server', 'client-b').filter(({ lost }) => !lost);
    expect(bye?.sentAt).toBeGreaterThanOrEqual(acks[0]?.arrivesAt ?? Infinity);
  });
});
