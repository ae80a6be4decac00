import type { TraceBuilder } from '../../../support/trace-builder.ts';
import { continueCall, rejectedCall } from '../reference-call.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import { capable, invite, leg, ofA, ofS, rack, reliable, type Step } from './leg-trace.ts';

const ids = [
  ...Array.from({ length: 8 }, (_, n) => `R-EM-0${n + 1}`),
  ...Array.from({ length: 12 }, (_, n) => `R-PEM-${String(n + 1).padStart(2, '0')}`),
];

const understands = { ...capable, 'P-Early-Media': 'supported' };

/** INVITE, a reliable 183 with the answer and these words on early media, its PRACK. */
const authorised = (pem: string, more: Parameters<typeof invite>[0] = {}): Step[] => [
  invite({ headers: understands, ...more }),
  [
    'S',
    183,
    { answers: 'A INVITE', sdp: ofS(), headers: { ...reliable(1), 'P-Early-Media': pem } },
  ],
  ['A', 'PRACK', { headers: rack(1) }],
  ['S', 200, { name: 'S 200 PRACK', answers: 'A PRACK' }],
];

/** A stream reaches Client-A at 490 ms, who hears that; the call is answered at 3 s. */
function arrives(steps: readonly Step[], heard: readonly string[]): TraceBuilder {
  const stream = { stream: 'early', sources: ['beach-waves'], fromPort: 6_000, toPort: 4_000 };
  return leg(...steps)
    .rtp('R', 'A', 'audio', { at: 450, arrives: 490, ...stream }, 'early')
    .hears('A', 'audio', heard, 495, 'A hears')
    .sip('S', 'A', 200, { at: 3_000, arrives: 3_040, answers: 'A INVITE' })
    .user('A', { kind: 'hang up' }, 6_000, 'later');
}

/** The same of a picture, on the second line. */
function pictureArrives(pem: string, seen: readonly string[]): TraceBuilder {
  const lines: Parameters<typeof ofA> = [1, ['audio', 4_000], ['video', 4_002]];
  const stream = { stream: 'film', sources: ['beach-waves'], fromPort: 6_002, toPort: 4_002 };
  return leg(...authorised(pem, { sdp: ofA(...lines) }))
    .rtp('R', 'A', 'video', { at: 450, arrives: 490, ...stream }, 'film')
    .hears('A', 'video', seen, 495, 'A sees')
    .sip('S', 'A', 200, { at: 3_000, arrives: 3_040, answers: 'A INVITE' })
    .user('A', { kind: 'hang up' }, 6_000, 'later');
}

/** It is not seen, for an UPDATE that came at that time has its line refused 10 ms later. */
const pictureRefused = (came: number) =>
  pictureArrives('sendrecv', [])
    .sip('S', 'A', 'UPDATE', { at: came - 40, arrives: came, cseq: 1, sdp: ofS(2) })
    .sip('A', 'S', 200, {
      at: came + 10,
      arrives: came + 50,
      answers: 'S UPDATE',
      sdp: ofA(2, ['audio', 4_000], ['video', 0]),
    });

/** A 180 at 240 ms; what Client-A hears then; answered at 3 s. */
const alerted = (heard: readonly string[], at = 240) =>
  leg(invite(), ['S', 180, { answers: 'A INVITE' }])
    .hears('A', 'audio', heard, at, 'A hears')
    .sip('S', 'A', 200, { at: 3_000, arrives: 3_040, answers: 'A INVITE', sdp: ofS() });

const early = (description: ReturnType<typeof ofA>) =>
  ({ disposition: 'early-session', description }) as const;

const earlySession: readonly Step[] = [
  invite(),
  [
    'S',
    180,
    {
      answers: 'A INVITE',
      headers: { ...reliable(1), Require: '100rel, early-session' },
      bodies: [early(ofS(1, ['audio', 8_000]))],
    },
  ],
  ['A', 'PRACK', { headers: rack(1), bodies: [early(ofA(1, ['audio', 4_800]))] }],
];

/** A tone that Alert-Info names is played at `at`; the 180 arrives at 240 ms. */
const tone = (at: number) =>
  leg(invite(), [
    'S',
    180,
    { answers: 'A INVITE', headers: { 'Alert-Info': '<http://rs.example/ring>' } },
  ])
    .hears('A', 'audio', ['http://rs.example/ring'], at, 'A plays the tone')
    .sip('S', 'A', 200, { at: 3_000, arrives: 3_040, answers: 'A INVITE', sdp: ofS() });

const second = { uri: 'sip:other@example', tag: 'a-other' };

/** Two early dialogs with these words, and a stream that is heard. */
const forked = (first: string, other: string) =>
  leg(...authorised(first), [
    'S',
    183,
    {
      name: 'S 183 other',
      answers: 'A INVITE',
      headers: { 'P-Early-Media': other },
      fields: { to: second },
    },
  ])
    .hears('A', 'audio', ['beach-waves'], 700, 'A hears')
    .sip('S', 'A', 200, { at: 3_000, arrives: 3_040, answers: 'A INVITE' });

const silent183: Step = ['S', 183, { name: 'S 183 again', answers: 'A INVITE', headers: {} }];

const twoLines = ofA(1, ['audio', 4_000], ['video', 4_002]);

const cases: readonly RuleCase[] = [
  { rule: 'R-EM-01', what: 'it goes on', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-EM-01',
    what: 'it ends with a refusal',
    verdict: 'satisfied',
    trace: () => rejectedCall().hears('A', 'audio', [], 5_100, 'A hears nothing'),
  },
  {
    rule: 'R-EM-01',
    what: 'it outlives a refusal',
    verdict: 'violated',
    trace: () =>
      rejectedCall()
        .hears('A', 'audio', ['beach-waves'], 6_000, 'A still hears')
        .user('A', { kind: 'hang up' }, 9_000, 'later'),
    says: 'still hears something',
  },
  { rule: 'R-EM-02', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-EM-02',
    what: 'ringback before a 180',
    verdict: 'violated',
    level: 'warning',
    trace: () => alerted(['ringback tone'], 150),
    says: 'before a 180 has come',
  },
  {
    rule: 'R-EM-02',
    what: 'ringback beside early media',
    verdict: 'violated',
    trace: () => alerted(['ringback tone', 'beach-waves']),
    says: 'beside early media',
  },
  {
    rule: 'R-EM-02',
    what: 'silence after a 180',
    verdict: 'violated',
    trace: () => alerted([]),
    says: 'hears nothing from 240 ms',
  },
  { rule: 'R-EM-03', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-EM-03',
    what: 'a bell without a 180',
    verdict: 'violated',
    level: 'warning',
    trace: () => continueCall().without('B 180'),
    says: 'rings and has not said 180',
  },
  {
    rule: 'R-EM-04',
    what: 'silence while an early session is agreed on',
    verdict: 'satisfied',
    trace: () => leg(...earlySession),
  },
  { rule: 'R-EM-05', what: 'from the 180 on', verdict: 'satisfied', trace: () => tone(1_000) },
  {
    rule: 'R-EM-05',
    what: 'before the 180',
    verdict: 'satisfied',
    level: 'info',
    trace: () => tone(200),
    says: 'before a 180 has come',
  },
  { rule: 'R-EM-06', what: 'no early-session', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-EM-06',
    what: 'an early session',
    verdict: 'satisfied',
    trace: () => leg(...earlySession),
  },
  {
    rule: 'R-EM-06',
    what: 'a caller that supports early-session',
    verdict: 'satisfied',
    level: 'info',
    trace: () => leg(...authorised('sendrecv')),
  },
  {
    rule: 'R-EM-07',
    what: 'a special ringing tone',
    verdict: 'satisfied',
    level: 'info',
    trace: continueCall,
  },
  {
    rule: 'R-EM-08',
    what: 'media of both sessions',
    verdict: 'satisfied',
    trace: () =>
      leg(...earlySession)
        .rtp(
          'R',
          'A',
          'audio',
          {
            at: 400,
            arrives: 440,
            stream: 'early',
            sources: ['beach-waves'],
            fromPort: 8_000,
            toPort: 4_800,
          },
          'early',
        )
        .rtp(
          'B',
          'A',
          'audio',
          {
            at: 400,
            arrives: 450,
            stream: 'voice',
            sources: ['client-b'],
            fromPort: 6_000,
            toPort: 4_000,
          },
          'voice',
        )
        .hears('A', 'audio', ['client-b'], 450, 'A hears B')
        .user('A', { kind: 'hang up' }, 2_000, 'later'),
  },
  { rule: 'R-PEM-01', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PEM-01',
    what: 'in the 200',
    verdict: 'violated',
    trace: () => continueCall().change('S 200', { headers: { 'P-Early-Media': 'sendrecv' } }),
    says: "The CMR Server's 200 (INVITE) has P-Early-Media",
  },
  { rule: 'R-PEM-02', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PEM-02',
    what: 'an INVITE that does not say supported',
    verdict: 'satisfied',
    level: 'info',
    trace: () => leg(...authorised('sendrecv', { headers: capable })),
  },
  {
    rule: 'R-PEM-03',
    what: 'kept back under inactive',
    verdict: 'satisfied',
    trace: () => arrives(authorised('inactive'), []),
  },
  {
    rule: 'R-PEM-03',
    what: 'played under recvonly',
    verdict: 'violated',
    trace: () => arrives(authorised('recvonly'), ['beach-waves']),
    says: 'plays early media under P-Early-Media: recvonly',
  },
  {
    rule: 'R-PEM-03',
    what: 'a caller that sends nothing under sendonly',
    verdict: 'satisfied',
    trace: () => arrives(authorised('sendonly'), ['beach-waves']),
  },
  {
    rule: 'R-PEM-03',
    what: 'a caller that speaks under sendonly',
    verdict: 'violated',
    trace: () =>
      arrives(authorised('sendonly'), ['beach-waves']).rtp(
        'A',
        'R',
        'audio',
        {
          at: 500,
          arrives: 540,
          stream: 'voice',
          sources: ['client-a'],
          fromPort: 4_000,
          toPort: 6_000,
        },
        'A speaks',
      ),
    says: 'sends under P-Early-Media: sendonly',
  },
  {
    rule: 'R-PEM-04',
    what: 'the last direction holds for the rest',
    verdict: 'satisfied',
    trace: () => arrives(authorised('sendonly', { sdp: twoLines }), ['beach-waves']),
  },
  {
    rule: 'R-PEM-04',
    what: 'the second direction taken for the first line',
    verdict: 'violated',
    trace: () => arrives(authorised('inactive, sendonly', { sdp: twoLines }), ['beach-waves']),
    says: 'does not read inactive for audio',
  },
  {
    rule: 'R-PEM-05',
    what: 'gated at the end',
    verdict: 'satisfied',
    trace: () => leg(...authorised('sendonly, gated')),
  },
  {
    rule: 'R-PEM-05',
    what: 'gated first',
    verdict: 'violated',
    trace: () => leg(...authorised('gated, sendonly')),
    says: 'has sendonly behind gated',
  },
  {
    rule: 'R-PEM-06',
    what: 'still heard',
    verdict: 'satisfied',
    trace: () => arrives([...authorised('sendrecv'), silent183], ['beach-waves']),
  },
  {
    rule: 'R-PEM-06',
    what: 'silent from a 183 without the field on',
    verdict: 'violated',
    trace: () =>
      arrives([...authorised('sendrecv'), silent183], ['beach-waves']).hears(
        'A',
        'audio',
        [],
        540,
        'A hears nothing',
      ),
    says: 'plays no early media any more',
  },
  {
    rule: 'R-PEM-06',
    what: 'silent from there on, for the caller holds just then',
    verdict: 'satisfied',
    trace: () =>
      arrives(
        [
          ...authorised('sendrecv'),
          ['A', 'UPDATE', { sdp: ofA(2, ['audio', 4_000, 'sendonly']), arrives: 540 }],
          [
            'S',
            200,
            {
              name: 'held',
              answers: 'A UPDATE',
              at: 550,
              arrives: 590,
              sdp: ofS(2, ['audio', 6_000, 'recvonly']),
            },
          ],
          ['S', 183, { name: 'S 183 again', answers: 'A INVITE', at: 550, arrives: 590 }],
        ],
        ['beach-waves'],
      ).hears('A', 'audio', [], 590, 'A hears nothing'),
  },
  {
    rule: 'R-PEM-06',
    what: 'silent from there on, for the ring ends just then',
    verdict: 'satisfied',
    trace: () =>
      arrives([...authorised('sendrecv'), silent183], ['beach-waves'])
        .rtp(
          'R',
          'A',
          'audio',
          { at: 500, arrives: 540, stream: 'early', sources: [], fromPort: 6_000, toPort: 4_000 },
          'early ends',
        )
        .hears('A', 'audio', [], 540, 'A hears nothing'),
  },
  {
    rule: 'R-PEM-07',
    what: 'heard after the 200',
    verdict: 'satisfied',
    trace: () =>
      arrives(authorised('inactive'), []).hears('A', 'audio', ['beach-waves'], 3_040, 'A'),
  },
  {
    rule: 'R-PEM-07',
    what: 'kept back after the 200',
    verdict: 'violated',
    trace: () => arrives(authorised('inactive'), []),
    says: 'keeps media back after the 200',
  },
  {
    rule: 'R-PEM-08',
    what: 'heard under sendrecv',
    verdict: 'satisfied',
    trace: () => arrives(authorised('sendrecv'), ['beach-waves']),
  },
  {
    rule: 'R-PEM-08',
    what: 'kept back under sendonly',
    verdict: 'violated',
    trace: () => arrives(authorised('sendonly'), []),
    says: 'does not play early media under P-Early-Media: sendonly',
  },
  {
    rule: 'R-PEM-08',
    what: 'a picture kept back under sendrecv',
    verdict: 'violated',
    trace: () => pictureArrives('sendrecv', []),
    says: 'does not play early media under P-Early-Media: sendrecv',
  },
  {
    rule: 'R-PEM-08',
    what: 'a picture nobody agrees on any more, a moment after it came',
    verdict: 'not exercised',
    trace: () => pictureRefused(640),
  },
  {
    rule: 'R-PEM-08',
    what: 'a picture whose refusal is on its way out when it is looked for',
    verdict: 'not exercised',
    trace: () => pictureRefused(985),
  },
  {
    rule: 'R-PEM-04',
    what: 'a picture shown although its line is inactive',
    verdict: 'violated',
    trace: () => pictureArrives('sendrecv, inactive', ['beach-waves']),
    says: 'does not read inactive for video',
  },
  {
    rule: 'R-PEM-03',
    what: 'a picture kept back where its line is inactive',
    verdict: 'satisfied',
    trace: () => pictureArrives('sendrecv, inactive', []),
  },
  {
    rule: 'R-PEM-09',
    what: 'an UPDATE with the field alone',
    verdict: 'satisfied',
    trace: () =>
      leg(
        ...authorised('sendrecv'),
        ['S', 'UPDATE', { headers: { 'P-Early-Media': 'inactive' } }],
        ['A', 200, { answers: 'S UPDATE' }],
      ),
  },
  {
    rule: 'R-PEM-09',
    what: 'SDP in return',
    verdict: 'violated',
    trace: () =>
      leg(
        ...authorised('sendrecv'),
        ['S', 'UPDATE', { headers: { 'P-Early-Media': 'inactive' } }],
        ['A', 200, { answers: 'S UPDATE', sdp: ofA(2) }],
      ),
    says: 'answers P-Early-Media with SDP',
  },
  {
    rule: 'R-PEM-10',
    what: 'both allow it',
    verdict: 'satisfied',
    trace: () => forked('sendrecv', 'sendonly'),
  },
  {
    rule: 'R-PEM-10',
    what: 'one forbids it',
    verdict: 'violated',
    level: 'warning',
    trace: () => forked('sendrecv', 'inactive'),
  },
  {
    rule: 'R-PEM-11',
    what: 'one at a time',
    verdict: 'satisfied',
    trace: () => forked('sendrecv', 'inactive'),
  },
  {
    rule: 'R-PEM-11',
    what: 'two at a time',
    verdict: 'violated',
    level: 'warning',
    trace: () => forked('sendrecv', 'sendonly'),
    says: 'in a second dialog',
  },
  {
    rule: 'R-PEM-12',
    what: 'silence under a promise',
    verdict: 'satisfied',
    trace: () => arrives(authorised('sendrecv'), ['beach-waves']),
  },
  {
    rule: 'R-PEM-12',
    what: 'ringback under a promise',
    verdict: 'violated',
    level: 'warning',
    trace: () => arrives(authorised('sendrecv'), ['ringback tone']),
    says: 'rings although media are promised',
  },
];

describeRules(ids, cases);
