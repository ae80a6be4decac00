import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { answerTo, type Answering } from '../../../sim-core/sdp/answer.ts';
import { withOrigin } from '../../../sim-core/sdp/history.ts';
import { directionOf, isOn, withDirection } from '../../../sim-core/sdp/media-lines.ts';
import { printSdp } from '../../../sim-core/sdp/print-sdp.ts';
import type {
  Direction,
  MediaDescription,
  SessionDescription,
} from '../../../sim-core/sdp/session-description.ts';
import { describeWithData } from '../../support/shared-data.ts';
import { isFrozenDeep, parsed, sdp, terminalA, terminalB } from './written-sdp.ts';

function answer(
  offer: SessionDescription,
  able: SessionDescription,
  as: Omit<Answering, 'origin'> = {},
): SessionDescription {
  return answerTo(offer, able, { origin: able.origin, ...as });
}

/** A description of one section, from its m= line on. */
function section(...lines: readonly string[]): SessionDescription {
  const head = ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0'];
  return sdp(...head, ...lines);
}

function linesOf(of: SessionDescription, index = 0): string[] {
  return (of.media[index]?.lines ?? []).map(([type, value]) => `${type}=${value}`);
}

function mLine(of: SessionDescription, index = 0): string {
  const media = of.media[index];
  return `${media?.media} ${media?.port} ${media?.protocol} ${media?.formats.join(' ')}`;
}

describe('answerTo, one codec', () => {
  it("takes the offer's first common codec with its telephone-event, under its numbers", () => {
    const answered = answer(terminalA, terminalB);
    expect(mLine(answered)).toBe('audio 1234 RTP/AVP 104 96');
    expect(linesOf(answered)).toEqual([
      'b=AS:41',
      'b=RS:512',
      'b=RR:1537',
      'a=rtpmap:104 AMR-WB/16000/1',
      'a=fmtp:104 mode-change-capability=2;max-red=0',
      'a=rtpmap:96 telephone-event/16000',
      'a=fmtp:96 0-15',
      'a=ptime:20',
      'a=maxptime:240',
      'a=sendrecv',
    ]);
    expect(mLine(answered, 1)).toBe('video 0 RTP/AVP 114 113');
    expect(answered.sessionName).toBe('SS VOIP');
    expect(answered.origin).toEqual(terminalB.origin);
    expect(isFrozenDeep(answered)).toBe(true);
  });

  it("prefers as the offer does, not as the party does, and never another's payload layout", () => {
    const offer = section(
      'm=audio 4000 RTP/AVP 0 99 98 97',
      'a=rtpmap:99 AMR/8000',
      'a=fmtp:99 octet-align=1',
      'a=rtpmap:98 AMR-WB/16000',
      'a=rtpmap:97 telephone-event/16000',
    );
    const answered = answer(offer, terminalB);
    expect(mLine(answered)).toBe('audio 1234 RTP/AVP 99');
    expect(linesOf(answered)).toContain(
      'a=fmtp:99 octet-align=1;mode-change-capability=2;max-red=0',
    );
    expect(linesOf(answered)).not.toContain('a=fmtp:110 0-15');
  });

  it('compares names without regard to case, one channel with none said', () => {
    const offer = section('m=audio 4000 RTP/AVP 100', 'a=rtpmap:100 amr-wb/16000');
    expect(mLine(answer(offer, terminalB))).toBe('audio 1234 RTP/AVP 100');
    const stereo = section('m=audio 4000 RTP/AVP 100', 'a=rtpmap:100 AMR-WB/16000/2');
    expect(mLine(answer(stereo, terminalB))).toBe('audio 0 RTP/AVP 100');
  });

  it('maps between static and dynamic numbers', () => {
    const dynamic = section('m=audio 4000 RTP/AVP 96', 'a=rtpmap:96 PCMU/8000');
    const plain = section('m=audio 5000 RTP/AVP 0', 'a=ptime:20');
    expect(linesOf(answer(dynamic, plain))).toEqual(['a=ptime:20', 'a=rtpmap:96 PCMU/8000']);
    expect(mLine(answer(plain, dynamic))).toBe('audio 4000 RTP/AVP 0');
    expect(linesOf(answer(plain, dynamic))).toEqual(['a=rtpmap:0 PCMU/8000']);
  });

  it('does not accept what carries no media by itself', () => {
    const offer = section(
      'm=audio 4000 RTP/AVP 97 13',
      'a=rtpmap:97 telephone-event/8000',
      'a=rtpmap:13 CN/8000',
    );
    expect(isOn(answer(offer, offer).media[0] as MediaDescription)).toBe(false);
  });
});

describe('answerTo, parameters that bind', () => {
  const amr = (parameters: string): SessionDescription =>
    section('m=audio 4000 RTP/AVP 96', 'a=rtpmap:96 AMR/8000', `a=fmtp:96 ${parameters}`);
  const bare = section('m=audio 4000 RTP/AVP 97', 'a=rtpmap:97 AMR/8000');

  it.each([
    ['mode-set=0,2,4,7', 'max-red=0', 'max-red=0;mode-set=0,2,4,7'],
    ['mode-set="0,1,2";octet-align=0', 'mode-set=0,1,2; max-red=0', 'mode-set=0,1,2; max-red=0'],
    ['mode-set=7', 'mode-set=0,2,4,7;max-red=0', 'mode-set=7;max-red=0'],
    ['max-red=220', 'mode-set=0,2', 'mode-set=0,2'],
    ['crc=1', 'octet-align=1', 'octet-align=1'],
  ])('answers AMR %s from %s with %s', (offered, own, expected) => {
    const answered = answer(amr(offered), amr(own));
    expect(linesOf(answered)).toContain(`a=fmtp:96 ${expected}`);
  });

  it.each([
    ['mode-set=0,1', 'mode-set=2,3'],
    ['octet-align=1', 'octet-align=0'],
    ['robust-sorting=1', 'max-red=0'],
  ])('refuses AMR %s when able to do %s', (offered, own) => {
    expect(mLine(answer(amr(offered), amr(own)))).toBe('audio 0 RTP/AVP 96');
  });

  it('states the mode-set of the offer where the party has no a=fmtp', () => {
    const answered = answer(amr('mode-set=7'), bare);
    expect(linesOf(answered)).toEqual(['a=rtpmap:96 AMR/8000', 'a=fmtp:96 mode-set=7']);
    expect(linesOf(answer(bare, amr('max-red=0')))).toContain('a=fmtp:97 max-red=0');
  });

  const h264 = (parameters: string): SessionDescription =>
    section('m=video 4000 RTP/AVP 96', 'a=rtpmap:96 H264/90000', `a=fmtp:96 ${parameters}`);

  it.each([
    // The level of the answer is not above that of the offer (RFC 6184 §8.2.2).
    ['profile-level-id=42C00C', 'profile-level-id=42C01E', 'profile-level-id=42c00c'],
    ['profile-level-id=42C01E', 'profile-level-id=42C00C', 'profile-level-id=42C00C'],
    [
      'profile-level-id=42c00c;level-asymmetry-allowed=1',
      'level-asymmetry-allowed=1;profile-level-id=42c01e',
      'level-asymmetry-allowed=1;profile-level-id=42c01e',
    ],
    // Level 1b lies between 1 and 1.1 and is written as 1.1 with a constraint.
    ['profile-level-id=42500b', 'profile-level-id=42c00b', 'profile-level-id=42500b'],
    ['profile-level-id=42c00a', 'profile-level-id=42500b', 'profile-level-id=42c00a'],
    // Constrained Baseline has several names.
    ['profile-level-id=4d801e', 'profile-level-id=42e01e', 'profile-level-id=42e01e'],
    ['profile-level-id=58c01e', 'profile-level-id=42e01e', 'profile-level-id=42e01e'],
    ['profile-level-id=58a00d', 'profile-level-id=42800d', 'profile-level-id=42800d'],
  ])('answers H264 %s from %s with %s', (offered, own, expected) => {
    expect(linesOf(answer(h264(offered), h264(own)))).toContain(`a=fmtp:96 ${expected}`);
  });

  it.each([
    ['profile-level-id=42c00c;packetization-mode=1', 'profile-level-id=42c00c'],
    ['profile-level-id=64001e', 'profile-level-id=42c01e'],
    ['profile-level-id=4d001e', 'profile-level-id=42e01e'],
    ['profile-level-id=58001e', 'profile-level-id=58801e'],
    ['max-fs=1', 'profile-level-id=42e01e'],
  ])('refuses H264 %s when able to do %s', (offered, own) => {
    expect(mLine(answer(h264(offered), h264(own)))).toBe('video 0 RTP/AVP 96');
  });
});

describe('answerTo, sections', () => {
  it('finds the section of the same rank among those of its type', () => {
    const offer = section(
      'm=video 1 RTP/AVP 34',
      'm=audio 2 RTP/AVP 0',
      'm=audio 3 RTP/AVP 8',
      'm=audio 4 RTP/AVP 0',
      'm=application 5 UDP/BFCP *',
    );
    const able = section(
      'm=audio 100 RTP/AVP 0 8',
      'm=audio 200 RTP/AVP 8',
      'm=video 300 RTP/AVP 34',
    );
    const answered = answer(offer, able);
    expect(answered.media.map((_, index) => mLine(answered, index))).toEqual([
      'video 300 RTP/AVP 34',
      'audio 100 RTP/AVP 0',
      'audio 200 RTP/AVP 8',
      'audio 0 RTP/AVP 0',
      'application 0 UDP/BFCP *',
    ]);
  });

  it('refuses what the offer or the party has switched off, and what is not allowed', () => {
    const offer = section('m=audio 0 RTP/AVP 0', 'm=video 9 RTP/AVP 34', 'm=image 9 udptl t38');
    const able = section('m=audio 4 RTP/AVP 0', 'm=video 0 RTP/AVP 34', 'm=image 6 udptl t38');
    const asked: string[] = [];
    const answered = answer(offer, able, {
      allow(media, index) {
        asked.push(`${media.media} ${index}`);
        return false;
      },
    });
    expect(answered.media.map(({ port }) => port)).toEqual([0, 0, 0]);
    expect(asked).toEqual(['image 2']);
    expect(mLine(answer(offer, able), 2)).toBe('image 6 udptl t38');
  });

  it('answers the plain profile with feedback left out, but not the other way', () => {
    const plain = section('m=video 9 RTP/AVP 34');
    const feedback = section('m=video 9 RTP/AVPF 34', 'a=rtcp-fb:34 nack', 'a=rtcp-fb:* pli');
    expect(mLine(answer(plain, feedback))).toBe('video 9 RTP/AVP 34');
    expect(linesOf(answer(plain, feedback))).toEqual([]);
    expect(linesOf(answer(feedback, feedback))).toHaveLength(2);
    expect(mLine(answer(feedback, plain))).toBe('video 0 RTP/AVPF 34');
  });

  it('gives a refused section an address where the session has none', () => {
    const able = sdp(
      'v=0',
      'o=- 1 1 IN IP6 2001:db8::1',
      's=-',
      't=0 0',
      'm=audio 4 RTP/AVP 0',
      'c=IN IP6 2001:db8::2',
    );
    const answered = answer(section('m=audio 9 RTP/AVP 8'), able);
    expect(linesOf(answered)).toEqual(['c=IN IP6 2001:db8::1']);
    expect(parsed(printSdp(answered))).toEqual(answered);
  });

  it('leaves preconditions out unless the offer has some', () => {
    const with3312 = section('m=audio 9 RTP/AVP 0', 'a=des:qos optional local sendrecv');
    const able = section(
      'm=audio 9 RTP/AVP 0',
      'a=curr:qos local none',
      'a=des:qos mandatory local sendrecv',
    );
    expect(linesOf(answer(with3312, able))).toHaveLength(2);
    expect(linesOf(answer(section('m=audio 9 RTP/AVP 0'), able))).toEqual([]);
  });

  it("puts the offer's times in the place of the party's", () => {
    const offer = sdp(
      'v=0',
      'o=- 1 1 IN IP4 192.0.2.1',
      's=-',
      'c=IN IP4 192.0.2.1',
      't=1 2',
      'r=7d 1h 0',
      't=3 4',
    );
    const able = sdp(...printSdp(section()).split('\r\n').slice(0, 4), 'b=AS:1', 't=0 0', 'a=x');
    expect(answer(offer, able).lines.map((line) => line.join('='))).toEqual([
      'c=IN IP4 192.0.2.1',
      'b=AS:1',
      't=1 2',
      'r=7d 1h 0',
      't=3 4',
      'a=x',
    ]);
  });
});

describe('answerTo, direction (R-OA-09)', () => {
  const mirror: Readonly<Record<Direction, Direction>> = {
    sendrecv: 'sendrecv',
    sendonly: 'recvonly',
    recvonly: 'sendonly',
    inactive: 'inactive',
  };
  const pcm = section('m=audio 9 RTP/AVP 0');
  const directed = (direction: Direction): SessionDescription => ({
    ...pcm,
    media: pcm.media.map((media) => withDirection(media, direction)),
  });

  it.each(Object.entries(mirror))('answers %s with %s', (offered, expected) => {
    const answered = answer(directed(offered as Direction), directed('sendrecv'));
    expect(directionOf(answered.media[0] as MediaDescription)).toBe(expected);
  });

  it.each([
    ['sendrecv', 'recvonly', 'mirror', 'recvonly'],
    ['sendonly', 'sendonly', 'mirror', 'inactive'],
    ['sendrecv', 'inactive', 'mirror', 'inactive'],
    ['sendrecv', 'sendrecv', 'sendonly', 'sendonly'],
    ['recvonly', 'sendrecv', 'sendonly', 'sendonly'],
    ['sendonly', 'sendrecv', 'sendonly', 'inactive'],
    ['sendrecv', 'sendrecv', 'recvonly', 'recvonly'],
    ['recvonly', 'sendrecv', 'recvonly', 'inactive'],
  ] as const)('offered %s, able %s, limit %s: %s', (offered, able, direction, expected) => {
    const answered = answer(directed(offered), directed(able), { direction });
    expect(directionOf(answered.media[0] as MediaDescription)).toBe(expected);
  });

  it('writes no attribute where none is needed, and one where the session says otherwise', () => {
    expect(linesOf(answer(pcm, pcm))).toEqual([]);
    expect(linesOf(answer(directed('sendonly'), pcm))).toEqual(['a=recvonly']);
    const held = { ...pcm, lines: [...pcm.lines, ['a', 'sendonly'] as const] };
    expect(linesOf(answer(held, pcm))).toEqual(['a=recvonly']);
    expect(linesOf(answer(pcm, held))).toEqual([]);
  });
});

/** The SDP bodies that stand in clear in a capture, without those cut short, in its order. */
function bodiesIn(capture: string): string[] {
  const bytes = readFileSync(capture).toString('latin1');
  return [...bytes.matchAll(/v=0\r\n(?:[a-z]=[^\r\n\0]+\r\n)+/g)].map(([body]) => body);
}

const voiceCall = 'captures/ims-volte-nonipsec-to-ipsec.pcapng';

describeWithData('answerTo against captured terminals', voiceCall, (capture) => {
  const bodies = bodiesIn(capture);
  const offer = bodies.find((body) => body.includes('c=IN IP4 10.4.128.21\r\n')) ?? '';
  const captured =
    bodies.find((body) => body.includes('o=SAMSUNG-IMS-UE 336137736 0 IN IP4 192.168.101.4')) ?? '';

  it('gives the answer of the terminal in the capture, line by line', () => {
    expect(mLine(parsed(offer))).toBe('audio 30000 RTP/AVP 104 102 96 97');
    const expected = parsed(captured);
    // What the terminal offers itself is in another capture; its lines are those of terminalB.
    const able = withOrigin(
      parsed(printSdp(terminalB).replaceAll('192.0.2.4', '192.168.101.4')),
      expected.origin,
    );
    expect(printSdp(answer(parsed(offer), able))).toBe(captured);
  });
});
