import type { SessionDescription } from '../../../../sim-core/sdp/session-description.ts';
import { addresses, mediaLine, session } from '../../../support/trace-packets.ts';
import { traceBuilder, type TraceBuilder } from '../../../support/trace-builder.ts';
import { continueCall, stopCall } from '../reference-call.ts';
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

const ids = [1, 2, 3, 4, 5, 6, 8, 9, 10, 13, 14, 15, 16, 20, 21, 22].map(
  (n) => `R-OA-${String(n).padStart(2, '0')}`,
);

/** An INVITE with that offer, answered so. */
const exchange = (offer: SessionDescription, answer: SessionDescription) =>
  leg(invite({ sdp: offer }), [
    'S',
    183,
    { answers: 'A INVITE', sdp: answer, headers: reliable(1) },
  ]);

/** After an answer, an UPDATE of the CMR Server with that offer. */
const offeredNext = (first: SessionDescription, next: SessionDescription) =>
  leg(
    invite({ sdp: ofA(1, ['audio', 4_000], ['video', 4_002]) }),
    ['S', 183, { answers: 'A INVITE', sdp: first, headers: reliable(1) }],
    ['A', 'PRACK', { headers: rack(1) }],
    ['S', 'UPDATE', { sdp: next }],
  );

const both = ofS(1, ['audio', 6_000], ['video', 6_002]);
const amr = ['96'];
const codec = (name: string) => ({ 96: `${name}/8000`, 97: 'PCMU/8000' });

/** Two called ends answer one INVITE; Client-A offers anew in the second's dialog. */
const forked = (offers: boolean): TraceBuilder => {
  const second = { uri: 'sip:other@example', tag: 'a-other' };
  const from = { uri: 'sip:client-a@example', tag: 'a-A' };
  const trace = leg(
    invite(),
    ['S', 183, { answers: 'A INVITE', sdp: ofS(), headers: reliable(1) }],
    ['A', 'PRACK', { headers: rack(1) }],
    ['S', 183, { name: 'S 183 other', answers: 'A INVITE', sdp: ofS(), fields: { to: second } }],
  );
  if (offers) {
    trace.sip('A', 'S', 'UPDATE', {
      at: 600,
      arrives: 640,
      cseq: 3,
      sdp: ofA(2),
      fields: { to: second, from },
    });
  }
  return trace;
};

const collision = (status: number): readonly Step[] => [
  ...answered,
  ['S', 'INVITE', { sdp: ofS(2), arrives: 1_000 }],
  ['A', 'INVITE', { name: 'A re-INVITE', sdp: ofA(2), at: 710, arrives: 750, cseq: 3 }],
  ['S', status, { answers: 'A re-INVITE' }],
];

/** An UPDATE is refused, and accepted when the network brings it once more. */
const broughtAgain = (at: number) =>
  leg(
    ...answered,
    ['A', 'UPDATE', { sdp: ofA(2), at: 700, arrives: 740, again: [{ at: 1_200, arrives: at }] }],
    ['S', 488, { answers: 'A UPDATE', at: 750, arrives: 790 }],
  ).sip('S', 'A', 200, { at: at + 10, arrives: at + 50, answers: 'A UPDATE', sdp: ofS(2) }, 'late');

const cases: readonly RuleCase[] = [
  { rule: 'R-OA-01', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-OA-01',
    what: 'two offers of one end',
    verdict: 'violated',
    trace: () =>
      leg(invite(), ['S', 180, { answers: 'A INVITE' }], ['A', 'UPDATE', { sdp: ofA(2) }]),
    says: "offers while Client-A's INVITE is open",
  },
  {
    rule: 'R-OA-01',
    what: 'an offer against one that has arrived',
    verdict: 'violated',
    trace: () =>
      leg(invite(), ['S', 180, { answers: 'A INVITE' }], ['S', 'UPDATE', { sdp: ofS() }]),
  },
  {
    rule: 'R-OA-01',
    what: 'an offer that crosses another',
    verdict: 'satisfied',
    trace: () => leg(...collision(491)),
  },
  { rule: 'R-OA-02', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-OA-02',
    what: 'SDP in an ACK that owes no answer',
    verdict: 'violated',
    trace: () => continueCall().change('A ACK', { sdp: ofA(3) }),
    says: 'neither offer nor answer',
  },
  {
    rule: 'R-OA-02',
    what: 'SDP in the 200 to a bare PRACK',
    verdict: 'violated',
    trace: () => continueCall().change('S 200 PRACK', { sdp: ofS(2) }),
  },
  {
    rule: 'R-OA-02',
    what: 'an answer to a copy that comes when its transaction is forgotten',
    verdict: 'satisfied',
    trace: () => broughtAgain(40_000),
  },
  {
    rule: 'R-OA-02',
    what: 'an answer after the refusal',
    verdict: 'violated',
    trace: () => broughtAgain(30_000),
  },
  {
    rule: 'R-OA-02',
    what: 'a capability in a 488',
    verdict: 'satisfied',
    trace: () =>
      leg(
        ...answeredEarly,
        ['S', 'UPDATE', { sdp: ofS(2) }],
        ['A', 488, { answers: 'S UPDATE', sdp: ofA(2) }],
      ),
  },
  {
    rule: 'R-OA-03',
    what: 'a preview and the same answer',
    verdict: 'satisfied',
    trace: () =>
      leg(
        invite(),
        ['S', 183, { answers: 'A INVITE', sdp: ofS() }],
        ['S', 200, { answers: 'A INVITE', sdp: ofS() }],
      ),
  },
  {
    rule: 'R-OA-03',
    what: 'other SDP in the 200',
    verdict: 'violated',
    trace: () => leg(...answeredEarly, ['S', 200, { answers: 'A INVITE', sdp: ofS(2) }]),
    says: 'has other SDP than',
  },
  { rule: 'R-OA-04', what: 'a whole call', verdict: 'satisfied', trace: stopCall },
  {
    rule: 'R-OA-04',
    what: 'the answer again',
    verdict: 'violated',
    level: 'warning',
    trace: () => leg(...answeredEarly, ['S', 200, { answers: 'A INVITE', sdp: ofS() }]),
  },
  {
    rule: 'R-OA-05',
    what: 'no offer after a preview',
    verdict: 'satisfied',
    trace: () =>
      leg(
        invite(),
        ['S', 183, { answers: 'A INVITE', sdp: ofS() }],
        ['S', 200, { answers: 'A INVITE', sdp: ofS() }],
      ),
  },
  {
    rule: 'R-OA-05',
    what: 'an offer after a preview',
    verdict: 'violated',
    trace: () =>
      leg(
        invite(),
        ['S', 183, { answers: 'A INVITE', sdp: ofS() }],
        ['S', 'UPDATE', { sdp: ofS(2) }],
      ),
    says: 'on the strength of a preview',
  },
  { rule: 'R-OA-06', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-OA-06',
    what: 'an m= line too few',
    verdict: 'violated',
    trace: () => exchange(ofA(1, ['audio', 4_000], ['video', 4_002]), ofS()),
    says: 'has 1 m= line, its offer 2',
  },
  {
    rule: 'R-OA-06',
    what: 'another order',
    verdict: 'violated',
    trace: () =>
      exchange(
        ofA(1, ['audio', 4_000], ['video', 4_002]),
        ofS(1, ['video', 6_002], ['audio', 6_000]),
      ),
    says: 'has video where its offer has audio',
  },
  { rule: 'R-OA-08', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-OA-08',
    what: 'a codec that nobody offered',
    verdict: 'violated',
    trace: () =>
      exchange(
        ofA(1, ['audio', 4_000, 'sendrecv', ['96']]),
        ofS(1, ['audio', 6_000, 'sendrecv', ['97']]),
      ),
    says: 'has no format of its offer',
  },
  {
    rule: 'R-OA-08',
    what: 'a line that the offer has switched off',
    verdict: 'violated',
    trace: () =>
      exchange(ofA(1, ['audio', 4_000], ['video', 0]), ofS(1, ['audio', 6_000], ['video', 6_002])),
    says: 'switched off',
  },
  { rule: 'R-OA-09', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-OA-09',
    what: 'sendonly for sendonly',
    verdict: 'violated',
    trace: () =>
      exchange(ofA(1, ['audio', 4_000, 'sendonly']), ofS(1, ['audio', 6_000, 'sendonly'])),
    says: 'answers sendonly with sendonly',
  },
  { rule: 'R-OA-10', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-OA-10',
    what: 'another time',
    verdict: 'violated',
    trace: () => {
      const timed = session({ of: 'S', id: '700', version: 1 }, addresses.R, [
        mediaLine('audio', 6_000),
      ]);
      return exchange(ofA(), {
        ...timed,
        lines: [
          ['c', 'IN IP4 10.0.0.4'],
          ['t', '7 9'],
        ],
      });
    },
    says: 'has t=7 9 where its offer has t=0 0',
  },
  { rule: 'R-OA-13', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-OA-13',
    what: 'an m= line less',
    verdict: 'violated',
    trace: () => offeredNext(both, ofS(2)),
    says: 'has 1 m= line after 2',
  },
  { rule: 'R-OA-14', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-OA-14',
    what: "another end's o= line",
    verdict: 'violated',
    trace: () =>
      stopCall().change('S UPDATE', {
        sdp: { ...stopCall().sdpOf('S UPDATE'), origin: ofA().origin },
      }),
    says: 'has another o= line',
  },
  {
    rule: 'R-OA-14',
    what: 'a change under the old version',
    verdict: 'violated',
    trace: () => offeredNext(both, ofS(1, ['audio', 6_000], ['video', 0])),
    says: 'under version 1 of o=',
  },
  {
    rule: 'R-OA-14',
    what: 'a version too many',
    verdict: 'violated',
    trace: () => offeredNext(both, ofS(3, ['audio', 6_000], ['video', 6_002])),
    says: 'has version 3 of o= after 1',
  },
  {
    rule: 'R-OA-15',
    what: 'a new stream below',
    verdict: 'satisfied',
    trace: () => offeredNext(both, ofS(2, ['audio', 6_000], ['video', 6_002], ['audio', 6_004])),
  },
  {
    rule: 'R-OA-15',
    what: 'a new stream in a free place',
    verdict: 'satisfied',
    trace: () =>
      offeredNext(
        ofS(1, ['audio', 6_000], ['video', 0]),
        ofS(2, ['audio', 6_000], ['audio', 6_004]),
      ),
  },
  {
    rule: 'R-OA-15',
    what: 'a new stream above',
    verdict: 'violated',
    trace: () => offeredNext(both, ofS(2, ['video', 6_002], ['audio', 6_000], ['video', 6_004])),
    says: 'which is taken',
  },
  { rule: 'R-OA-16', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-OA-16',
    what: 'another codec under the old number',
    verdict: 'violated',
    trace: () =>
      offeredNext(
        ofS(1, ['audio', 6_000, 'sendrecv', amr, codec('AMR')], ['video', 6_002]),
        ofS(2, ['audio', 6_000, 'sendrecv', amr, codec('EVS')], ['video', 6_002]),
      ),
    says: 'EVS/8000/1 with payload type 96 of the first m= line (audio), which was AMR/8000/1',
  },
  {
    rule: 'R-OA-20',
    what: 'an offer in the reliable 183',
    verdict: 'satisfied',
    trace: () =>
      leg(
        invite({ sdp: null }),
        ['S', 183, { answers: 'A INVITE', sdp: ofS(), headers: reliable(1) }],
        ['A', 'PRACK', { headers: rack(1), sdp: ofA() }],
      ),
  },
  {
    rule: 'R-OA-20',
    what: 'a reliable 183 without an offer',
    verdict: 'violated',
    trace: () =>
      leg(
        invite({ sdp: null, headers: capable }),
        ['S', 183, { answers: 'A INVITE', headers: reliable(1) }],
        ['A', 'PRACK', { headers: rack(1) }],
        ['S', 200, { answers: 'A INVITE', sdp: ofS() }],
        ['A', 'ACK', { cseq: 1, sdp: ofA() }],
      ),
    says: 'is the first reliable response and offers nothing',
  },
  { rule: 'R-OA-21', what: '491', verdict: 'satisfied', trace: () => leg(...collision(491)) },
  {
    rule: 'R-OA-21',
    what: '500',
    verdict: 'violated',
    level: 'warning',
    trace: () => leg(...collision(500)),
    says: 'got 500, not 491',
  },
  { rule: 'R-OA-22', what: 'two dialogs', verdict: 'satisfied', trace: () => forked(false) },
  {
    rule: 'R-OA-22',
    what: "an offer on the strength of the other dialog's answer",
    verdict: 'violated',
    trace: () => forked(true),
    says: 'whose own answer is still due',
  },
  { rule: 'R-OA-22', what: 'one dialog', verdict: 'not exercised', trace: () => traceBuilder() },
];

describeRules(ids, cases);
