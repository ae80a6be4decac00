import type { SessionDescription } from '../../../../sim-core/sdp/session-description.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import { capable, invite, leg, ofA, ofS, rack, reliable, type Step } from './leg-trace.ts';

const ids = Array.from({ length: 9 }, (_, n) => `R-PRE-0${n + 1}`);

interface Status {
  readonly curr?: string;
  readonly strength?: string;
  readonly conf?: string;
  readonly port?: number;
  readonly version?: number;
}

/** A description whose audio line has a precondition on the whole path. */
function conditioned(
  of: typeof ofA,
  port: number,
  { curr = 'none', strength = 'mandatory', conf, version = 1, ...rest }: Status = {},
): SessionDescription {
  const usual = of(version, ['audio', rest.port ?? port]);
  const lines: [string, string][] = [
    ['a', 'rtpmap:96 AMR-WB/16000'],
    ['a', `curr:qos e2e ${curr}`],
    ['a', `des:qos ${strength} e2e sendrecv`],
  ];
  if (conf !== undefined) lines.push(['a', `conf:qos e2e ${conf}`]);
  return { ...usual, media: usual.media.map((line) => ({ ...line, formats: ['96'], lines })) };
}

const a = (status: Status = {}) => conditioned(ofA, 4_000, status);
const s = (status: Status = {}) => conditioned(ofS, 6_000, status);

const asking = { ...capable, Supported: '100rel, precondition', Require: 'precondition' };

const offered = (more: Parameters<typeof invite>[0] = {}): Step =>
  invite({ sdp: a(), headers: asking, ...more });

const answeredWith = (sdp: SessionDescription): Step[] => [
  offered(),
  ['S', 183, { answers: 'A INVITE', sdp, headers: reliable(1) }],
  ['A', 'PRACK', { headers: rack(1) }],
];

const met: readonly Step[] = [
  ...answeredWith(s({ conf: 'recv' })),
  ['A', 'UPDATE', { sdp: a({ curr: 'sendrecv', version: 2 }) }],
  [
    'S',
    200,
    { name: 'S 200 UPDATE', answers: 'A UPDATE', sdp: s({ curr: 'sendrecv', version: 2 }) },
  ],
];

const ring = (steps: readonly Step[]) =>
  leg(...steps, ['S', 180, { answers: 'A INVITE', headers: reliable(2) }]);

const stream = (steps: readonly Step[], toPort = 4_000) =>
  leg(...steps).rtp(
    'R',
    'A',
    'audio',
    { at: 900, arrives: 940, stream: 'early', sources: ['beach-waves'], fromPort: 6_000, toPort },
    'early',
  );

/** The CMR Server's media move to another port, under these words. */
const moved = (curr: string): Step[] => [
  ...met,
  ['S', 'UPDATE', { sdp: s({ curr, port: 7_000, version: 3 }) }],
];

const sentTo = (curr: string) =>
  leg(...moved(curr)).rtp(
    'A',
    'R',
    'audio',
    {
      at: 900,
      arrives: 940,
      stream: 'voice',
      sources: ['client-a'],
      fromPort: 4_000,
      toPort: 7_000,
    },
    'voice',
  );

const refusedLine = (status: number) =>
  leg(...answeredWith(s({ port: 0 })), ['S', status, { name: 'S final', answers: 'A INVITE' }]);

const cases: readonly RuleCase[] = [
  { rule: 'R-PRE-01', what: 'when met', verdict: 'satisfied', trace: () => ring(met) },
  {
    rule: 'R-PRE-01',
    what: 'before met',
    verdict: 'violated',
    level: 'warning',
    trace: () => ring(answeredWith(s())),
    says: 'left before preconditions were met',
  },
  { rule: 'R-PRE-02', what: 'when met', verdict: 'satisfied', trace: () => stream(met) },
  {
    rule: 'R-PRE-02',
    what: 'before met',
    verdict: 'violated',
    level: 'warning',
    trace: () => stream(answeredWith(s())),
    says: 'before its preconditions are met',
  },
  { rule: 'R-PRE-03', what: 'all listed', verdict: 'satisfied', trace: () => leg(offered()) },
  {
    rule: 'R-PRE-03',
    what: 'mandatory, and not required',
    verdict: 'violated',
    level: 'error',
    trace: () => leg(offered({ headers: { ...asking, Require: '' } })),
    says: 'without Require: precondition',
  },
  {
    rule: 'R-PRE-03',
    what: 'no UPDATE',
    verdict: 'violated',
    level: 'warning',
    trace: () => leg(offered({ headers: { ...asking, Allow: 'INVITE, ACK' } })),
  },
  {
    rule: 'R-PRE-04',
    what: 'as strict',
    verdict: 'satisfied',
    trace: () => leg(...answeredWith(s())),
  },
  {
    rule: 'R-PRE-04',
    what: 'less strict',
    verdict: 'violated',
    trace: () => leg(...answeredWith(s({ strength: 'optional' }))),
    says: 'asks less than mandatory',
  },
  { rule: 'R-PRE-05', what: 'told', verdict: 'satisfied', trace: () => leg(...met) },
  {
    rule: 'R-PRE-05',
    what: 'never told',
    verdict: 'violated',
    trace: () => leg(...answeredWith(s({ conf: 'recv' })), ['S', 200, { answers: 'A INVITE' }]),
    says: 'never confirmed',
  },
  {
    rule: 'R-PRE-06',
    what: 'a precondition that cannot be met',
    verdict: 'satisfied',
    trace: () => leg(offered(), ['S', 580, { answers: 'A INVITE' }]),
  },
  {
    rule: 'R-PRE-06',
    what: 'none was asked for',
    verdict: 'violated',
    level: 'warning',
    trace: () => leg(invite(), ['S', 580, { answers: 'A INVITE' }]),
  },
  {
    rule: 'R-PRE-07',
    what: 'begun anew',
    verdict: 'satisfied',
    trace: () => leg(...moved('none')),
  },
  {
    rule: 'R-PRE-07',
    what: 'as for the old place',
    verdict: 'violated',
    trace: () => leg(...moved('sendrecv')),
    says: 'still says qos e2e sendrecv',
  },
  {
    rule: 'R-PRE-08',
    what: 'the call goes on',
    verdict: 'satisfied',
    trace: () => refusedLine(200),
  },
  {
    rule: 'R-PRE-08',
    what: 'the call fails of it',
    verdict: 'violated',
    trace: () => refusedLine(580),
    says: 'A refused line failed the call',
  },
  { rule: 'R-PRE-09', what: 'after', verdict: 'satisfied', trace: () => sentTo('sendrecv') },
  {
    rule: 'R-PRE-09',
    what: 'before',
    verdict: 'violated',
    level: 'warning',
    trace: () => sentTo('none'),
    says: 'to the new place before',
  },
];

describeRules(ids, cases);
