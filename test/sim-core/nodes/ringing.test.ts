import { describe, expect, it } from 'vitest';

import { zeroMicros } from '../../../sim-core/base/micros.ts';
import type { Alerting } from '../../../sim-core/nodes/cmr-client/client-state.ts';
import { bodyPart } from '../../../sim-core/sip/making-messages.ts';
import {
  bodyOf,
  headerTokens,
  headerValue,
  isSip,
  type Header,
} from '../../../sim-core/sip/message.ts';
import {
  answering,
  asking,
  calling,
  loneClient,
  media,
  portsOf,
  reliably,
  sdpOf,
} from './lone-client.ts';

const at = { least: zeroMicros, most: zeroMicros };
const offer = () => bodyPart('session', sdpOf('198.51.100.5', 20_000, 'audio', 'video'));
const knows100rel: Header = ['Supported', '100rel'];

/** A terminal that is called and rings in this manner. */
function called(manner: Partial<Alerting>, bodies = [offer()], headers = [knows100rel]) {
  const { alerting } = loneClient().state.config;
  const client = loneClient({ alerting: { ...alerting, reliable: false, ...manner } });
  client.hear(asking('INVITE', 1, null, bodies, headers));
  const timers = { alert: 'own alert', progress: 'own progress', again: 'own ringing again' };
  const fires = (which: keyof typeof timers) => {
    client.tell({ kind: 'timer', timer: timers[which] });
    return client.lastSent();
  };
  const prack = (sequence: number, number: number) => {
    const rack: Header = ['RAck', `${sequence} 1 INVITE`];
    client.hear(asking('PRACK', number, client.lastSent().to.tag, [], [rack]));
  };
  return { client, fires, prack };
}

const ports = (message: Parameters<typeof bodyOf>[0]) => portsOf(bodyOf(message, 'session'));

describe('a 183 before the 180', () => {
  it('has the answer where it is sent reliably, and the 180 has none any more (R-OA-04)', () => {
    const { fires, prack } = called({
      reliable: true,
      withAnswer: true,
      progress: { after: at, reliable: true, withAnswer: true },
    });
    const first = fires('progress');
    expect(first).toMatchObject({ status: 183 });
    expect(ports(first)).toEqual([50_000, 50_002]);
    prack(1, 2);
    const second = fires('alert');
    expect(second).toMatchObject({ status: 180, bodies: [] });
    expect(headerValue(second, 'RSeq')).toBe('2');
  });

  it('lets the 180 wait while it has no PRACK (R-PRK-05)', () => {
    const { client, fires, prack } = called({
      reliable: true,
      progress: { after: at, reliable: true, withAnswer: false },
    });
    fires('progress');
    expect(fires('alert')).toMatchObject({ status: 183 });
    prack(1, 2);
    expect(client.sent.filter(isSip).map(({ label }) => label)).toEqual([
      '100',
      '183',
      '200',
      '180',
    ]);
  });

  it('is a preview where it is not reliable; the 200 has the same answer (R-OA-05)', () => {
    const { client, fires } = called({
      progress: { after: at, reliable: false, withAnswer: true },
    });
    const preview = bodyOf(fires('progress'), 'session');
    fires('alert');
    client.tell({ kind: 'user', action: { kind: 'answer' } });
    expect(client.lastSent()).toMatchObject({ status: 200 });
    expect(bodyOf(client.lastSent(), 'session')).toEqual(preview);
  });
});

describe('a terminal that rings', () => {
  it('says so again each minute, or each 150 s where that is reliable (R-TX-20)', () => {
    const { fires } = called({});
    fires('alert');
    expect(fires('again')).toMatchObject({ status: 180 });
    const { client } = called({ repeats: false });
    client.tell({ kind: 'timer', timer: 'own alert' });
    expect(client.timers).not.toContain('own ringing again');
  });

  it('stops saying so when it is answered', () => {
    const { client, fires } = called({});
    fires('alert');
    client.tell({ kind: 'user', action: { kind: 'answer' } });
    expect(client.timers.filter((timer) => timer.startsWith('own '))).toEqual([]);
  });

  it('answers by itself in place of ringing', () => {
    const { client, fires } = called({ autoAnswer: true });
    expect(fires('alert')).toMatchObject({ status: 200 });
    expect(client.state.phase).toBe('in call');
  });

  it('is reliable where the other end insists (R-PRK-15)', () => {
    const { fires } = called({}, [offer()], [['Require', '100rel']]);
    expect(headerTokens(fires('alert'), 'Require')).toEqual(['100rel']);
  });

  it('lists in its 180 what it is told to list there', () => {
    const { fires } = called({ supported: ['early-session'] });
    expect(headerTokens(fires('alert'), 'Supported')).toEqual(['early-session']);
  });
});

describe('an INVITE without an offer', () => {
  it('gets one in the first reliable response; the PRACK answers it (R-OA-20)', () => {
    const { client, fires } = called({ reliable: true }, []);
    const ringing = fires('alert');
    expect(ports(ringing)).toEqual([50_000, 50_002]);
    client.tell({ kind: 'user', action: { kind: 'answer' } });
    expect(client.lastSent()).toBe(ringing);
    client.hear(asking('PRACK', 2, ringing.to.tag, [offer()], [['RAck', '1 1 INVITE']]));
    expect(client.lastSent()).toMatchObject({
      status: 200,
      bodies: [],
      cseq: { method: 'INVITE' },
    });
  });

  it('gets one in the 200 otherwise; the ACK answers it', () => {
    const { client, fires } = called({}, []);
    fires('alert');
    client.tell({ kind: 'user', action: { kind: 'answer' } });
    const { to } = client.lastSent();
    expect(ports(client.lastSent())).toEqual([50_000, 50_002]);
    client.hear(asking('ACK', 1, to.tag, [offer()]));
    expect(client.state.media.sending).toHaveLength(2);
  });

  it('is what a caller sends that leaves the offer to the other end', () => {
    const client = loneClient({ calling: { offer: false, media: null, prackOffer: 'none' } });
    const invite = calling(client);
    expect(invite.bodies).toEqual([]);
    client.hear(answering(invite, 180, [offer()], reliably(1)));
    expect(client.lastSent()).toMatchObject({ method: 'PRACK' });
    expect(ports(client.lastSent())).toEqual([50_000, 50_002]);
  });
});

describe('a caller that offers again in its PRACK (R-PRK-17)', () => {
  const again = { calling: { offer: true, media: null, prackOffer: 'new-ports' } } as const;

  it('does so where the response has brought the answer', () => {
    const client = loneClient(again);
    client.hear(answering(calling(client), 183, [offer()], reliably(1)));
    expect(ports(client.lastSent())).toEqual([50_100, 50_102]);
  });

  it('and not otherwise', () => {
    const client = loneClient(again);
    client.hear(answering(calling(client), 183, [], reliably(1)));
    expect(client.lastSent()).toMatchObject({ method: 'PRACK', bodies: [] });
  });
});

describe('P-Early-Media at a caller (RFC 5009 §8)', () => {
  function ringing(value: string | null) {
    const client = loneClient({ earlyMedia: true });
    const invite = calling(client);
    const header: Header[] = value === null ? [] : [['P-Early-Media', value]];
    client.hear(answering(invite, 180, [offer()], [...reliably(1), ...header]));
    client.hear(media(50_000, 'carousel'));
    return { client, invite };
  }
  const sends = ({ client }: ReturnType<typeof ringing>) =>
    client.state.media.sending.map(({ medium }) => medium);

  it.each([
    ['sendrecv', ['carousel'], ['audio', 'video']],
    ['sendonly', ['carousel'], []],
    ['recvonly', ['ringback tone'], ['audio', 'video']],
    ['inactive', ['ringback tone'], []],
    ['inactive, sendrecv', ['ringback tone'], ['video']],
    ['sendrecv, inactive, gated', ['carousel'], ['audio']],
    ['supported', ['carousel'], ['audio', 'video']],
    [null, ['carousel'], ['audio', 'video']],
  ])('%s', (value, heard, sent) => {
    const call = ringing(value);
    expect(call.client.hears()).toEqual(heard);
    expect(sends(call)).toEqual(sent);
  });

  it('is waited for where the gate is closed without it (R-PEM-08)', () => {
    const client = loneClient({ earlyMedia: true, earlyMediaGate: 'closed' });
    const invite = calling(client);
    client.hear(answering(invite, 180, [offer()], reliably(1)));
    client.hear(media(50_000, 'carousel'));
    expect(client.hears()).toEqual(['ringback tone']);
    client.hear(answering(invite, 200));
    expect(client.hears()).toEqual(['carousel']);
  });

  it('keeps what it said until it says otherwise, and opens at the 200 (R-PEM-06, 07)', () => {
    const { client, invite } = ringing('inactive');
    client.hear(answering(invite, 180, [], reliably(2)));
    expect(client.hears()).toEqual(['ringback tone']);
    client.hear(answering(invite, 200));
    expect(client.hears()).toEqual(['carousel']);
    expect(client.state.media.sending).toHaveLength(2);
  });

  it('silences the tone while it promises media that have not come yet (R-PEM-12)', () => {
    const { client } = ringing('sendrecv');
    client.hear(media(50_000, null));
    expect(client.hears()).toEqual([]);
  });
});

describe('a caller that takes media from its peer alone (SW-A-SOURCE-FILTER)', () => {
  it('drops what comes from elsewhere once there is an answer', () => {
    const client = loneClient({ sourceFilter: 'sdp-remote' });
    const answer = bodyPart('session', sdpOf('203.0.113.9', 30_000, 'audio', 'video'));
    const invite = calling(client);
    client.hear(media(50_000, 'carousel'));
    client.hear(answering(invite, 200, [answer]));
    expect(client.hears()).toEqual([]);
  });
});

describe('a caller that an early session alone keeps quiet (R-EM-04)', () => {
  it('hears nothing where its ring does not come', () => {
    const ring = bodyPart('early-session', sdpOf('198.51.100.6', 40_000, 'audio'));
    const client = loneClient({ ringback: 'until-early-session' });
    client.hear(answering(calling(client), 180, [ring], reliably(1, 'early-session')));
    expect(client.hears()).toEqual([]);
  });
});

describe('a caller that hangs up while it waits (R-DLG-11)', () => {
  it('ends the early dialog by BYE', () => {
    const client = loneClient();
    client.hear(answering(calling(client), 180));
    client.tell({ kind: 'user', action: { kind: 'hang up' } });
    expect(client.lastSent()).toMatchObject({ kind: 'request', method: 'BYE' });
    expect(client.state.phase).toBe('over');
  });
});
