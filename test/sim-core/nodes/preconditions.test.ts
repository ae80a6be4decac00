import { describe, expect, it } from 'vitest';

import { milliseconds as at } from '../../../sim-core/base/micros.ts';
import { hasPreconditions } from '../../../sim-core/sdp/preconditions.ts';
import { printSdp } from '../../../sim-core/sdp/print-sdp.ts';
import { bodyOf, headerTokens, isSip } from '../../../sim-core/sip/message.ts';
import type { MessageView } from '../../../sim-core/trace/message-view.ts';
import { runScenario } from '../../../sim-core/index.ts';
import { shipped, shippedWith, told } from '../../support/scenarios.ts';

/** The status lines of the session description in a message. */
function statusIn(view: MessageView | undefined): string[] {
  const packet = view?.packet;
  const description = packet !== undefined && isSip(packet) ? bodyOf(packet, 'session') : null;
  if (description === null) throw new Error('a description');
  return printSdp(description)
    .split('\r\n')
    .filter((line) => /^a=(?:curr|conf):/.test(line))
    .map((line) => line.slice(2));
}

describe('preconditions (RFC 3312)', () => {
  const run = told(shipped('preconditions/pr-01-ladder'));

  it('are offered and answered with local and remote swapped (R-PRE-04)', () => {
    const [offer] = run.messages('INVITE', 'cmr-server', 'client-b');
    const [answer] = run.messages('183 Session Progress', 'client-b', 'cmr-server');
    expect(statusIn(offer)).toEqual([
      'curr:qos local none',
      'curr:qos remote none',
      'conf:qos remote sendrecv',
    ]);
    expect(statusIn(answer)).toEqual(statusIn(offer));
    const [ofB, ofA] = [
      run.messages('UPDATE', 'client-b', 'cmr-server'),
      run.messages('UPDATE', 'client-a', 'cmr-server'),
    ];
    expect(statusIn(ofB[0])).toEqual([
      'curr:qos local sendrecv',
      'curr:qos remote none',
      'conf:qos remote sendrecv',
    ]);
    expect(statusIn(ofA[0])).toEqual(['curr:qos local sendrecv', 'curr:qos remote sendrecv']);
  });

  it('are required of everybody on the way (R-PRE-03)', () => {
    for (const [text, from, to] of [
      ['INVITE', 'client-a', 'cmr-server'],
      ['INVITE', 'cmr-server', 'client-b'],
      ['183 Session Progress', 'client-b', 'cmr-server'],
      ['183 Session Progress', 'cmr-server', 'client-a'],
      ['UPDATE', 'client-a', 'cmr-server'],
    ] as const) {
      const packet = run.messages(text, from, to)[0]?.packet;
      if (packet === undefined || !isSip(packet)) throw new Error(`${text} of ${from}`);
      expect(headerTokens(packet, 'Require')).toContain('precondition');
    }
  });

  it('keep Client-B from ringing until both sides are reserved (R-PRE-01)', () => {
    const [told180] = run.messages('180 Ringing', 'client-b', 'cmr-server');
    const last = run.messages('UPDATE', 'cmr-server', 'client-b').at(-1);
    expect(told180?.sentAt).toBeGreaterThan(last?.arrivesAt ?? Infinity);
  });

  it('keep media back as long (R-PRE-02)', () => {
    const [own] = run.messages('UPDATE', 'client-a', 'cmr-server');
    const toB = run.views.filter(
      ({ packet, from, to }) =>
        packet.protocol === 'RTP' &&
        run.header.nodes[from]?.name === 'client-a' &&
        run.header.nodes[to]?.name === 'client-b',
    );
    expect(toB[0]?.sentAt).toBeGreaterThanOrEqual(own?.sentAt ?? Infinity);
  });

  it('that cannot be met end in 580 (R-PRE-06), without a ring', () => {
    const failed = told(shipped('preconditions/pr-03-cannot-be-met'));
    expect(failed.messages('580 Precondition Failure', 'client-b', 'cmr-server')).toHaveLength(1);
    expect(failed.messages('180 Ringing', 'client-b', 'cmr-server')).toEqual([]);
    expect(failed.messages('play', 'cmr-server', 'resource-server')).toEqual([]);
  });

  it('are not in a call without the switch', () => {
    const plain = told({ ...shipped('preconditions/pr-01-ladder'), switches: {} });
    const bodies = plain.views.flatMap(({ packet }) => (isSip(packet) ? packet.bodies : []));
    expect(bodies.some(({ description }) => hasPreconditions(description))).toBe(false);
  });
});

describe('an early session with preconditions of its own', () => {
  const path = 'preconditions/pr-05-early-session-waits-for-its-network';

  it('is played nothing before Client-A has said that its network is there (R-ES-09)', () => {
    const run = told(shipped(path));
    const [said] = run.messages('UPDATE', 'client-a', 'cmr-server').slice(-1);
    const [play] = run.messages('play', 'cmr-server', 'resource-server');
    expect(said?.packet).toMatchObject({ bodies: [{ disposition: 'early-session' }] });
    expect(play?.sentAt).toBeGreaterThan(said?.sentAt ?? Infinity);
  });

  it('is never played where Client-B answers first, and nothing is broken by that', () => {
    const settings = {
      script:
        '[{ at: 0s, who: client-a, does: dial, target: client-b }, ' +
        '{ after: 200ms, since: ringing, who: client-b, does: answer }]',
    };
    const run = runScenario(shippedWith(path, settings), { engine: 'test' });
    expect(run.outcome).toBe('answered without ring');
    expect(run.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });
});

describe('two ends that tell each other at once', () => {
  it('refuse each other with 491, and both tell again in their time (R-REI-04)', () => {
    const base = shipped('preconditions/pr-01-ladder');
    const after = { least: at(110), most: at(110) };
    const nodes = base.nodes.map((node) =>
      node.name === 'client-a' && 'reservation' in node
        ? { ...node, reservation: { ...node.reservation, after } }
        : node,
    );
    const run = told({ ...base, nodes });
    expect(run.messages('491 Request Pending (UPDATE)', 'client-a', 'cmr-server')).toHaveLength(1);
    expect(run.messages('491 Request Pending (UPDATE)', 'cmr-server', 'client-a')).toHaveLength(1);
    expect(run.messages('180 Ringing', 'client-b', 'cmr-server')).toHaveLength(1);
    expect(run.messages('200 (INVITE)', 'client-b', 'cmr-server')).toHaveLength(1);
  });
});
