import { traceBuilder, type TraceBuilder } from '../../../support/trace-builder.ts';
import { continueCall, rejectedCall } from '../reference-call.ts';
import { sdp } from '../reference-media.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';

const ids = Array.from({ length: 18 }, (_, n) => `R-MSG-${String(n + 1).padStart(2, '0')}`);

const offer = { at: 10, arrives: 50, opens: true, sdp: sdp.offerOfA };

/** Client-A's INVITE with these header fields, and one response to it. */
function asked(
  headers: Readonly<Record<string, string>>,
  status: number,
  answer: Readonly<Record<string, string>> = {},
): TraceBuilder {
  return traceBuilder()
    .sip('A', 'S', 'INVITE', { ...offer, headers })
    .sip('S', 'A', status, { at: 60, arrives: 100, answers: 'A INVITE', headers: answer });
}

const cancelled = (headers: Readonly<Record<string, string>> = {}) =>
  asked({}, 180).sip('A', 'S', 'CANCEL', {
    at: 200,
    arrives: 240,
    like: 'A INVITE',
    opens: true,
    headers,
  });

const sipServer = { sentBy: '10.0.0.3:5060', branch: 'z9hG4bK-A INVITE' };

/** Two calls of one node through a proxy would need four nodes: here S forwards to B. */
function forwarded(maxForwards: number): TraceBuilder {
  const came = { sentBy: '10.0.0.1:5060', branch: 'z9hG4bK-A INVITE' };
  const via = [{ sentBy: '10.0.0.3:5060', branch: 'z9hG4bK-S INVITE' }, came];
  return traceBuilder()
    .role('S', 'proxy')
    .sip('A', 'S', 'INVITE', offer)
    .sip('S', 'B', 'INVITE', {
      at: 60,
      arrives: 100,
      opens: true,
      sdp: sdp.offerOfA,
      cause: 'A INVITE',
      fields: { via, maxForwards, callId: 'call-a', from: { uri: 'sip:a', tag: 'a-A' } },
    });
}

const cases: readonly RuleCase[] = [
  { rule: 'R-MSG-01', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-MSG-01',
    what: 'an UPDATE without Via',
    verdict: 'violated',
    trace: () => continueCall().change('S UPDATE', { fields: { via: [] } }),
    says: 'UPDATE without Via',
  },
  { rule: 'R-MSG-02', what: 'a refused call', verdict: 'satisfied', trace: rejectedCall },
  {
    rule: 'R-MSG-02',
    what: 'a branch of RFC 2543',
    verdict: 'violated',
    trace: () =>
      continueCall().change('S UPDATE', { fields: { via: [{ ...sipServer, branch: '7' }] } }),
    says: 'does not begin with z9hG4bK',
  },
  {
    rule: 'R-MSG-02',
    what: 'a PRACK under the branch of the INVITE',
    verdict: 'violated',
    trace: () => continueCall().change('A PRACK', { like: 'A INVITE' }),
    says: 'the branch of an earlier INVITE',
  },
  {
    rule: 'R-MSG-02',
    what: 'an ACK for a refusal with a branch of its own',
    verdict: 'violated',
    trace: () => rejectedCall().change('A ACK', { like: 'something else' }),
    says: 'for a refusal has a branch of its own',
  },
  {
    rule: 'R-MSG-02',
    what: 'an ACK for a 2xx with the branch of its INVITE',
    verdict: 'violated',
    trace: () => continueCall().change('A ACK', { like: 'A INVITE' }),
    says: 'for a 2xx has the branch of its INVITE',
  },
  {
    rule: 'R-MSG-02',
    what: 'a CANCEL with a branch of its own',
    verdict: 'violated',
    trace: () => cancelled().change('A CANCEL', { like: 'another' }),
    says: "a branch other than its INVITE's",
  },
  { rule: 'R-MSG-03', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-MSG-03',
    what: 'an INVITE without From tag',
    verdict: 'violated',
    trace: () =>
      asked({}, 180).change('A INVITE', { fields: { from: { uri: 'sip:a', tag: null } } }),
    says: 'no From tag',
  },
  {
    rule: 'R-MSG-03',
    what: 'a first INVITE with a To tag',
    verdict: 'violated',
    trace: () => traceBuilder().sip('A', 'S', 'INVITE', { ...offer, opens: false }),
    says: 'has a To tag, but opens a dialog',
  },
  { rule: 'R-MSG-04', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-MSG-04',
    what: 'a CSeq of another method',
    verdict: 'violated',
    trace: () =>
      continueCall().change('A PRACK', { fields: { cseq: { number: 2, method: 'UPDATE' } } }),
    says: 'has CSeq 2 UPDATE',
  },
  {
    rule: 'R-MSG-04',
    what: 'a number that is too large',
    verdict: 'violated',
    trace: () => continueCall().change('A PRACK', { cseq: 2 ** 31 }),
    says: '2147483648',
  },
  { rule: 'R-MSG-05', what: 'no proxy', verdict: 'not exercised', trace: continueCall },
  { rule: 'R-MSG-05', what: 'one less', verdict: 'satisfied', trace: () => forwarded(69) },
  {
    rule: 'R-MSG-05',
    what: 'as much as before',
    verdict: 'violated',
    trace: () => forwarded(70),
    says: 'Max-Forwards 70 became 70',
  },
  { rule: 'R-MSG-06', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-MSG-06',
    what: 'a response with a Via too many',
    verdict: 'violated',
    trace: () =>
      continueCall().change('A 200 UPDATE', {
        fields: { via: [{ ...sipServer, branch: 'z9hG4bK-S UPDATE' }, sipServer] },
      }),
    says: 'another Via list than its request',
  },
  {
    rule: 'R-MSG-06',
    what: 'a response to nothing',
    verdict: 'violated',
    trace: () => continueCall().change('S 200', { cseq: 7 }),
    says: 'of no request',
  },
  { rule: 'R-MSG-07', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-MSG-07',
    what: 'a further early dialog',
    verdict: 'satisfied',
    level: 'info',
    trace: () =>
      continueCall().change('S 200', { fields: { to: { uri: 'sip:b', tag: 'another' } } }),
    says: 'another To tag than',
  },
  {
    rule: 'R-MSG-07',
    what: 'a refusal with a tag of its own',
    verdict: 'violated',
    level: 'error',
    trace: () =>
      rejectedCall().change('S 486', { fields: { to: { uri: 'sip:b', tag: 'another' } } }),
    says: 'another To tag than',
  },
  { rule: 'R-MSG-08', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-MSG-08',
    what: 'an UPDATE without Contact',
    verdict: 'violated',
    trace: () => continueCall().change('S UPDATE', { fields: { contact: null } }),
    says: "The CMR Server's UPDATE has no Contact",
  },
  {
    rule: 'R-MSG-09',
    what: 'a tag with capitals that is used',
    verdict: 'satisfied',
    trace: () => asked({ Supported: 'Early-Session, 100rel' }, 183, { Require: 'early-session' }),
  },
  {
    rule: 'R-MSG-09',
    what: 'a tag with capitals that is refused by who lists it without',
    verdict: 'violated',
    trace: () =>
      asked({ Require: 'Timer' }, 420, { Unsupported: 'Timer', Supported: 'timer, 100rel' }),
    says: 'refuses Timer, which its sender knows',
  },
  {
    rule: 'R-MSG-10',
    what: 'a 420 that names the tag',
    verdict: 'satisfied',
    trace: () => asked({ Require: 'foo' }, 420, { Unsupported: 'foo' }),
  },
  {
    rule: 'R-MSG-10',
    what: 'a 420 that names another',
    verdict: 'violated',
    trace: () => asked({ Require: 'foo' }, 420, { Unsupported: 'bar' }),
    says: 'does not name what was required',
  },
  {
    rule: 'R-MSG-10',
    what: 'a 200 of one that lists others',
    verdict: 'violated',
    trace: () => asked({ Require: 'foo' }, 200, { Supported: 'timer' }),
    says: 'though it lists no foo',
  },
  { rule: 'R-MSG-11', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-MSG-11',
    what: 'a reliable 180 that nobody asked for',
    verdict: 'violated',
    trace: () => asked({ Supported: 'timer' }, 180, { Require: '100rel' }),
    says: 'requires 100rel, which its request did not list',
  },
  { rule: 'R-MSG-12', what: 'a refused call', verdict: 'satisfied', trace: rejectedCall },
  {
    rule: 'R-MSG-12',
    what: 'a CANCEL with Require',
    verdict: 'violated',
    trace: () => cancelled({ Require: '100rel' }),
    says: 'CANCEL has Require',
  },
  {
    rule: 'R-MSG-12',
    what: 'an ACK that requires what its INVITE did not',
    verdict: 'violated',
    trace: () => continueCall().change('A ACK', { headers: { Require: 'foo' } }),
    says: 'requires foo, unlike its INVITE',
  },
  { rule: 'R-MSG-13', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-MSG-13',
    what: 'another body in the same dialog',
    verdict: 'violated',
    trace: () => forwarded(69).change('S INVITE', { sdp: sdp.offerToB }),
    says: 'changed the body of',
  },
  { rule: 'R-MSG-14', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-MSG-14',
    what: 'an answer for another session',
    verdict: 'violated',
    trace: () => {
      const bodies = [{ disposition: 'early-session', description: sdp.reanswerOfA }] as const;
      return continueCall().change('A 200 UPDATE', { bodies });
    },
    says: 'another kind',
  },
  {
    rule: 'R-MSG-15',
    what: 'an unknown refusal that is acknowledged',
    verdict: 'satisfied',
    trace: () => asked({}, 447).sip('A', 'S', 'ACK', { at: 110, arrives: 150, like: 'A INVITE' }),
  },
  {
    rule: 'R-MSG-15',
    what: 'an unknown refusal that is not',
    verdict: 'violated',
    trace: () => asked({}, 447),
    says: 'Nobody acknowledged',
  },
  {
    rule: 'R-MSG-15',
    what: 'an INVITE repeated after an unknown 1xx',
    verdict: 'violated',
    trace: () => asked({}, 187).change('A INVITE', { again: [{ at: 510, arrives: 550 }] }),
    says: 'repeated after',
  },
  { rule: 'R-MSG-16', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-MSG-16',
    what: 'Alert-Info in a 200',
    verdict: 'violated',
    trace: () => asked({}, 200, { 'Alert-Info': '<http://ring>' }),
    says: 'Alert-Info, which belongs in INVITE and its 1xx',
  },
  {
    rule: 'R-MSG-17',
    what: 'an INVITE that lists both',
    verdict: 'satisfied',
    trace: () => asked({ Allow: 'INVITE', Supported: '100rel' }, 180),
  },
  {
    rule: 'R-MSG-17',
    what: 'an INVITE without Allow',
    verdict: 'violated',
    level: 'warning',
    trace: () => asked({ Supported: '100rel' }, 180),
    says: 'has no Allow',
  },
  { rule: 'R-MSG-18', what: 'a 180 without', verdict: 'not exercised', trace: continueCall },
  {
    rule: 'R-MSG-18',
    what: 'a 180 with Supported',
    verdict: 'satisfied',
    level: 'info',
    trace: () => asked({}, 180, { Supported: '100rel' }),
    says: 'lists for requests and 2xx',
  },
];

describeRules(ids, cases);
