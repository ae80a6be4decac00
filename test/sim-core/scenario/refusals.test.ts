import { describe, expect, it } from 'vitest';

import { readScenario, type Problem } from '../../../sim-core/authoring.ts';
import { smallWith } from './small-scenario.ts';

/** What is changed; the code, the text the carets stand under, what is said, what was meant. */
const table: readonly [
  before: string,
  after: string,
  code: string,
  marks: string,
  says: string,
  near: string | null,
][] = [
  // YAML itself
  ['title: A', 'title: : A', 'CMR1001', ':', 'must stand in quotes', null],
  ['switches: {', 'switches: {{', 'CMR1001', 'n', 'a { without its }', null],
  ['  a: {', '\ta: {', 'CMR1001', '\t', 'never with tabs', null],
  ['seed: 7', 'seed: !!int 7', 'CMR1003', '!!int', 'the tag !!int', null],
  ['seed: 7', '? [x]\n: y', 'CMR1003', '?', 'plain words', null],
  ['seed: 7', 'seed: 7\n---\nx: 1', 'CMR1003', '---', 'another begins', null],
  ['title: A', 'title: \u0007A', 'CMR1003', '\u0007', 'U+0007', null],
  ['seed: 7', 'seed: *nowhere', 'CMR1010', '*nowhere', 'no anchor &nowhere', null],
  ['seed: 7', '__proto__: { polluted: true }', 'CMR1004', '__proto__', '"__proto__"', null],
  ['seed: 7', 'constructor: 1', 'CMR1004', 'constructor', '"constructor"', null],
  ['seed: 7', '<<: { seed: 7 }', 'CMR1004', '<<', 'unknown key "<<"', null],
  // Keys
  ['seed: 7', 'sead: 7', 'CMR1004', 'sead', 'unknown key "sead"', 'seed'],
  ['    address: 10.20', '    adress: 10.20', 'CMR1004', 'adress', '"adress"', 'address'],
  ['SW-REINV-ACK:', 'SW-REINV-AKC:', 'CMR1004', 'SW-REINV-AKC', '"SW-REINV-AKC"', 'SW-REINV-ACK'],
  ['policy: { operator', 'policy: { operater', 'CMR1004', 'operater', '"operater"', 'operator'],
  ['answerLag: null', 'anserLag: null', 'CMR1004', 'anserLag', '"anserLag"', 'answerLag'],
  ['seed: 7', 'seed: 7\nseed: 8', 'CMR1009', 'seed', 'in line 6', null],
  ['  cmr-server:\n', '  client-b:\n', 'CMR1009', 'client-b', 'in line 28', null],
  ['apiVersion: ringscope/v1\n', '', 'CMR1005', 'title', '"apiVersion" is missing', null],
  ['    party: A\n', '', 'CMR1005', 'client-a', '"party" is missing', null],
  ['    role: cmr-server\n', '', 'CMR1005', 'cmr-server', '"role" is missing: one of', null],
  [', latency: 10ms', '', 'CMR1005', 'r', '"latency" is missing', null],
  ['    resource: ringing-7\n', '', 'CMR1005', 'cmr-server', '"resource" is missing', null],
  // Kinds of values
  [
    'title: A small call',
    'title: 2024',
    'CMR1006',
    '2024',
    'text is due here, found 2024',
    '"2024"',
  ],
  ['seed: 7', 'seed: "7"', 'CMR1006', '"7"', 'a whole number is due', '7'],
  ['seed: 7', 'seed: 1.5', 'CMR1006', '1.5', 'found "1.5"', null],
  ['seed: 7', 'seed: .inf', 'CMR1006', '.inf', 'found ".inf"', null],
  ['seed: 7', 'seed: 9007199254740993', 'CMR1006', '9007199254740993', 'a whole number', null],
  ['reorder: true', 'reorder: yes', 'CMR1006', 'yes', 'true or false is due', 'true'],
  [
    'switches: { SW-REINV-ACK: deferred }',
    'switches:',
    'CMR1006',
    'switches',
    'a map of keys',
    null,
  ],
  [
    'shows: [DEL-GW-SRV-01, FLOW-CON-01]',
    'shows: GAP-03',
    'CMR1006',
    'GAP-03',
    'a list',
    '[GAP-03]',
  ],
  ['latency: 40ms', 'latency: [40ms]', 'CMR1006', 'latency', 'a length of time', null],
  // Words
  [
    'ringscope/v1',
    'ringscope/v2',
    'CMR1007',
    'ringscope/v2',
    'ringscope/v1 is due',
    'ringscope/v1',
  ],
  ['profile: literal', 'profile: literall', 'CMR1007', 'literall', 'literal, clean', 'literal'],
  [
    'role: cmr-server',
    'role: cmr-serv',
    'CMR1007',
    'cmr-serv',
    'cmr-resource-server',
    'cmr-server',
  ],
  ['party: B', 'party: C', 'CMR1007', 'C', 'A, B', null],
  ['deferred', 'imediate', 'CMR1007', 'imediate', 'deferred, immediate', 'immediate'],
  ['does: reject', 'does: rejekt', 'CMR1007', 'rejekt', 'one of dial', 'reject'],
  ['outcome: rejected', 'outcome: busy', 'CMR1007', 'busy', 'ring continues', null],
  ['[audio, video]', '[audio, vidio]', 'CMR1007', 'vidio', 'audio, video', 'video'],
  // Quantities
  ['until: 60s', 'until: 60', 'CMR1008', '60', 'needs its unit', '60ms'],
  ['latency: 40ms', 'latency: 40 ms', 'CMR1008', '40 ms', 'without a space', '40ms'],
  ['by: 600ms', 'by: 600msec', 'CMR1008', '600msec', 'no unit of time', '600ms'],
  ['20ms..60ms', '60ms..20ms', 'CMR1008', '60ms..20ms', 'from the least', '20ms..60ms'],
  ['loss: 0.05', 'loss: 5', 'CMR1008', '5', 'from 0 to 1', '5%'],
  ['loss: 0.05', 'loss: .nan', 'CMR1008', '.nan', 'from 0 to 1', null],
  ['mixed-gain: 25%', 'mixed-gain: 25', 'CMR1008', '25', 'with its sign', '25%'],
  ['seed: 7', 'seed: -1', 'CMR1008', '-1', 'of at least 0', null],
  ['    mode: gateway', '    port: 99999', 'CMR1008', '99999', 'from 1 to 65535', null],
  ['occurrence: 1', 'occurrence: 0', 'CMR1008', '0', 'from 1 to', null],
  ['between: [client-a, cmr', 'between: [cmr', 'CMR1008', 'between', '2 items are due', null],
  ['ringStart: 150ms', 'ringStart: 150', 'CMR1008', '150', 'needs its unit', '150ms'],
  // Names
  [
    'between: [client-b',
    'between: [client-c',
    'CMR1010',
    'client-c',
    '"client-c" is not',
    'client-a',
  ],
  ['from: client-b', 'from: clientb', 'CMR1010', 'clientb', '"clientb" is not', 'client-b'],
  ['message: ACK', 'message: AKC', 'CMR1010', 'AKC', 'no message is called', 'ACK'],
  ['who: client-b', 'who: cmr-server', 'CMR1010', 'cmr-server', 'is no client', null],
  [
    'resource: ringing-7',
    'resource: ringing-8',
    'CMR1010',
    'ringing-8',
    '"ringing-8"',
    'ringing-7',
  ],
  ['FLOW-CON-01]', 'FLOW-CON-99]', 'CMR1010', 'FLOW-CON-99', 'no clause', 'FLOW-CON-09'],
  ['FLOW-CON-10:', 'flow-con-10:', 'CMR1010', 'flow-con-10', 'no clause', 'FLOW-CON-10'],
  // Contradictions
  [
    'sip:bob@home2',
    'sip:ALICE@home1',
    'CMR1009',
    'sip:ALICE@home1.example',
    "is client-a's already",
    null,
  ],
  [
    'address: 10.30.0.21',
    'address: 10.20.0.17',
    'CMR1009',
    '10.20.0.17',
    "client-a's already",
    null,
  ],
  [
    "contact-parameters: ';video'",
    'calling: { media: [video] }',
    'CMR1011',
    'video',
    'no m=video line',
    null,
  ],
  ['party: B', 'party: A', 'CMR1011', 'nodes', 'one client of party B', null],
  ['[cmr-server, resource', '[client-a, resource', 'CMR1011', 'links', 'needs a link', null],
  ['[client-b, cmr-server]', '[cmr-server, client-a]', 'CMR1009', 'b', 'the link a', null],
  ['[client-b, cmr-server]', '[client-b, client-b]', 'CMR1011', 'between', 'two nodes', null],
  ['- drop: {', '- { drop: {', 'CMR1001', '-', 'a { without its }', null],
  [
    'at: 0s, ',
    'at: 0s, after: 1s, ',
    'CMR1011',
    '{ at: 0s, after: 1s, who: client-a, does: dial, target: client-b }',
    '"at" an instant or "after"',
    null,
  ],
  [
    'at: 0s, ',
    '',
    'CMR1005',
    '{ who: client-a, does: dial, target: client-b }',
    'the moment is missing',
    null,
  ],
  [
    'since: ringing, ',
    '',
    'CMR1005',
    '{ after: 5s, who: client-b, does: reject }',
    '"since" is missing',
    null,
  ],
  [
    ', target: client-b',
    '',
    'CMR1005',
    '{ at: 0s, who: client-a, does: dial }',
    '"target" is missing',
    null,
  ],
  ['target: client-b', 'target: client-a', 'CMR1011', 'client-a', 'nobody dials themselves', null],
  ['reject }', 'reject, target: client-a }', 'CMR1011', 'target', 'goes with dial', null],
  // Text of a certain form
  ['sip:alice@home1.example', 'alice', 'CMR1013', 'alice', 'as in sip:alice', null],
  ['address: 10.9.0.5', 'address: 10.9.0.555', 'CMR1013', '10.9.0.555', 'an IP address', null],
  ['  a: {', '  Link_A: {', 'CMR1013', 'Link_A', 'a name is lower-case', null],
  [
    "'P-Access-Network-Info:",
    "'Via:",
    'CMR1013',
    "'Via: 3GPP-E-UTRAN-FDD;x=1'",
    'not for a scenario',
    null,
  ],
  [
    "'P-Access-Network-Info:",
    "'Content-Type:",
    'CMR1013',
    "'Content-Type: 3GPP-E-UTRAN-FDD;x=1'",
    'from the body',
    null,
  ],
  ["';video'", 'video', 'CMR1013', 'video', 'begin with a semicolon', null],
  // SDP, in the lines of the file
  ['      m=audio 50000', '      m=audio 99999', 'CMR1012', '99999 RTP/AVP 96', 'SDP', null],
  ['      s=-\n      c=IN IP4 10.30', '      x\n      c=IN IP4 10.30', 'CMR1012', 'x', 'SDP', null],
];

/** The first line of what a problem points at. */
function markedBy({ offset, length }: Problem, text: string): string {
  return text.slice(offset, offset + length).split('\n')[0] ?? '';
}

describe('refusals name the place, what is allowed, and what was meant', () => {
  it.each(table)('%j → %j', (before, after, code, marks, says, near) => {
    const text = smallWith(before, after);
    const { scenario, problems } = readScenario(text, 'small.cmr.yaml');
    expect(scenario).toBeNull();
    const told = problems.map((each) => `${each.code} ${markedBy(each, text)}`);
    expect(told).toContain(`${code} ${marks}`);
    const found = problems.filter(
      (each) => `${each.code} ${markedBy(each, text)}` === `${code} ${marks}`,
    );
    expect(found.map((each) => each.says).join('\n')).toContain(says);
    expect(found.map((each) => each.nearest)).toContain(near);
    for (const { line, column, offset } of problems) {
      const before = text
        .split('\n')
        .slice(0, line - 1)
        .join('\n');
      expect(before.length + (line > 1 ? 1 : 0) + column - 1).toBe(offset);
    }
  });

  it('tells all problems of a file at once, in the order of the file', () => {
    const text = smallWith('seed: 7', 'sead: 7')
      .replace('latency: 40ms', 'latency: 40')
      .replace('[client-b, cmr-server]', '[client-c, cmr-server]')
      .replace('m=audio 50000', 'm=audio x');
    const { problems } = readScenario(text, 'small.cmr.yaml');
    expect(problems.map(({ code }) => code)).toEqual(['CMR1004', 'CMR1012', 'CMR1008', 'CMR1010']);
    const offsets = problems.map(({ offset }) => offset);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
  });

  it('knows an empty file from one with nothing but comments, and refuses both', () => {
    for (const text of ['', '\n', '# only a comment\n', '---\n', '~']) {
      const { problems } = readScenario(text, 'empty.cmr.yaml');
      expect(problems.map(({ code }) => code)).toEqual([text === '~' ? 'CMR1006' : 'CMR1000']);
    }
  });
});
