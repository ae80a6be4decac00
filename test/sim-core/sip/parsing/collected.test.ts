import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { fieldsNamed, headerFields } from '../../../../sim-core/sip/parsing/fields.ts';
import { identifiersOf } from '../../../../sim-core/sip/parsing/identifiers.ts';
import { parseMessage } from '../../../../sim-core/sip/parsing/parse-message.ts';
import { isError } from '../../../../sim-core/sip/parsing/print-problems.ts';
import { splitStream, type StreamPiece } from '../../../../sim-core/sip/parsing/stream.ts';
import { startLineOf } from '../../../../sim-core/sip/parsing/start-line.ts';
import { describeWithData } from '../../../support/shared-data.ts';
import { holdsForAnyInput, messageIn, messageWith, refusals, told } from './reading-messages.ts';

interface Collected {
  readonly file: string;
  readonly expect: string;
  readonly libosip2_expected_error?: number;
}

/** Refused by libosip2, taken here with the violation that is meant, and why. */
const takenWithViolation: Readonly<Record<string, string>> = {
  'sip-malformed2': 'a second Call-ID header field',
  'sip-malformed19': 'a second From header field',
  'sip-malformed20': 'k= stands below a=',
};

describeWithData('messages that other programs are tested with', 'torture/OTHER.json', (whole) => {
  const folder = path.dirname(whole);
  const all = JSON.parse(readFileSync(whole, 'utf8')) as Collected[];
  const inFolder = (start: string): Collected[] => all.filter(({ file }) => file.startsWith(start));
  const octetsOf = ({ file }: Collected): Uint8Array => {
    const octets = readFileSync(path.join(folder, file));
    const hasLabel = octets.subarray(0, 14).toString('latin1') === 'expected_error';
    return hasLabel ? octets.subarray(octets.indexOf(0x0a) + 1) : octets;
  };

  it.each(inFolder('libosip2/wellformed/'))('libosip2 takes $file, and so do we', (one) => {
    holdsForAnyInput(octetsOf(one));
    const message = messageIn(octetsOf(one), 'tolerant');
    expect(headerFields(message).length).toBeGreaterThan(3);
    const callIds = fieldsNamed(message, 'Call-ID').filter(({ value }) => value !== '');
    expect(identifiersOf(message).callId).toBe(callIds[0]?.value ?? null);
  });

  it.each(inFolder('libosip2/malformed/'))('$file is flagged: $expect', (one) => {
    holdsForAnyInput(octetsOf(one));
    const { message, problems } = parseMessage(octetsOf(one), 'strict');
    const isLegal = one.file.endsWith('sip-malformed7');
    // The Request-URI of that one is legal (RFC 4475 §3.1.1.9); what it lacks is its empty line.
    expect(problems.some(isError)).toBe(true);
    if (isLegal) expect(told(refusals(problems)).join('\n')).toContain('no empty line');
    const violation = takenWithViolation[path.basename(one.file)];
    const refused = one.expect.startsWith('libosip2 refuses it');
    if (violation !== undefined) expect(told(problems).join('\n')).toContain(violation);
    else if (refused) expect(message).toBeNull();
  });

  it.each(inFolder('sofia-sip/'))('Sofia-SIP reads $file: no error', (one) => {
    holdsForAnyInput(octetsOf(one));
    expect(headerFields(messageIn(octetsOf(one), 'tolerant')).length).toBeGreaterThan(0);
  });

  it.each(inFolder('fuzzseeds/'))('$file holds several requests', (one) => {
    holdsForAnyInput(octetsOf(one));
    const pieces = splitStream(octetsOf(one));
    expect(pieces.filter(({ kind }) => kind === 'message').length).toBeGreaterThan(1);
  });

  it.each(inFolder('libosip2/fields/'))('values of $file, each in a message', ({ file }) => {
    const name = fieldNames[path.basename(file)];
    const lines = readFileSync(path.join(folder, file), 'latin1').split('\n');
    const values = lines.map((line) => line.trim()).filter((line) => line !== '');
    expect(values.length).toBeGreaterThan(2);
    for (const value of values) {
      const start = name === null ? `OPTIONS ${value} SIP/2.0` : 'OPTIONS sip:a@b.example SIP/2.0';
      const fields = ['CSeq: 1 OPTIONS', ...(name === null ? [] : [`${name}: ${value}`])];
      holdsForAnyInput(Buffer.from(messageWith(start, fields), 'latin1'));
    }
  });
});

/** Which field each list of values is of; null for URIs, undefined for whole messages. */
const fieldNames: Readonly<Record<string, string | null>> = {
  'auths.txt': 'Authorization',
  'callids.txt': 'Call-ID',
  'contacts.txt': 'Contact',
  'contenttypes.txt': 'Content-Type',
  'froms.txt': 'From',
  'recordroutes.txt': 'Record-Route',
  'routes.txt': 'Route',
  'tos.txt': 'To',
  'urls.txt': null,
  'urls-2.txt': null,
  'urls-3.txt': null,
  'vias.txt': 'Via',
  'wwwas.txt': 'WWW-Authenticate',
};

/** Framing as the tests of sip-capture write it down, what we compare of it. */
interface ExpectedFraming {
  readonly Original: string;
  readonly Discards: readonly string[];
  readonly Messages: readonly string[];
  readonly Bodies: readonly string[];
  readonly NoStartLine: number;
  readonly NoHeaders: number;
  readonly NoBody: number;
}

describeWithData('streams', 'torture/tcp-streams', (folder) => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.stream'));

  it('are all there', () => {
    expect(names).toHaveLength(18);
  });

  it.each(names)('%s is cut as sip-capture cuts it', (name) => {
    const octets = readFileSync(path.join(folder, name));
    const file = path.join(folder, name.replace(/stream$/, 'expected'));
    const expected = JSON.parse(readFileSync(file, 'utf8')) as ExpectedFraming;
    const pieces = splitStream(octets);
    const text = octets.toString('latin1');
    expect(text).toBe(expected.Original);
    const whole = pieces.filter((piece) => piece.kind === 'message');
    if (name === 'badresponseline.stream') {
      // A status line without its code is malformed, but SIP: it is shown, not dropped.
      expect([whole.length, parseMessage(octets, 'strict').message]).toEqual([1, null]);
      return;
    }
    expect(whole.map(({ from, to }) => text.slice(from, to))).toEqual(expected.Messages);
    expect(whole.map(({ bodyAt, to }) => text.slice(bodyAt, to))).toEqual(expected.Bodies);
    // sip-capture keeps noise at the end, waiting for a start line; here a whole line is noise.
    const last = pieces.at(-1);
    const isWaiting = last?.kind === 'noise' && last.says === 'no start line of SIP';
    const noise = (isWaiting ? pieces.slice(0, -1) : pieces).filter(
      (piece) => piece.kind === 'noise',
    );
    expect(noise.map(({ from, to }) => text.slice(from, to))).toEqual(expected.Discards);
    expect(waitsFor(last, isWaiting)).toEqual([
      expected.NoStartLine === 1,
      expected.NoHeaders === 1,
      expected.NoBody === 1,
    ]);
  });

  const single = readdirSync(folder).filter((name) => name.startsWith('msg-'));

  it.each(single)('%s is one message', (name) => {
    const octets = readFileSync(path.join(folder, name));
    holdsForAnyInput(octets);
    const message = messageIn(octets, 'tolerant');
    expect(startLineOf(message).version).toBe('SIP/2.0');
    expect(fieldsNamed(message, 'From')).toHaveLength(1);
  });
});

function waitsFor(last: StreamPiece | undefined, isWaiting: boolean): boolean[] {
  const wants = last?.kind === 'unfinished' ? last.wants : null;
  return [isWaiting || wants === 'a start line', wants === 'header fields', wants === 'a body'];
}

describe('a stream', () => {
  const message = (length: number | string, body: string): string =>
    `OPTIONS sip:a@b SIP/2.0\r\nContent-Length: ${length}\r\n\r\n${body}`;
  const kinds = (text: string): string[] =>
    splitStream(Buffer.from(text, 'latin1')).map(({ kind }) => kind);

  it('keeps messages apart that line ends keep alive between', () => {
    expect(kinds(`\r\n\r\n${message(5, 'hello')}\r\n\r\n${message(0, '')}`)).toEqual([
      'message',
      'message',
    ]);
  });

  it('believes no length that is negative, double or larger than any message', () => {
    expect(kinds(message(-5, message(0, '')))).toEqual(['noise', 'message']);
    expect(kinds(message('5\r\nl: 6', message(0, '')))).toEqual(['noise', 'message']);
    expect(kinds(message(2_147_483_647, message(0, '')))).toEqual(['noise', 'message']);
    expect(kinds(message(1_000, 'hello'))).toEqual(['unfinished']);
  });

  it('counts octets, not characters', () => {
    const octets = Buffer.from(`${message(2, 'é')}${message(0, '')}`);
    expect(splitStream(octets).map(({ kind }) => kind)).toEqual(['message', 'message']);
  });
});
