import { clause } from '../../../../sim-core/base/clause-id.ts';
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
  timerA,
  timerE,
  within,
} from './small-calls.ts';

const ids = Array.from({ length: 10 }, (_, n) => `R-2XX-${String(n + 1).padStart(2, '0')}`);

const deaf = (offsets: readonly number[]) =>
  answered()
    .without('A ACK')
    .change('S 200', { again: copies(200, offsets, true) });

const ended = () => deaf(timerE).sip('S', 'A', 'BYE', { at: 32_200, arrives: 32_240, cseq: 2 });

const offerless = (ack: object) =>
  asked({ sdp: null })
    .sip('S', 'A', 200, { at: 200, arrives: 240, answers: 'A INVITE', sdp: sdp.offerToB })
    .sip('A', 'S', 'ACK', { at: 250, arrives: 290, cause: 'S 200', ...ack });

/** A second early dialog of Client-A's INVITE, in which it sends a PRACK at that time. */
const forked = (at: number) =>
  answered()
    .sip('S', 'A', 183, {
      at: 120,
      arrives: 160,
      answers: 'A INVITE',
      headers: { RSeq: '1', Require: '100rel' },
      fields: { to: { uri: 'sip:b', tag: 'fork' } },
    })
    .sip('A', 'S', 'PRACK', {
      at,
      arrives: at + 40,
      cseq: 2,
      headers: { RAck: '1 1 INVITE' },
      fields: { to: { uri: 'sip:b', tag: 'fork' } },
    });

/** A re-INVITE of Client-A that overtakes its ACK. */
const overtaken = () =>
  answered()
    .change('A ACK', { arrives: 1_100 })
    .change('S 200', { again: copies(200, [500]) })
    .sip('A', 'S', 'INVITE', { at: 600, arrives: 640, cseq: 2, sdp: sdp.update }, 'A again')
    .sip(
      'S',
      'A',
      200,
      { at: 650, arrives: 690, answers: 'A again', sdp: sdp.ring },
      'S 200 again',
    );

/** A copy of the INVITE comes at that time, when it was refused; it is answered. */
const askedLate = (at: number) =>
  refused(504)
    .change('A INVITE', { again: [{ at: 300, arrives: at }] })
    .sip(
      'S',
      'A',
      200,
      {
        at: at + 10,
        arrives: at + 50,
        answers: 'A INVITE',
        sdp: sdp.ring,
        again: copies(at + 10, [500]),
      },
      'late',
    );

const note = { kind: 'ignored', why: 'no 2xx waits for it', clause: clause('R-DLG-08') } as const;

const cases: readonly RuleCase[] = [
  { rule: 'R-2XX-01', what: 'an ACK in time', verdict: 'satisfied', trace: answered },
  { rule: 'R-2XX-01', what: 'all copies', verdict: 'satisfied', trace: ended },
  {
    rule: 'R-2XX-01',
    what: 'no copy',
    verdict: 'violated',
    trace: () => deaf([]),
    says: 'due 500 ms after the first did not leave',
  },
  {
    rule: 'R-2XX-01',
    what: 'no cap',
    verdict: 'violated',
    trace: () => deaf(timerA),
    says: 'due 11\u2009500 ms after',
  },
  {
    rule: 'R-2XX-01',
    what: 'a copy after the ACK',
    verdict: 'violated',
    trace: () => answered().change('S 200', { again: copies(200, [500]) }),
    says: 'was not due any more',
  },
  { rule: 'R-2XX-02', what: 'a BYE after 32 s', verdict: 'satisfied', trace: ended },
  {
    rule: 'R-2XX-02',
    what: 'none',
    verdict: 'violated',
    level: 'warning',
    trace: () => deaf(timerE),
    says: 'did not hang up',
  },
  { rule: 'R-2XX-03', what: 'an ACK', verdict: 'satisfied', trace: answered },
  {
    rule: 'R-2XX-03',
    what: 'no ACK',
    verdict: 'violated',
    trace: () => answered().without('A ACK'),
    says: "Client-A never acknowledged the CMR Server's 200 (INVITE)",
  },
  {
    rule: 'R-2XX-03',
    what: 'an ACK of another CSeq number',
    verdict: 'violated',
    trace: () => continueCall().change('S ACK re-INVITE', { cseq: 1 }),
    says: "The CMR Server never acknowledged Client-B's 200 (INVITE)",
  },
  {
    rule: 'R-2XX-03',
    what: 'nobody who waits for it: Client-B has hung up',
    verdict: 'satisfied',
    trace: () =>
      continueCall()
        .without('S ACK re-INVITE')
        .sip('B', 'S', 'BYE', { at: 5_400, arrives: 5_440, cseq: 1 }),
  },
  {
    rule: 'R-2XX-04',
    what: 'an ACK for each copy',
    verdict: 'satisfied',
    trace: () =>
      answered()
        .change('S 200', { again: copies(200, [500]) })
        .change('A ACK', { arrives: null, again: [{ at: 750, arrives: 790, cause: 'S 200 #1' }] }),
  },
  {
    rule: 'R-2XX-04',
    what: 'silence',
    verdict: 'violated',
    trace: () =>
      answered()
        .change('S 200', { again: copies(200, [500, 1_500]) })
        .change('A ACK', { again: [{ at: 750, arrives: 790 }] }),
    says: 'came 2 times more after its ACK, which left 1 time more',
  },
  {
    rule: 'R-2XX-04',
    what: 'an ACK for nothing',
    verdict: 'violated',
    trace: () => answered().change('A ACK', { again: copies(250, [500]) }),
    says: 'more often than the 2xx had arrived',
  },
  {
    rule: 'R-2XX-04',
    what: 'silence to the answer to a copy that came when its refusal was forgotten',
    verdict: 'not exercised',
    trace: () => askedLate(6_000),
  },
  { rule: 'R-2XX-05', what: 'no SDP', verdict: 'satisfied', trace: answered },
  {
    rule: 'R-2XX-05',
    what: 'the answer',
    verdict: 'satisfied',
    trace: () => offerless({ sdp: sdp.reanswerOfA }),
  },
  {
    rule: 'R-2XX-05',
    what: 'no answer',
    verdict: 'violated',
    trace: () => offerless({}),
    says: 'has no answer to the offer in the 2xx',
  },
  {
    rule: 'R-2XX-05',
    what: 'SDP for nothing',
    verdict: 'violated',
    trace: () => answered().change('A ACK', { sdp: sdp.reanswerOfA }),
    says: 'though the 2xx offered nothing',
  },
  { rule: 'R-2XX-06', what: 'the answer', verdict: 'satisfied', trace: answered },
  {
    rule: 'R-2XX-06',
    what: 'an answer that a reliable 180 gave',
    verdict: 'satisfied',
    trace: () =>
      answered()
        .change('S 200', { sdp: null })
        .change('S 180', { sdp: sdp.ring, headers: { RSeq: '1', Require: '100rel' } }),
  },
  {
    rule: 'R-2XX-06',
    what: 'an answer that an unreliable 180 gave',
    verdict: 'violated',
    trace: () => answered().change('S 200', { sdp: null }).change('S 180', { sdp: sdp.ring }),
    says: 'lacks the answer',
  },
  {
    rule: 'R-2XX-06',
    what: 'no offer where nobody has offered',
    verdict: 'violated',
    trace: () => answered().change('A INVITE', { sdp: null }).change('S 200', { sdp: null }),
    says: 'lacks an offer',
  },
  { rule: 'R-2XX-07', what: 'a PRACK in time', verdict: 'satisfied', trace: () => forked(170) },
  {
    rule: 'R-2XX-07',
    what: 'a PRACK 33 s after the answer',
    verdict: 'violated',
    trace: () => forked(33_240),
    says: '1\u2009000 ms after it had ended',
  },
  { rule: 'R-2XX-08', what: 'ACK, then BYE', verdict: 'satisfied', trace: () => hungUp('A') },
  {
    rule: 'R-2XX-08',
    what: 'BYE alone',
    verdict: 'violated',
    trace: () => hungUp('A').without('A ACK'),
    says: 'left before an ACK',
  },
  {
    rule: 'R-2XX-09',
    what: 'a late ACK that counts',
    verdict: 'satisfied',
    trace: overtaken,
  },
  {
    rule: 'R-2XX-09',
    what: 'a late ACK that does not',
    verdict: 'violated',
    level: 'warning',
    trace: () =>
      overtaken()
        .change('S 200', { again: copies(200, [500, 1_500]) })
        .note('S', note, 1_100, 'ignored', 'A ACK'),
    says: 'after its ACK, which came late',
  },
  { rule: 'R-2XX-10', what: 'a 200', verdict: 'satisfied', trace: overtaken },
  {
    rule: 'R-2XX-10',
    what: 'a 500, though everything is agreed',
    verdict: 'violated',
    level: 'warning',
    trace: () =>
      overtaken()
        .without('S 200 again')
        .sip('S', 'A', 500, { at: 650, arrives: 690, answers: 'A again' }),
    says: 'met a re-INVITE before the ACK with 500',
  },
  {
    rule: 'R-2XX-10',
    what: 'a 491, because the ACK brings the answer',
    verdict: 'satisfied',
    trace: () =>
      overtaken()
        .change('A INVITE', { sdp: null })
        .without('S 200 again')
        .sip('S', 'A', 491, { at: 650, arrives: 690, answers: 'A again' }),
  },
  {
    rule: 'R-2XX-10',
    what: 'no re-INVITE',
    verdict: 'not exercised',
    trace: () => within('UPDATE', 200),
  },
  { rule: 'R-2XX-01', what: 'no 2xx', verdict: 'not exercised', trace: rung },
];

describeRules(ids, cases);
