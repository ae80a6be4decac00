import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { contentOf, leavesOf } from '../../../../sim-core/sip/parsing/content.ts';
import { fieldsNamed, fieldValue, fieldValues } from '../../../../sim-core/sip/parsing/fields.ts';
import { framingOf } from '../../../../sim-core/sip/parsing/framing.ts';
import { identifiersOf } from '../../../../sim-core/sip/parsing/identifiers.ts';
import { parameterValue } from '../../../../sim-core/sip/parsing/parameters.ts';
import { parseMessage } from '../../../../sim-core/sip/parsing/parse-message.ts';
import type { ParsedMessage } from '../../../../sim-core/sip/parsing/parsed-message.ts';
import { startLineOf } from '../../../../sim-core/sip/parsing/start-line.ts';
import { unescapeUri } from '../../../../sim-core/sip/parsing/sip-uri.ts';
import { describeWithData } from '../../../support/shared-data.ts';
import { holdsForAnyInput, messageIn, refusals, told } from './reading-messages.ts';

interface Judged {
  readonly id: string;
  readonly file: string;
  readonly verdict: 'valid' | 'valid-2543' | 'invalid' | 'edge' | 'liberal';
  readonly parser: 'accept' | 'reject' | 'accept-or-reject';
}

interface Verdicts {
  readonly rfc4475: readonly Judged[];
  readonly rfc5118: readonly Judged[];
}

/** Where each invalid message is refused and why: line, column and a part of the sentence. */
const reasons: Readonly<Record<string, readonly [place: string, says: string]>> = {
  badinv01: ['7:28', 'no parameter behind the semicolon'],
  clerr: ['10:17', 'Content-Length is 9999, but only 154 octets'],
  ncl: ['10:17', 'expected a number, but found "-999"'],
  scalar02: ['5:7', 'a sequence number has 32 bits'],
  scalarlg: ['5:7', 'a sequence number has 32 bits'],
  quotbal: ['2:5', 'no closing quotation mark'],
  ltgtruri: ['1:8', 'the Request-URI stands without < and >'],
  lwsruri: ['1:29', 'white space within the Request-URI'],
  lwsstart: ['1:7', 'exactly one space'],
  trws: ['1:46', 'white space behind the version'],
  escruri: ['1:28', 'header fields in the URI of a request line'],
  baddate: ['8:7', 'a date is like'],
  regbadct: ['8:30', 'a URI with a question mark'],
  badaspec: ['5:22', 'white space beside the brackets'],
  baddn: ['4:14', 'in a display name that is not in quotation marks'],
  badvers: ['1:34', 'the version is SIP/2.0, but found "SIP/7.0"'],
  mismatch01: ['6:7', 'CSeq says "INVITE", but the request is "OPTIONS"'],
  mismatch02: ['6:7', 'CSeq says "INVITE", but the request is "NEWMETHOD"'],
  bigcode: ['1:9', 'a status code is three digits, but found "4294967301"'],
  mcl01: ['9:1', 'a second Content-Length that differs'],
  'ipv6-bad': ['1:14', 'an IPv6 address stands in [ and ]'],
};

/**
 * Two messages of RFC 5118 are well-formed as it says, but their Content-Length counts more than
 * the archive has: a space behind `s=` that is lost, and 26 octets that the RFC never had.
 */
const lengthsOfTheRfc: Readonly<Record<string, string>> = {
  'mult-ip-in-sdp': 'Content-Length is 181, but only 180',
  'ipv6-in-sdp': 'Content-Length is 268, but only 242',
};

/** What is wrong with messages that a parser has to take, besides remarks. */
const violations: Readonly<Record<string, readonly string[]>> = {
  badbranch: ['nothing behind it'],
  insuf: ['no To header', 'no From header', 'no Call-ID header'],
  multi01: ['second CSeq', 'second Call-ID', 'second To', 'second From', 'second Max-Forwards'],
};

describeWithData('torture messages', 'torture/VERDICTS.json', (whole) => {
  const folder = path.dirname(whole);
  const { rfc4475, rfc5118 } = JSON.parse(readFileSync(whole, 'utf8')) as Verdicts;

  it('are all there', () => {
    expect(rfc4475).toHaveLength(49);
    expect(rfc5118).toHaveLength(12);
  });

  it.each(rfc4475)('RFC 4475 $id: $verdict, $parser', (judged) => {
    judge(judged, readFileSync(path.join(folder, judged.file)));
  });

  it.each(rfc5118)('RFC 5118 $id: $verdict, $parser', (judged) => {
    judge(judged, withHeadAsSent(readFileSync(path.join(folder, judged.file), 'latin1')));
  });

  it('RFC 4475 test.dat, which is none of its messages, has no version and is no SIP', () => {
    const { message, problems } = parseMessage(
      readFileSync(path.join(folder, 'rfc4475/test.dat')),
      'tolerant',
    );
    expect(message).toBeNull();
    expect(told(problems)).toEqual([expect.stringMatching(/^malformed 1:1 no SIP message/)]);
  });

  it.each(namedFields)('%s is read as its RFC says', (file, check) => {
    const octets = readFileSync(path.join(folder, file));
    const isText = file.startsWith('rfc5118');
    check(messageIn(isText ? withHeadAsSent(octets.toString('latin1')) : octets, 'tolerant'));
  });
});

function judge({ id, verdict, parser }: Judged, octets: Uint8Array): void {
  holdsForAnyInput(octets);
  const { message, problems } = parseMessage(octets, 'strict');
  const refused = refusals(problems);
  const tooLong = lengthsOfTheRfc[id];
  if (tooLong !== undefined) {
    expect(told(refused)).toEqual([`malformed 10:17 ${tooLong} octets follow the empty line`]);
    return;
  }
  const reason = reasons[id];
  expect(parser === 'accept', told(problems).join('\n')).toBe(message !== null);
  if (parser === 'reject') expect(reason, `${id} is refused for a reason`).toBeDefined();
  const [place, says] = reason ?? ['', ''];
  const fitting = refused.filter(
    (one) => `${one.line}:${one.column}` === place && one.says.includes(says),
  );
  if (parser !== 'accept') expect(fitting.length, told(refused).join('\n')).toBeGreaterThan(0);
  const breaks = problems.filter(({ severity }) => severity === 'violation');
  if (verdict.startsWith('valid')) expect(told(breaks)).toEqual([]);
  for (const sentence of violations[id] ?? []) {
    expect(told(breaks).filter((one) => one.includes(sentence))).toHaveLength(1);
  }
}

/**
 * The archive of RFC 5118 ends lines in LF, and two messages lack their empty line. On the wire
 * the head has CR and LF; bodies stay as they are, for it is their LF that Content-Length counts.
 */
function withHeadAsSent(text: string): Uint8Array {
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text.trimEnd() : text.slice(0, end);
  const body = end < 0 ? '' : text.slice(end + 2);
  return Buffer.from(`${head.replaceAll('\n', '\r\n')}\r\n\r\n${body}`, 'latin1');
}

/** What the RFCs' texts say of single fields, checked field by field. */
const namedFields: readonly (readonly [string, (message: ParsedMessage) => void])[] = [
  ['rfc4475/wsinv.dat', checkWsinv],
  ['rfc4475/intmeth.dat', checkIntmeth],
  ['rfc4475/esc01.dat', checkEsc01],
  ['rfc4475/escnull.dat', checkEscnull],
  ['rfc4475/esc02.dat', checkEsc02],
  ['rfc4475/lwsdisp.dat', (message) => expect(displayName(message, 'From')).toBe('caller')],
  ['rfc4475/longreq.dat', checkLongreq],
  ['rfc4475/dblreq.dat', checkDblreq],
  ['rfc4475/semiuri.dat', checkSemiuri],
  ['rfc4475/transports.dat', checkTransports],
  ['rfc4475/mpart01.dat', checkMpart01],
  ['rfc4475/unreason.dat', checkUnreason],
  ['rfc4475/noreason.dat', (message) => expect(startLineOf(message)).toMatchObject({ reason: '' })],
  ['rfc4475/cparam01.dat', checkCparam01],
  ['rfc4475/cparam02.dat', checkCparam02],
  ['rfc4475/regescrt.dat', checkRegescrt],
  ['rfc4475/bext01.dat', checkBext01],
  ['rfc4475/zeromf.dat', (message) => expect(fieldValue(message, 'Max-Forwards')).toBe(0)],
  ['rfc4475/novelsc.dat', checkNovelsc],
  ['rfc4475/bcast.dat', checkBcast],
  ['rfc5118/port-ambiguous', checkPortAmbiguous],
  ['rfc5118/port-unambiguous', checkPortUnambiguous],
  ['rfc5118/via-received-param-with-delim', checkReceived],
  ['rfc5118/ipv4-mapped-ipv6', checkMapped],
  ['rfc5118/mult-ip-in-sdp', checkMultIp],
];

function displayName(message: ParsedMessage, name: 'From' | 'To'): string | null {
  return fieldValue(message, name)?.displayName ?? null;
}

function checkWsinv(message: ParsedMessage): void {
  expect(identifiersOf(message)).toEqual({
    method: 'INVITE',
    status: null,
    callId: 'wsinv.ndaksdj@192.0.2.1',
    fromTag: '98asjd8',
    toTag: '1918181833n',
    branch: '390skdjuw',
    sequenceNumber: 9,
    sequenceMethod: 'INVITE',
  });
  expect(displayName(message, 'From')).toBe('J Rosenberg \\"');
  expect(fieldValue(message, 'Max-Forwards')).toBe(68);
  expect(fieldValues(message, 'Via').map(({ transport, host }) => [transport, host])).toEqual([
    ['UDP', '192.0.2.2'],
    ['TCP', 'spindle.example.com'],
    ['UDP', '192.168.255.111'],
  ]);
  expect(fieldsNamed(message, 'Subject').map(({ value }) => value)).toEqual(['']);
  expect(fieldsNamed(message, 'newfangledheader')[0]?.value).toBe(
    'newfangled value continued newfangled value',
  );
  expect(fieldsNamed(message, 'UnknownHeaderWithUnusualValue')[0]?.value).toBe(';;,,;;,;');
  const [contact] = fieldValues(message, 'Contact');
  if (contact === undefined || contact === '*') throw new Error('no contact');
  expect(contact.displayName).toBe('Quoted string ""');
  expect(contact.parameters.map(({ name, value }) => [name, value])).toEqual([
    ['newparam', 'newvalue'],
    ['secondparam', null],
    ['q', '0.33'],
  ]);
  expect(fieldValue(message, 'Route')?.uri).toMatchObject({
    host: 'services.example.com',
    parameters: [
      { name: 'lr', value: null },
      { name: 'unknownwith', value: 'value' },
      { name: 'unknown-no-value', value: null },
    ],
  });
}

function checkIntmeth(message: ParsedMessage): void {
  const method = "!interesting-Method0123456789_*+`.%indeed'~";
  expect(startLineOf(message)).toMatchObject({
    method,
    uri: { user: "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", host: 'example.com' },
  });
  expect(displayName(message, 'To')).toBe('BEL:\u{7} NUL:\u{0} DEL:\u{7f}');
  expect(displayName(message, 'From')).toBe("token1~` token2'+_ token3*%!.-");
  const parameters = fieldValue(message, 'From')?.parameters ?? [];
  expect(parameterValue(parameters, "fromParam''~+*_!.-%")).toBe('работающий');
  expect(identifiersOf(message)).toMatchObject({
    callId: 'intmeth.word%ZK-!.*_+\'@word`~)(><:\\/"][?}{',
    sequenceMethod: method,
    fromTag: "_token~1'+`*%!-.",
  });
  expect(fieldsNamed(message, "extensionHeader-!.%*+_`'~")[0]?.value).toBe('\u{feff}大停電');
}

function checkEsc01(message: ParsedMessage): void {
  const start = startLineOf(message);
  const user = start.kind === 'request' && start.uri?.kind === 'SIP' ? start.uri.user : null;
  expect(unescapeUri(user ?? '')).toBe('sips:user@example.com');
  const [contact] = fieldValues(message, 'Contact');
  if (contact === undefined || contact === '*' || contact.uri?.kind !== 'SIP') {
    throw new Error('no contact');
  }
  const { parameters } = contact.uri;
  expect(
    parameters.map(({ name, value }) => [name, value].map((x) => unescapeUri(x ?? ''))),
  ).toEqual([
    ['lr', ''],
    ['name', 'value%41'],
  ]);
}

function checkEscnull(message: ParsedMessage): void {
  const users = fieldValues(message, 'Contact').map((contact) =>
    contact !== '*' && contact.uri?.kind === 'SIP' ? unescapeUri(contact.uri.user ?? '') : '',
  );
  expect(users).toEqual(['\u{0}', '\u{0}\u{0}']);
}

function checkEsc02(message: ParsedMessage): void {
  expect(startLineOf(message)).toMatchObject({ method: 'RE%47IST%45R' });
  expect(displayName(message, 'To')).toBe('%Z%45');
  expect(fieldValues(message, 'Contact')).toHaveLength(2);
  expect(fieldsNamed(message, 'C%6Fntact')).toHaveLength(1);
}

function checkLongreq(message: ParsedMessage): void {
  expect(fieldValues(message, 'Via')).toHaveLength(34);
  expect(fieldValue(message, 'Call-ID')).toHaveLength(141);
  expect(identifiersOf(message).fromTag).toHaveLength(155);
}

function checkDblreq(message: ParsedMessage): void {
  const { bodyAt, bodyEnd } = framingOf(message);
  expect([bodyEnd - bodyAt, message.text.length - bodyEnd]).toEqual([0, 450]);
}

function checkSemiuri(message: ParsedMessage): void {
  const start = startLineOf(message);
  const uri = start.kind === 'request' && start.uri?.kind === 'SIP' ? start.uri : null;
  expect(unescapeUri(uri?.user ?? '')).toBe('user;par=u@example.net');
  expect(uri).toMatchObject({ host: 'example.com', parameters: [] });
}

function checkTransports(message: ParsedMessage): void {
  expect(fieldValues(message, 'Via').map(({ transport }) => transport)).toEqual([
    'UDP',
    'SCTP',
    'TLS',
    'UNKNOWN',
    'TCP',
  ]);
}

function checkMpart01(message: ParsedMessage): void {
  const parts = leavesOf(contentOf(message));
  expect(parts.map(({ mediaType }) => mediaType?.subtype)).toEqual(['plain', 'octet-stream']);
  const [text, binary] = parts;
  expect(message.text.slice(text?.from, text?.to)).toBe('Hello');
  const octets = message.text.slice(binary?.from, binary?.to);
  expect([octets.length, octets.includes('\u{0}'), octets.startsWith('0\u{82}')]).toEqual([
    342,
    true,
    true,
  ]);
}

function checkUnreason(message: ParsedMessage): void {
  const reason = '= 2**3 * 5**2 но сто девяносто девять - простое';
  expect(startLineOf(message)).toMatchObject({ status: 200, reason });
}

/** RFC 4475 §3.3.12 and §3.3.13: of the contact in the one, of the URI in the other. */
function checkCparam01(message: ParsedMessage): void {
  expect(fieldValues(message, 'Contact')).toMatchObject([
    { parameters: [{ name: 'unknownparam', value: null }], uri: { parameters: [] } },
  ]);
}

function checkCparam02(message: ParsedMessage): void {
  expect(fieldValues(message, 'Contact')).toMatchObject([
    { parameters: [], uri: { parameters: [{ name: 'unknownparam', value: null }] } },
  ]);
}

function checkRegescrt(message: ParsedMessage): void {
  expect(fieldValues(message, 'Contact')).toMatchObject([
    { uri: { headers: [{ name: 'Route', value: '%3Csip:sip.example.com%3E' }] } },
  ]);
}

function checkBext01(message: ParsedMessage): void {
  expect(fieldValues(message, 'Require')).toEqual([
    'nothingSupportsThis',
    'nothingSupportsThisEither',
  ]);
  expect(fieldValues(message, 'Proxy-Require')).toEqual([
    'noProxiesSupportThis',
    'norDoAnyProxiesSupportThis',
  ]);
}

function checkNovelsc(message: ParsedMessage): void {
  expect(startLineOf(message)).toMatchObject({
    uri: { kind: 'other', scheme: 'soap.beep', rest: '//192.0.2.103:3002' },
  });
}

function checkBcast(message: ParsedMessage): void {
  expect(fieldValues(message, 'Via')[1]).toMatchObject({
    host: '255.255.255.255',
    hostKind: 'IPv4',
  });
}

function checkPortAmbiguous(message: ParsedMessage): void {
  expect(startLineOf(message)).toMatchObject({ uri: { host: '2001:db8::10:5070', port: null } });
}

function checkPortUnambiguous(message: ParsedMessage): void {
  expect(startLineOf(message)).toMatchObject({ uri: { host: '2001:db8::10', port: 5070 } });
}

function checkReceived(message: ParsedMessage): void {
  expect(identifiersOf(message).branch).toBe('z9hG4bKas3-111');
  const [via] = fieldValues(message, 'Via');
  expect(parameterValue(via?.parameters ?? [], 'received')).toBe('[2001:db8::9:255]');
}

function checkMapped(message: ParsedMessage): void {
  expect(fieldValues(message, 'Via')).toMatchObject([
    { host: '::ffff:192.0.2.10', port: 19823 },
    { host: '::ffff:192.0.2.2', port: null },
  ]);
}

function checkMultIp(message: ParsedMessage): void {
  const sdp = contentOf(message)?.sdp;
  const lines =
    sdp !== null && sdp !== undefined && 'description' in sdp ? sdp.description.media : [];
  expect(lines.map((section) => section.lines[0]?.[1])).toEqual([
    'IN IP4 192.0.2.1',
    'IN IP6 2001:db8::1',
  ]);
}
