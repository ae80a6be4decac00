import { describe, expect, it } from 'vitest';

import { body, response } from '../../../sim-core/http/http-message.ts';
import {
  isTcp,
  segment,
  sequenceAfter,
  type TcpPacket,
} from '../../../sim-core/http/tcp-packet.ts';
import type { Header } from '../../../sim-core/sip/message.ts';
import { bodyPart } from '../../../sim-core/sip/making-messages.ts';
import { answering, asking, calling, loneClient, sdpOf, type LoneClient } from './lone-client.ts';

const named: Header = ['Alert-Info', '<urn:alert:service:crs>, <http://198.51.100.6/melody>'];
const melody = { name: 'melody', media: ['audio'] } as const;

/** The last thing it has sent over TCP. */
function lastTcp(client: LoneClient): TcpPacket {
  const last = client.sent.findLast(isTcp);
  if (last === undefined) throw new Error('it has connected to nothing');
  return last;
}

/** The server's next segment in reply to the last of the terminal's. */
function replies(client: LoneClient, carries: TcpPacket['carries'], flags: TcpPacket['flags']) {
  const { from, to, acknowledges } = lastTcp(client);
  const due = sequenceAfter(lastTcp(client));
  client.hear(segment(flags, to, from, acknowledges, due, carries));
}

function getsHead(client: LoneClient, status = 200) {
  replies(client, null, 'SYN+ACK');
  replies(client, response(status, 'audio/3gpp', 90_000, melody), 'ACK');
}

function ringing(change: Parameters<typeof loneClient>[0] = {}) {
  const client = loneClient(change);
  const invite = calling(client);
  client.hear(answering(invite, 180, [], [named]));
  return { client, invite };
}

describe('a caller that is named a ring (DEL-HTTP-CLI-01, 02)', () => {
  it('fetches it, and plays it in place of its tone until the final response', () => {
    const { client, invite } = ringing();
    expect(lastTcp(client)).toMatchObject({
      label: 'SYN',
      to: { address: '198.51.100.6', port: 80 },
    });
    getsHead(client);
    expect(client.hears()).toEqual(['ringback tone']);
    replies(client, body(90_000), 'FIN+ACK');
    expect(client.hears()).toEqual(['melody']);
    client.hear(answering(invite, 486));
    expect(client.hears()).toEqual([]);
  });

  it('plays it from its first octet where it may (SW-HTTP-PLAY)', () => {
    const { client } = ringing({ httpPlay: 'progressive' });
    getsHead(client);
    expect(client.hears()).toEqual(['melody']);
  });

  it('fetches once, and keeps the first URL (GAP-21)', () => {
    const { client, invite } = ringing();
    const before = client.sent.length;
    const other: Header = ['Alert-Info', '<http://198.51.100.6/other>'];
    client.hear(answering(invite, 180, [], [other]));
    expect(client.sent.slice(before).filter(isTcp)).toEqual([]);
  });

  it('stops fetching at the answer', () => {
    const { client, invite } = ringing();
    getsHead(client);
    const answer = bodyPart('session', sdpOf('203.0.113.9', 30_000, 'audio', 'video'));
    client.hear(answering(invite, 200, [answer]));
    expect(lastTcp(client).flags).toBe('RST');
    replies(client, body(90_000), 'FIN+ACK');
    expect(client.hears()).toEqual([]);
  });

  it('keeps its own tone where there is nothing to fetch, and says why', () => {
    const { client } = ringing();
    getsHead(client, 404);
    expect(client.hears()).toEqual(['ringback tone']);
    expect(client.notes.at(-1)).toMatchObject({ to: 'failed: refused with 404' });
  });

  it('connects to nobody where it ignores Alert-Info, or is named no URL', () => {
    expect(ringing({ alertInfo: 'ignore' }).client.sent.filter(isTcp)).toEqual([]);
    const client = loneClient();
    client.hear(answering(calling(client), 180, [], [['Alert-Info', '<urn:alert:tone:x>']]));
    expect(client.sent.filter(isTcp)).toEqual([]);
  });

  it('takes Call-Info where that names it (SW-HTTP-HDR)', () => {
    const client = loneClient();
    const info: Header = ['Call-Info', '<http://198.51.100.6/melody>;purpose=icon'];
    client.hear(answering(calling(client), 180, [], [info]));
    expect(lastTcp(client).label).toBe('SYN');
  });
});

describe('a called party that is named a ring (DEL-HTTP-CLI-03, 04)', () => {
  it('fetches it at once, and rings with it until its user answers', () => {
    const client = loneClient();
    const offer = bodyPart('session', sdpOf('198.51.100.5', 20_000));
    client.hear(asking('INVITE', 1, null, [offer], [named]));
    expect(lastTcp(client).label).toBe('SYN');
    getsHead(client);
    replies(client, body(90_000), 'FIN+ACK');
    expect(client.hears()).toEqual([]);
    client.tell({ kind: 'timer', timer: 'own alert' });
    expect(client.hears()).toEqual(['melody']);
    client.tell({ kind: 'user', action: { kind: 'answer' } });
    expect(client.hears()).toEqual([]);
  });
});
