import { continueCall, stopCall } from '../reference-call.ts';
import { sdp } from '../reference-media.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import { answered, asked } from './small-calls.ts';

const ids = Array.from({ length: 10 }, (_, n) => `R-REI-${String(n + 1).padStart(2, '0')}`);

/** Client-A and the CMR Server send re-INVITEs that meet; each gets that status. */
const met = (status: number) =>
  answered()
    .sip('S', 'A', 'INVITE', { at: 1_000, arrives: 1_040, sdp: sdp.update }, 'S again')
    .sip('A', 'S', 'INVITE', { at: 1_010, arrives: 1_050, cseq: 2, sdp: sdp.offerOfA }, 'A again')
    .sip('A', 'S', 491, { at: 1_050, arrives: 1_090, answers: 'S again' }, 'A 491')
    .sip('S', 'A', status, { at: 1_060, arrives: 1_100, answers: 'A again' }, 'S status')
    .sip('S', 'A', 'ACK', { at: 1_100, arrives: 1_140, like: 'S again' }, 'S ACK again')
    .sip('A', 'S', 'ACK', { at: 1_110, arrives: 1_150, like: 'A again', cseq: 2 }, 'A ACK again');

/** Two re-INVITEs of Client-A, one after the other, without waiting. */
const hasty = (status: number, headers: Readonly<Record<string, string>> = {}) =>
  answered()
    .sip('A', 'S', 'INVITE', { at: 1_000, arrives: 1_040, cseq: 2, sdp: sdp.offerOfA }, 'first')
    .sip('A', 'S', 'INVITE', { at: 1_100, arrives: 1_140, cseq: 3, sdp: sdp.offerOfA }, 'second')
    .sip('S', 'A', status, { at: 1_150, arrives: 1_190, answers: 'second', headers }, 'status')
    .sip(
      'S',
      'A',
      200,
      { at: 1_300, arrives: 1_340, answers: 'first', sdp: sdp.ring },
      'S 200 first',
    )
    .sip('A', 'S', 'ACK', { at: 1_350, arrives: 1_390, cseq: 2 }, 'ACK first');

/** After the 491s, the CMR Server (which did not call) tries again at that time. */
const again = (at: number) =>
  met(491).sip('S', 'A', 'INVITE', { at, arrives: at + 40, cseq: 2, sdp: sdp.update }, 'S retry');

/** The re-INVITE of step 4 is refused; Client-B then speaks to that port. */
const moved = (toPort: number) =>
  continueCall()
    .without('B 200 re-INVITE', 'B voice', 'B voice direct ends', 'A hears the ring alone')
    .until(5_340)
    .sip('B', 'S', 488, { at: 5_340, arrives: 5_380, answers: 'S re-INVITE' })
    .sip('S', 'B', 'ACK', { at: 5_390, arrives: 5_430, like: 'S re-INVITE', cseq: 2 }, 'S ACK 488')
    .rtp(
      'B',
      'R',
      'audio',
      {
        at: 6_000,
        arrives: 6_040,
        stream: 'voice',
        sources: ['client-b'],
        fromPort: 6_000,
        toPort,
      },
      'B voice',
    );

/** A re-INVITE whose offer a reliable 183 answered, then that final status. */
const executed = (status: number) =>
  answered()
    .sip('S', 'A', 'INVITE', { at: 1_000, arrives: 1_040, sdp: sdp.update }, 'S again')
    .sip('A', 'S', 183, {
      at: 1_050,
      arrives: 1_090,
      answers: 'S again',
      sdp: sdp.reanswerOfA,
      headers: { RSeq: '7', Require: '100rel' },
    })
    .sip('S', 'A', 'PRACK', {
      at: 1_100,
      arrives: 1_140,
      cseq: 2,
      headers: { RAck: '7 1 INVITE' },
    })
    .sip('A', 'S', 200, { at: 1_150, arrives: 1_190, answers: 'S PRACK' }, 'A 200 PRACK')
    .sip('A', 'S', status, { at: 1_500, arrives: 1_540, answers: 'S again' }, 'A final');

const offered = (ackAt: number) =>
  asked({ sdp: null })
    .sip('S', 'A', 200, { at: 200, arrives: 240, answers: 'A INVITE', sdp: sdp.offerToB })
    .sip('A', 'S', 'ACK', { at: ackAt, arrives: ackAt + 40, sdp: sdp.reanswerOfA })
    .sip('A', 'S', 'INVITE', { at: 500, arrives: 540, cseq: 2, sdp: sdp.offerOfA }, 'A again');

const cases: readonly RuleCase[] = [
  { rule: 'R-REI-01', what: 'as in the figure', verdict: 'satisfied', trace: continueCall },
  { rule: 'R-REI-01', what: 'no re-INVITE', verdict: 'not exercised', trace: stopCall },
  {
    rule: 'R-REI-01',
    what: 'a second one before the final of the first',
    verdict: 'violated',
    trace: () => hasty(500),
    says: "left while Client-A's re-INVITE was in progress",
  },
  {
    rule: 'R-REI-01',
    what: "one while the other's is pending",
    verdict: 'violated',
    trace: () => met(491).shift('A again', 1_045),
    says: "left while the CMR Server's re-INVITE was in progress",
  },
  { rule: 'R-REI-01', what: 'two that cross', verdict: 'satisfied', trace: () => met(491) },
  {
    rule: 'R-REI-02',
    what: '500 with Retry-After',
    verdict: 'satisfied',
    trace: () => hasty(500, { 'Retry-After': '3' }),
  },
  {
    rule: 'R-REI-02',
    what: '500 without',
    verdict: 'violated',
    trace: () => hasty(500),
    says: 'no Retry-After',
  },
  {
    rule: 'R-REI-02',
    what: '500 with too much',
    verdict: 'violated',
    trace: () => hasty(500, { 'Retry-After': '30' }),
    says: 'no Retry-After from 0 to 10 s',
  },
  {
    rule: 'R-REI-02',
    what: '491',
    verdict: 'violated',
    trace: () => hasty(491),
    says: 'with 491',
  },
  { rule: 'R-REI-03', what: '491', verdict: 'satisfied', trace: () => met(491) },
  {
    rule: 'R-REI-03',
    what: '200',
    verdict: 'violated',
    trace: () => met(200),
    says: 'was pending with 200',
  },
  {
    rule: 'R-REI-03',
    what: '500',
    verdict: 'violated',
    trace: () => met(500),
    says: 'with 500',
  },
  {
    rule: 'R-REI-04',
    what: '500 ms after the ACK',
    verdict: 'satisfied',
    trace: () => again(1_600),
  },
  {
    rule: 'R-REI-04',
    what: '3 s after',
    verdict: 'violated',
    level: 'warning',
    trace: () => again(4_100),
    says: 'which does not own the Call-ID, waits 0 ms to 2\u2009000 ms',
  },
  {
    rule: 'R-REI-04',
    what: 'off the grid',
    verdict: 'violated',
    trace: () => again(1_605),
    says: 'no multiple of 10 ms',
  },
  {
    rule: 'R-REI-05',
    what: 'media stay where they were',
    verdict: 'satisfied',
    trace: () => moved(4_000),
  },
  {
    rule: 'R-REI-05',
    what: 'media go where the offer wanted them',
    verdict: 'violated',
    trace: () => moved(50_020),
    says: 'then sent media where it had asked for them',
  },
  { rule: 'R-REI-06', what: 'as in the figure', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-REI-06',
    what: 'a part of the session',
    verdict: 'violated',
    trace: () => {
      const media = sdp.reinvite.media.slice(0, 1);
      return continueCall().change('S re-INVITE', { sdp: { ...sdp.reinvite, media } });
    },
    says: 'tells of 1 m-line, where the session has 2',
  },
  {
    rule: 'R-REI-06',
    what: 'two finals',
    verdict: 'violated',
    trace: () =>
      continueCall().sip('B', 'S', 488, { at: 5_345, arrives: 5_385, answers: 'S re-INVITE' }),
    says: 'got 2 final responses',
  },
  { rule: 'R-REI-07', what: 'accepted', verdict: 'satisfied', trace: () => executed(200) },
  {
    rule: 'R-REI-07',
    what: 'refused',
    verdict: 'violated',
    level: 'warning',
    trace: () => executed(488),
    says: 'refuses what was already carried out',
  },
  {
    rule: 'R-REI-08',
    what: 'a new offer',
    verdict: 'satisfied',
    trace: () =>
      executed(488).sip('S', 'A', 'UPDATE', {
        at: 1_550,
        arrives: 1_590,
        cseq: 3,
        sdp: sdp.update,
      }),
  },
  {
    rule: 'R-REI-08',
    what: 'none',
    verdict: 'violated',
    level: 'warning',
    trace: () => executed(488),
    says: 'offered nothing to restore the session',
  },
  { rule: 'R-REI-09', what: 'after the ACK', verdict: 'satisfied', trace: () => offered(250) },
  {
    rule: 'R-REI-09',
    what: 'before the ACK',
    verdict: 'violated',
    trace: () => offered(600),
    says: 'before the ACK with the answer',
  },
  { rule: 'R-REI-10', what: 'in time', verdict: 'satisfied', trace: () => again(1_600) },
  {
    rule: 'R-REI-10',
    what: 'too late',
    verdict: 'satisfied',
    level: 'info',
    trace: () => again(4_100),
    says: 'waits 0 ms to 2\u2009000 ms',
  },
];

describeRules(ids, cases);
