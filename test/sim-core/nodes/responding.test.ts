import { describe, expect, it } from 'vitest';

import { zeroMicros, seconds } from '../../../sim-core/base/micros.ts';
import type { ResponseRule } from '../../../sim-core/nodes/cmr-client/responding.ts';
import { bodyPart } from '../../../sim-core/sip/making-messages.ts';
import { bodyOf, headerValue } from '../../../sim-core/sip/message.ts';
import { asking, inCall, loneClient, sdpOf } from './lone-client.ts';

const rule = (change: Partial<ResponseRule>): ResponseRule => ({
  to: 'UPDATE',
  inDialog: null,
  occurrences: [],
  with: 'as usual',
  headers: [],
  after: zeroMicros,
  ...change,
});

const offer = () => bodyPart('session', sdpOf('198.51.100.5', 20_000, 'audio', 'video'));

describe('answers against a terminal’s habit', () => {
  it('refuse what they name, as often as they say, with their header fields', () => {
    const headers = [['Retry-After', '3']] as const;
    const client = loneClient({ responds: [rule({ with: 500, headers, occurrences: [1] })] });
    const tag = inCall(client);
    client.hear(asking('UPDATE', 2, tag, [offer()]));
    expect(client.lastSent()).toMatchObject({ status: 500, bodies: [] });
    expect(headerValue(client.lastSent(), 'Retry-After')).toBe('3');
    client.hear(asking('UPDATE', 3, tag, [offer()]));
    expect(client.lastSent()).toMatchObject({ status: 200 });
  });

  it('leave the offer behind that they refuse: the next one is a new one', () => {
    const client = loneClient({ responds: [rule({ with: 488, occurrences: [1] })] });
    const tag = inCall(client);
    client.hear(asking('UPDATE', 2, tag, [offer()]));
    expect(client.state.agent.dialogs[0]?.offerAnswer.session.state).toBe('agreed');
  });

  it('tell a re-INVITE from an INVITE', () => {
    const client = loneClient({ responds: [rule({ to: 'INVITE', inDialog: true, with: 491 })] });
    const tag = inCall(client);
    expect(client.state.phase).toBe('in call');
    client.hear(asking('INVITE', 2, tag, [offer()]));
    expect(client.lastSent()).toMatchObject({ status: 491, cseq: { method: 'INVITE' } });
    const refusing = loneClient({ responds: [rule({ to: 'INVITE', inDialog: false, with: 404 })] });
    refusing.hear(asking('INVITE', 1, null, [offer()]));
    expect(refusing.lastSent()).toMatchObject({ status: 404 });
    expect(refusing.state.phase).toBe('over');
  });

  it('are silence where they say so, with no 100 either', () => {
    const client = loneClient({
      responds: [rule({ to: 'INVITE', inDialog: true, with: 'nothing' })],
    });
    const tag = inCall(client);
    const before = client.sent.length;
    client.hear(asking('INVITE', 2, tag, [offer()]));
    expect(client.sent).toHaveLength(before);
    expect(client.timers.filter((timer) => timer.startsWith('100 '))).toEqual([]);
  });

  it('come late, as usual where they name no other', () => {
    const client = loneClient({ responds: [rule({ after: seconds(4) })] });
    const tag = inCall(client);
    client.hear(asking('UPDATE', 2, tag, [offer()]));
    const before = client.sent.length;
    const timer = client.timers.find((one) => one.startsWith('own respond '));
    client.tell({ kind: 'timer', timer: timer ?? '' });
    expect(client.sent.length).toBeGreaterThan(before);
    const response = client.lastSent();
    expect(response).toMatchObject({ status: 200, cseq: { method: 'UPDATE' } });
    expect(bodyOf(response, 'session')?.media).toHaveLength(2);
  });
});
