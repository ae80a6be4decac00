import { describe, expect, it } from 'vitest';

import { printSdp } from '../../../sim-core/sdp/print-sdp.ts';
import { bodyOf, headerValue, isSip, type SipMessage } from '../../../sim-core/sip/message.ts';
import type { MessageView } from '../../../sim-core/trace/message-view.ts';
import { figure, told } from '../../support/scenarios.ts';

/** REF-CON-GW of spec §1.6: the source text's flow, after its gaps are closed. */

const run = told(figure());

function only(text: string, from: string, to: string, place = 0): SipMessage {
  const packet = run.messages(text, from, to)[place]?.packet;
  if (packet === undefined || !isSip(packet)) throw new Error(`no ${text} from ${from}`);
  return packet;
}

function sdpLines(message: SipMessage): string[] {
  const body = bodyOf(message, 'session');
  return body === null ? [] : printSdp(body).trimEnd().split('\r\n');
}

function mLines(message: SipMessage): string[] {
  return sdpLines(message).filter((line) => /^(m=|a=(send|recv|inactive))/.test(line));
}

const originOf = (message: SipMessage) => sdpLines(message).find((line) => line.startsWith('o='));

describe('the Continue flow of the figure', () => {
  it('goes as REF-CON-GW has it, message by message', () => {
    const names = run.header.nodes.map(({ party }) => party ?? '?');
    const arrow = ({ from, to, text }: MessageView) => `${names[from]}→${names[to]} ${text}`;
    const signalling = run.views.filter(({ leg }) => leg !== 'media').map(arrow);
    expect(signalling).toEqual([
      'A→S INVITE',
      'S→A 100 Trying',
      'S→B INVITE',
      'B→S 100 Trying',
      'B→S 180 Ringing',
      'S→R reserve',
      'R→S ok',
      'S→A 180 Ringing',
      'S→R play',
      'R→S ok',
      'A→S PRACK',
      'S→A 200 (PRACK)',
      'B→S 200 (INVITE)',
      'S→B ACK',
      'S→R allocate conference',
      'R→S ok',
      'S→B re-INVITE',
      'B→S 200 (re-INVITE)',
      'S→A UPDATE',
      'A→S 200 (UPDATE)',
      'S→A 200 (INVITE)',
      'A→S ACK',
      'S→B ACK',
      'S→R mix',
      'R→S ok',
      'A→S BYE',
      'S→A 200 (BYE)',
      'S→B BYE',
      'S→R stop',
      'S→R release',
      'R→S ok',
      'R→S ok',
      'B→S 200 (BYE)',
    ]);
  });

  it('carries steps 1 to 11 once each, in order', () => {
    expect(run.views.flatMap(({ step }) => step ?? [])).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
  });

  it('gives the ring in the 180: an answer, P-Early-Media, 100rel, RSeq (DEL-GW-SRV-02…04)', () => {
    const ringing = only('180 Ringing', 'cmr-server', 'client-a');
    expect(headerValue(ringing, 'P-Early-Media')).toBe('sendrecv');
    expect(headerValue(ringing, 'Require')).toBe('100rel');
    expect(headerValue(ringing, 'RSeq')).toBe('1');
    expect(mLines(ringing)).toEqual([
      'm=audio 40000 RTP/AVP 104 96',
      'a=sendrecv',
      'm=video 40002 RTP/AVP 113',
      'a=sendrecv',
    ]);
  });

  it('offers Client-B the regular media of Client-A at the Resource Server (step 4)', () => {
    const reinvite = only('re-INVITE', 'cmr-server', 'client-b');
    expect(mLines(reinvite)).toEqual([
      'm=audio 40008 RTP/AVP 104 102 96 97',
      'a=sendrecv',
      'm=video 40010 RTP/AVP 113',
      'a=sendrecv',
    ]);
    expect(sdpLines(reinvite).filter((line) => line.startsWith('c='))).toEqual([
      'c=IN IP4 198.51.100.6',
    ]);
  });

  it('offers Client-A B’s audio, mixed, and the ring’s video in A’s own slot (step 6)', () => {
    const update = only('UPDATE', 'cmr-server', 'client-a');
    expect(mLines(update)).toEqual([
      'm=audio 40004 RTP/AVP 104 96',
      'a=sendrecv',
      'm=video 40002 RTP/AVP 113',
      'a=sendonly',
    ]);
    expect(mLines(only('200 (UPDATE)', 'client-a', 'cmr-server'))).toEqual([
      'm=audio 50056 RTP/AVP 104 96',
      'a=sendrecv',
      'm=video 50058 RTP/AVP 113',
      'a=recvonly',
    ]);
  });

  it('keeps one o= line per leg, its version counted on by one (RFC 3264 §8, R-OA-14)', () => {
    const legA = [
      only('180 Ringing', 'cmr-server', 'client-a'),
      only('UPDATE', 'cmr-server', 'client-a'),
    ];
    const legB = [
      only('INVITE', 'cmr-server', 'client-b'),
      only('re-INVITE', 'cmr-server', 'client-b'),
    ];
    expect(legA.map(originOf)).toEqual([
      'o=cmr-server 1001 1 IN IP4 198.51.100.5',
      'o=cmr-server 1001 2 IN IP4 198.51.100.5',
    ]);
    expect(legB.map(originOf)).toEqual([
      'o=cmr-server 1002 1 IN IP4 198.51.100.5',
      'o=cmr-server 1002 2 IN IP4 198.51.100.5',
    ]);
    const ofA = [
      only('INVITE', 'client-a', 'cmr-server'),
      only('200 (UPDATE)', 'client-a', 'cmr-server'),
    ];
    expect(ofA.map(originOf)).toEqual([
      'o=- 1063 1000 IN IP4 192.0.2.17',
      'o=- 1063 1001 IN IP4 192.0.2.17',
    ]);
  });

  it('sends the 200 of step 8 without SDP, and step 10 under the re-INVITE’s CSeq (GAP-04)', () => {
    expect(only('200 (INVITE)', 'cmr-server', 'client-a').bodies).toEqual([]);
    const [first, second] = [0, 1].map((place) => only('ACK', 'cmr-server', 'client-b', place));
    const reinvite = only('re-INVITE', 'cmr-server', 'client-b');
    expect(first?.cseq).toEqual({ number: 1, method: 'ACK' });
    expect(second?.cseq).toEqual({ number: reinvite.cseq.number, method: 'ACK' });
    expect(reinvite.cseq.number).toBe(2);
  });

  it('lets the mixture be: ring and B for A, A alone for B (step 11)', () => {
    const mixing = run.records.flatMap((record) =>
      record.kind === 'note' && record.note.kind === 'mixing' ? [record.note.cells] : [],
    );
    expect(mixing).toEqual([
      [
        { input: 'ringing-7', output: 'client-a', medium: 'audio', gainPercent: 25 },
        { input: 'client-b', output: 'client-a', medium: 'audio', gainPercent: 100 },
        { input: 'client-a', output: 'client-b', medium: 'audio', gainPercent: 100 },
        { input: 'ringing-7', output: 'client-a', medium: 'video', gainPercent: 100 },
      ],
      [],
    ]);
  });

  it('lets nobody hear anything they should not, and A see the ring without a gap', () => {
    const heard = (name: string, medium: string) =>
      run.records.flatMap((record) => {
        const node = run.header.nodes[record.node];
        if (record.kind !== 'note' || record.note.kind !== 'hears' || node?.name !== name)
          return [];
        if (record.note.medium !== medium) return [];
        const sources = record.note.sources.map(({ source }) => source).join('+');
        return [`${record.at / 1_000} ${sources}`];
      });
    expect(heard('client-a', 'audio')).toEqual([
      '350 ringing-7',
      '5260 ringing-7+client-b',
      '5400 ringing-7',
      '5650 ringing-7+client-b',
      '13540 ',
    ]);
    expect(heard('client-a', 'video')).toEqual(['350 ringing-7', '13540 ']);
    expect(heard('client-b', 'audio')).toEqual([
      '200 ring tone',
      '5200 ',
      '5650 client-a',
      '13620 ',
    ]);
  });
});
