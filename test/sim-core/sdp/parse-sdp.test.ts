import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseSdp } from '../../../sim-core/sdp/parse-sdp.ts';
import { printSdp } from '../../../sim-core/sdp/print-sdp.ts';
import { inGoodTime } from '../../support/good-time.ts';
import { describeWithData } from '../../support/shared-data.ts';
import { description } from './arbitrary-description.ts';
import { isFrozenDeep, parsed } from './written-sdp.ts';

const whole = [
  'v=0',
  'o=alice 1 2 IN IP4 192.0.2.1',
  's=-',
  'c=IN IP4 192.0.2.1',
  't=0 0',
  'm=audio 4000 RTP/AVP 96 0',
  'a=rtpmap:96 AMR/8000',
  'a=sendrecv',
];

/** The text with some lines replaced: line number, counted from 1, to new lines. */
function text(changes: Readonly<Record<number, string>> = {}): string {
  return whole.map((line, index) => changes[index + 1] ?? line).join('\n');
}

function problems(body: string): string[] {
  const reading = parseSdp(body);
  if ('description' in reading) return [];
  return reading.problems.map(({ line, column, says }) => `${line}:${column}: ${says}`);
}

describe('parseSdp', () => {
  it('reads origin, name, lines and sections, frozen', () => {
    const read = parsed(text());
    expect(read).toEqual({
      origin: { userName: 'alice', sessionId: '1', version: 2, address: '192.0.2.1' },
      sessionName: '-',
      lines: [
        ['c', 'IN IP4 192.0.2.1'],
        ['t', '0 0'],
      ],
      media: [
        {
          media: 'audio',
          port: 4000,
          protocol: 'RTP/AVP',
          formats: ['96', '0'],
          lines: [
            ['a', 'rtpmap:96 AMR/8000'],
            ['a', 'sendrecv'],
          ],
        },
      ],
    });
    expect(isFrozenDeep(read)).toBe(true);
  });

  it('takes LF and CRLF, with or without the last one', () => {
    const lines = text();
    expect(parsed(lines.replaceAll('\n', '\r\n'))).toEqual(parsed(lines));
    expect(parsed(`${lines}\n`)).toEqual(parsed(lines));
    expect(parsed(`${lines}\r\n`)).toEqual(parsed(lines));
  });

  it.each([
    ['an IPv6 address', text({ 2: 'o=- 1 1 IN IP6 2001:db8::1', 4: 'c=IN IP6 2001:db8::1' })],
    ['a host name', text({ 4: 'c=IN IP4 media.example.com' })],
    ['a group with a TTL', text({ 4: 'c=IN IP4 233.252.0.1/127/3' })],
    ['an IPv6 group with a count', text({ 4: 'c=IN IP6 ff15::101/3' })],
    ['c= in the section only', text({ 4: 'b=AS:41', 6: 'm=audio 4 RTP/AVP 0\nc=IN IP4 h' })],
    ['several times', text({ 5: 't=1 2\nr=7d 1h 0 25h\nz=2 -1h\nt=3 4' })],
    ['no section', whole.slice(0, 5).join('\n')],
    ['an empty name', text({ 3: 's=' })],
    ['port 0 without rtpmap', text({ 6: 'm=audio 0 RTP/AVP 97' })],
    ['a token sdp-transform does not read', text({ 6: 'm=x-data 9 UDP/TLS/x-proto fmt-1' })],
    ['an id of 64 bits', text({ 2: 'o=- 18446744073709551615 2 IN IP4 h' })],
    ['attributes nobody knows', text({ 8: 'a=__proto__:x\na=constructor\na=toString:1' })],
  ])('accepts %s and keeps it', (_, body) => {
    expect(problems(body)).toEqual([]);
    expect(printSdp(parsed(body))).toBe(`${body.replaceAll('\n', '\r\n')}\r\n`);
  });

  it.each([
    ['', ['1:1: the body is empty']],
    ['hello', ['1:1: found "hello" instead of a letter and =']],
    [text({ 1: 'v=1' }), ['1:3: found v=1 instead of v=0']],
    [text({ 3: 'S=-' }), ['3:1: S= is not a line of SDP; there are v= o=', 'there is no s= line']],
    [text({ 5: 'b=AS:3' }), ['6:1: there is no t= line']],
    [text({ 5: '' }), ['5:1: an empty line; SDP has none', '5:1: there is no t= line']],
    [text({ 5: 't=' }), ['5:3: t= is empty']],
    [text({ 4: 'c=IN IP4 h\nc=IN IP4 i' }), ['5:1: a second c= line; the session has one']],
    [text({ 4: 't=0 0', 5: 'c=IN IP4 h' }), ['5:1: c= stands below t=; RFC 8866 §5 has it above']],
    [text({ 5: 'r=7d 1h 0\nt=0 0' }), ['5:1: r= needs a t= line above it']],
    [text({ 8: 't=0 0' }), ['8:1: t= does not belong to a media section']],
    [text({ 8: 'a=x\nb=AS:4' }), ['9:1: b= stands below a=; RFC 8866 §5 has it above']],
    [text({ 2: 'o=alice 1 2 IN IP4' }), ['2:3: o= has 5 fields; it takes 6: user name']],
    [text({ 2: 'o=a\tb 1 2 IN IP4 h' }), ['2:3: found "a\tb" instead of a user name or -']],
    [text({ 2: 'o= 1 2 IN IP4 h' }), ['2:3: found nothing instead of a user name or -']],
    [text({ 2: 'o=a x 2 IN IP4 h' }), ['2:5: found "x" instead of a numeric session id']],
    [text({ 2: 'o=a 1 -2 IN IP4 h' }), ['2:7: found "-2" instead of a numeric version']],
    [
      text({ 2: 'o=a 18446744073709551616 2 IN IP4 h' }),
      ['2:5: found "18446744073709551616" instead of a session id of 64 bits'],
    ],
    [text({ 2: 'o=a 1 9007199254740993 IN IP4 h' }), ['2:7: found "9007199254740993" instead of']],
    [text({ 2: 'o=a 1 02 IN IP4 h' }), ['2:7: found "02" instead of a version without leading']],
    [text({ 2: 'o=a 1 2 ATM IP4 h' }), ['2:9: found "ATM" instead of IN']],
    [text({ 4: 'c=IN IP5 h' }), ['4:6: found "IP5" instead of IP4 or IP6']],
    [text({ 4: 'c=IN IP4 1.2.3' }), ['4:10: found "1.2.3" instead of an address or a host name']],
    [text({ 4: 'c=IN IP4 1.2.3.256' }), ['4:10: found "1.2.3.256" instead of an address']],
    [text({ 4: 'c=IN IP4 2001:db8::1' }), ['4:10: found "2001:db8::1" instead of an IPv4']],
    [text({ 4: 'c=IN IP4 224.1.1.1/999' }), ['4:10: found "224.1.1.1/999" instead of a time to']],
    [text({ 4: 'c=IN IP4 7' }), ['4:10: found "7" instead of an address']],
    [text({ 2: 'o=1 2 3 IN IP4 7' }), ['2:16: found "7" instead of an address']],
    [text({ 4: 'c=IN  IP4 h' }), ['4:3: c= has 4 fields; it takes 3: IN, IP4 or IP6, address']],
    [text({ 6: 'm=audio 65536 RTP/AVP 0' }), ['6:9: found "65536" instead of a port between 0']],
    [text({ 6: 'm=audio -1 RTP/AVP 0' }), ['6:9: found "-1" instead of a port between 0']],
    [text({ 6: 'm=audio 4000/2 RTP/AVP 0' }), ['6:9: found "4000/2" instead of one port']],
    [text({ 6: 'm=audio 4000 RTP/AVP' }), ['6:3: m= has 3 fields; it takes media, port']],
    [text({ 6: 'm=audio 4000 RTP/AVP 0 ' }), ['6:24: m= has a space too many']],
    [text({ 6: 'm=audio 4000 RTP/AVP 128' }), ['6:22: found "128" instead of a payload type']],
    [text({ 6: 'm=aud(io 4000 RTP/AVP 0' }), ['6:3: found "aud(io" instead of a media type']],
    [
      text({ 6: 'm=audio 4 RTP/AVP 0 97 96' }),
      ['6:21: payload type 97 has no a=rtpmap line that says what it is'],
    ],
    [text({ 7: 'a=rtpmap:96 AMR/x' }), ['6:22: payload type 96 has no a=rtpmap line that says']],
    [text({ 4: 'b=AS:4' }), ['6:1: no c= line, neither here nor in the session']],
    [text({ 8: 'a=sendrecv\na=inactive' }), ['9:3: a second direction, inactive; line 8 says']],
    [text({ 8: 'a=x\0y' }), ['8:4: a NUL or CR character; SDP text has none']],
    [text({ 8: 'a=x\ry' }), ['8:4: a NUL or CR character; SDP text has none']],
  ])('points into %j', (body, expected) => {
    const found = problems(body);
    expect(found).toHaveLength(expected.length);
    for (const [index, says] of expected.entries()) expect(found[index]).toContain(says);
  });

  it('tells twenty problems at most, in the order of lines', () => {
    const reading = parseSdp(`${text()}\n${'m=audio 99999 RTP/AVP 0\n'.repeat(5000)}`);
    const lines = 'problems' in reading ? reading.problems.map(({ line }) => line) : [];
    expect(lines).toEqual(Array.from({ length: 20 }, (_, index) => index + 9));
  });

  it('never throws, whatever a description is turned into', () => {
    const edit = fc.record({
      at: fc.nat(2000),
      cut: fc.nat(12),
      put: fc.string({ unit: 'binary' }),
    });
    fc.assert(
      fc.property(description, fc.array(edit, { maxLength: 4 }), (value, edits) => {
        let body = printSdp(value);
        for (const { at, cut, put } of edits) {
          const start = at % (body.length + 1);
          body = body.slice(0, start) + put + body.slice(start + cut);
        }
        const reading = parseSdp(body);
        if ('problems' in reading) {
          expect(reading.problems.length).toBeGreaterThan(0);
          for (const { line, column } of reading.problems) expect(line * column).toBeGreaterThan(0);
        } else {
          expect(parsed(printSdp(reading.description))).toEqual(reading.description);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['sections', `${whole.join('\n')}\n${'m=audio 4 RTP/AVP 0\n'.repeat(20_000)}`],
    ['formats', text({ 6: `m=audio 0 RTP/AVP ${'0 '.repeat(200_000)}0` })],
    [
      'formats and attributes',
      `${text({ 6: `m=audio 4 RTP/AVP${' 97'.repeat(90_000)}` })}${'\na=x'.repeat(90_000)}`,
    ],
    ['attributes', `${whole.join('\n')}\n${'a=rtpmap:0 PCMU/8000\n'.repeat(50_000)}`],
    ['a long line', text({ 8: `a=${' /'.repeat(500_000)}` })],
    ['fields of o=', text({ 2: `o=${'1 '.repeat(200_000)}` })],
    ['digits', text({ 2: `o=- ${'9'.repeat(500_000)} 1 IN IP4 h` })],
    ['an address', text({ 4: `c=IN IP4 ${'1.'.repeat(300_000)}` })],
    ['slashes', text({ 6: `m=audio 4 ${'RTP/'.repeat(200_000)} 0` })],
    ['empty lines', '\n'.repeat(1_000_000)],
  ])('finishes in good time with very many: %s', (_, body) => {
    inGoodTime(() => parseSdp(body));
  });
});

describeWithData('parseSdp over the corpus', 'sdp', (folder) => {
  it('reads every body or points into it', () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.sdp'));
    expect(names).toHaveLength(330);
    for (const name of names) {
      const body = readFileSync(path.join(folder, name), 'latin1');
      const reading = parseSdp(body);
      if ('description' in reading) continue;
      const rows = body.split('\n');
      for (const { line, column, says } of reading.problems) {
        expect(line, name).toBeLessThanOrEqual(rows.length + 1);
        expect(column, name).toBeLessThanOrEqual((rows[line - 1]?.length ?? 0) + 1);
        expect(says.length, name).toBeGreaterThan(8);
      }
    }
  });

  it('reads all that IMS terminals sent', () => {
    for (const name of readdirSync(folder).filter((each) => each.startsWith('cap-ims-'))) {
      expect(problems(readFileSync(path.join(folder, name), 'latin1')), name).toEqual([]);
    }
  });
});

describeWithData('parseSdp against hostile bodies', 'hostile/sdp', (folder) => {
  it.each([
    ['m-million', /^5:1: no c= line/],
    ['a-before-m', /^1:1: there is no o= line/],
    ['both-dirs', /^8:3: a second direction, inactive; line 7/],
    ['no-c', /^5:1: no c= line/],
    ['port-count', /^6:9: found "65535\/65535" instead of one port/],
    ['port-overflow', /^6:9: found "99999999999" instead of a port between 0 and 65535/],
    ['proto-attr', /^5:1: no c= line/],
    ['ttl', /^4:10: found "224.1.1.1\/999\/999999" instead of a time to live/],
  ])('points into %s in good time', (name, expected) => {
    const body = readFileSync(path.join(folder, `${name}.sdp`), 'latin1');
    const found = inGoodTime(() => problems(body));
    expect(found[0]).toMatch(expected);
  });

  it('reads the old way to hold a call, c=0.0.0.0', () => {
    expect(problems(readFileSync(path.join(folder, 'held-0.sdp'), 'latin1'))).toEqual([]);
  });
});
