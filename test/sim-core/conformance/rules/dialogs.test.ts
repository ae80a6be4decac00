import { clause } from '../../../../sim-core/base/clause-id.ts';
import type { Note } from '../../../../sim-core/kernel/trace-record.ts';
import { nodeId } from '../../../support/trace-packets.ts';
import { continueCall, rejectedCall } from '../reference-call.ts';
import { sdp } from '../reference-media.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import { answered, asked, hungUp, rung, within } from './small-calls.ts';

const ids = ['01', '02', '03', '04', '05', '06', '07', '08', '13'].map(
  (number) => `R-DLG-${number}`,
);

const early: Note = {
  kind: 'state',
  machine: 'dialog',
  subject: 'call-a',
  peer: nodeId('S'),
  from: 'none',
  to: 'early',
  clause: clause('R-DLG-02'),
};

const elsewhere = { to: { uri: 'sip:b', tag: 'nobody' } };

/** A request of Client-A in a dialog that nobody has, and what it gets. */
const lost = (what: 'UPDATE' | 'BYE' | 'ACK', status: number | null) => {
  const trace = answered().sip(
    'A',
    'S',
    what,
    {
      at: 1_000,
      arrives: 1_040,
      cseq: 2,
      fields: elsewhere,
    },
    'lost',
  );
  if (status === null) return trace;
  return trace.sip('S', 'A', status, { at: 1_050, arrives: 1_090, answers: 'lost' }, 'its answer');
};

/** Client-A's UPDATE with CSeq 2 arrives after its INFO with CSeq 3. */
const overtaken = (status: number) =>
  within('UPDATE', 200, {}, 'A')
    .without('A re-UPDATE', 'answer')
    .sip('A', 'S', 'UPDATE', { at: 1_000, arrives: 1_200, cseq: 2 })
    .sip('A', 'S', 'INFO', { at: 1_010, arrives: 1_050, cseq: 3 })
    .sip('S', 'A', 200, { at: 1_060, arrives: 1_100, answers: 'A INFO' }, 'S 200 INFO')
    .sip('S', 'A', status, { at: 1_210, arrives: 1_250, answers: 'A UPDATE' }, 'its answer');

const proxies = { one: '<sip:p1;lr>', two: '<sip:p2;lr>' };
const recorded = `${proxies.two}, ${proxies.one}`;
const reversed = `${proxies.one}, ${proxies.two}`;

/** A call whose INVITE crossed two proxies; Client-A then hangs up along that route. */
const routed = (route: string, repeated = recorded) =>
  hungUp('A')
    .change('A INVITE', { headers: { 'Record-Route': recorded } })
    .change('S 180', { headers: { 'Record-Route': repeated } })
    .change('S 200', { headers: { 'Record-Route': repeated } })
    .change('A ACK', { headers: { Route: route } })
    .change('A BYE', { headers: { Route: route } });

const moved = '<sip:10.0.0.9>';

/** The CMR Server has said in its UPDATE that it is elsewhere now; Client-A hangs up. */
const refreshed = (uri: string, status = 200) =>
  within('UPDATE', status, { fields: { contact: moved } }).sip('A', 'S', 'BYE', {
    at: 2_000,
    arrives: 2_040,
    cseq: 2,
    fields: { requestUri: uri },
  });

const cases: readonly RuleCase[] = [
  { rule: 'R-DLG-01', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-DLG-01',
    what: 'another To tag',
    verdict: 'violated',
    trace: () => lost('UPDATE', 481),
    says: 'a dialog that its sender does not have',
  },
  {
    rule: 'R-DLG-01',
    what: 'another From tag',
    verdict: 'violated',
    trace: () => hungUp('A').change('A BYE', { fields: { from: { uri: 'sip:a', tag: 'x' } } }),
    says: "Client-A's BYE names a dialog",
  },
  {
    rule: 'R-DLG-02',
    what: 'a 180 that begins a dialog',
    verdict: 'satisfied',
    trace: () => rung().note('A', early, 140, 'early', 'S 180'),
  },
  {
    rule: 'R-DLG-02',
    what: 'a reliable 180 without To tag',
    verdict: 'violated',
    trace: () =>
      rung().change('S 180', {
        headers: { RSeq: '1' },
        fields: { to: { uri: 'sip:b', tag: null } },
      }),
    says: 'is reliable, but has no To tag',
  },
  {
    rule: 'R-DLG-02',
    what: 'two To tags, and one dialog',
    verdict: 'violated',
    trace: () =>
      rung()
        .note('A', early, 140, 'early', 'S 180')
        .sip('S', 'A', 183, { at: 120, arrives: 160, answers: 'A INVITE', fields: elsewhere }),
    says: 'has 1 early dialog for 2 To tags',
  },
  { rule: 'R-DLG-03', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-DLG-03',
    what: 'a number left out',
    verdict: 'violated',
    trace: () => hungUp('A').change('A BYE', { cseq: 3 }),
    says: 'has CSeq 3 where 2 was next',
  },
  {
    rule: 'R-DLG-03',
    what: 'a number twice',
    verdict: 'violated',
    trace: () => continueCall().change('S re-INVITE', { cseq: 1 }),
    says: 'has CSeq 1 where 2 was next',
  },
  { rule: 'R-DLG-04', what: '500', verdict: 'satisfied', trace: () => overtaken(500) },
  {
    rule: 'R-DLG-04',
    what: '200',
    verdict: 'violated',
    trace: () => overtaken(200),
    says: 'with a lower CSeq number with 200',
  },
  {
    rule: 'R-DLG-04',
    what: '481 after the INVITE was refused',
    verdict: 'not exercised',
    trace: () =>
      rung()
        .sip('A', 'S', 'UPDATE', { at: 200, arrives: 900, cseq: 2 })
        .sip('A', 'S', 'INFO', { at: 210, arrives: 250, cseq: 3 })
        .sip('S', 'A', 200, { at: 260, arrives: 300, answers: 'A INFO' }, 'S 200 INFO')
        .sip('S', 'A', 486, { at: 400, arrives: 440, answers: 'A INVITE' })
        .sip('S', 'A', 481, { at: 910, arrives: 950, answers: 'A UPDATE' }, 'its answer'),
  },
  { rule: 'R-DLG-05', what: 'no proxy', verdict: 'not exercised', trace: continueCall },
  { rule: 'R-DLG-05', what: 'the reverse', verdict: 'satisfied', trace: () => routed(reversed) },
  {
    rule: 'R-DLG-05',
    what: 'the list as it came',
    verdict: 'violated',
    trace: () => routed(recorded),
    says: 'but the route set is <sip:p1;lr>, <sip:p2;lr>',
  },
  {
    rule: 'R-DLG-05',
    what: 'no Route',
    verdict: 'violated',
    trace: () => routed(reversed).change('A BYE', { headers: {} }),
    says: 'has the Route of nobody',
  },
  {
    rule: 'R-DLG-05',
    what: 'a 200 that does not repeat Record-Route',
    verdict: 'violated',
    trace: () => routed(reversed, proxies.one),
    says: 'does not repeat Record-Route',
  },
  { rule: 'R-DLG-06', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-DLG-06',
    what: 'the called address instead',
    verdict: 'violated',
    trace: () => hungUp('A').change('A BYE', { fields: { requestUri: 'sip:bob@example' } }),
    says: 'addressed to sip:bob@example, which is no Contact of its peer',
  },
  {
    rule: 'R-DLG-07',
    what: 'the Contact of an accepted UPDATE',
    verdict: 'satisfied',
    trace: () => refreshed('sip:10.0.0.9'),
  },
  {
    rule: 'R-DLG-07',
    what: 'the Contact from before',
    verdict: 'violated',
    trace: () => refreshed('sip:10.0.0.3'),
    says: 'but the peer is at sip:10.0.0.9',
  },
  {
    rule: 'R-DLG-07',
    what: 'the Contact of a refused UPDATE',
    verdict: 'violated',
    trace: () => refreshed('sip:10.0.0.9', 488),
    says: 'but the peer is at sip:10.0.0.3',
  },
  {
    rule: 'R-DLG-07',
    what: 'the Contact of a second unreliable 180',
    verdict: 'violated',
    trace: () =>
      asked()
        .sip('S', 'A', 180, { at: 100, arrives: 140, answers: 'A INVITE' })
        .sip('S', 'A', 183, {
          at: 110,
          arrives: 150,
          answers: 'A INVITE',
          fields: { contact: moved },
        })
        .sip('A', 'S', 'UPDATE', {
          at: 200,
          arrives: 240,
          cseq: 2,
          fields: { requestUri: 'sip:10.0.0.9' },
        }),
    says: 'but the peer is at sip:10.0.0.3',
  },
  { rule: 'R-DLG-08', what: '481', verdict: 'satisfied', trace: () => lost('UPDATE', 481) },
  { rule: 'R-DLG-08', what: 'an ACK', verdict: 'satisfied', trace: () => lost('ACK', null) },
  {
    rule: 'R-DLG-08',
    what: '200',
    verdict: 'violated',
    trace: () => lost('UPDATE', 200),
    says: '200 met',
  },
  {
    rule: 'R-DLG-08',
    what: 'nothing',
    verdict: 'violated',
    trace: () => lost('UPDATE', null),
    says: 'Nobody refused',
  },
  {
    rule: 'R-DLG-08',
    what: 'an ACK that gets a response',
    verdict: 'violated',
    trace: () => lost('ACK', 481),
    says: 'responded to',
  },
  { rule: 'R-DLG-13', what: '481', verdict: 'satisfied', trace: () => lost('BYE', 481) },
  {
    rule: 'R-DLG-13',
    what: '200',
    verdict: 'violated',
    level: 'warning',
    trace: () => lost('BYE', 200),
    says: '200 met',
  },
  { rule: 'R-DLG-13', what: 'none', verdict: 'not exercised', trace: rejectedCall },
  {
    rule: 'R-DLG-07',
    what: 'a re-INVITE under way',
    verdict: 'satisfied',
    trace: () => continueCall().change('S re-INVITE', { sdp: sdp.reinvite }),
  },
];

describeRules(ids, cases);
