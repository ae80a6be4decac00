import { continueCall } from '../reference-call.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import { answered, answeredEarly, invite, leg, ofA, ofS, rack, reliable } from './leg-trace.ts';

const ids = Array.from({ length: 18 }, (_, n) => `R-PRK-${String(n + 1).padStart(2, '0')}`);

/** A second reliable response, after the first or before its PRACK. */
const second = (sequence: number) =>
  leg(
    ...answeredEarly,
    ['S', 180, { answers: 'A INVITE', headers: reliable(sequence) }],
    ['A', 'PRACK', { name: 'A PRACK 2', headers: rack(sequence) }],
    ['S', 200, { name: 'S 200 PRACK 2', answers: 'A PRACK 2' }],
  );

/** A proxy that has forgotten the PRACK passes a belated copy on, in a transaction of its own. */
const prackAgain = (status: number) =>
  leg(
    ...answeredEarly,
    ['A', 'PRACK', { name: 'A PRACK 2', cseq: 2, headers: rack(1) }],
    ['S', status, { answers: 'A PRACK 2' }],
  );

/** A reliable response that nobody acknowledges: 64·T1, then what is given. */
const unacknowledged = (refused: boolean) => {
  const trace = leg(invite(), [
    'S',
    180,
    {
      answers: 'A INVITE',
      headers: reliable(1),
      again: [700, 1_700, 3_700, 7_700, 15_700, 31_700].map((at) => ({ at, arrives: null })),
      arrives: null,
    },
  ]);
  if (refused) trace.sip('S', 'A', 504, { at: 32_200, arrives: 32_240, answers: 'A INVITE' });
  return trace.user('A', { kind: 'cancel' }, 40_000, 'later');
};

const laterPrack = (given: boolean) => {
  const trace = leg(
    invite(),
    ['S', 180, { answers: 'A INVITE', headers: reliable(1) }],
    ['S', 200, { answers: 'A INVITE', sdp: ofS() }],
    ['A', 'PRACK', { headers: rack(1) }],
  );
  if (given) trace.sip('S', 'A', 200, { at: 500, arrives: 540, answers: 'A PRACK' }, 'S 200 PRACK');
  return trace.user('A', { kind: 'hang up' }, 5_000, 'later');
};

const offerless = (answers: boolean) =>
  leg(
    invite({ sdp: null }),
    ['S', 183, { answers: 'A INVITE', sdp: ofS(), headers: reliable(1) }],
    ['A', 'PRACK', { headers: rack(1), sdp: answers ? ofA() : null }],
    ['S', 200, { name: 'S 200 PRACK', answers: 'A PRACK' }],
  );

const cases: readonly RuleCase[] = [
  { rule: 'R-PRK-01', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PRK-01',
    what: 'a reliable 180 to an INVITE without 100rel',
    verdict: 'violated',
    trace: () => continueCall().change('A INVITE', { headers: { Allow: 'UPDATE' } }),
    says: 'lists no 100rel',
  },
  { rule: 'R-PRK-02', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PRK-02',
    what: 'RSeq without the tag',
    verdict: 'violated',
    trace: () => continueCall().change('S 180', { headers: { RSeq: '1' } }),
    says: 'without Require: 100rel',
  },
  {
    rule: 'R-PRK-02',
    what: 'the tag without RSeq',
    verdict: 'violated',
    trace: () => continueCall().change('S 180', { headers: { Require: '100rel' } }),
    says: 'without RSeq',
  },
  { rule: 'R-PRK-03', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PRK-03',
    what: 'a 100 with RSeq',
    verdict: 'violated',
    trace: () => continueCall().change('S 100', { headers: { RSeq: '1' } }),
    says: 'is sent reliably',
  },
  { rule: 'R-PRK-04', what: 'one more', verdict: 'satisfied', trace: () => second(2) },
  {
    rule: 'R-PRK-04',
    what: 'two more',
    verdict: 'violated',
    trace: () => second(3),
    says: 'has RSeq 3 after 1',
  },
  {
    rule: 'R-PRK-04',
    what: 'a first RSeq of 0',
    verdict: 'violated',
    trace: () => continueCall().change('S 180', { headers: { Require: '100rel', RSeq: '0' } }),
    says: 'begins with RSeq 0',
  },
  { rule: 'R-PRK-05', what: 'after the PRACK', verdict: 'satisfied', trace: () => second(2) },
  {
    rule: 'R-PRK-05',
    what: 'before the PRACK',
    verdict: 'violated',
    level: 'error',
    trace: () =>
      leg(
        invite(),
        ['S', 183, { answers: 'A INVITE', headers: reliable(1) }],
        ['S', 180, { answers: 'A INVITE', headers: reliable(2) }],
        ['A', 'PRACK', { headers: rack(1) }],
      ),
    says: 'before the PRACK of RSeq 1',
  },
  { rule: 'R-PRK-06', what: 'no repetition due', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PRK-06',
    what: 'every repetition, doubling without a cap',
    verdict: 'satisfied',
    trace: () => unacknowledged(true),
  },
  {
    rule: 'R-PRK-06',
    what: 'none after a 200 in another of the dialogs that the INVITE has made',
    verdict: 'satisfied',
    trace: () =>
      leg(
        invite(),
        ['S', 180, { answers: 'A INVITE', headers: reliable(1) }],
        ['S', 200, { answers: 'A INVITE', fields: { to: { uri: 'sip:b', tag: 'fork' } } }],
      ),
  },
  {
    rule: 'R-PRK-06',
    what: 'a repetition after a PRACK that a later request has overtaken',
    verdict: 'satisfied',
    trace: () =>
      leg(
        invite(),
        [
          'S',
          180,
          { answers: 'A INVITE', headers: reliable(1), again: [{ at: 700, arrives: 740 }] },
        ],
        ['A', 'PRACK', { headers: rack(1) }],
        ['S', 500, { answers: 'A PRACK' }],
      ).sip('S', 'A', 486, { at: 900, arrives: 940, answers: 'A INVITE' }),
  },
  {
    rule: 'R-PRK-06',
    what: 'a repetition after the PRACK',
    verdict: 'violated',
    trace: () => continueCall().change('S 180', { again: [{ at: 790, arrives: 830 }] }),
    says: 'after 380 ms',
  },
  {
    rule: 'R-PRK-06',
    what: 'no repetition although no PRACK came',
    verdict: 'violated',
    trace: () => unacknowledged(true).change('S 180', { again: [] }),
    says: 'was not repeated at 700 ms',
  },
  {
    rule: 'R-PRK-07',
    what: '504 after 64·T1',
    verdict: 'satisfied',
    trace: () => unacknowledged(true),
  },
  {
    rule: 'R-PRK-07',
    what: 'nothing after 64·T1',
    verdict: 'violated',
    level: 'warning',
    trace: () => unacknowledged(false),
    says: 'its INVITE no 5xx',
  },
  { rule: 'R-PRK-08', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PRK-08',
    what: 'no PRACK',
    verdict: 'violated',
    trace: () => continueCall().without('A PRACK', 'S 200 PRACK'),
    says: 'got no PRACK',
  },
  {
    rule: 'R-PRK-08',
    what: 'a RAck with another number',
    verdict: 'violated',
    trace: () => continueCall().change('A PRACK', { headers: { RAck: '1 7 INVITE' } }),
    says: 'One more case like it',
  },
  { rule: 'R-PRK-09', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PRK-09',
    what: '481 to a PRACK that names nothing',
    verdict: 'satisfied',
    trace: () =>
      leg(
        ...answeredEarly,
        ['A', 'PRACK', { name: 'A PRACK 2', headers: rack(9) }],
        ['S', 481, { answers: 'A PRACK 2' }],
      ),
  },
  {
    rule: 'R-PRK-09',
    what: '481 to another PRACK for a response that had its own',
    verdict: 'satisfied',
    trace: () => prackAgain(481),
  },
  {
    rule: 'R-PRK-09',
    what: '200 to another PRACK for a response that had its own',
    verdict: 'violated',
    level: 'error',
    trace: () => prackAgain(200),
    says: 'names no response that waits and got 200',
  },
  {
    rule: 'R-PRK-09',
    what: '481 to a PRACK that matches',
    verdict: 'violated',
    level: 'error',
    trace: () => leg(...answeredEarly.slice(0, 3), ['S', 481, { answers: 'A PRACK' }]),
    says: 'names its response and got 481',
  },
  {
    rule: 'R-PRK-09',
    what: '488 to a PRACK that matches',
    verdict: 'violated',
    level: 'warning',
    trace: () => leg(...answeredEarly.slice(0, 3), ['S', 488, { answers: 'A PRACK' }]),
  },
  { rule: 'R-PRK-10', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PRK-10',
    what: 'a second PRACK for a copy',
    verdict: 'violated',
    level: 'warning',
    trace: () => leg(...answeredEarly, ['A', 'PRACK', { name: 'A PRACK 2', headers: rack(1) }]),
    says: 'got 2 PRACKs',
  },
  { rule: 'R-PRK-11', what: 'in their order', verdict: 'satisfied', trace: () => second(2) },
  {
    rule: 'R-PRK-11',
    what: 'a gap',
    verdict: 'violated',
    trace: () => second(3),
    says: 'out of order',
  },
  { rule: 'R-PRK-12', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PRK-12',
    what: 'a 200 before the PRACK',
    verdict: 'violated',
    trace: () =>
      leg(
        ...answeredEarly.slice(0, 2),
        ['S', 200, { answers: 'A INVITE' }],
        ['A', 'PRACK', { headers: rack(1) }],
      ),
    says: 'before the PRACK of RSeq 1',
  },
  { rule: 'R-PRK-13', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PRK-13',
    what: 'a reliable 180 after the 200',
    verdict: 'violated',
    trace: () => leg(...answered, ['S', 180, { answers: 'A INVITE', headers: reliable(2) }]),
    says: 'after the final response',
  },
  { rule: 'R-PRK-14', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-PRK-14',
    what: 'Require: 100rel in a PRACK',
    verdict: 'violated',
    trace: () =>
      continueCall().change('A PRACK', { headers: { RAck: '1 1 INVITE', Require: '100rel' } }),
    says: 'PRACK has Require: 100rel',
  },
  {
    rule: 'R-PRK-15',
    what: 'reliable, as required',
    verdict: 'satisfied',
    trace: () => leg(invite({ headers: { Require: '100rel' } }), ...answeredEarly.slice(1)),
  },
  {
    rule: 'R-PRK-15',
    what: 'an unreliable 180',
    verdict: 'violated',
    trace: () =>
      leg(invite({ headers: { Require: '100rel' } }), ['S', 180, { answers: 'A INVITE' }]),
    says: 'is unreliable',
  },
  { rule: 'R-PRK-15', what: 'nothing required', verdict: 'not exercised', trace: continueCall },
  {
    rule: 'R-PRK-16',
    what: 'a bare PRACK',
    verdict: 'satisfied',
    trace: () => continueCall().change('A PRACK', { fields: { contact: null } }),
  },
  {
    rule: 'R-PRK-16',
    what: 'Call-Info in a PRACK',
    verdict: 'violated',
    trace: () =>
      continueCall().change('A PRACK', {
        headers: { RAck: '1 1 INVITE', 'Call-Info': '<http://example.net>' },
      }),
    says: 'has Call-Info',
  },
  { rule: 'R-PRK-17', what: 'the answer', verdict: 'satisfied', trace: () => offerless(true) },
  {
    rule: 'R-PRK-17',
    what: 'an offer after the answer',
    verdict: 'satisfied',
    trace: () =>
      leg(
        ...answeredEarly.slice(0, 2),
        ['A', 'PRACK', { headers: rack(1), sdp: ofA(2) }],
        ['S', 200, { name: 'S 200 PRACK', answers: 'A PRACK', sdp: ofS(2) }],
      ),
  },
  {
    rule: 'R-PRK-17',
    what: 'no answer to the offer in the 183',
    verdict: 'violated',
    trace: () => offerless(false),
    says: 'has no answer',
  },
  {
    rule: 'R-PRK-17',
    what: 'an offer that came when the INVITE had been refused',
    verdict: 'satisfied',
    trace: () =>
      leg(
        ...answeredEarly.slice(0, 2),
        ['A', 'PRACK', { headers: rack(1), sdp: ofA(2), arrives: 600 }],
        ['S', 486, { answers: 'A INVITE' }],
      ).sip('S', 'A', 200, { at: 610, arrives: 650, answers: 'A PRACK' }, 'bare'),
  },
  {
    rule: 'R-PRK-17',
    what: 'an offer before any answer',
    verdict: 'violated',
    trace: () =>
      leg(
        invite(),
        ['S', 180, { answers: 'A INVITE', headers: reliable(1) }],
        ['A', 'PRACK', { headers: rack(1), sdp: ofA(2) }],
      ),
    says: 'though its 1xx had no answer',
  },
  { rule: 'R-PRK-18', what: 'answered', verdict: 'satisfied', trace: () => laterPrack(true) },
  {
    rule: 'R-PRK-18',
    what: 'not answered',
    verdict: 'violated',
    trace: () => laterPrack(false),
    says: 'got no answer',
  },
];

describeRules(ids, cases);
