import { describe, expect, it } from 'vitest';

import { readScenario } from '../../../../sim-core/authoring.ts';
import { betterOf } from '../../../../sim-core/nodes/proxy/best-response.ts';
import { makeRequest, makeResponse } from '../../../../sim-core/sip/making-messages.ts';
import { headerValue, isSip, type SipMessage } from '../../../../sim-core/sip/message.ts';
import { told, type Told } from '../../../support/scenarios.ts';

/** A call through a proxy that forks to two telephones, with what its users do. */
function forked(script: readonly string[], more: Readonly<Record<string, string>> = {}): Told {
  const text = `
apiVersion: ringscope/v1
baseline: voice-call
title: A fork
until: 300s
nodes:
  cmr-server: { mode: none }
  client-b: { alerting: { repeats: false } }
  proxy: { role: proxy, address: 203.0.113.5, targets: [client-b, client-b2]${more['proxy'] ?? ''} }
  client-b2:
    role: cmr-client
    party: B
    identity: sip:bob-mobile@home2.example
    address: 203.0.113.24
    alerting: { repeats: false }
    sdp: |
      v=0
      o=bob 2 1 IN IP4 203.0.113.24
      s=-
      c=IN IP4 203.0.113.24
      t=0 0
      m=audio 41000 RTP/AVP 0
links:
  b: { between: [cmr-server, proxy] }
  b1: { between: [proxy, client-b], latency: 5ms }
  b2: { between: [proxy, client-b2], latency: 5ms }
faults: [${more['faults'] ?? ''}]
script:
  - { at: 0s, who: client-a, does: dial, target: client-b }
${script.map((act) => `  - ${act}`).join('\n')}
`;
  const { scenario, problems } = readScenario(text, 'fork.cmr.yaml');
  if (scenario === null) throw new Error(problems.map(({ says }) => says).join('\n'));
  return told(scenario);
}

function sip(run: Told, text: string, from: string, to: string): SipMessage[] {
  return run.messages(text, from, to).flatMap(({ packet }) => (isSip(packet) ? [packet] : []));
}

const after = (seconds: number, who: string, does: string, more = ''): string =>
  `{ at: ${seconds}s, who: ${who}, does: ${does}${more} }`;

describe('a proxy', () => {
  it('puts its Via on top, counts Max-Forwards down and records its route (R-MSG-05)', () => {
    const run = forked([after(3, 'client-b', 'answer'), after(5, 'client-a', 'hang up')]);
    const [first] = sip(run, 'INVITE', 'cmr-server', 'proxy');
    const [onward] = sip(run, 'INVITE', 'proxy', 'client-b');
    const [other] = sip(run, 'INVITE', 'proxy', 'client-b2');
    if (first?.kind !== 'request' || onward?.kind !== 'request') throw new Error('INVITEs');
    expect(onward.via).toHaveLength(2);
    expect(onward.via[1]).toEqual(first.via[0]);
    expect(onward.via[0]?.branch).not.toBe(other?.via[0]?.branch);
    expect(onward.maxForwards).toBe(first.maxForwards - 1);
    expect(onward.requestUri).toBe('sip:bob@203.0.113.9:5060');
    expect(headerValue(onward, 'Record-Route')).toBe('<sip:203.0.113.5:5060;lr>');
    const [answer] = sip(run, '200 (INVITE)', 'client-b', 'proxy');
    expect(answer && headerValue(answer, 'Record-Route')).toBe('<sip:203.0.113.5:5060;lr>');
  });

  it('stays on the way: later requests have its Route, and it takes that off (R-DLG-05, 06)', () => {
    const run = forked([after(3, 'client-b', 'answer'), after(5, 'client-a', 'hang up')]);
    for (const text of ['ACK', 'BYE']) {
      const [towards] = sip(run, text, 'cmr-server', 'proxy');
      const [onward] = sip(run, text, 'proxy', 'client-b');
      expect(towards && headerValue(towards, 'Route')).toBe('<sip:203.0.113.5:5060;lr>');
      expect(onward && headerValue(onward, 'Route')).toBeNull();
      expect(onward?.kind === 'request' && onward.requestUri).toBe('sip:bob@203.0.113.9:5060');
      expect(onward?.via).toHaveLength(2);
    }
    expect(run.messages('BYE', 'proxy', 'client-b2')).toEqual([]);
  });

  it('keeps 100 to itself, and cancels the others once one answers (R-TX-02, R-CAN-09)', () => {
    const run = forked([after(3, 'client-b2', 'answer')]);
    const [invite] = run.messages('INVITE', 'cmr-server', 'proxy');
    const trying = run.messages('100 Trying', 'proxy', 'cmr-server');
    expect(trying).toHaveLength(1);
    expect((trying[0]?.sentAt ?? 0) - (invite?.arrivesAt ?? 0)).toBe(10_000);
    expect(run.messages('CANCEL', 'proxy', 'client-b')).toHaveLength(1);
    expect(run.messages('CANCEL', 'proxy', 'client-b2')).toEqual([]);
    expect(run.messages('487 Request Terminated', 'proxy', 'cmr-server')).toEqual([]);
  });

  it('sends back the best refusal when every branch has ended', () => {
    const run = forked([
      after(2, 'client-b', 'reject', ', status: 503'),
      after(3, 'client-b2', 'reject', ', status: 486'),
    ]);
    expect(run.messages('503 Service Unavailable', 'proxy', 'cmr-server')).toEqual([]);
    expect(run.messages('486 Busy Here', 'proxy', 'cmr-server')).toHaveLength(1);
  });

  it('lets a 603 end every branch, and turns a 503 into a 500', () => {
    const all = forked([after(2, 'client-b', 'reject', ', status: 603')]);
    expect(all.messages('CANCEL', 'proxy', 'client-b2')).toHaveLength(1);
    expect(all.messages('603 Decline', 'proxy', 'cmr-server')).toHaveLength(1);
    const overloaded = forked([
      after(2, 'client-b', 'reject', ', status: 503'),
      after(3, 'client-b2', 'reject', ', status: 503'),
    ]);
    expect(overloaded.messages('500 Server Internal Error', 'proxy', 'cmr-server')).toHaveLength(1);
  });

  it('passes a CANCEL on to every branch', () => {
    const run = forked([after(2, 'client-a', 'cancel')]);
    expect(run.messages('CANCEL', 'proxy', 'client-b')).toHaveLength(1);
    expect(run.messages('CANCEL', 'proxy', 'client-b2')).toHaveLength(1);
    expect(run.messages('487 Request Terminated', 'proxy', 'cmr-server')).toHaveLength(1);
  });

  it('counts a telephone nobody reaches as 408, and waits for the other', () => {
    const unreachable = { faults: 'drop every INVITE to client-b2' };
    const run = forked([after(2, 'client-b', 'reject', ', status: 500')], unreachable);
    const [refusal] = run
      .messages('408', 'proxy', 'cmr-server')
      .concat(run.messages('408 Request Timeout', 'proxy', 'cmr-server'));
    const [invite] = run.messages('INVITE', 'proxy', 'client-b2');
    expect((refusal?.sentAt ?? 0) - (invite?.sentAt ?? 0)).toBe(32_000_000);
  });

  it('Timer C: what rings without a word is cancelled, each 18x starts it again (R-TX-19)', () => {
    const run = forked([], { proxy: ', timer-c: 181s' });
    for (const client of ['client-b', 'client-b2']) {
      const [ringing] = run.messages('180 Ringing', client, 'proxy');
      const [cancel] = run.messages('CANCEL', 'proxy', client);
      // 10 ms of processing after the 180 has arrived.
      const since = (cancel?.sentAt ?? 0) - (ringing?.arrivesAt ?? 0);
      expect(since).toBe(181_010_000);
    }
  });

  it('tries one target after another where it is told how long each rings', () => {
    const run = forked([after(15, 'client-b2', 'answer')], { proxy: ', ring-time: 10s' });
    const [first] = run.messages('INVITE', 'proxy', 'client-b');
    const [cancel] = run.messages('CANCEL', 'proxy', 'client-b');
    expect((cancel?.sentAt ?? 0) - (first?.sentAt ?? 0)).toBe(10_000_000);
    const [second] = run.messages('INVITE', 'proxy', 'client-b2');
    const [refusal] = run.messages('487 Request Terminated', 'client-b', 'proxy');
    expect((second?.sentAt ?? 0) - (refusal?.arrivesAt ?? 0)).toBe(10_000);
    expect(run.messages('487 Request Terminated', 'proxy', 'cmr-server')).toEqual([]);
    expect(run.messages('200 (INVITE)', 'proxy', 'cmr-server')).toHaveLength(1);
    const refused = forked([after(2, 'client-b', 'reject', ', status: 603')], {
      proxy: ', ring-time: 10s',
    });
    expect(refused.messages('INVITE', 'proxy', 'client-b2')).toEqual([]);
    expect(refused.messages('603 Decline', 'proxy', 'cmr-server')).toHaveLength(1);
  });

  it('sends every 2xx on, and the second is acknowledged and ended (R-DLG-14, R-2XX-08)', () => {
    const run = forked([after(3, 'client-b', 'answer'), after(3.002, 'client-b2', 'answer')]);
    expect(run.messages('200 (INVITE)', 'proxy', 'cmr-server')).toHaveLength(2);
    expect(run.messages('ACK', 'cmr-server', 'proxy')).toHaveLength(2);
    const [ack] = run.messages('ACK', 'proxy', 'client-b2');
    const [bye] = run.messages('BYE', 'proxy', 'client-b2');
    expect(ack?.sentAt).toBeLessThanOrEqual(bye?.sentAt ?? 0);
    expect(run.messages('BYE', 'proxy', 'client-b')).toEqual([]);
  });
});

describe('the better of two refusals', () => {
  const invite = makeRequest({
    method: 'INVITE',
    requestUri: 'sip:b@b.example',
    via: [],
    from: { uri: 'sip:a@a.example', tag: 'a' },
    to: { uri: 'sip:b@b.example', tag: null },
    callId: '1',
    sequence: 1,
    contact: null,
    headers: [],
    bodies: [],
  });
  const best = (...statuses: readonly number[]): number | undefined =>
    statuses
      .map((status) => makeResponse(invite, status, 'b', null, [], []))
      .reduce<ReturnType<typeof makeResponse> | null>(betterOf, null)?.status;

  it.each([
    [[486, 603], 603],
    [[603, 302], 603],
    [[486, 302], 302],
    [[500, 486], 486],
    [[486, 415, 404], 415],
    [[404, 486], 404],
  ])('of %j is %d', (statuses, expected) => {
    expect(best(...statuses)).toBe(expected);
  });
});
