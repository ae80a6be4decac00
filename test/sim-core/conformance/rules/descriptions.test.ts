import type { SdpLine, SessionDescription } from '../../../../sim-core/sdp/session-description.ts';
import { continueCall } from '../reference-call.ts';
import { describeRules, ruled, type RuleCase } from './judging-rules.ts';
import { invite, leg, ofA } from './leg-trace.ts';
import { expect, test } from 'vitest';

const ids = [1, 2, 3, 4, 5].map((n) => `R-SDP-0${n}`);

const offered = (sdp: SessionDescription) => leg(invite({ sdp }));

const withLines = (lines: readonly SdpLine[]): SessionDescription => ({ ...ofA(), lines });

const withMediaLines = (lines: readonly SdpLine[]): SessionDescription => {
  const usual = ofA();
  return { ...usual, media: usual.media.map((line) => ({ ...line, lines })) };
};

const kept: readonly RuleCase[] = ids.map((rule) => ({
  rule,
  what: 'a whole call',
  verdict: 'satisfied',
  trace: continueCall,
}));

const cases: readonly RuleCase[] = [
  ...kept,
  {
    rule: 'R-SDP-01',
    what: 't= before c=',
    verdict: 'violated',
    trace: () =>
      offered(
        withLines([
          ['t', '0 0'],
          ['c', 'IN IP4 10.0.0.1'],
        ]),
      ),
    says: 'has c= out of its order at session level',
  },
  {
    rule: 'R-SDP-01',
    what: 'a= before c= in a section',
    verdict: 'violated',
    trace: () =>
      offered(
        withMediaLines([
          ['a', 'sendrecv'],
          ['c', 'IN IP4 10.0.0.1'],
        ]),
      ),
    says: 'in the first m= line (audio)',
  },
  {
    rule: 'R-SDP-01',
    what: 'no t=',
    verdict: 'violated',
    trace: () => offered(withLines([['c', 'IN IP4 10.0.0.1']])),
    says: 'has no t= line',
  },
  {
    rule: 'R-SDP-02',
    what: 'no c= at all',
    verdict: 'violated',
    trace: () => offered(withLines([['t', '0 0']])),
    says: 'has no c= for the first m= line',
  },
  {
    rule: 'R-SDP-03',
    what: 'two directions',
    verdict: 'violated',
    trace: () =>
      offered(
        withMediaLines([
          ['a', 'rtpmap:96 AMR-WB/16000'],
          ['a', 'sendonly'],
          ['a', 'inactive'],
        ]),
      ),
    says: 'has two directions',
  },
  {
    rule: 'R-SDP-04',
    what: 'a session id beyond 64 bits',
    verdict: 'violated',
    trace: () =>
      offered({ ...ofA(), origin: { ...ofA().origin, sessionId: '18446744073709551616' } }),
    says: 'has the session id 18446744073709551616',
  },
  {
    rule: 'R-SDP-04',
    what: 'two sessions in one message',
    verdict: 'violated',
    trace: () => {
      const part = { disposition: 'session', description: ofA() } as const;
      return leg(invite({ bodies: [part, part] }));
    },
    says: 'has two descriptions for session',
  },
  {
    rule: 'R-SDP-05',
    what: 'a dynamic payload type without a=rtpmap',
    verdict: 'violated',
    trace: () => offered(withMediaLines([['a', 'rtpmap:96 AMR-WB/16000']])),
    says: 'says nothing of payload type 101',
  },
];

describeRules(ids, cases);

test('R-SDP-06 says why nothing was seen', () => {
  expect(ruled(continueCall())['R-SDP-06']).toMatchObject({
    verdict: 'not exercised',
    says: 'No RTCP is computed, so none was seen or missed.',
  });
});
