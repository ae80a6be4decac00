import { continueCall } from '../reference-call.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import {
  answered,
  answeredEarly,
  capable,
  invite,
  leg,
  ofA,
  ofS,
  rack,
  reliable,
  type Step,
} from './leg-trace.ts';

const ids = Array.from({ length: 12 }, (_, n) => `R-UPD-${String(n + 1).padStart(2, '0')}`);

const updateOfS: Step = ['S', 'UPDATE', { sdp: ofS(2) }];
const updateOfA: Step = ['A', 'UPDATE', { sdp: ofA(2) }];

/** What Client-A sends to the Resource Server after the UPDATE. */
const voice = {
  at: 700,
  arrives: 740,
  stream: 'voice',
  sources: ['client-a'],
  fromPort: 4_000,
  toPort: 7_000,
} as const;

/** UPDATE of the CMR Server, and what Client-A makes of it. */
const refusedWith = (status: number, headers: Readonly<Record<string, string>> = {}) =>
  leg(...answeredEarly, updateOfS, ['A', status, { answers: 'S UPDATE', headers }]);

/** A second UPDATE before the answer to the first. */
const twice = (status: number, headers: Readonly<Record<string, string>> = {}) =>
  leg(
    ...answeredEarly,
    ['S', 'UPDATE', {}],
    ['S', 'UPDATE', { name: 'S UPDATE 2', sdp: ofS(2) }],
    ['A', status, { name: 'A answer 2', answers: 'S UPDATE 2', headers }],
  );

/** Client-A's offer meets its peer's, which was there first. */
const crossing = (status: number) =>
  leg(
    ...answeredEarly,
    ['S', 'UPDATE', { sdp: ofS(2), arrives: 700 }],
    ['A', 'UPDATE', { sdp: ofA(2), at: 510, arrives: 560 }],
    ['S', status, { answers: 'A UPDATE' }],
  );

/** A second offer of the same end before the first is answered. */
const anotherOffer = (status: number, headers: Readonly<Record<string, string>> = {}) =>
  leg(
    invite(),
    ['S', 180, { answers: 'A INVITE' }],
    ['A', 'UPDATE', { sdp: ofA(2) }],
    ['S', status, { answers: 'A UPDATE', headers }],
  );

/** It goes on to Client-B when something else leaves room for it, and is answered after that. */
const passedOnLater = (port: number) =>
  leg(...answeredEarly, ['A', 'UPDATE', { sdp: ofA(2, ['audio', 4_100]), at: 500, arrives: 540 }])
    .sip('S', 'B', 'UPDATE', { at: 900, arrives: 940, cseq: 2, sdp: ofA(1, ['audio', port]) })
    .sip('B', 'S', 487, { at: 1_150, arrives: 1_190, answers: 'S UPDATE' })
    .sip('S', 'A', 487, { at: 1_200, arrives: 1_240, answers: 'A UPDATE' });

const contactTold = (contact: string) =>
  leg(
    ...answeredEarly,
    updateOfS,
    ['A', 200, { name: 'A 200 UPDATE', answers: 'S UPDATE', sdp: ofA(2) }],
    ['S', 200, { answers: 'A INVITE' }],
  )
    .change('S UPDATE', { fields: { contact: '<sip:s@10.0.0.3>' } })
    .change('S 200', { fields: { contact } });

const cases: readonly RuleCase[] = [
  { rule: 'R-UPD-01', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-UPD-01',
    what: 'an INVITE that does not allow it',
    verdict: 'violated',
    trace: () =>
      continueCall().change('A INVITE', { headers: { ...capable, Allow: 'INVITE, ACK, BYE' } }),
    says: 'not among what the other end allows',
  },
  {
    rule: 'R-UPD-01',
    what: 'nothing listed',
    verdict: 'violated',
    trace: () => continueCall().change('A INVITE', { headers: { Supported: '100rel' } }),
    says: 'before the other end listed',
  },
  {
    rule: 'R-UPD-02',
    what: 'after the first answer',
    verdict: 'satisfied',
    trace: () => leg(...answeredEarly, updateOfA),
  },
  {
    rule: 'R-UPD-02',
    what: 'on the strength of a preview',
    verdict: 'violated',
    trace: () => leg(invite(), ['S', 183, { answers: 'A INVITE', sdp: ofS() }], updateOfA),
    says: 'before the first answer',
  },
  { rule: 'R-UPD-03', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-UPD-03',
    what: 'before the PRACK',
    verdict: 'violated',
    trace: () => leg(...answeredEarly.slice(0, 2), updateOfS, ['A', 'PRACK', { headers: rack(1) }]),
    says: 'offers before the PRACK of',
  },
  {
    rule: 'R-UPD-03',
    what: 'without any answer',
    verdict: 'violated',
    trace: () => leg(invite(), ['S', 180, { answers: 'A INVITE' }], updateOfS),
    says: 'offers before the first answer',
  },
  {
    rule: 'R-UPD-04',
    what: 'alone, in a confirmed dialog',
    verdict: 'satisfied',
    trace: () => leg(...answered, updateOfS),
  },
  {
    rule: 'R-UPD-04',
    what: 'while a re-INVITE is open',
    verdict: 'violated',
    trace: () =>
      leg(...answered, ['S', 'INVITE', { sdp: ofS(2) }], ['S', 'UPDATE', { sdp: ofS(3) }]),
    says: 'has no answer',
  },
  {
    rule: 'R-UPD-05',
    what: '500 with Retry-After',
    verdict: 'satisfied',
    trace: () => twice(500, { 'Retry-After': '4' }),
  },
  {
    rule: 'R-UPD-05',
    what: '500 without',
    verdict: 'violated',
    trace: () => twice(500),
    says: '500 without a fitting Retry-After',
  },
  { rule: 'R-UPD-05', what: '200', verdict: 'violated', trace: () => twice(200), says: 'got 200' },
  { rule: 'R-UPD-06', what: '491', verdict: 'satisfied', trace: () => crossing(491) },
  {
    rule: 'R-UPD-06',
    what: '200',
    verdict: 'violated',
    trace: () => crossing(200),
    says: 'got 200',
  },
  {
    rule: 'R-UPD-06',
    what: '500, because a later request came first',
    verdict: 'not exercised',
    trace: () =>
      leg(
        ...answeredEarly,
        ['S', 'UPDATE', { sdp: ofS(2), arrives: 900 }],
        ['A', 'UPDATE', { sdp: ofA(2), at: 510, arrives: 600 }],
        ['A', 'INFO', { at: 520, arrives: 560 }],
        ['S', 200, { at: 570, arrives: 610, answers: 'A INFO' }],
        ['S', 500, { at: 610, arrives: 650, answers: 'A UPDATE' }],
      ),
  },
  {
    rule: 'R-UPD-06',
    what: '500, because an earlier UPDATE waits for its answer as well',
    verdict: 'not exercised',
    trace: () =>
      leg(
        ...answeredEarly,
        ['S', 'UPDATE', { sdp: ofS(2), arrives: 900 }],
        ['A', 'UPDATE', { name: 'A UPDATE 1', at: 510, arrives: 550 }],
        ['A', 'UPDATE', { sdp: ofA(2), at: 520, arrives: 560 }],
        ['S', 500, { at: 570, arrives: 610, answers: 'A UPDATE', headers: { 'Retry-After': '1' } }],
      ),
  },
  {
    rule: 'R-UPD-07',
    what: '500',
    verdict: 'satisfied',
    trace: () => anotherOffer(500, { 'Retry-After': '10' }),
  },
  {
    rule: 'R-UPD-07',
    what: '500 with too long a wait',
    verdict: 'violated',
    trace: () => anotherOffer(500, { 'Retry-After': '11' }),
  },
  { rule: 'R-UPD-08', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-UPD-08',
    what: 'late',
    verdict: 'violated',
    trace: () =>
      leg(...answeredEarly, updateOfS, [
        'A',
        200,
        { answers: 'S UPDATE', sdp: ofA(2), at: 1_100, arrives: 1_140 },
      ]),
    says: 'answered after 560 ms',
  },
  {
    rule: 'R-UPD-08',
    what: 'late, because it was passed on',
    verdict: 'satisfied',
    trace: () => passedOnLater(4_100),
  },
  {
    rule: 'R-UPD-08',
    what: 'late, though something else was passed on',
    verdict: 'violated',
    trace: () => passedOnLater(4_200),
  },
  {
    rule: 'R-UPD-08',
    what: '488 without Warning',
    verdict: 'violated',
    level: 'warning',
    trace: () => refusedWith(488),
    says: 'has no Warning',
  },
  {
    rule: 'R-UPD-08',
    what: '488 with Warning',
    verdict: 'satisfied',
    trace: () => refusedWith(488, { Warning: '305 a "Incompatible media format"' }),
  },
  {
    rule: 'R-UPD-09',
    what: 'nothing moves',
    verdict: 'satisfied',
    trace: () => refusedWith(488),
  },
  {
    rule: 'R-UPD-09',
    what: 'media go by the refused offer',
    verdict: 'violated',
    level: 'error',
    trace: () =>
      leg(
        ...answeredEarly,
        ['S', 'UPDATE', { sdp: ofS(2, ['audio', 7_000]) }],
        ['A', 488, { answers: 'S UPDATE' }],
      ).rtp('A', 'R', 'audio', voice, 'voice'),
    says: 'Media went to 10.0.0.4:7000',
  },
  {
    rule: 'R-UPD-09',
    what: 'media go by an offer that was accepted, though its 200 was lost',
    verdict: 'satisfied',
    trace: () =>
      leg(
        ...answeredEarly,
        ['S', 'UPDATE', { sdp: ofS(2, ['audio', 7_000]) }],
        ['A', 200, { name: 'lost', answers: 'S UPDATE', sdp: ofA(2), arrives: null }],
      )
        .rtp('A', 'R', 'audio', voice, 'voice')
        .timer('S', 'F z9hG4bK-S UPDATE', 32_500, 'Timer F'),
  },
  {
    rule: 'R-UPD-09',
    what: 'a dialog that goes on after 481',
    verdict: 'violated',
    level: 'warning',
    trace: () =>
      leg(
        ...answered,
        updateOfS,
        ['A', 481, { answers: 'S UPDATE' }],
        ['S', 'UPDATE', { name: 'S UPDATE 2', at: 2_000, arrives: 2_040 }],
      ),
    says: 'that the failed UPDATE ended',
  },
  {
    rule: 'R-UPD-10',
    what: 'the same Contact',
    verdict: 'satisfied',
    trace: () => contactTold('<sip:s@10.0.0.3>'),
  },
  {
    rule: 'R-UPD-10',
    what: 'another Contact',
    verdict: 'violated',
    trace: () => contactTold('<sip:s@10.0.0.9>'),
    says: 'another Contact than the UPDATE',
  },
  {
    rule: 'R-UPD-11',
    what: 'in an early dialog',
    verdict: 'satisfied',
    trace: continueCall,
  },
  {
    rule: 'R-UPD-11',
    what: 'in a confirmed dialog',
    verdict: 'satisfied',
    level: 'info',
    trace: () => leg(...answered, updateOfS),
  },
  { rule: 'R-UPD-12', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-UPD-12',
    what: 'an UPDATE during an UPDATE',
    verdict: 'violated',
    trace: () => twice(200),
    says: 'was not settled',
  },
  {
    rule: 'R-UPD-12',
    what: 'a re-INVITE during an UPDATE',
    verdict: 'violated',
    trace: () => leg(...answered, updateOfS, ['S', 'INVITE', { sdp: ofS(3) }]),
  },
  {
    rule: 'R-UPD-12',
    what: 'an UPDATE before the PRACK of an answer',
    verdict: 'violated',
    trace: () =>
      leg(
        invite(),
        ['S', 183, { answers: 'A INVITE', sdp: ofS(), headers: reliable(1) }],
        updateOfS,
      ),
  },
];

describeRules(ids, cases);
