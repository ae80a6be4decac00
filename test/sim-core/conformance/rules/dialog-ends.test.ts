import type { TraceBuilder } from '../../../support/trace-builder.ts';
import { continueCall, rejectedCall } from '../reference-call.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import { answered, copies, hungUp, refused, rung, timerE, within } from './small-calls.ts';

const ids = ['09', '10', '11', '12', '14', '15', '16'].map((number) => `R-DLG-${number}`);

/** The ring's answer is at 10.0.0.4; a voice of Client-A comes from its own offered port. */
const speaks = (trace: TraceBuilder, from: number, until: number | null) => {
  const move = { stream: 'voice', fromPort: 4_000, toPort: 50_000 };
  trace.rtp('A', 'S', 'audio', { at: from, arrives: from + 40, sources: ['a'], ...move }, 'voice');
  if (until === null) return trace;
  const ends = { at: until, arrives: until + 40, sources: [], ...move };
  return trace.rtp('A', 'S', 'audio', ends, 'voice ends');
};

const failed = (status: number) =>
  within('UPDATE', status, {}, 'A').sip('A', 'S', 'INFO', { at: 2_000, arrives: 2_040, cseq: 3 });

const silent = () =>
  within('UPDATE', 200, { again: copies(1_000, timerE, true) }, 'A')
    .without('answer')
    .timer('A', 'F z9hG4bK-A re-UPDATE', 33_000, 'timer F');

const tagged = (tag: string) => ({ fields: { to: { uri: 'sip:b', tag } } });

/** Two 2xx of one INVITE; the second is acknowledged, and ended with BYE. */
const forked = () =>
  answered()
    .sip(
      'S',
      'A',
      200,
      { at: 300, arrives: 340, answers: 'A INVITE', ...tagged('fork') },
      'second 200',
    )
    .sip('A', 'S', 'ACK', { at: 350, arrives: 390, ...tagged('fork') }, 'second ACK')
    .sip('A', 'S', 'BYE', { at: 351, arrives: 391, cseq: 2, ...tagged('fork') }, 'second BYE');

/** Client-A hangs up while it rings, and its UPDATE arrives before its BYE. */
const overtakenBye = (status: number) =>
  rung()
    .sip('A', 'S', 'BYE', { at: 150, arrives: 400, cseq: 2 })
    .sip('A', 'S', 'UPDATE', { at: 160, arrives: 200, cseq: 3 })
    .sip('S', 'A', 200, { at: 205, arrives: 245, answers: 'A UPDATE' })
    .sip('S', 'A', status, { at: 405, arrives: 445, answers: 'A BYE' })
    .sip('S', 'A', 486, { at: 900, arrives: 940, answers: 'A INVITE' });

/** The CMR Server refuses the INVITE because of what is named, and a BYE comes in between. */
const refusedOverBye = (cause: string) =>
  rung()
    .sip('S', 'B', 'INVITE', { at: 60, arrives: 100, opens: true })
    .sip('B', 'S', 486, { at: 150, arrives: 190, answers: 'S INVITE' })
    .sip('A', 'S', 'BYE', { at: 155, arrives: 195, cseq: 2 })
    .sip('S', 'A', 486, { at: 200, arrives: 240, answers: 'A INVITE', cause })
    .sip('S', 'A', 481, { at: 205, arrives: 245, answers: 'A BYE' });

/** Client-A hangs up after Continue has begun; the CMR Server tells Client-B. */
const both = (headers: Readonly<Record<string, string>> = {}) =>
  continueCall()
    .sip('A', 'S', 'BYE', { at: 9_000, arrives: 9_040, cseq: 3 })
    .sip('S', 'A', 200, { at: 9_050, arrives: 9_090, answers: 'A BYE' }, 'S 200 BYE')
    .sip('S', 'B', 'BYE', { at: 9_050, arrives: 9_090, cseq: 3, headers })
    .sip('B', 'S', 200, { at: 9_100, arrives: 9_140, answers: 'S BYE' }, 'B 200 BYE');

/** Client-B does not know the dialog any more: its leg is lost without a BYE. */
const gone = (headers: Readonly<Record<string, string>>) =>
  continueCall()
    .change('S INVITE', { cause: 'A INVITE' })
    .sip('S', 'B', 'UPDATE', { at: 9_000, arrives: 9_040, cseq: 3 }, 'S UPDATE B')
    .sip('B', 'S', 481, { at: 9_050, arrives: 9_090, answers: 'S UPDATE B' })
    .sip('S', 'A', 'BYE', { at: 9_100, arrives: 9_140, cseq: 3, headers });

/** Client-B hangs up before the CMR Server has answered Client-A. */
const unfinished = () =>
  continueCall()
    .change('S INVITE', { cause: 'A INVITE' })
    .until(5_290)
    .sip('B', 'S', 'BYE', { at: 5_300, arrives: 5_340 })
    .sip('S', 'B', 200, { at: 5_350, arrives: 5_390, answers: 'B BYE' }, 'S 200 BYE');

const cases: readonly RuleCase[] = [
  { rule: 'R-DLG-09', what: 'nothing after it', verdict: 'satisfied', trace: refused },
  {
    rule: 'R-DLG-09',
    what: 'a PRACK after it',
    verdict: 'satisfied',
    trace: () => refused().sip('A', 'S', 'PRACK', { at: 260, arrives: 300, cseq: 2 }),
  },
  {
    rule: 'R-DLG-09',
    what: 'an UPDATE after it',
    verdict: 'violated',
    trace: () => refused().sip('S', 'A', 'UPDATE', { at: 900, arrives: 940, cause: 'A ACK' }),
    says: "The CMR Server's UPDATE left after",
  },
  {
    rule: 'R-DLG-09',
    what: 'media after it',
    verdict: 'violated',
    trace: () => speaks(refused(), 150, null),
    says: 'Client-A still sent media 500 ms after',
  },
  {
    rule: 'R-DLG-09',
    what: 'media that stop with it',
    verdict: 'satisfied',
    trace: () => speaks(refused(), 150, 250),
  },
  {
    rule: 'R-DLG-10',
    what: 'a BYE after a timeout',
    verdict: 'satisfied',
    trace: () => silent().sip('A', 'S', 'BYE', { at: 33_000, arrives: 33_040, cseq: 3 }),
  },
  {
    rule: 'R-DLG-10',
    what: 'an INFO after 481',
    verdict: 'violated',
    level: 'warning',
    trace: () => failed(481),
    says: 'got 481',
  },
  {
    rule: 'R-DLG-10',
    what: 'an INFO after a timeout',
    verdict: 'violated',
    trace: () => silent().sip('A', 'S', 'INFO', { at: 34_000, arrives: 34_040, cseq: 3 }),
    says: 'got no answer',
  },
  {
    rule: 'R-DLG-10',
    what: 'an INFO after 488',
    verdict: 'not exercised',
    trace: () => failed(488),
  },
  { rule: 'R-DLG-11', what: 'the caller hangs up', verdict: 'satisfied', trace: () => hungUp('A') },
  { rule: 'R-DLG-11', what: 'the called side', verdict: 'satisfied', trace: () => hungUp('S') },
  {
    rule: 'R-DLG-11',
    what: 'the called side before its 200',
    verdict: 'violated',
    trace: () => rung().sip('S', 'A', 'BYE', { at: 300, arrives: 340 }),
    says: 'left in an early dialog',
  },
  {
    rule: 'R-DLG-11',
    what: 'the called side before the ACK',
    verdict: 'violated',
    trace: () => hungUp('S').shift('S BYE', 260),
    says: 'before the ACK for',
  },
  {
    rule: 'R-DLG-11',
    what: 'a BYE of no dialog',
    verdict: 'violated',
    trace: () => answered().sip('A', 'S', 'BYE', { at: 300, arrives: 340, cseq: 2, opens: true }),
    says: 'belongs to no dialog',
  },
  {
    rule: 'R-DLG-12',
    what: 'media that stop',
    verdict: 'satisfied',
    trace: () => speaks(hungUp('A'), 300, 1_000),
  },
  {
    rule: 'R-DLG-12',
    what: 'media after the own BYE',
    verdict: 'violated',
    level: 'error',
    trace: () => speaks(hungUp('A'), 300, 1_200),
    says: 'Client-A sent media after its BYE',
  },
  {
    rule: 'R-DLG-12',
    what: "media long after the other's BYE",
    verdict: 'violated',
    level: 'warning',
    trace: () => speaks(hungUp('S'), 300, 5_000),
    says: 'still sent media',
  },
  {
    rule: 'R-DLG-12',
    what: 'a BYE that is refused',
    verdict: 'violated',
    level: 'error',
    trace: () =>
      hungUp('A')
        .without('last 200')
        .sip('S', 'A', 500, { at: 1_050, arrives: 1_090, answers: 'A BYE' }),
    says: 'met BYE with 500',
  },
  {
    rule: 'R-DLG-12',
    what: 'a BYE that comes while the refusal of the INVITE is on its way out',
    verdict: 'satisfied',
    trace: () => refusedOverBye('B 486'),
  },
  {
    rule: 'R-DLG-12',
    what: 'a BYE in an early dialog that a 199 has ended',
    verdict: 'satisfied',
    trace: () =>
      rung()
        .sip('S', 'A', 199, { at: 150, arrives: 190, answers: 'A INVITE' })
        .sip('A', 'S', 'BYE', { at: 160, arrives: 200, cseq: 2 })
        .sip('S', 'A', 481, { at: 205, arrives: 245, answers: 'A BYE' })
        .sip('S', 'A', 486, { at: 900, arrives: 940, answers: 'A INVITE' }),
  },
  {
    rule: 'R-DLG-12',
    what: 'a BYE that comes before anything has refused the INVITE',
    verdict: 'violated',
    level: 'error',
    trace: () => refusedOverBye('A BYE'),
    says: 'met BYE with 481',
  },
  {
    rule: 'R-DLG-12',
    what: 'a BYE that a later request has overtaken, and that is refused for its number',
    verdict: 'satisfied',
    trace: () => overtakenBye(500),
  },
  {
    rule: 'R-DLG-12',
    what: 'a BYE that a later request has overtaken, and that is said to belong to nothing',
    verdict: 'violated',
    level: 'error',
    trace: () => overtakenBye(481),
    says: 'met BYE with 481',
  },
  {
    rule: 'R-DLG-12',
    what: 'a BYE in an early dialog that went with its INVITE',
    verdict: 'satisfied',
    trace: () =>
      rung()
        .sip('S', 'A', 200, {
          at: 200,
          arrives: 240,
          answers: 'A INVITE',
          fields: { to: { uri: 'sip:b', tag: 'fork' } },
        })
        .sip('S', 'A', 'BYE', { at: 40_000, arrives: 40_040, cseq: 1 })
        .sip('A', 'S', 481, { at: 40_050, arrives: 40_090, answers: 'S BYE' }, 'gone'),
  },
  {
    rule: 'R-DLG-12',
    what: 'a re-INVITE left open',
    verdict: 'violated',
    level: 'error',
    trace: () =>
      hungUp('A').sip('A', 'S', 'INVITE', { at: 900, arrives: 940, cseq: 2 }, 'A re-INVITE'),
    says: "left Client-A's re-INVITE open",
  },
  { rule: 'R-DLG-14', what: 'one is ended', verdict: 'satisfied', trace: forked },
  {
    rule: 'R-DLG-14',
    what: 'both are kept',
    verdict: 'violated',
    trace: () => forked().without('second BYE'),
    says: 'kept 2 dialogs',
  },
  {
    rule: 'R-DLG-14',
    what: 'one is not acknowledged',
    verdict: 'violated',
    trace: () => forked().without('second ACK'),
    says: 'did not acknowledge each 2xx',
  },
  {
    rule: 'R-DLG-15',
    what: 'a request after 488',
    verdict: 'satisfied',
    trace: () => failed(488),
  },
  {
    rule: 'R-DLG-15',
    what: 'a request after 404',
    verdict: 'satisfied',
    level: 'info',
    trace: () => failed(404),
    says: '404 had destroyed the dialog',
  },
  { rule: 'R-DLG-16', what: 'BYE on the other leg', verdict: 'satisfied', trace: both },
  {
    rule: 'R-DLG-16',
    what: 'one leg is kept',
    verdict: 'violated',
    level: 'warning',
    trace: () => both().without('S BYE', 'B 200 BYE'),
    says: 'lost one leg and kept the other',
  },
  {
    rule: 'R-DLG-16',
    what: 'a failure, told with its Reason',
    verdict: 'satisfied',
    trace: () => gone({ Reason: 'SIP;cause=481' }),
  },
  {
    rule: 'R-DLG-16',
    what: 'a failure without Reason',
    verdict: 'violated',
    trace: () => gone({}),
    says: 'has no Reason',
  },
  { rule: 'R-DLG-16', what: 'a refusal', verdict: 'not exercised', trace: rejectedCall },
  {
    rule: 'R-DLG-16',
    what: 'the caller still waits, and is refused',
    verdict: 'satisfied',
    trace: () =>
      unfinished().sip('S', 'A', 480, { at: 5_360, arrives: 5_400, answers: 'A INVITE' }),
  },
  {
    rule: 'R-DLG-16',
    what: 'the caller waits for ever',
    verdict: 'violated',
    level: 'warning',
    trace: () => unfinished(),
    says: 'left the caller waiting',
  },
];

describeRules(ids, cases);
