import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { answerTo } from '../../../sim-core/sdp/answer.ts';
import { withOrigin } from '../../../sim-core/sdp/history.ts';
import { directionOf, encodingOf, isOn } from '../../../sim-core/sdp/media-lines.ts';
import { printSdp } from '../../../sim-core/sdp/print-sdp.ts';
import type {
  Direction,
  MediaDescription,
  SessionDescription,
} from '../../../sim-core/sdp/session-description.ts';
import { description } from './arbitrary-description.ts';
import { isFrozenDeep, parsed, sdp, terminalA, terminalB } from './written-sdp.ts';

function answer(
  offer: SessionDescription,
  able: SessionDescription,
  direction: 'mirror' | 'sendonly' | 'recvonly' = 'mirror',
): SessionDescription {
  return answerTo(offer, able, { origin: able.origin, direction });
}

const allowed: Readonly<Record<Direction, readonly Direction[]>> = {
  sendrecv: ['sendrecv', 'sendonly', 'recvonly', 'inactive'],
  sendonly: ['recvonly', 'inactive'],
  recvonly: ['sendonly', 'inactive'],
  inactive: ['inactive'],
};

/** R-OA-06, 08, 09, 10 and R-SDP-05 of an answer. */
function expectToClose(offer: SessionDescription, answered: SessionDescription): void {
  expect(answered.media.map(({ media }) => media)).toEqual(offer.media.map(({ media }) => media));
  const times = (of: SessionDescription): unknown =>
    of.lines.filter(([type]) => 'tr'.includes(type));
  expect(times(answered)).toEqual(times(offer));
  for (const [index, own] of answered.media.entries()) {
    const offered = offer.media[index] as MediaDescription;
    expect(own.protocol).toBe(offered.protocol);
    expect(own.formats.length).toBeGreaterThan(0);
    for (const format of own.formats) expect(offered.formats).toContain(format);
    if (!isOn(own)) continue;
    expect(isOn(offered)).toBe(true);
    expect(allowed[directionOf(offered, offer)]).toContain(directionOf(own, answered));
    if (!own.protocol.includes('RTP/')) continue;
    for (const format of own.formats) {
      const ours = encodingOf(own, format);
      const theirs = encodingOf(offered, format);
      expect(ours?.name.toUpperCase()).toBe(theirs?.name.toUpperCase());
      expect(ours?.clockRate).toBe(theirs?.clockRate);
    }
    const [codec, event, ...more] = own.formats.map((format) => encodingOf(own, format));
    expect(more).toEqual([]);
    expect(codec?.name).not.toBe('telephone-event');
    if (event !== undefined) {
      expect(event).toMatchObject({ name: 'telephone-event', clockRate: codec?.clockRate });
    }
  }
}

describe('answerTo over any offer', () => {
  const limit = fc.constantFrom('mirror', 'sendonly', 'recvonly');

  it('is closed by the answer, which is well formed and frozen', () => {
    let accepted = 0;
    fc.assert(
      fc.property(description, description, limit, (offer, able, direction) => {
        const answered = answer(offer, able, direction);
        expectToClose(offer, answered);
        expect(parsed(printSdp(answered))).toEqual(answered);
        expect(isFrozenDeep(answered)).toBe(true);
        accepted += answered.media.filter(isOn).length;
      }),
      { numRuns: 400 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  it('is accepted whole by a party like the one that offers, but for what carries no media', () => {
    fc.assert(
      fc.property(description, (offer) => {
        const answered = answer(offer, offer);
        for (const [index, own] of answered.media.entries()) {
          const offered = offer.media[index] as MediaDescription;
          const talks = offered.formats.some((format) => {
            const name = encodingOf(offered, format)?.name;
            return name !== undefined && name !== 'telephone-event' && name !== 'CN';
          });
          const expected = isOn(offered) && (talks || offered.media === 'image');
          expect(isOn(own)).toBe(expected);
        }
      }),
    );
  });

  it('answers its own answer, offered, with the same formats', () => {
    fc.assert(
      fc.property(description, description, (offer, able) => {
        const first = answer(offer, able);
        const second = answer(withOrigin(first, offer.origin), offer);
        const on = first.media.map(isOn);
        for (const [index, section] of second.media.entries()) {
          if (on[index] !== true || !isOn(section)) continue;
          expect(section.formats).toEqual(first.media[index]?.formats);
        }
      }),
    );
  });

  it('does not depend on what was answered before', () => {
    const once = printSdp(answer(terminalA, terminalB));
    for (let count = 0; count < 600; count += 1) {
      const number = 96 + (count % 32);
      const offer = sdp(
        'v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0',
        `m=audio 4 RTP/AVP ${number}\na=rtpmap:${number} X-${count}/8000`,
      );
      expect(isOn(answer(offer, offer).media[0] as MediaDescription)).toBe(true);
    }
    expect(printSdp(answer(terminalA, terminalB))).toBe(once);
  });
});
