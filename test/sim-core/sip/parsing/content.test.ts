import { describe, expect, it } from 'vitest';

import { contentOf, contentText, leavesOf } from '../../../../sim-core/sip/parsing/content.ts';
import { fieldsNamed } from '../../../../sim-core/sip/parsing/fields.ts';
import { framingOf } from '../../../../sim-core/sip/parsing/framing.ts';
import { imsCall } from './ims-call.ts';
import { messageIn, messageWith, problemsOf } from './reading-messages.ts';

const start = 'MESSAGE sip:a@b.example SIP/2.0';

function withLength(length: string, body: string): string {
  const lines = ['CSeq: 1 MESSAGE', 'Content-Type: text/plain', `Content-Length: ${length}`];
  return messageWith(start, lines, body);
}

function withBody(type: string, body: string): string {
  return messageWith(start, ['CSeq: 1 MESSAGE', `Content-Type: ${type}`], body);
}

describe('Content-Length', () => {
  it.each([
    ['5', 'hello', 5, []],
    ['005', 'hello', 5, []],
    [
      '3',
      'hello',
      3,
      ['remark 11:4 2 octets follow the body of 3; receivers of a datagram discard that'],
    ],
    [
      '4',
      'hello',
      4,
      ['remark 11:5 1 octet follows the body of 4; receivers of a datagram discard that'],
    ],
    [
      '6',
      'hello',
      5,
      ['malformed 9:17 Content-Length is 6, but only 5 octets follow the empty line'],
    ],
    [
      '9'.repeat(30),
      'hello',
      5,
      [
        `malformed 9:17 expected a number from 0 to 9007199254740991, but found "${'9'.repeat(30)}"`,
        `malformed 9:17 Content-Length is "${'9'.repeat(30)}", but only 5 octets follow the empty line`,
      ],
    ],
    ['-5', 'hello', 5, ['malformed 9:17 expected a number, but found "-5"']],
    ['0x5', 'hello', 5, ['malformed 9:18 expected the end of the line, but found "x5"']],
  ])('%s of %s: a body of %i', (length, body, octets, problems) => {
    const text = withLength(length, body);
    const { bodyAt, bodyEnd } = framingOf(messageIn(text, 'tolerant'));
    expect(bodyEnd - bodyAt).toBe(octets);
    expect(problemsOf(text)).toEqual(problems);
  });

  it('missing: the body goes on to the end', () => {
    const text = withLength('5', 'hello').replace(/Content-Length: 5\r\n/, '');
    const { bodyAt, bodyEnd, contentLength } = framingOf(messageIn(text));
    expect([bodyEnd - bodyAt, contentLength]).toEqual([5, null]);
    expect(problemsOf(text)).toEqual([
      'remark 9:1 no Content-Length; the body goes on to the end, and over a stream it must be there',
    ]);
  });

  it('counts octets of a text too, and may not end within one of its characters', () => {
    const text = withLength('6', 'ü🔔');
    expect(contentText(contentOf(messageIn(text)) ?? fail())).toBe('ü🔔');
    expect(problemsOf(withLength('5', 'ü🔔'))).toEqual([
      'malformed 9:17 Content-Length is 5, but only 6 octets follow the empty line',
    ]);
    const octets = new TextEncoder().encode(text);
    expect(contentText(contentOf(messageIn(octets)) ?? fail())).toBe('ü🔔');
  });
});

function fail(): never {
  throw new Error('there is no body');
}

describe('bodies', () => {
  it('of a call: session descriptions', () => {
    const invite = contentOf(messageIn(imsCall[0] ?? '')) ?? fail();
    expect(invite.disposition).toBe('session');
    expect(invite.sdp).toHaveProperty('description');
    expect(contentOf(messageIn(imsCall[1] ?? ''))).toBeNull();
  });

  it('have a Content-Type', () => {
    const text = withBody('text/plain', 'x').replace(/Content-Type: text\/plain\r\n/, '');
    expect(problemsOf(text)).toEqual([
      'violation 10:1 a body without a Content-Type that says what it is',
    ]);
  });

  const sdp = 'v=0\r\no=- 1 1 IN IP4 a.example\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n';

  it('that are wrong descriptions are told in the lines of the message', () => {
    const text = withBody('application/sdp', `${sdp}m=audio 70000 RTP/AVP 0\r\n`);
    const says = 'violation 16:9 the session description: found "70000" instead of a port';
    expect(problemsOf(text)).toEqual([expect.stringContaining(says)]);
    const octets = Buffer.from(
      withBody('application/sdp', `${sdp.replace('s=-', 's=ü🔔')}a=ü\u{0}\r\n`),
    );
    expect(problemsOf(octets)).toEqual([
      'violation 16:4 the session description: a NUL or CR character; SDP text has none',
    ]);
  });

  it('that are encoded are not read as what they encode', () => {
    const text = withBody('application/sdp\r\nContent-Encoding: gzip', 'x');
    expect(contentOf(messageIn(text))?.sdp).toBeNull();
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('multipart bodies', () => {
  const two = [
    'for nobody',
    '--b x',
    'Content-Type: text/plain',
    '',
    'first',
    '--b-',
    '--bb',
    '--b x \t',
    '',
    '',
    '--b x--',
    'nor this',
  ].join('\r\n');

  it('are cut where a line is the boundary, and nowhere else', () => {
    const message = messageIn(withBody('multipart/mixed;boundary="b x"', two));
    const [first, second, ...others] = leavesOf(contentOf(message));
    expect(others).toEqual([]);
    expect(contentText(first ?? fail())).toBe('first\r\n--b-\r\n--bb');
    expect(first?.mediaType).toMatchObject({ type: 'text', subtype: 'plain' });
    expect(fieldsNamed(first ?? fail(), 'content-type')).toHaveLength(1);
    expect([contentText(second ?? fail()), second?.mediaType, second?.disposition]).toEqual([
      '',
      null,
      'render',
    ]);
    expect(problemsOf(withBody('multipart/mixed;boundary="b x"', two))).toEqual([]);
  });

  it('have parts of their own', () => {
    const inner = '--i\r\nContent-Type: text/plain\r\n\r\ndeep\r\n--i--';
    const outer = `--o\r\nContent-Type: multipart/mixed;boundary=i\r\n\r\n${inner}\r\n--o--\r\n`;
    const leaves = leavesOf(contentOf(messageIn(withBody('multipart/mixed;boundary=o', outer))));
    expect(leaves.map((leaf) => contentText(leaf))).toEqual(['deep']);
  });

  it.each([
    ['multipart/mixed', '--b\r\n\r\nx\r\n--b--', '9:15 a multipart body needs a boundary'],
    ['multipart/mixed;boundary=b', 'x', '11:1 no line --b begins a part'],
    ['multipart/mixed;boundary=b', '--b\r\n\r\nx', '13:2 no line --b-- ends the last part'],
    ['multipart/mixed;boundary=b', '--b\r\nx: y\r\n--b--', '12:1 a body part needs an empty line'],
  ])('%s, %j: %s', (type, body, says) => {
    const told = problemsOf(withBody(type, body));
    expect(told).toEqual([expect.stringContaining(`violation ${says}`)]);
  });

  it('of a thousand parts are read no further', () => {
    const body = `${'--b\r\n\r\nx\r\n'.repeat(2_000)}--b--`;
    const text = withBody('multipart/mixed;boundary=b', body);
    expect(leavesOf(contentOf(messageIn(text)))).toHaveLength(1_000);
    expect(problemsOf(text)).toEqual([
      expect.stringContaining('more than 1000 body parts; the rest is not read'),
    ]);
  });

  it('hold one session, or alternatives for one', () => {
    const part =
      '--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\no=- 1 1 IN IP4 a\r\ns=-\r\nt=0 0\r\n';
    const sentence = 'a second body of disposition session; a message has one at most';
    const mixed = problemsOf(withBody('multipart/mixed;boundary=b', `${part}${part}--b--`));
    expect(mixed).toEqual([expect.stringContaining(sentence)]);
    const either = withBody('multipart/alternative;boundary=b', `${part}${part}--b--`);
    expect(problemsOf(either)).toEqual([]);
  });
});
