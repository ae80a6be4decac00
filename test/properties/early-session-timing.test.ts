import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anyTimes, measuredCall, mostOf, voiceCall, type Times } from '../support/timed-calls.ts';

describe('Application Server Mode (spec §5.3, §5.6)', () => {
  const scenario = voiceCall('until: 30s', 'nodes: { cmr-server: { mode: application-server } }');
  /** From Client-B's 200, in µs. */
  const answeredAtA = ({ dA, dB, p }: Times) => dB + dA + p;
  const ringStops = ({ dB, dR, mRA, p }: Times) => dB + dR + 2 * p + mRA;

  it('ringStart: reservation, 180 and PRACK, the command to play, and the way to Client-A', () => {
    fc.assert(
      fc.property(anyTimes(), (each) => {
        const { dA, dR, mRA, p } = each;
        expect(measuredCall(scenario, each).ringStart).toBe(3 * dR + 2 * dA + mRA + 6 * p);
      }),
      { numRuns: 25 },
    );
  });

  it('the early session ends with the 200: no ring after it (R-ES-06), and deadAir from there', () => {
    fc.assert(
      fc.property(anyTimes({ dR: 200_000, mAB: 200_000 }), (each) => {
        const found = measuredCall(scenario, each);
        expect(found.answerLag).toBe(answeredAtA(each));
        expect(found.ringTail).toBe(0);
        const ringEnds = Math.min(answeredAtA(each), ringStops(each));
        expect(found.deadAir).toBe(mostOf(each.mAB - ringEnds));
      }),
      { numRuns: 25 },
    );
  });
});

describe('Application Server Mode, Continue (GAP-18)', () => {
  const nodes = [
    'nodes:',
    '  client-b: { alerting: { reliable: true, with-answer: true } }',
    '  cmr-server: { mode: application-server, policy: { operator: allow, subscriber: continue } }',
  ];
  const literal = voiceCall('until: 30s', ...nodes);
  const earlier = voiceCall('until: 30s', 'switches: { SW-MIX-START: on-200-update }', ...nodes);
  it("contGap: Client-A's ACK, the command to mix, and the way of the mixture", () => {
    fc.assert(
      fc.property(anyTimes(), (each) => {
        const { dA, dR, mRA, p } = each;
        expect(measuredCall(literal, each).contGap).toBe(dA + dR + 3 * p + mRA);
      }),
      { numRuns: 25 },
    );
  });

  it('contGap is shorter where mixing begins with the answer to the UPDATE', () => {
    fc.assert(
      fc.property(anyTimes(), (each) => {
        const { dA, dR, mRA, p } = each;
        expect(measuredCall(earlier, each).contGap).toBe(mostOf(dR + p + mRA - dA));
      }),
      { numRuns: 25 },
    );
  });
});

describe('HTTP Mode', () => {
  const scenario = voiceCall(
    'until: 30s',
    'nodes:',
    '  cmr-server: { mode: http }',
    '  resource-server: { resources: { melody: { size: 100kB, bandwidth: 2Mbit/s } } }',
  );

  it('ringStart: the 180 on to Client-A, connection and GET, and 0.4 s of download', () => {
    fc.assert(
      fc.property(anyTimes(), (each) => {
        const { dA, mRA, p } = each;
        // The row of §5.3 without dB, and p of the Resource Server for the GET.
        const found = measuredCall(scenario, each);
        expect(found.ringStart).toBe(dA + 3 * p + 4 * mRA + 400_000);
        expect(found.ringTail).toBe(0);
      }),
      { numRuns: 25 },
    );
  });
});
