import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InternalError } from '../../../sim-core/base/check.ts';
import { nextVersion, relocate, sameSession, withOrigin } from '../../../sim-core/sdp/history.ts';
import { addressOf, isOn, withDirection } from '../../../sim-core/sdp/media-lines.ts';
import { printSdp } from '../../../sim-core/sdp/print-sdp.ts';
import type { SessionDescription } from '../../../sim-core/sdp/session-description.ts';
import { description } from './arbitrary-description.ts';
import { isFrozenDeep, parsed, sdp, terminalA, terminalB } from './written-sdp.ts';

describe('nextVersion', () => {
  it('is the description itself at the beginning of a dialog', () => {
    expect(nextVersion(null, terminalA)).toBe(terminalA);
  });

  it('raises the version of the previous o= line where anything differs', () => {
    const media = terminalA.media.map((section) => withDirection(section, 'inactive'));
    const held = { ...terminalA, origin: terminalB.origin, media };
    const next = nextVersion(terminalA, held);
    expect(next.origin).toEqual({ ...terminalA.origin, version: 1001 });
    expect(next.media).toEqual(media);
    expect(nextVersion(next, terminalA).origin.version).toBe(1002);
  });

  it('is the previous description where nothing but o= differs', () => {
    expect(nextVersion(terminalA, withOrigin(terminalA, terminalB.origin))).toBe(terminalA);
    expect(nextVersion(terminalA, parsed(printSdp(terminalA)))).toBe(terminalA);
  });

  it('keeps R-OA-14 over any history', () => {
    fc.assert(
      fc.property(fc.array(description, { minLength: 1, maxLength: 6 }), (wanted) => {
        let previous: SessionDescription | null = null;
        for (const next of wanted.flatMap((each) => [each, each])) {
          const sent: SessionDescription = nextVersion(previous, next);
          expect(sameSession(sent, next)).toBe(true);
          if (previous !== null) {
            const raised = sent.origin.version - previous.origin.version;
            expect(raised).toBe(sameSession(previous, next) ? 0 : 1);
            expect({ ...sent.origin, version: 0 }).toEqual({ ...previous.origin, version: 0 });
          }
          previous = sent;
        }
      }),
    );
  });

  it('refuses to count beyond what a number holds', () => {
    const last = { ...terminalA.origin, version: Number.MAX_SAFE_INTEGER };
    expect(() => nextVersion(withOrigin(terminalA, last), terminalB)).toThrow(InternalError);
  });
});

describe('relocate', () => {
  const asSeen = sdp(`
    v=0
    o=- 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 4000 RTP/AVP 0
    a=rtcp:4001
    m=video 0 RTP/AVP 34
    c=IN IP4 192.0.2.1
    m=video 4010 RTP/AVP 34
    c=IN IP4 192.0.2.7
    a=rtcp:4011 IN IP4 192.0.2.7
  `);

  it('rewrites addresses, ports and a=rtcp of what is on, and nothing else', () => {
    const moved = relocate(asSeen, '2001:db8::5', (_, index) => 6000 + 10 * index);
    expect(printSdp(moved).split('\r\n').slice(1, -1)).toEqual([
      'o=- 1 1 IN IP4 192.0.2.1',
      's=-',
      'c=IN IP6 2001:db8::5',
      't=0 0',
      'm=audio 6000 RTP/AVP 0',
      'a=rtcp:6001',
      'm=video 0 RTP/AVP 34',
      'c=IN IP4 192.0.2.1',
      'm=video 6020 RTP/AVP 34',
      'c=IN IP6 2001:db8::5',
      'a=rtcp:6021 IN IP6 2001:db8::5',
    ]);
  });

  it('asks for a port for what is on only', () => {
    const asked: number[] = [];
    relocate(asSeen, '192.0.2.9', (_, index) => asked.push(index) && 5000);
    expect(asked).toEqual([0, 2]);
    expect(() => relocate(asSeen, '192.0.2.9', () => 0)).toThrow(InternalError);
  });

  it('moves every section that is on, for any description', () => {
    fc.assert(
      fc.property(description, (value) => {
        const moved = relocate(value, '198.51.100.7', (_, index) => 7000 + 2 * index);
        expect(isFrozenDeep(moved)).toBe(true);
        expect(moved.origin).toEqual(value.origin);
        for (const [index, section] of moved.media.entries()) {
          const before = value.media[index];
          expect(section.formats).toEqual(before?.formats);
          if (!isOn(section)) expect(section).toBe(before);
          else {
            expect(addressOf(section, moved)).toBe('198.51.100.7');
            expect(section.port).toBe(7000 + 2 * index);
          }
        }
        const back = relocate(moved, '198.51.100.7', (section) => section.port);
        expect(sameSession(back, moved)).toBe(true);
      }),
    );
  });
});

describe('sameSession', () => {
  it('sees every change but that of o=', () => {
    fc.assert(
      fc.property(description, description, (a, b) => {
        expect(sameSession(a, withOrigin(a, b.origin))).toBe(true);
        const same = printSdp(withOrigin(a, b.origin)) === printSdp(b);
        expect(sameSession(a, b)).toBe(same);
        for (const [index, section] of a.media.entries()) {
          const media = a.media.with(index, { ...section, port: section.port ^ 1 });
          expect(sameSession(a, { ...a, media })).toBe(false);
        }
      }),
    );
  });
});
