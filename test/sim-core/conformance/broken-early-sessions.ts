import { gone, violated, type Broken } from './broken-call.ts';
import { getOf } from './fetched-ring.ts';
import { byHttp, earlyRingback, earlyRingTone, earlySdp, url } from './reference-early-sessions.ts';

const early = (description: typeof earlySdp.offer) =>
  ({ disposition: 'early-session', description }) as const;

const reliable = { RSeq: '1' };

/** What is judged of the ring tone once none is due. */
const noRingTone = {
  'DEL-AS-SRV-07': gone,
  'DEL-AS-SRV-08': gone,
  'DEL-AS-SRV-09': gone,
  'DEL-AS-CLI-05': gone,
  'DEL-AS-CLI-06': gone,
} as const;

/** Without a ring there is nothing to decide when Client-B answers. */
const undecided = { 'CON-GEN-01': gone, 'CON-SRV-01': gone } as const;

/** Breaches of Application Server Mode and HTTP Mode. */
export const brokenEarlySessions: readonly Broken[] = [
  {
    what: 'an early session that the INVITE does not ask for',
    call: earlyRingback,
    vary: (trace) => trace.change('A INVITE', { headers: { Supported: '100rel' } }),
    flips: {
      'DEL-AS-SRV-01': violated,
      'DEL-AS-SRV-02': gone,
      'DEL-AS-SRV-03': gone,
      'DEL-AS-SRV-04': gone,
      'DEL-AS-CLI-01': gone,
      'DEL-AS-CLI-02': gone,
      'DEL-AS-CLI-03': gone,
    },
    says: 'an early session was offered all the same',
  },
  {
    what: 'a Client-A that knows early sessions and leaves 100rel out',
    call: earlyRingback,
    vary: (trace) => trace.change('A INVITE', { headers: { Supported: 'early-session' } }),
    flips: {
      'DEL-AS-SRV-01': violated,
      'DEL-AS-SRV-02': gone,
      'DEL-AS-SRV-03': gone,
      'DEL-AS-SRV-04': gone,
      'DEL-AS-CLI-01': violated,
      'DEL-AS-CLI-02': gone,
      'DEL-AS-CLI-03': gone,
    },
    says: "Client-A's INVITE does not support 100rel",
  },
  {
    what: 'no early session in the 180',
    call: earlyRingback,
    vary: (trace) => trace.change('S 180', { bodies: [] }).without('play', 'ring audio'),
    flips: {
      'DEL-AS-SRV-01': violated,
      'DEL-AS-SRV-02': violated,
      'DEL-AS-SRV-04': gone,
      'DEL-AS-SRV-05': gone,
      ...undecided,
      'DEL-AS-CLI-02': gone,
      'DEL-AS-CLI-03': gone,
    },
    says: 'offers no early session',
  },
  {
    what: 'early-session required twice',
    call: earlyRingback,
    vary: (trace) =>
      trace.change('S 180', {
        headers: { Require: 'early-session, early-session, 100rel', ...reliable },
      }),
    flips: { 'DEL-AS-SRV-03': violated },
    says: 'requires early-session twice',
  },
  {
    what: 'the ring ordered before the early answer',
    call: earlyRingback,
    vary: (trace) => trace.shift('play', 300),
    flips: { 'DEL-AS-SRV-04': violated },
    says: 'before the early answer',
  },
  {
    what: 'the ring never stopped',
    call: earlyRingback,
    vary: (trace) => trace.without('stop'),
    flips: { 'DEL-AS-SRV-05': violated },
    says: 'No stop command followed',
  },
  {
    what: 'a PRACK without the early answer',
    call: earlyRingback,
    vary: (trace) => trace.change('A PRACK', { bodies: [] }).without('play', 'ring audio'),
    flips: {
      'DEL-AS-SRV-04': gone,
      'DEL-AS-SRV-05': gone,
      ...undecided,
      'DEL-AS-CLI-02': violated,
      'DEL-AS-CLI-03': gone,
    },
    says: "Client-A's PRACK has no early-session answer",
  },
  {
    what: 'an early ring that Client-A does not play',
    call: earlyRingback,
    vary: (trace) => trace.without('A hears the ring'),
    flips: { 'DEL-AS-CLI-03': violated },
    says: 'Client-A does not play',
  },
  {
    what: 'a ring tone that Client-B does not support',
    call: earlyRingTone,
    vary: (trace) => trace.change('B 180', { headers: { Require: '100rel', ...reliable } }),
    flips: { 'DEL-AS-SRV-06': violated, 'DEL-AS-CLI-04': gone, ...noRingTone },
    says: "Client-B's response does not support early-session",
  },
  {
    what: 'a Client-B that says only in its 200 that it knows early sessions',
    call: earlyRingTone,
    vary: (trace) =>
      trace
        .change('B 180', { headers: { Require: '100rel', ...reliable } })
        .change('B 200', { headers: { Supported: 'early-session' } }),
    flips: { 'DEL-AS-SRV-06': violated, 'DEL-AS-CLI-04': violated, ...noRingTone },
    says: "Client-B's 180 does not support early-session",
  },
  {
    what: 'a PRACK without the offer',
    call: earlyRingTone,
    vary: (trace) => trace.change('S PRACK', { bodies: [] }),
    flips: {
      'DEL-AS-SRV-06': violated,
      'DEL-AS-SRV-07': violated,
      'DEL-AS-SRV-09': violated,
      'DEL-AS-CLI-05': gone,
    },
    says: 'The PRACK has no early-session part',
  },
  {
    what: 'a PRACK that requires 100rel instead',
    call: earlyRingTone,
    vary: (trace) =>
      trace.change('S PRACK', { headers: { RAck: '1 1 INVITE', Require: '100rel' } }),
    flips: { 'DEL-AS-SRV-08': violated },
    says: 'R-PRK-14',
  },
  {
    what: 'the ring tone never ordered',
    call: earlyRingTone,
    vary: (trace) => trace.without('play', 'ring audio', 'B hears the ring tone'),
    flips: { 'DEL-AS-SRV-09': violated, 'DEL-AS-CLI-06': gone, 'CON-CMRT-01': gone },
    says: 'No ring was ordered for Client-B',
  },
  {
    what: 'an early answer of Client-B with a line too many',
    call: earlyRingTone,
    vary: (trace) => {
      const { answerOfB } = earlySdp;
      const media = [...answerOfB.media, ...answerOfB.media];
      return trace.change('B 200 PRACK', { bodies: [early({ ...answerOfB, media })] });
    },
    flips: { 'DEL-AS-SRV-09': violated, 'DEL-AS-CLI-05': violated },
    says: 'has 2 m= lines, the offer 1',
  },
  {
    what: 'a ring tone that Client-B does not play',
    call: earlyRingTone,
    vary: (trace) => trace.without('B hears the ring tone'),
    flips: { 'DEL-AS-CLI-06': violated },
    says: 'Client-B does not play',
  },
  {
    what: 'the URL in the 200',
    call: byHttp,
    vary: (trace) => trace.change('S 200', { headers: { 'Alert-Info': url } }),
    flips: { 'DEL-HTTP-SRV-01': violated },
    says: 'The 200 names a resource',
  },
  {
    what: 'an INVITE to Client-B without the URL',
    call: byHttp,
    vary: (trace) => trace.change('S INVITE', { headers: {} }),
    flips: { 'DEL-HTTP-SRV-02': violated, 'DEL-HTTP-CLI-03': violated },
    says: 'names no resource',
  },
  {
    what: 'a ring tone that is never stopped',
    call: earlyRingTone,
    vary: (trace) => trace.without('stop'),
    flips: { 'DEL-AS-SRV-09': violated, 'CON-CMRT-01': violated },
    says: 'No stop command ended the ring tone',
  },
  {
    what: 'another resource than the 180 names',
    call: byHttp,
    vary: (trace) => trace.changePacket('A GET', () => getOf('A', '/other')),
    flips: { 'DEL-HTTP-CLI-01': violated },
    says: 'Client-A fetched http://10.0.0.4/other in place of',
  },
  {
    what: 'a GET before any resource was named',
    call: byHttp,
    vary: (trace) => trace.shift('A GET', 240),
    flips: { 'DEL-HTTP-CLI-01': violated },
    says: 'that nobody had named to it',
  },
  {
    what: 'a ring that Client-A plays before it has it',
    call: byHttp,
    vary: (trace) => trace.shift('A plays', 390),
    flips: { 'DEL-HTTP-CLI-02': violated },
    says: 'what it has not got yet',
  },
  {
    what: 'a ring that Client-A plays into the call',
    call: byHttp,
    vary: (trace) => trace.shift('A plays no more', 2_100),
    flips: { 'DEL-HTTP-CLI-02': violated },
    says: 'and it was to end at',
  },
  {
    what: 'another resource than the INVITE names',
    call: byHttp,
    vary: (trace) => trace.changePacket('B GET', () => getOf('B', '/other')),
    flips: { 'DEL-HTTP-CLI-03': violated },
    says: 'Client-B fetched http://10.0.0.4/other in place of',
  },
  {
    what: 'a ring tone that Client-B stops before the answer',
    call: byHttp,
    vary: (trace) => trace.shift('B plays no more', 1_990),
    flips: { 'DEL-HTTP-CLI-04': violated },
    says: 'while it rings',
  },
  {
    what: 'a ring tone that Client-B never plays',
    call: byHttp,
    vary: (trace) => trace.without('B plays', 'B plays no more'),
    flips: { 'DEL-HTTP-CLI-04': violated },
    says: 'Client-B does not play what it has fetched',
  },
];
