import { clause } from '../../../../sim-core/base/clause-id.ts';
import { addresses } from '../../../support/trace-packets.ts';
import { continueCall } from '../reference-call.ts';
import { sdp } from '../reference-media.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import {
  answered,
  asked,
  copies,
  hungUp,
  refused,
  rung,
  state,
  timerA,
  timerE,
  within,
} from './small-calls.ts';

const ids = ['03', '04', '05', '06', '07', '08', '09', '10', '16', '17', '19'].map(
  (number) => `R-TX-${number}`,
);

const unheard = (offsets: readonly number[]) =>
  asked({ arrives: null, again: copies(10, offsets, true) });

const bye = (offsets: readonly number[]) =>
  hungUp('A')
    .without('last 200')
    .change('A BYE', { again: copies(1_000, offsets) });

const ignored = (id: string) =>
  ({ kind: 'ignored', why: '200 again', clause: clause(id) }) as const;

const repeatedSuccess = (id: string) =>
  answered()
    .change('S 200', { again: [{ at: 700, arrives: 740 }] })
    .note('A', ignored(id), 740, 'absorbed', 'S 200 #1')
    .change('A ACK', { again: [{ at: 750, arrives: 790 }] });

const refusedAfterBye = (at: number) =>
  rung()
    .sip('A', 'S', 'BYE', { at: 300, arrives: 340, cseq: 2 })
    .sip('S', 'A', 480, { at, arrives: at + 40, answers: 'A INVITE' });

const overTcp = [
  { sentBy: `${addresses.A}:5060`, branch: 'z9hG4bK-A INVITE', transport: 'TCP' },
] as const;

const proxied = () => rung().role('A', 'proxy');

/** The proxy's Timer C fires then, and it cancels. */
const expired = (at: number) =>
  proxied()
    .timer('A', 'C z9hG4bK-A INVITE', at, 'timer C')
    .sip('A', 'S', 'CANCEL', {
      at,
      arrives: at + 40,
      like: 'A INVITE',
      opens: true,
      cause: 'timer C',
    });

const cases: readonly RuleCase[] = [
  {
    rule: 'R-TX-03',
    what: 'all copies',
    verdict: 'satisfied',
    trace: () => unheard(timerA),
  },
  { rule: 'R-TX-03', what: 'none after a 100', verdict: 'satisfied', trace: rung },
  {
    rule: 'R-TX-03',
    what: 'a copy too early',
    verdict: 'violated',
    trace: () => unheard([400, ...timerA.slice(1)]),
    says: 'left again after 400 ms, due after 500 ms',
  },
  {
    rule: 'R-TX-03',
    what: 'a cap that Timer A does not have',
    verdict: 'violated',
    trace: () => unheard(timerE),
    says: 'left again after 11\u2009500 ms, due after 15\u2009500 ms',
  },
  {
    rule: 'R-TX-03',
    what: 'no copy at all',
    verdict: 'violated',
    trace: () => unheard([]),
    says: 'due 500 ms after the first did not leave',
  },
  {
    rule: 'R-TX-04',
    what: 'a failure after 32 s',
    verdict: 'satisfied',
    trace: () => unheard(timerA).timer('A', 'B z9hG4bK-A INVITE', 32_010, 'timer B'),
  },
  {
    rule: 'R-TX-04',
    what: 'a failure told as a state',
    verdict: 'satisfied',
    trace: () => state(unheard(timerA), 'INVITE client', 'z9hG4bK-A INVITE', 'Terminated', 32_010),
  },
  {
    rule: 'R-TX-04',
    what: 'a failure after 16 s',
    verdict: 'violated',
    trace: () => unheard(timerA).timer('A', 'B z9hG4bK-A INVITE', 16_010, 'timer B'),
    says: 'gave up Client-A',
  },
  {
    rule: 'R-TX-04',
    what: 'no failure',
    verdict: 'violated',
    trace: () => unheard(timerA),
    says: 'did not give up',
  },
  {
    rule: 'R-TX-04',
    what: 'a record that ends before',
    verdict: 'inconclusive',
    ended: 'time limit',
    trace: () => unheard(timerA.slice(0, 3)),
  },
  { rule: 'R-TX-05', what: 'no copy', verdict: 'satisfied', trace: rung },
  {
    rule: 'R-TX-05',
    what: 'a copy after the 100',
    verdict: 'violated',
    level: 'warning',
    trace: () => rung().change('A INVITE', { again: copies(10, [500]) }),
    says: 'left again after a 1xx',
  },
  { rule: 'R-TX-06', what: 'an ACK made of both', verdict: 'satisfied', trace: refused },
  {
    rule: 'R-TX-06',
    what: 'an ACK with another Request-URI',
    verdict: 'violated',
    trace: () => refused().change('A ACK', { fields: { requestUri: 'sip:elsewhere' } }),
    says: 'another Request-URI',
  },
  {
    rule: 'R-TX-06',
    what: 'an ACK without the To tag',
    verdict: 'violated',
    trace: () => refused().change('A ACK', { opens: true }),
    says: 'another To',
  },
  {
    rule: 'R-TX-06',
    what: 'no ACK',
    verdict: 'violated',
    trace: () => refused().without('A ACK'),
    says: "Client-A did not acknowledge the CMR Server's 486 (INVITE)",
  },
  {
    rule: 'R-TX-06',
    what: 'a refusal 64·T1 after a BYE in the early dialog',
    verdict: 'not exercised',
    trace: () => refusedAfterBye(32_400),
  },
  {
    rule: 'R-TX-06',
    what: 'a refusal sooner after that BYE, without an ACK',
    verdict: 'violated',
    trace: () => refusedAfterBye(32_200),
  },
  {
    rule: 'R-TX-07',
    what: 'a second refusal over TCP, where Timer D is zero',
    verdict: 'satisfied',
    trace: () =>
      refused()
        .change('S 486', { fields: { via: overTcp } })
        .sip('S', 'A', 482, { at: 5_000, arrives: 5_040, answers: 'A INVITE' }),
  },
  {
    rule: 'R-TX-07',
    what: 'an ACK for each copy',
    verdict: 'satisfied',
    trace: () =>
      refused()
        .change('S 486', { again: copies(200, [500]) })
        .change('A ACK', { again: [{ at: 750, arrives: 790, cause: 'S 486' }] }),
  },
  {
    rule: 'R-TX-07',
    what: 'a copy without an ACK',
    verdict: 'violated',
    trace: () => refused().change('S 486', { again: copies(200, [500]) }),
    says: 'arrived 2 times, but the ACK left 1 time',
  },
  {
    rule: 'R-TX-07',
    what: 'an ACK too many',
    verdict: 'violated',
    trace: () =>
      refused()
        .change('S 486', { again: copies(200, [500]) })
        .change('A ACK', { again: copies(250, [500, 600]) }),
    says: 'left 3 times',
  },
  { rule: 'R-TX-08', what: 'an answered BYE', verdict: 'satisfied', trace: () => hungUp('A') },
  { rule: 'R-TX-08', what: 'all copies', verdict: 'satisfied', trace: () => bye(timerE) },
  {
    rule: 'R-TX-08',
    what: 'no cap',
    verdict: 'violated',
    trace: () => bye(timerA),
    says: 'the copy due 11\u2009500 ms after the first did not leave then, but 15\u2009500 ms',
  },
  {
    rule: 'R-TX-08',
    what: 'every 4 s once a 100 came',
    verdict: 'satisfied',
    trace: () =>
      bye([500, 4_500, 8_500, 12_500, 16_500, 20_500, 24_500, 28_500]).sip(
        'S',
        'A',
        100,
        { at: 1_050, arrives: 1_090, answers: 'A BYE' },
        'S 100 BYE',
      ),
  },
  {
    rule: 'R-TX-09',
    what: 'a failure after 32 s',
    verdict: 'satisfied',
    trace: () => bye(timerE).timer('A', 'F z9hG4bK-A BYE', 33_000, 'timer F'),
  },
  {
    rule: 'R-TX-09',
    what: 'none',
    verdict: 'violated',
    trace: () => bye(timerE),
    says: 'did not give up',
  },
  {
    rule: 'R-TX-10',
    what: 'a copy that leads to nothing',
    verdict: 'satisfied',
    trace: () => hungUp('A').change('last 200', { again: [{ at: 1_550, arrives: 1_590 }] }),
  },
  {
    rule: 'R-TX-10',
    what: 'a copy that sets off a BYE',
    verdict: 'violated',
    trace: () =>
      within('UPDATE', 200)
        .change('answer', { sdp: sdp.reanswerOfA, again: [{ at: 1_550, arrives: 1_590 }] })
        .command({ kind: 'stop' }, { at: 1_095, arrives: 1_100 })
        .sip('S', 'A', 'BYE', { at: 1_600, arrives: 1_640, cseq: 3, cause: 'answer #1' }),
    says: "BYE left because Client-A's 200 (UPDATE) came again",
  },
  {
    rule: 'R-TX-16',
    what: 'a copy that the user acknowledges',
    verdict: 'satisfied',
    trace: () => repeatedSuccess('R-2XX-04'),
  },
  {
    rule: 'R-TX-16',
    what: 'a copy that the transaction kept',
    verdict: 'violated',
    trace: () => repeatedSuccess('R-TX-16'),
    says: 'kept a copy of',
  },
  {
    rule: 'R-TX-17',
    what: 'a late response that leads to nothing',
    verdict: 'satisfied',
    trace: () =>
      unheard(timerA).sip('S', 'A', 486, { at: 40_000, arrives: 40_040, answers: 'A INVITE' }),
  },
  {
    rule: 'R-TX-17',
    what: 'a late response that is acted on',
    verdict: 'violated',
    trace: () =>
      unheard(timerA)
        .sip('S', 'A', 200, { at: 40_000, arrives: 40_040, answers: 'A INVITE' })
        .sip('A', 'S', 'ACK', { at: 40_050, arrives: 40_090, cause: 'S 200' }),
    says: 'which no transaction waited for',
  },
  {
    rule: 'R-TX-19',
    what: 'a CANCEL after more than three minutes',
    verdict: 'satisfied',
    trace: () => expired(180_141),
  },
  {
    rule: 'R-TX-19',
    what: 'a CANCEL after two minutes',
    verdict: 'violated',
    trace: () => expired(120_000),
    says: 'Timer C of Client-A ended after 119\u2009860 ms',
  },
  {
    rule: 'R-TX-19',
    what: 'a proxy that waits for ever',
    verdict: 'violated',
    trace: () => proxied(),
    says: 'never gave up',
  },
  { rule: 'R-TX-19', what: 'no proxy', verdict: 'not exercised', trace: continueCall },
];

describeRules(ids, cases);
