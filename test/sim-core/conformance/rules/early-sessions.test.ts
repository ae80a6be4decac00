import type { BodyPart, Disposition } from '../../../../sim-core/sip/message.ts';
import type { SessionDescription } from '../../../../sim-core/sdp/session-description.ts';
import type { TraceBuilder } from '../../../support/trace-builder.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import { capable, invite, leg, ofA, ofS, rack, reliable, type Step } from './leg-trace.ts';

const ids = Array.from({ length: 11 }, (_, n) => `R-ES-${String(n + 1).padStart(2, '0')}`);

const part = (disposition: Disposition, description: SessionDescription): BodyPart => ({
  disposition,
  description,
});
const early = (description: SessionDescription) => part('early-session', description);

const earlyOfS = ofS(1, ['audio', 8_000]);
const earlyOfA = ofA(1, ['audio', 4_800]);
const require183 = { ...reliable(1), Require: '100rel, early-session' };

interface Changes {
  readonly invite?: Step;
  readonly offer?: SessionDescription;
  readonly session?: SessionDescription;
  readonly answer?: SessionDescription | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly pem?: string;
}

/** An early session offered in the 183 beside the session's answer, and answered in the PRACK. */
function earlyCall(changes: Changes = {}): Step[] {
  const { answer = earlyOfA } = changes;
  const bodies = [part('session', changes.session ?? ofS()), early(changes.offer ?? earlyOfS)];
  const pem = changes.pem === undefined ? {} : { 'P-Early-Media': changes.pem };
  return [
    changes.invite ?? invite(),
    [
      'S',
      183,
      { answers: 'A INVITE', headers: { ...(changes.headers ?? require183), ...pem }, bodies },
    ],
    ['A', 'PRACK', { headers: rack(1), bodies: answer === null ? [] : [early(answer)] }],
    ['S', 200, { name: 'S 200 PRACK', answers: 'A PRACK' }],
  ];
}

const finished = (bodies: readonly BodyPart[] = []): Step[] => [
  ...earlyCall(),
  ['S', 200, { answers: 'A INVITE', bodies }],
  ['A', 'ACK', { cseq: 1 }],
];

function plays(trace: TraceBuilder, at = 450, fromPort = 8_000): TraceBuilder {
  const move = { at, arrives: at + 40, stream: 'early', sources: ['beach-waves'] };
  return trace.rtp('R', 'A', 'audio', { ...move, fromPort, toPort: 4_800 }, 'early ring');
}

/** The early session is heard; at the 200, or later, or never, it falls silent. */
const heardUntil = (silence: number) =>
  plays(leg(...finished()))
    .hears('A', 'audio', ['beach-waves'], 490, 'A hears the early session')
    .hears('A', 'audio', [], silence, 'A hears nothing')
    .user('A', { kind: 'hang up' }, 5_000, 'later');

const conditioned = (status: string): SessionDescription => {
  const usual = ofS(1, ['audio', 8_000]);
  const lines = [
    ['a', 'rtpmap:96 AMR-WB/16000'],
    ['a', `curr:qos local ${status}`],
    ['a', 'des:qos mandatory local sendrecv'],
  ] as const;
  return { ...usual, media: usual.media.map((line) => ({ ...line, formats: ['96'], lines })) };
};

const kept = ['01', '02', '03', '04', '07', '08', '11'].map((number): RuleCase => ({
  rule: `R-ES-${number}`,
  what: 'offered in the 183, answered in the PRACK',
  verdict: 'satisfied',
  trace: () => leg(...finished()),
}));

const cases: readonly RuleCase[] = [
  ...kept,
  {
    rule: 'R-ES-01',
    what: 'an offer in an unreliable 183',
    verdict: 'violated',
    trace: () =>
      leg(invite(), [
        'S',
        183,
        { answers: 'A INVITE', headers: { Require: 'early-session' }, bodies: [early(earlyOfS)] },
      ]),
    says: 'neither offer nor answer',
  },
  {
    rule: 'R-ES-01',
    what: 'a second offer while one is open',
    verdict: 'violated',
    trace: () =>
      leg(...earlyCall({ answer: null }).slice(0, 2), [
        'S',
        'UPDATE',
        { bodies: [early(ofS(2, ['audio', 8_002]))] },
      ]),
    says: 'while one is open',
  },
  {
    rule: 'R-ES-02',
    what: 'the early session in the 200',
    verdict: 'violated',
    trace: () => leg(...finished([early(earlyOfS)])),
    says: "The CMR Server's 200 (INVITE) has an early-session body",
  },
  {
    rule: 'R-ES-02',
    what: 'the early session in the ACK',
    verdict: 'violated',
    trace: () => leg(...finished()).change('A ACK', { bodies: [early(earlyOfA)] }),
  },
  {
    rule: 'R-ES-03',
    what: 'an offer in the INVITE',
    verdict: 'violated',
    level: 'warning',
    trace: () => leg(invite({ bodies: [part('session', ofA()), early(earlyOfA)] })),
  },
  {
    rule: 'R-ES-04',
    what: 'one port for both',
    verdict: 'violated',
    level: 'warning',
    trace: () => leg(...earlyCall({ answer: ofA() })),
    says: 'has early media at 10.0.0.1:4000, where the session is',
  },
  {
    rule: 'R-ES-05',
    what: 'nothing is played',
    verdict: 'satisfied',
    trace: () => leg(...earlyCall({ answer: ofA(1, ['audio', 0]) })),
  },
  {
    rule: 'R-ES-05',
    what: 'the ring is played all the same',
    verdict: 'violated',
    trace: () => plays(leg(...earlyCall({ answer: ofA(1, ['audio', 0]) }))),
    says: 'refused',
  },
  {
    rule: 'R-ES-06',
    what: 'silent from the 200 on',
    verdict: 'satisfied',
    trace: () => heardUntil(540),
  },
  {
    rule: 'R-ES-06',
    what: 'heard after the 200',
    verdict: 'violated',
    trace: () => heardUntil(2_000),
    says: 'still plays its early session',
  },
  {
    rule: 'R-ES-07',
    what: 'another codec than the session',
    verdict: 'violated',
    level: 'warning',
    trace: () => leg(...earlyCall({ offer: ofS(1, ['audio', 8_000, 'sendrecv', ['97']]) })),
    says: 'has no codec of the session',
  },
  {
    rule: 'R-ES-08',
    what: 'a caller that lists none',
    verdict: 'violated',
    trace: () =>
      leg(...earlyCall({ invite: invite({ headers: { ...capable, Supported: '100rel' } }) })),
    says: 'to an end that lists none',
  },
  {
    rule: 'R-ES-08',
    what: 'a response that does not require it',
    verdict: 'violated',
    trace: () => leg(...earlyCall({ headers: reliable(1) })),
    says: 'does not require early-session',
  },
  {
    rule: 'R-ES-09',
    what: 'played when they are met',
    verdict: 'satisfied',
    trace: () => plays(leg(...earlyCall({ offer: conditioned('sendrecv'), answer: null }))),
  },
  {
    rule: 'R-ES-09',
    what: 'played before they are met',
    verdict: 'violated',
    level: 'warning',
    trace: () => plays(leg(...earlyCall({ offer: conditioned('none'), answer: null }))),
    says: 'preconditions are met',
  },
  {
    rule: 'R-ES-10',
    what: 'heard in spite of inactive',
    verdict: 'satisfied',
    trace: () =>
      plays(leg(...earlyCall({ pem: 'inactive' }))).hears('A', 'audio', ['beach-waves'], 490, 'A'),
  },
  {
    rule: 'R-ES-10',
    what: 'kept back because of inactive',
    verdict: 'violated',
    trace: () => plays(leg(...earlyCall({ pem: 'inactive' }))).hears('A', 'audio', [], 490, 'A'),
    says: 'keeps its early session back',
  },
  {
    rule: 'R-ES-11',
    what: 'an offer in a PRACK',
    verdict: 'satisfied',
    level: 'info',
    trace: () =>
      leg(
        ...earlyCall({ answer: null }).slice(0, 1),
        [
          'S',
          183,
          {
            answers: 'A INVITE',
            sdp: ofS(),
            headers: { ...reliable(1), Supported: 'early-session' },
          },
        ],
        ['A', 'PRACK', { headers: rack(1), bodies: [early(earlyOfA)] }],
      ),
    says: 'off the patterns of RFC 6337',
  },
];

describeRules(ids, cases);
