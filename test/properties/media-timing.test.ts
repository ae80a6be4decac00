import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anyTimes, measuredCall, mostOf, voiceCall, type Times } from '../support/timed-calls.ts';

describe('Gateway Mode, ring stopped at the answer (spec §5.3, §5.6)', () => {
  const scenario = voiceCall('until: 30s');
  /** From Client-B's 200, in µs. */
  const ringEnds = ({ dB, dR, mRA, p }: Times) => dB + dR + 2 * p + mRA;
  const answeredAtA = ({ dA, dB, p }: Times) => dB + 3 * dA + 3 * p;

  it('ringStart: reservation there and back, the command to play, and the way to Client-A', () => {
    fc.assert(
      fc.property(anyTimes(), (each) => {
        const { dR, mRA, p } = each;
        // From the 180 at the CMR Server: the row of §5.3 without dB, where the ring comes after
        // the 180. It is heard before it too, for an offerer is ready at once (R-OA-12).
        expect(measuredCall(scenario, each).ringStart).toBe(3 * dR + 4 * p + mRA);
      }),
      { numRuns: 25 },
    );
  });

  it('deadAir: none, unless the voice takes longer than the ring takes to stop', () => {
    fc.assert(
      fc.property(anyTimes({ mAB: 200_000 }), (each) => {
        expect(measuredCall(scenario, each).deadAir).toBe(mostOf(each.mAB - ringEnds(each)));
      }),
      { numRuns: 25 },
    );
  });

  it('ringTail: what of the ring is heard after the 200, up to the first of the voice', () => {
    fc.assert(
      fc.property(anyTimes({ dR: 200_000, mAB: 400_000 }), (each) => {
        const answered = answeredAtA(each);
        const until = Math.min(ringEnds(each), mostOf(answered, each.mAB));
        expect(measuredCall(scenario, each).ringTail).toBe(mostOf(until - answered));
      }),
      { numRuns: 25 },
    );
  });

  it('answerLag and both cut-throughs', () => {
    fc.assert(
      fc.property(anyTimes(), (each) => {
        const { dA, dB, mAB, p } = each;
        const found = measuredCall(scenario, each);
        expect(found.answerLag).toBe(dB + 3 * dA + 3 * p);
        expect(found.cutThroughBA).toBe(mAB);
        // Client-A speaks to Client-B from the UPDATE on that names it.
        expect(found.cutThroughAB).toBe(dB + dA + 2 * p + mAB);
        expect(found.contGap).toBeNull();
        expect(found.preAnswerLoss).toBe(0);
      }),
      { numRuns: 25 },
    );
  });
});

describe('Gateway Mode at a terminal that filters its sources (GAP-28)', () => {
  const scenario = voiceCall('until: 30s', 'switches: { SW-A-SOURCE-FILTER: sdp-remote }');

  it('keeps out the voice before the UPDATE and the ring after it', () => {
    fc.assert(
      fc.property(anyTimes({ dR: 200_000, mAB: 200_000 }), (each) => {
        const { dA, dB, dR, mRA, mAB, p } = each;
        const switched = dB + p + dA;
        const ringEnds = dB + dR + 2 * p + mRA;
        const found = measuredCall(scenario, each);
        expect(found.preAnswerLoss).toBe(mostOf(switched - mAB));
        expect(found.deadAir).toBe(mostOf(mAB, switched) - Math.min(ringEnds, switched));
      }),
      { numRuns: 25 },
    );
  });
});

describe('Gateway Mode, Continue', () => {
  const scenario = voiceCall(
    'until: 30s',
    'nodes: { cmr-server: { policy: { operator: allow, subscriber: continue } } }',
  );

  it('contGap: none, for the ring goes on until the mixture replaces it', () => {
    fc.assert(
      fc.property(anyTimes(), (each) => {
        expect(measuredCall(scenario, each)).toMatchObject({ contGap: 0, deadAir: 0 });
      }),
      { numRuns: 25 },
    );
  });

  it('contGap: as long as the jitter buffer, which the mixer fills anew', () => {
    const buffered = voiceCall(
      'until: 30s',
      'nodes:',
      '  client-a: { jitter-buffer: 60ms }',
      '  cmr-server: { policy: { operator: allow, subscriber: continue } }',
    );
    fc.assert(
      fc.property(anyTimes(), (each) => {
        // Else the mixer would begin with the ring alone, before Client-B's media reach it.
        fc.pre(each.mRA <= 4 * each.dA + each.dR);
        expect(measuredCall(buffered, each).contGap).toBe(60_000);
      }),
      { numRuns: 15 },
    );
  });
});
