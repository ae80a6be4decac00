import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  addressOf,
  directionOf,
  encodingOf,
  isOn,
  parametersOf,
  refused,
  withDirection,
  withPort,
} from '../../../sim-core/sdp/media-lines.ts';
import type { MediaDescription } from '../../../sim-core/sdp/session-description.ts';
import { description } from './arbitrary-description.ts';
import { isFrozenDeep, sdp } from './written-sdp.ts';

const session = sdp(`
  v=0
  o=- 1 1 IN IP4 192.0.2.1
  s=-
  c=IN IP4 192.0.2.1
  t=0 0
  a=recvonly
  m=audio 4000 RTP/AVP 104 0 18 5 13
  c=IN IP4 233.252.0.1/127
  a=rtpmap:104 AMR-WB/16000/1
  a=fmtp:104 mode-change-capability=2
  a=sendonly
  a=rtcp:4001 IN IP4 192.0.2.9
  m=video 0 RTP/AVP 34
  a=rtcp:1
  m=image 4002 udptl t38 0
`);
const [audio, video, image] = session.media as [
  MediaDescription,
  MediaDescription,
  MediaDescription,
];

describe('directionOf', () => {
  it('takes the section before the session before sendrecv', () => {
    expect(directionOf(audio, session)).toBe('sendonly');
    expect(directionOf(video, session)).toBe('recvonly');
    expect(directionOf(video)).toBe('sendrecv');
  });
});

describe('withDirection', () => {
  it('replaces the attribute in its place', () => {
    const held = withDirection(audio, 'inactive');
    expect(held.lines.map(([, value]) => value)).toEqual([
      'IN IP4 233.252.0.1/127',
      'rtpmap:104 AMR-WB/16000/1',
      'fmtp:104 mode-change-capability=2',
      'inactive',
      'rtcp:4001 IN IP4 192.0.2.9',
    ]);
    expect(isFrozenDeep(held)).toBe(true);
    expect(audio.lines[3]?.[1]).toBe('sendonly');
  });

  it('appends it where there is none, and shares what does not change', () => {
    expect(withDirection(image, 'sendrecv').lines).toEqual([['a', 'sendrecv']]);
    expect(withDirection(audio, 'sendonly')).toBe(audio);
  });
});

describe('encodingOf and parametersOf', () => {
  it('read a=rtpmap and a=fmtp of exactly that format', () => {
    expect(encodingOf(audio, '104')).toEqual({
      name: 'AMR-WB',
      clockRate: 16000,
      parameters: '1',
    });
    expect(parametersOf(audio, '104')).toBe('mode-change-capability=2');
    expect(encodingOf(audio, '10')).toBeNull();
    expect(parametersOf(audio, '10')).toBeNull();
    expect(parametersOf(audio, '0')).toBeNull();
  });

  it('know the static payload types of RTP only', () => {
    expect(encodingOf(audio, '0')?.name).toBe('PCMU');
    expect(encodingOf(audio, '18')).toEqual({ name: 'G729', clockRate: 8000, parameters: null });
    expect(encodingOf(video, '34')?.clockRate).toBe(90_000);
    expect(encodingOf(audio, '5')).toBeNull();
    expect(encodingOf(image, '0')).toBeNull();
  });
});

describe('addressOf', () => {
  it('takes the section before the session, without the time to live', () => {
    expect(addressOf(audio, session)).toBe('233.252.0.1');
    expect(addressOf(video, session)).toBe('192.0.2.1');
    expect(addressOf(video, { ...session, lines: [] })).toBeNull();
  });
});

describe('withPort and refused', () => {
  it('moves a=rtcp along', () => {
    const moved = withPort(audio, 5000);
    expect(moved.port).toBe(5000);
    expect(moved.lines.at(-1)).toEqual(['a', 'rtcp:5001 IN IP4 192.0.2.9']);
    expect(withPort(video, 6000).lines).toEqual([['a', 'rtcp:6001']]);
    expect(isFrozenDeep(moved)).toBe(true);
    expect(withPort(audio, 4000)).toBe(audio);
  });

  it('switches off without touching the lines', () => {
    expect(withPort(audio, 0).lines).toEqual(audio.lines);
    expect(isOn(withPort(audio, 0))).toBe(false);
    expect(isOn(audio)).toBe(true);
  });

  it('refuses with formats and address, without attributes', () => {
    expect(refused(audio)).toEqual({
      ...audio,
      port: 0,
      lines: [['c', 'IN IP4 233.252.0.1/127']],
    });
  });

  it('gives frozen sections that read back what was set', () => {
    const direction = fc.constantFrom('sendrecv', 'sendonly', 'recvonly', 'inactive');
    fc.assert(
      fc.property(description, fc.nat(65_000), direction, (value, port, wanted) => {
        for (const section of value.media) {
          const changed = withPort(withDirection(section, wanted), port);
          expect(directionOf(changed, value)).toBe(wanted);
          expect(changed.port).toBe(port);
          expect(changed.formats).toEqual(section.formats);
          expect(isFrozenDeep(changed)).toBe(true);
        }
      }),
    );
  });
});
