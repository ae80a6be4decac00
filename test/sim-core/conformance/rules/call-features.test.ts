import { continueCall } from '../reference-call.ts';
import { sdp } from '../reference-media.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import { answeredEarly, leg, ofA, ofS } from './leg-trace.ts';
import { answered, asked, cancelled, hungUp, rung, within } from './small-calls.ts';

const features = ['ALI-01', 'ALI-02', '199-01', '199-02', '199-03', 'RSN-01', 'DTMF-02'];
const timers = ['SE-01', 'SE-02', 'SE-03'];
const ids = [...features, ...timers].map((id) => `R-${id}`);

type Headers = Readonly<Record<string, string>>;

const told = (asking: Headers, headers: Headers, more: object = {}) =>
  asked({ headers: asking })
    .sip('S', 'A', 180, { at: 100, arrives: 140, answers: 'A INVITE', sdp: sdp.ring })
    .sip('S', 'A', 199, { at: 150, arrives: 190, answers: 'A INVITE', headers, ...more });

const reason = { Reason: 'SIP;cause=486' };

/** The early dialog's media come from the port its 180 named. */
const early = (until: number) =>
  told({ Supported: '199' }, reason)
    .rtp(
      'S',
      'A',
      'audio',
      { at: 110, arrives: 150, stream: 'ring', sources: ['r'], fromPort: 50_000, toPort: 4_000 },
      'ring',
    )
    .rtp(
      'S',
      'A',
      'audio',
      {
        at: until,
        arrives: until + 40,
        stream: 'ring',
        sources: [],
        fromPort: 50_000,
        toPort: 4_000,
      },
      'ring ends',
    )
    .changePacket('ring', atRing)
    .changePacket('ring ends', atRing);

function atRing<P>(packet: P): P {
  return { ...packet, from: { address: '10.0.0.4', port: 50_000 } };
}

const expires = (value: string) =>
  answered()
    .change('A INVITE', { headers: { Supported: 'timer', 'Session-Expires': value } })
    .change('S 200', { headers: { 'Session-Expires': `${value};refresher=uac` } });

/** The caller refreshes after so many seconds; then the call ends. */
const refreshed = (seconds: number, description = sdp.offerOfA) => {
  const at = 240 + seconds * 1_000;
  const headers = { 'Session-Expires': '100;refresher=uac' };
  return expires('100')
    .sip('A', 'S', 'UPDATE', { at, arrives: at + 40, cseq: 2, sdp: description, headers })
    .sip('S', 'A', 200, { at: at + 50, arrives: at + 90, answers: 'A UPDATE', headers }, 'fresh')
    .sip('A', 'S', 'BYE', { at: at + 9_000, arrives: at + 9_040, cseq: 3 });
};

const another = (version: number) => ({
  ...sdp.offerOfA,
  origin: { ...sdp.offerOfA.origin, version: sdp.offerOfA.origin.version + version },
});

/** The 200 says the first answer once more; then the media that it names are offered anew. */
const backToTheFirst = () => {
  const headers = { 'Session-Expires': '100;refresher=uac' };
  return leg(
    ...answeredEarly,
    ['S', 'UPDATE', { sdp: ofS(2, ['audio', 7_000]) }],
    ['A', 200, { answers: 'S UPDATE', sdp: ofA() }],
    ['S', 200, { answers: 'A INVITE', sdp: ofS(), headers }],
    ['A', 'ACK', { cseq: 1 }],
    ['S', 'INVITE', { sdp: ofS(3), headers }],
  );
};

const info = (named: Headers, takes: Headers) =>
  within('INFO', 200, { headers: named, sdp: null }, 'A').change('S 200', {
    headers: { Supported: 'timer', ...takes },
  });

const cases: readonly RuleCase[] = [
  {
    rule: 'R-ALI-01',
    what: 'in a 180',
    verdict: 'satisfied',
    trace: () => rung().change('S 180', { headers: { 'Alert-Info': '<http://r>' } }),
  },
  {
    rule: 'R-ALI-01',
    what: 'in a 200',
    verdict: 'violated',
    trace: () => answered().change('S 200', { headers: { 'Alert-Info': '<http://r>' } }),
    says: 'where nobody rings',
  },
  { rule: 'R-ALI-02', what: 'none', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-ALI-02',
    what: 'in a re-INVITE',
    verdict: 'satisfied',
    level: 'info',
    trace: () => continueCall().change('S re-INVITE', { headers: { 'Alert-Info': '<http://r>' } }),
    says: 'belongs to a re-INVITE and has Alert-Info',
  },
  {
    rule: 'R-199-01',
    what: 'asked for, with Reason',
    verdict: 'satisfied',
    trace: () => told({ Supported: '199' }, reason),
  },
  {
    rule: 'R-199-01',
    what: 'not asked for',
    verdict: 'violated',
    trace: () => told({ Supported: 'timer' }, reason),
    says: 'does not support it',
  },
  {
    rule: 'R-199-01',
    what: 'without Reason',
    verdict: 'violated',
    trace: () => told({ Supported: '199' }, {}),
    says: 'has no Reason',
  },
  {
    rule: 'R-199-01',
    what: 'with its own tag in Supported',
    verdict: 'violated',
    trace: () => told({ Supported: '199' }, { ...reason, Supported: '199' }),
    says: 'lists 199 itself',
  },
  { rule: 'R-199-02', what: 'media that ended', verdict: 'satisfied', trace: () => early(150) },
  {
    rule: 'R-199-02',
    what: 'media that go on',
    verdict: 'violated',
    trace: () => early(900),
    says: 'that 199 had ended',
  },
  {
    rule: 'R-199-03',
    what: 'plain',
    verdict: 'satisfied',
    trace: () => told({ Supported: '199' }, reason),
  },
  {
    rule: 'R-199-03',
    what: 'reliable',
    verdict: 'violated',
    level: 'warning',
    trace: () => told({ Supported: '199' }, { ...reason, RSeq: '2' }),
    says: 'is sent reliably',
  },
  {
    rule: 'R-199-03',
    what: 'with SDP',
    verdict: 'violated',
    trace: () => told({ Supported: '199' }, reason, { sdp: sdp.ring }),
    says: 'carries SDP',
  },
  {
    rule: 'R-RSN-01',
    what: 'in a BYE and a CANCEL',
    verdict: 'satisfied',
    trace: () =>
      cancelled().change('A CANCEL', {
        headers: { Reason: 'SIP;cause=200;text="Call, completed", Q.850;cause=16' },
      }),
  },
  {
    rule: 'R-RSN-01',
    what: 'a cause that is no number',
    verdict: 'violated',
    trace: () => hungUp('A').change('A BYE', { headers: { Reason: 'SIP;cause=busy' } }),
    says: 'of no known form',
  },
  {
    rule: 'R-RSN-01',
    what: 'two of one protocol',
    verdict: 'violated',
    trace: () =>
      hungUp('A').change('A BYE', { headers: { Reason: 'SIP;cause=486, sip;cause=487' } }),
    says: 'two Reasons of one protocol',
  },
  {
    rule: 'R-RSN-01',
    what: 'in a first INVITE',
    verdict: 'violated',
    trace: () => asked({ headers: reason }),
    says: 'outside a dialog',
  },
  {
    rule: 'R-RSN-01',
    what: 'in a 480',
    verdict: 'satisfied',
    level: 'info',
    trace: () =>
      rung().sip('S', 'A', 480, { at: 200, arrives: 240, answers: 'A INVITE', headers: reason }),
    says: 'foresees for requests',
  },
  { rule: 'R-SE-01', what: '100 s', verdict: 'satisfied', trace: () => expires('100') },
  {
    rule: 'R-SE-01',
    what: '60 s',
    verdict: 'violated',
    trace: () => expires('60'),
    says: 'has Session-Expires: 60',
  },
  {
    rule: 'R-SE-01',
    what: '422 without Min-SE',
    verdict: 'violated',
    trace: () => rung().sip('S', 'A', 422, { at: 200, arrives: 240, answers: 'A INVITE' }),
    says: 'which interval would do',
  },
  { rule: 'R-SE-02', what: 'at half of it', verdict: 'satisfied', trace: () => refreshed(50) },
  {
    rule: 'R-SE-02',
    what: 'after it',
    verdict: 'violated',
    level: 'warning',
    trace: () => refreshed(110),
    says: '68\u2009000 ms after it was agreed, though the interval is 100\u2009000 ms. One more case',
  },
  {
    rule: 'R-SE-02',
    what: 'never, and nobody hangs up',
    verdict: 'violated',
    trace: () => expires('100'),
    says: 'did not hang up',
  },
  {
    rule: 'R-SE-02',
    what: 'never, and the other side hangs up in time',
    verdict: 'satisfied',
    trace: () =>
      expires('100')
        .change('S 200', { headers: { 'Session-Expires': '100;refresher=uac' } })
        .sip('A', 'S', 'UPDATE', { at: 50_240, arrives: null, cseq: 2 })
        .sip('S', 'A', 'BYE', { at: 68_200, arrives: 68_240 }),
  },
  {
    rule: 'R-SE-03',
    what: 'the same version',
    verdict: 'satisfied',
    trace: () => refreshed(50, another(0)),
  },
  {
    rule: 'R-SE-03',
    what: 'a new version for nothing new',
    verdict: 'violated',
    trace: () => refreshed(50, another(1)),
    says: 'nothing but the version',
  },
  {
    rule: 'R-SE-03',
    what: 'a new version, for what was repeated is not what was agreed',
    verdict: 'not exercised',
    trace: backToTheFirst,
  },
  {
    rule: 'R-DTMF-02',
    what: 'a package that is taken',
    verdict: 'satisfied',
    trace: () => info({ 'Info-Package': 'dtmf' }, { 'Recv-Info': 'dtmf' }),
  },
  {
    rule: 'R-DTMF-02',
    what: 'a package that nobody asked for',
    verdict: 'violated',
    trace: () => info({ 'Info-Package': 'dtmf' }, {}),
    says: 'which nobody asked for',
  },
  {
    rule: 'R-DTMF-02',
    what: 'no package',
    verdict: 'violated',
    trace: () => info({}, { 'Recv-Info': 'dtmf' }),
    says: 'names no package',
  },
];

describeRules(ids, cases);
