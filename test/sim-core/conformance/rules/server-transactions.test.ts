import { addresses } from '../../../support/trace-packets.ts';
import { sdp } from '../reference-media.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import {
  answered,
  asked,
  copies,
  hungUp,
  refused,
  rung,
  timerA,
  timerE,
  within,
} from './small-calls.ts';

const ids = ['01', '02', '11', '12', '13', '14', '15', '18', '20', '21'].map(
  (number) => `R-TX-${number}`,
);

const ringing = (headers: Readonly<Record<string, string>> = {}) =>
  asked().sip('S', 'A', 180, { at: 100, arrives: 140, answers: 'A INVITE', headers });

const unacknowledged = (offsets: readonly number[]) =>
  refused()
    .without('A ACK')
    .change('S 486', { again: copies(200, offsets, true) });

const twoHops = (['S', 'A'] as const).map((node) => {
  return { sentBy: `${addresses[node]}:5060`, branch: `z9hG4bK-${node} INVITE` };
});

/** Two branches of a proxy: the 180 of one comes while the 200 of the other is on its way out. */
const overtaken = (cause: 'B 200' | 'later') =>
  asked()
    .role('S', 'proxy')
    .sip('S', 'A', 100, { at: 55, arrives: 95, answers: 'A INVITE' })
    .sip('S', 'B', 'INVITE', {
      at: 60,
      arrives: 100,
      opens: true,
      cause: 'A INVITE',
      fields: { via: twoHops },
    })
    .sip('B', 'S', 200, { at: 110, arrives: 150, answers: 'S INVITE' })
    .sip(
      'B',
      'S',
      180,
      {
        at: 111,
        arrives: 151,
        answers: 'S INVITE',
        fields: { to: { uri: 'sip:b', tag: 'fork' } },
      },
      'B 180',
    )
    .user('S', { kind: 'hang up' }, 155, 'later')
    .sip('S', 'A', 200, { at: 160, arrives: 200, answers: 'A INVITE', cause });

/** An UPDATE that Client-A answers after so many ms. */
const slowly = (after: number) =>
  within('UPDATE', 200)
    .without('answer')
    .change('S re-UPDATE', {
      again: copies(
        1_000,
        timerE.filter((wait) => wait < after),
        true,
      ),
    })
    .sip(
      'A',
      'S',
      200,
      { at: 1_040 + after, arrives: 1_080 + after, answers: 'S re-UPDATE', sdp: sdp.reanswerOfA },
      'late answer',
    );

const cases: readonly RuleCase[] = [
  { rule: 'R-TX-01', what: 'a 100 at once', verdict: 'satisfied', trace: rung },
  { rule: 'R-TX-01', what: 'a 180 within 200 ms', verdict: 'satisfied', trace: () => ringing() },
  {
    rule: 'R-TX-01',
    what: 'a 180 after 300 ms',
    verdict: 'violated',
    trace: () => ringing().change('S 180', { at: 350, arrives: 390 }),
    says: '300 ms after the INVITE',
  },
  {
    rule: 'R-TX-01',
    what: 'the 100 of a slow node',
    verdict: 'satisfied',
    trace: () => rung().change('S 100', { at: 350, arrives: 390 }).without('S 180'),
  },
  {
    rule: 'R-TX-01',
    what: 'no response',
    verdict: 'violated',
    trace: () => asked(),
    says: 'did not respond to',
  },
  { rule: 'R-TX-02', what: 'a 100 that stays', verdict: 'satisfied', trace: rung },
  {
    rule: 'R-TX-02',
    what: 'a 100 passed on',
    verdict: 'violated',
    trace: () =>
      asked()
        .sip('S', 'B', 'INVITE', { at: 60, arrives: 100, opens: true })
        .sip('B', 'S', 100, { at: 110, arrives: 150, answers: 'S INVITE' })
        .sip('S', 'A', 100, { at: 160, arrives: 200, answers: 'A INVITE', cause: 'B 100' }),
    says: "The CMR Server passed on Client-B's 100",
  },
  ...(['B 200', 'later'] as const).map((cause): RuleCase => ({
    rule: 'R-TX-02',
    what: `a 180 that a proxy keeps to itself, its 200 being due to ${cause}`,
    verdict: cause === 'B 200' ? 'satisfied' : 'violated',
    trace: () => overtaken(cause),
  })),
  { rule: 'R-TX-11', what: 'a refusal that is acknowledged', verdict: 'satisfied', trace: refused },
  {
    rule: 'R-TX-11',
    what: 'all copies, then giving up',
    verdict: 'satisfied',
    trace: () => unacknowledged(timerE).timer('S', 'H z9hG4bK-A INVITE', 32_200, 'timer H'),
  },
  {
    rule: 'R-TX-11',
    what: 'a refusal anew for a copy of the INVITE that comes when it is forgotten',
    verdict: 'satisfied',
    trace: () => refused().change('S 486', { again: copies(200, [39_500]) }),
  },
  {
    rule: 'R-TX-11',
    what: 'no cap',
    verdict: 'violated',
    trace: () => unacknowledged(timerA),
    says: 'due 11\u2009500 ms after the first',
  },
  {
    rule: 'R-TX-11',
    what: 'no giving up',
    verdict: 'violated',
    trace: () => unacknowledged(timerE),
    says: 'did not give up on the ACK',
  },
  {
    rule: 'R-TX-12',
    what: 'a late ACK that leads to nothing',
    verdict: 'satisfied',
    trace: () => refused().change('A ACK', { again: copies(250, [500]) }),
  },
  {
    rule: 'R-TX-12',
    what: 'a late ACK that is acted on',
    verdict: 'violated',
    trace: () =>
      refused()
        .change('A ACK', { again: copies(250, [500]) })
        .sip('S', 'A', 'BYE', { at: 800, arrives: 840, cause: 'A ACK #1' }),
    says: "left because Client-A's ACK came again",
  },
  {
    rule: 'R-TX-13',
    what: 'the same response again',
    verdict: 'satisfied',
    trace: () =>
      hungUp('A')
        .change('A BYE', { again: copies(1_000, [500]) })
        .change('last 200', { again: [{ at: 1_550, arrives: 1_590, cause: 'A BYE #1' }] }),
  },
  {
    rule: 'R-TX-13',
    what: 'silence',
    verdict: 'violated',
    trace: () => hungUp('A').change('A BYE', { again: copies(1_000, [500]) }),
    says: 'came again, but not',
  },
  {
    rule: 'R-TX-13',
    what: 'a response too many',
    verdict: 'violated',
    trace: () =>
      hungUp('A')
        .change('A BYE', { again: copies(1_000, [500]) })
        .change('last 200', { again: copies(1_050, [500, 600]) }),
    says: 'more often than its request',
  },
  {
    rule: 'R-TX-14',
    what: 'the latest provisional again',
    verdict: 'satisfied',
    trace: () =>
      rung()
        .change('A INVITE', { again: copies(10, [500]) })
        .change('S 180', { again: [{ at: 560, arrives: 600, cause: 'A INVITE #1' }] }),
  },
  {
    rule: 'R-TX-14',
    what: 'an earlier one again',
    verdict: 'violated',
    trace: () =>
      rung()
        .change('A INVITE', { again: copies(10, [500]) })
        .change('S 100', { again: [{ at: 560, arrives: 600, cause: 'A INVITE #1' }] }),
    says: "without getting the CMR Server's 180 (INVITE) again",
  },
  {
    rule: 'R-TX-14',
    what: 'one that came at the instant of the 180, just before it left',
    verdict: 'not exercised',
    trace: () =>
      rung()
        .change('A INVITE', { again: [{ at: 60, arrives: 100 }] })
        .change('S 100', { again: [{ at: 100, arrives: 140, cause: 'A INVITE #1' }] })
        .sip('S', 'A', 486, { at: 900, arrives: 940, answers: 'A INVITE' }),
  },
  {
    rule: 'R-TX-15',
    what: 'a copy that leads to nothing',
    verdict: 'satisfied',
    trace: () => answered().change('A INVITE', { again: copies(10, [500]) }),
  },
  {
    rule: 'R-TX-15',
    what: 'a copy that starts a second call',
    verdict: 'violated',
    trace: () =>
      answered()
        .change('A INVITE', { again: copies(10, [500]) })
        .sip('S', 'B', 'INVITE', { at: 560, arrives: 600, opens: true, cause: 'A INVITE #1' }),
    says: "INVITE left because Client-A's INVITE came again",
  },
  { rule: 'R-TX-18', what: 'a 200 at once', verdict: 'satisfied', trace: () => hungUp('A') },
  {
    rule: 'R-TX-18',
    what: 'a 183',
    verdict: 'violated',
    trace: () => within('UPDATE', 183),
    says: 'is a provisional response',
  },
  {
    rule: 'R-TX-18',
    what: 'a 408',
    verdict: 'violated',
    trace: () => within('UPDATE', 408),
    says: 'which only INVITE may get',
  },
  {
    rule: 'R-TX-18',
    what: 'a 100 at once',
    verdict: 'violated',
    trace: () => within('UPDATE', 100),
    says: 'before 3\u2009500 ms',
  },
  {
    rule: 'R-TX-18',
    what: 'an answer after 5 s without a 100',
    verdict: 'violated',
    trace: () => slowly(5_000),
    says: 'sent no 100',
  },
  {
    rule: 'R-TX-18',
    what: 'an answer after 5 s with a 100',
    verdict: 'satisfied',
    trace: () =>
      slowly(5_000).sip(
        'A',
        'S',
        100,
        { at: 4_540, arrives: 4_580, answers: 'S re-UPDATE' },
        'A 100 UPDATE',
      ),
  },
  {
    rule: 'R-TX-20',
    what: 'a 180 each minute',
    verdict: 'satisfied',
    trace: () =>
      ringing()
        .change('S 180', { again: copies(100, [59_000]) })
        .sip('S', 'A', 486, { at: 90_000, arrives: 90_040, answers: 'A INVITE' }),
  },
  {
    rule: 'R-TX-20',
    what: 'none for two minutes',
    verdict: 'violated',
    level: 'error',
    trace: () =>
      ringing().sip('S', 'A', 486, { at: 120_100, arrives: 120_140, answers: 'A INVITE' }),
    says: '120\u2009000 ms pass',
  },
  {
    rule: 'R-TX-20',
    what: 'none for three minutes, although reliable ones',
    verdict: 'violated',
    level: 'warning',
    trace: () =>
      ringing({ RSeq: '1', Require: '100rel' }).sip('S', 'A', 486, {
        at: 180_100,
        arrives: 180_140,
        answers: 'A INVITE',
      }),
    says: '180\u2009000 ms pass',
  },
  {
    rule: 'R-TX-20',
    what: 'none for two minutes after a reliable one, and then one that is not',
    verdict: 'satisfied',
    trace: () =>
      ringing({ RSeq: '1', Require: '100rel' })
        .sip('S', 'A', 180, { at: 120_100, arrives: 120_140, answers: 'A INVITE' }, 'again')
        .sip('S', 'A', 486, { at: 130_000, arrives: 130_040, answers: 'A INVITE' }),
  },
  { rule: 'R-TX-20', what: 'a short call', verdict: 'satisfied', trace: refused },
  {
    rule: 'R-TX-20',
    what: 'none for two minutes to a re-INVITE, for which nobody rings',
    verdict: 'satisfied',
    trace: () =>
      answered()
        .sip('A', 'S', 'INVITE', { at: 1_000, arrives: 1_040, cseq: 2 }, 'again')
        .sip('S', 'A', 200, { at: 121_100, arrives: 121_140, answers: 'again' }, 'late 200')
        .sip('A', 'S', 'ACK', { at: 121_150, arrives: 121_190, cseq: 2 }, 'late ACK'),
  },
  { rule: 'R-TX-21', what: 'one', verdict: 'satisfied', trace: () => hungUp('A') },
  {
    rule: 'R-TX-21',
    what: 'two',
    verdict: 'violated',
    trace: () =>
      hungUp('A').sip('S', 'A', 481, { at: 1_060, arrives: 1_100, answers: 'A BYE' }, 'second'),
    says: 'followed',
  },
];

describeRules(ids, cases);
