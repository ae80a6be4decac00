import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { contentOf, leavesOf } from '../../../../sim-core/sip/parsing/content.ts';
import { fieldsNamed, fieldValue } from '../../../../sim-core/sip/parsing/fields.ts';
import { identifiersOf } from '../../../../sim-core/sip/parsing/identifiers.ts';
import { parseMessage } from '../../../../sim-core/sip/parsing/parse-message.ts';
import { printSipProblems } from '../../../../sim-core/sip/parsing/print-problems.ts';
import { printParsed } from '../../../../sim-core/sip/parsing/print-parsed.ts';
import { describeWithData } from '../../../support/shared-data.ts';
import { holdsForAnyInput, messageIn, messageWith, problemsOf, told } from './reading-messages.ts';

interface Hostile {
  readonly file: string;
  readonly expect: string;
}

describeWithData('hostile SIP texts', 'hostile/INDEX.json', (whole) => {
  const all = JSON.parse(readFileSync(whole, 'utf8')) as Hostile[];
  const texts = all.filter(({ file }) => file.startsWith('sip/'));
  const octetsOf = (name: string): Uint8Array =>
    readFileSync(path.join(path.dirname(whole), `sip/${name}.txt`));
  const names = (start: string): string[] =>
    texts.map(({ file }) => path.basename(file, '.txt')).filter((name) => name.startsWith(start));

  it('are all there', () => {
    expect(texts).toHaveLength(87);
  });

  const prototype = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));

  it.each(texts)('$file: $expect', ({ file }) => {
    const octets = octetsOf(path.basename(file, '.txt'));
    holdsForAnyInput(octets);
    const { problems } = parseMessage(octets, 'strict');
    const printed = printSipProblems(problems, file, octets).join('');
    expect(/[\p{Cc}\p{Cf}\p{Cs}]/u.exec(printed)).toBeNull();
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(prototype);
  });

  const imported = ['xss-', 'mermaid-', 'csv-', 'proto-', 'chars-', 'cl-', 'cseq-', 'multipart-'];

  it.each(imported.flatMap(names))('%s is imported', (name) => {
    const message = messageIn(octetsOf(name), 'tolerant');
    expect(Buffer.compare(printParsed(message), octetsOf(name))).toBe(0);
  });

  it.each([...names('cl-'), 'multipart-noend', 'multipart-emptyboundary'])(
    '%s is imported with a problem',
    (name) => expect(problemsOf(octetsOf(name))).not.toEqual([]),
  );

  it.each(names('cseq-'))('%s: malformed, but for the last', (name) => {
    const refused = parseMessage(octetsOf(name), 'strict').message === null;
    expect(refused).toBe(name !== 'cseq-7');
  });

  it.each(names('proto-'))('%s: fields, parameters and users keep their names', (name) => {
    const message = messageIn(octetsOf(name), 'tolerant');
    const { method, branch, callId } = identifiersOf(message);
    expect([branch, callId]).toEqual([method, method]);
    expect(fieldsNamed(message, method ?? '').map(({ value }) => value)).toEqual([method]);
    expect(fieldValue(message, 'From')?.parameters[1]).toMatchObject({
      name: method,
      value: method,
    });
  });

  it('finds one message whatever its line ends are, and behind a byte order mark', () => {
    for (const name of ['bom', 'cr-only', 'lf-only']) {
      expect(parseMessage(octetsOf(name), 'strict').message).toBeNull();
      expect(identifiersOf(messageIn(octetsOf(name), 'tolerant')).callId).toBe('c1@example.com');
    }
  });

  it('says what is no SIP: UTF-16, and a start line without version', () => {
    expect(problemsOf(octetsOf('utf16'))).toEqual([expect.stringContaining('UTF-16')]);
    expect(problemsOf(octetsOf('redos-token'))).toEqual([
      expect.stringContaining('no SIP message'),
    ]);
  });

  it('names the limits: header fields, and multipart bodies within one another', () => {
    expect(problemsOf(octetsOf('many-headers'))).toEqual([
      'malformed 2002:1 more than 2000 header fields',
    ]);
    expect(problemsOf(octetsOf('multipart-deep')).join()).toContain('more than 8 multipart bodies');
    expect(leavesOf(contentOf(messageIn(octetsOf('multipart-deep'))))).toHaveLength(1);
  });

  it('flags a second early-session body', () => {
    expect(problemsOf(octetsOf('multipart-dup-early-session'))).toContainEqual(
      expect.stringContaining('a second body of disposition early-session'),
    );
  });
});

describe('time', () => {
  /** Texts that grow in one direction; a reader must not take more than its share for more. */
  const families: Readonly<Record<string, (size: number) => string>> = {
    quotes: (size) => field(`From: ${'"'.repeat(size)} <sip:a@b>;tag=1`),
    escapes: (size) => field(`From: "${'\\"'.repeat(size)} <sip:a@b>;tag=1`),
    brackets: (size) => field(`Contact: ${'<,'.repeat(size)}`),
    closed: (size) => field(`Contact: ${'<>,'.repeat(size)}`),
    commas: (size) => field(`Route: ${','.repeat(size)}`),
    semicolons: (size) => field(`To: <sip:a@b>${';'.repeat(size)}`),
    parameters: (size) => field(`To: <sip:a@b>${';a=b'.repeat(size)}`),
    blanks: (size) => field(`Subject:${' \t'.repeat(size)}x`),
    folds: (size) => field(`Subject: x${'\r\n y'.repeat(size)}`),
    comments: (size) => field(`Server: ${'('.repeat(size)}`),
    products: (size) => field(`Server: ${'a/b '.repeat(size)}`),
    labels: (size) => field(`Via: SIP/2.0/UDP ${'a.'.repeat(size)};branch=z9hG4bKx`),
    groups: (size) => field(`Via: SIP/2.0/UDP [${'a:'.repeat(size)}];branch=z9hG4bKx`),
    users: (size) => field(`Contact: <sip:${'%41'.repeat(size)}@b>`),
    uriHeaders: (size) => field(`Contact: <sip:a@b?${'a=b&'.repeat(size)}>`),
    credentials: (size) => field(`Authorization: Digest ${'a="b",'.repeat(size)}`),
    lines: (size) => messageWith('OPTIONS sip:a@b SIP/2.0', [], 'x\n'.repeat(size)),
    boundaries: (size) => multipart('--x\r\n'.repeat(size)),
    nearBoundaries: (size) => multipart(' --x--x'.repeat(size)),
    carriageReturns: (size) => field(`Subject: ${'\r'.repeat(size)}`),
    lineFeeds: (size) => field(`Subject: ${'x\nA:'.repeat(Math.min(size, 1_900))}`),
    start: (size) => `A${' '.repeat(size)} SIP/2.0\r\n\r\n`,
    response: (size) => `SIP/2.0 200 ${'%41'.repeat(size)}\r\n\r\n`,
  };

  function field(line: string): string {
    return messageWith('OPTIONS sip:a@b SIP/2.0', ['CSeq: 1 OPTIONS', line]);
  }

  function multipart(body: string): string {
    const type = 'Content-Type: multipart/mixed;boundary=x';
    return messageWith('OPTIONS sip:a@b SIP/2.0', ['CSeq: 1 OPTIONS', type], body);
  }

  it.each(Object.keys(families))('%s: at most in proportion to the length', (name) => {
    const make = families[name];
    if (make === undefined) throw new Error(name);
    const milliseconds = (size: number): number => {
      const octets = new TextEncoder().encode(make(size));
      const times = [0, 1, 2].map(() => {
        const before = performance.now();
        parseMessage(octets, 'strict');
        return performance.now() - before;
      });
      return Math.min(...times);
    };
    const [few, many] = [milliseconds(10_000), milliseconds(80_000)];
    // Eight times the length; the rest is for a machine with other work. A square would be seconds.
    expect(many).toBeLessThan(Math.max(600, 16 * few));
  });

  it('of an input beyond the limit is none', () => {
    const { message, problems } = parseMessage('x'.repeat(2_000_000), 'tolerant');
    expect(message).toBeNull();
    expect(told(problems)).toEqual([
      'malformed 1:1 more than 1048576 characters; a message has at most as many',
    ]);
  });
});
