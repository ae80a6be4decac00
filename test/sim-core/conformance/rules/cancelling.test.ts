import type { TraceBuilder } from '../../../support/trace-builder.ts';
import { continueCall, rejectedCall } from '../reference-call.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import { answered, cancelled, refused, rung, state } from './small-calls.ts';

const ids = Array.from({ length: 9 }, (_, n) => `R-CAN-0${n + 1}`);

const cancel = (trace: TraceBuilder, at: number, status: number | null = 200) => {
  const sent = trace.sip('A', 'S', 'CANCEL', {
    at,
    arrives: at + 40,
    like: 'A INVITE',
    opens: true,
  });
  if (status === null) return sent;
  const answer = { at: at + 50, arrives: at + 90, answers: 'A CANCEL' };
  return sent.sip('S', 'A', status, answer, 'answer to CANCEL');
};

/** The 200 leaves while the CANCEL is on its way. */
const crossed = (ends: 'ACK' | 'BYE' | 'nothing') => {
  const trace = cancel(answered().change('S 200', { arrives: 260 }), 225);
  if (ends === 'nothing') return trace.without('A ACK');
  trace.shift('A ACK', 270);
  return ends === 'ACK'
    ? trace
    : trace.sip('A', 'S', 'BYE', { at: 271, arrives: 311, cseq: 2, cause: 'S 200' });
};

/** A cancelled INVITE that nobody finishes. */
const unfinished = () => cancel(rung(), 300);
const invite = 'z9hG4bK-A INVITE';

/** Client-A cancels while Client-B rings; the CMR Server cancels leg B. */
const twoLegs = () =>
  rejectedCall()
    .without('B 486', 'S ACK', 'S 486', 'A ACK')
    .change('S INVITE', { cause: 'A INVITE' })
    .sip('A', 'S', 'CANCEL', { at: 3_000, arrives: 3_040, like: 'A INVITE', opens: true })
    .sip('S', 'A', 200, { at: 3_050, arrives: 3_090, answers: 'A CANCEL' })
    .sip('S', 'A', 487, { at: 3_050, arrives: 3_090, answers: 'A INVITE', cause: 'A CANCEL' })
    .sip('S', 'B', 'CANCEL', {
      at: 3_050,
      arrives: 3_090,
      like: 'S INVITE',
      opens: true,
      cause: 'A CANCEL',
    });

const cases: readonly RuleCase[] = [
  { rule: 'R-CAN-01', what: 'an INVITE', verdict: 'satisfied', trace: cancelled },
  {
    rule: 'R-CAN-01',
    what: 'an UPDATE',
    verdict: 'violated',
    level: 'warning',
    trace: () =>
      answered()
        .sip('A', 'S', 'UPDATE', { at: 500, arrives: 540, cseq: 2 })
        .sip('A', 'S', 'CANCEL', { at: 600, arrives: 640, cseq: 2, like: 'A UPDATE' }),
    says: 'cancels UPDATE',
  },
  { rule: 'R-CAN-02', what: 'all of the INVITE', verdict: 'satisfied', trace: cancelled },
  {
    rule: 'R-CAN-02',
    what: 'a To tag that the INVITE does not have',
    verdict: 'violated',
    trace: () => cancelled().change('A CANCEL', { opens: false }),
    says: 'another To',
  },
  {
    rule: 'R-CAN-02',
    what: 'another Request-URI',
    verdict: 'violated',
    trace: () => cancelled().change('A CANCEL', { fields: { requestUri: 'sip:elsewhere' } }),
    says: 'another Request-URI',
  },
  { rule: 'R-CAN-03', what: 'after the 100', verdict: 'satisfied', trace: cancelled },
  {
    rule: 'R-CAN-03',
    what: 'before any response',
    verdict: 'violated',
    trace: () => cancel(rung(), 60),
    says: 'before any response had arrived',
  },
  { rule: 'R-CAN-04', what: 'before the final', verdict: 'satisfied', trace: cancelled },
  {
    rule: 'R-CAN-04',
    what: 'after the final',
    verdict: 'violated',
    level: 'warning',
    trace: () => cancel(refused(), 500),
    says: "left after the CMR Server's 486",
  },
  { rule: 'R-CAN-05', what: '200 and 487', verdict: 'satisfied', trace: cancelled },
  {
    rule: 'R-CAN-05',
    what: '481 for an INVITE that is known',
    verdict: 'violated',
    level: 'error',
    trace: () => cancel(rung(), 300, 481),
    says: 'got 481, not 200',
  },
  {
    rule: 'R-CAN-05',
    what: 'no answer',
    verdict: 'violated',
    level: 'error',
    trace: () => cancel(rung(), 300, null),
    says: 'Nobody answered',
  },
  {
    rule: 'R-CAN-05',
    what: '200, and the INVITE goes on',
    verdict: 'violated',
    level: 'warning',
    trace: unfinished,
    says: 'got nothing, not 487 at once',
  },
  {
    rule: 'R-CAN-05',
    what: '200 for an INVITE that never came',
    verdict: 'violated',
    level: 'warning',
    trace: () => cancel(rung().change('A INVITE', { arrives: null }).without('S 180'), 300),
    says: 'found no INVITE and got 200',
  },
  {
    rule: 'R-CAN-06',
    what: 'nothing changes',
    verdict: 'satisfied',
    trace: () => crossed('BYE'),
  },
  {
    rule: 'R-CAN-06',
    what: 'the called side hangs up',
    verdict: 'violated',
    trace: () => crossed('ACK').sip('S', 'A', 'BYE', { at: 320, arrives: 360, cause: 'A CANCEL' }),
    says: "too late and still led to the CMR Server's BYE",
  },
  {
    rule: 'R-CAN-06',
    what: 'a copy of the INVITE is refused as another one when that is forgotten',
    verdict: 'satisfied',
    trace: () =>
      cancel(refused().change('S 486', { arrives: 260 }), 225).sip('S', 'A', 482, {
        at: 40_000,
        arrives: 40_040,
        answers: 'A INVITE',
      }),
  },
  ...(['satisfied', 'violated'] as const).map((verdict): RuleCase => ({
    rule: 'R-CAN-06',
    what: `the 2xx of another branch, passed on by a ${verdict === 'satisfied' ? 'proxy' : 'user agent'}`,
    verdict,
    trace: () => {
      const fields = { to: { uri: 'sip:b', tag: 'fork' } };
      const second = { at: 400, arrives: 440, answers: 'A INVITE', fields };
      const trace = crossed('BYE').sip('S', 'A', 200, second, 'second 200');
      return verdict === 'satisfied' ? trace.role('S', 'proxy') : trace;
    },
  })),
  { rule: 'R-CAN-07', what: 'ACK and BYE', verdict: 'satisfied', trace: () => crossed('BYE') },
  {
    rule: 'R-CAN-07',
    what: 'ACK alone',
    verdict: 'violated',
    trace: () => crossed('ACK'),
    says: 'and sent no BYE',
  },
  {
    rule: 'R-CAN-07',
    what: 'nothing',
    verdict: 'violated',
    trace: () => crossed('nothing'),
    says: 'and sent no ACK',
  },
  {
    rule: 'R-CAN-08',
    what: 'the INVITE is given up',
    verdict: 'satisfied',
    trace: () => state(unfinished(), 'INVITE client', invite, 'Terminated', 32_300),
  },
  {
    rule: 'R-CAN-08',
    what: 'it is not',
    verdict: 'violated',
    level: 'warning',
    trace: unfinished,
    says: 'kept the cancelled INVITE beyond 64·T1',
  },
  { rule: 'R-CAN-09', what: 'CANCEL on leg B', verdict: 'satisfied', trace: twoLegs },
  {
    rule: 'R-CAN-09',
    what: 'leg B goes on',
    verdict: 'violated',
    trace: () => twoLegs().without('S CANCEL'),
    says: "was told to cancel, but the CMR Server's INVITE goes on",
  },
  {
    rule: 'R-CAN-09',
    what: 'BYE on leg B, which was answered',
    verdict: 'satisfied',
    trace: () =>
      twoLegs()
        .without('S CANCEL')
        .sip('B', 'S', 200, { at: 3_000, arrives: 3_045, answers: 'S INVITE' })
        .sip('S', 'B', 'ACK', { at: 3_060, arrives: 3_100 })
        .sip('S', 'B', 'BYE', { at: 3_060, arrives: 3_100, cseq: 2 }),
  },
  { rule: 'R-CAN-09', what: 'no CANCEL', verdict: 'not exercised', trace: continueCall },
];

describeRules(ids, cases);
