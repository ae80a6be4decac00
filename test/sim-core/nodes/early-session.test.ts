import { describe, expect, it } from 'vitest';

import { bodyPart } from '../../../sim-core/sip/making-messages.ts';
import { bodyOf, headerTokens, headerValue } from '../../../sim-core/sip/message.ts';
import {
  answering,
  asking,
  calling,
  loneClient,
  media,
  portsOf,
  reliably,
  sdpOf,
  type LoneClient,
} from './lone-client.ts';

const ring = () => bodyPart('early-session', sdpOf('198.51.100.6', 40_000, 'audio', 'video'));

/** Client-A has dialled, and a reliable 180 with an early-session offer has come. */
function offered(client: LoneClient) {
  const invite = calling(client);
  client.hear(answering(invite, 180, [ring()], reliably(1, 'early-session')));
  const prack = client.lastSent();
  return { invite, prack, answer: bodyOf(prack, 'early-session') };
}

describe('a calling client', () => {
  it('answers an early-session offer in the PRACK, at ports of its own (DEL-AS-CLI-02)', () => {
    const client = loneClient();
    const { prack, answer } = offered(client);
    expect(prack.cseq.method).toBe('PRACK');
    expect(headerValue(prack, 'RAck')).toBe('1 1 INVITE');
    expect(portsOf(answer)).toEqual([50_004, 50_006]);
    expect(bodyOf(prack, 'session')).toBeNull();
  });

  it('plays the ring instead of its own tone, and nothing of it after the 200 (R-ES-06)', () => {
    const client = loneClient();
    const { invite } = offered(client);
    expect(client.hears()).toEqual(['ringback tone']);
    client.hear(media(50_004, 'carousel'));
    expect(client.hears()).toEqual(['carousel']);
    client.hear(media(50_004, null));
    expect(client.hears()).toEqual(['ringback tone']);
    client.hear(media(50_004, 'carousel'));
    const answer = bodyPart('session', sdpOf('203.0.113.9', 30_000, 'audio', 'video'));
    client.hear(answering(invite, 200, [answer]));
    expect(client.hears()).toEqual([]);
  });

  it('until the first regular stream where it does not follow the RFC (SW-ES-TAIL)', () => {
    const client = loneClient({ earlyTail: 'until-first-regular-rtp' });
    const { invite } = offered(client);
    client.hear(media(50_004, 'carousel'));
    const answer = bodyPart('session', sdpOf('203.0.113.9', 30_000, 'audio', 'video'));
    client.hear(answering(invite, 200, [answer]));
    expect(client.hears()).toEqual(['carousel']);
    client.hear(media(50_000, 'client-b'));
    expect(client.hears()).toEqual(['client-b']);
    client.hear(media(50_000, null));
    expect(client.hears()).toEqual([]);
  });

  it('refuses with zero ports (R-ES-05), ignores, or answers with another line count', () => {
    const sdp = loneClient().state.config.earlySession.sdp;
    const ports = (answers: 'refuse' | 'ignore' | 'wrong-m-lines') =>
      portsOf(offered(loneClient({ earlySession: { answers, sdp } })).answer);
    expect(ports('refuse')).toEqual([0, 0]);
    expect(ports('ignore')).toEqual([]);
    expect(ports('wrong-m-lines')).toEqual([50_004]);
  });

  it('leaves an offer alone that it has not asked for', () => {
    const client = loneClient({ supported: ['100rel'] });
    expect(offered(client).answer).toBeNull();
  });

  it('finds the tag in capitals too (GAP-19)', () => {
    const client = loneClient({ supported: ['100rel', 'Early-Session'] });
    expect(portsOf(offered(client).answer)).toEqual([50_004, 50_006]);
  });
});

/** Client-B has been called and rings; gives its 180. */
function ringing(client: LoneClient, ...early: readonly ReturnType<typeof ring>[]) {
  const offer = bodyPart('session', sdpOf('198.51.100.5', 20_000));
  const supported = [['Supported', '100rel, early-session']] as const;
  client.hear(asking('INVITE', 1, null, [offer, ...early], supported));
  client.tell({ kind: 'timer', timer: 'own alert' });
  return client.lastSent();
}

describe('a called client', () => {
  it('lists early-session in Supported of its 180 (DEL-AS-CLI-04)', () => {
    const response = ringing(loneClient());
    expect(headerTokens(response, 'Supported')).toContain('early-session');
    expect(headerTokens(response, 'Require')).toEqual(['100rel']);
  });

  it.each(['PRACK', 'UPDATE'] as const)('answers an offer in a %s within its 200', (method) => {
    const client = loneClient();
    const { to } = ringing(client);
    const rack = [['RAck', '1 1 INVITE']] as const;
    if (method === 'UPDATE') client.hear(asking('PRACK', 2, to.tag, [], rack));
    client.hear(asking(method, 3, to.tag, [ring()], method === 'PRACK' ? rack : []));
    const response = client.lastSent();
    expect(response).toMatchObject({ kind: 'response', status: 200, cseq: { method } });
    expect(portsOf(bodyOf(response, 'early-session'))).toEqual([50_004, 50_006]);
    expect(bodyOf(response, 'session')).toBeNull();
    expect(headerTokens(response, 'Require')).toEqual(['early-session']);
    client.hear(media(50_004, 'marimba'));
    expect(client.hears()).toEqual(['marimba']);
    client.tell({ kind: 'user', action: { kind: 'answer' } });
    expect(client.hears()).toEqual([]);
  });

  it('answers an offer in the INVITE within its reliable 180 (SW-CMRT-ES-CARRIER)', () => {
    const response = ringing(loneClient(), ring());
    expect(portsOf(bodyOf(response, 'early-session'))).toEqual([50_004, 50_006]);
    expect(headerTokens(response, 'Require')).toEqual(['early-session', '100rel']);
  });

  it('refuses a PRACK that requires what it does not know, and acknowledges none (K-18)', () => {
    const client = loneClient({ supported: ['100rel'] });
    const { to } = ringing(client);
    const rack = ['RAck', '1 1 INVITE'] as const;
    client.hear(asking('PRACK', 2, to.tag, [ring()], [rack, ['Require', 'early-session']]));
    const refusal = client.lastSent();
    expect(refusal).toMatchObject({ status: 420, bodies: [] });
    expect(headerValue(refusal, 'Unsupported')).toBe('early-session');
    client.hear(asking('PRACK', 3, to.tag, [], [rack]));
    expect(client.lastSent()).toMatchObject({ status: 200, cseq: { number: 3 } });
  });
});
