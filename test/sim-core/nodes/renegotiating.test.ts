import { describe, expect, it } from 'vitest';

import type { UserAction } from '../../../sim-core/kernel/node.ts';
import { directionOf } from '../../../sim-core/sdp/media-lines.ts';
import { bodyPart } from '../../../sim-core/sip/making-messages.ts';
import { bodyOf, type SipRequest } from '../../../sim-core/sip/message.ts';
import { shippedWith, told } from '../../support/scenarios.ts';
import {
  answering,
  asking,
  calling,
  inCall,
  loneClient,
  media,
  portsOf,
  reliably,
  sdpOf,
  type LoneClient,
} from './lone-client.ts';

function does(client: LoneClient, action: UserAction): SipRequest | null {
  const before = client.sent.length;
  client.tell({ kind: 'user', action });
  const last = client.lastSent();
  return client.sent.length > before && last.kind === 'request' ? last : null;
}

function directions(request: SipRequest | null) {
  const offer = request === null ? null : bodyOf(request, 'session');
  return offer?.media.map((section) => directionOf(section, offer));
}

const answer = (port: number) => bodyPart('session', sdpOf('203.0.113.9', port, 'audio', 'video'));

describe('hold and resume in a call (RFC 3264 §8.4)', () => {
  it('offers sendonly by re-INVITE and sends nothing, then sendrecv again', () => {
    const client = loneClient();
    inCall(client);
    expect(client.state.media.sending).toHaveLength(2);
    const held = does(client, { kind: 'hold' });
    expect(held?.method).toBe('INVITE');
    expect(directions(held)).toEqual(['sendonly', 'sendonly']);
    expect(client.state.media.sending).toHaveLength(0);
    if (held === null) return;
    const origin = bodyOf(held, 'session')?.origin;
    client.hear(answering(held, 200, [answer(30_000)]));
    expect(client.lastSent().cseq).toEqual({ number: held.cseq.number, method: 'ACK' });
    const resumed = does(client, { kind: 'resume' });
    expect(directions(resumed)).toEqual(['sendrecv', 'sendrecv']);
    // R-OA-14: the same session, one version on.
    expect(resumed && bodyOf(resumed, 'session')?.origin).toEqual({
      ...origin,
      version: (origin?.version ?? 0) + 1,
    });
    expect(client.state.media.sending).toHaveLength(2);
  });

  it('answers an offer of the other end with sendonly while it holds', () => {
    const client = loneClient();
    const tag = inCall(client);
    const held = does(client, { kind: 'hold' });
    if (held !== null) client.hear(answering(held, 200, [answer(30_000)]));
    client.hear(asking('UPDATE', 2, tag, [answer(30_100)]));
    const response = client.lastSent();
    const said = bodyOf(response, 'session');
    expect(said?.media.map((section) => directionOf(section, said))).toEqual([
      'sendonly',
      'sendonly',
    ]);
  });
});

describe('a negotiation of the terminal’s own', () => {
  it('moves to other ports, and listens at both until media come to the new ones (R-OA-17)', () => {
    const client = loneClient();
    inCall(client);
    const moved = does(client, { kind: 're-invite', offer: 'new-ports' });
    expect(portsOf(moved && bodyOf(moved, 'session'))).toEqual([50_100, 50_102]);
    client.hear(media(50_000, 'client-b'));
    expect(client.hears()).toEqual(['client-b']);
    if (moved !== null) client.hear(answering(moved, 200, [answer(30_000)]));
    expect(client.hears()).toEqual(['client-b']);
    client.hear(media(50_100, 'melody'));
    expect(client.hears()).toEqual(['melody']);
  });

  it('of which one without an offer lets the other end make it, and answers in the ACK', () => {
    const client = loneClient();
    inCall(client);
    const asked = does(client, { kind: 're-invite', offer: 'none' });
    expect(asked?.bodies).toEqual([]);
    if (asked !== null) client.hear(answering(asked, 200, [answer(31_000)]));
    const ack = client.lastSent();
    expect(ack.cseq.method).toBe('ACK');
    expect(portsOf(bodyOf(ack, 'session'))).toEqual([50_000, 50_002]);
  });

  it('comes once more where it met another one (R-REI-04), and then no more', () => {
    const client = loneClient();
    inCall(client);
    const asked = does(client, { kind: 're-invite', offer: 'as-before' });
    if (asked !== null) client.hear(answering(asked, 491));
    const timer = client.timers.find((one) => one.startsWith('retry '));
    const before = client.sent.length;
    client.tell({ kind: 'timer', timer: timer ?? '' });
    const again = client.lastSent();
    expect(client.sent.length).toBe(before + 1);
    expect(again).toMatchObject({ kind: 'request', method: 'INVITE' });
    expect(again.bodies).toHaveLength(1);
    if (again.kind === 'request') client.hear(answering(again, 491));
    expect(client.timers.filter((one) => one.startsWith('retry '))).toEqual([]);
  });

  it('waits for its turn: none before the first one is answered, none beside another', () => {
    const client = loneClient();
    const invite = calling(client);
    expect(does(client, { kind: 'update', offer: 'as-before' })).toBeNull();
    const allow = ['Allow', 'UPDATE'] as const;
    client.hear(answering(invite, 180, [answer(30_000)], [allow, ...reliably(1)]));
    const prack = client.lastSent();
    expect(does(client, { kind: 're-invite', offer: 'as-before' })).toBeNull();
    expect(does(client, { kind: 'hold' })).toBeNull();
    expect(does(client, { kind: 'update', offer: 'as-before' })).toBeNull();
    expect(client.notes.at(-1)).toMatchObject({ kind: 'ignored' });
    if (prack.kind === 'request') client.hear(answering(prack, 200));
    const first = client.lastSent();
    expect(first).toMatchObject({ method: 'UPDATE' });
    // The other one goes when this one is answered.
    if (first.kind === 'request') client.hear(answering(first, 200, [answer(30_000)]));
    expect(client.lastSent()).toMatchObject({ method: 'UPDATE' });
    expect(client.lastSent().cseq.number).toBe(first.cseq.number + 1);
  });

  it('fails without harm: the session stays as it was (R-REI-05)', () => {
    const client = loneClient();
    inCall(client);
    const asked = does(client, { kind: 're-invite', offer: 'new-ports' });
    if (asked !== null) client.hear(answering(asked, 488));
    expect(client.state.phase).toBe('in call');
    expect(client.state.media.sending.map(({ from }) => from.port)).toEqual([50_000, 50_002]);
  });
});

describe('what has to wait (R-UPD-03)', () => {
  const script = (act: string) =>
    `[{ at: 0s, who: client-a, does: dial, target: client-b }, ${act}]`;

  it('a called terminal offers only when the PRACK of its answer has come', () => {
    const act = '{ after: 0s, since: ringing, who: client-b, does: hold }';
    const run = told(
      shippedWith('gateway-mode/n-11-client-b-answers-in-its-180', { script: script(act) }, [
        'delay the 1st PRACK from cmr-server by 300ms',
      ]),
    );
    const [prack] = run.messages('PRACK', 'cmr-server', 'client-b');
    const [update] = run.messages('UPDATE', 'client-b', 'cmr-server');
    expect(update?.sentAt).toBeGreaterThanOrEqual(prack?.arrivesAt ?? Infinity);
  });
});
