import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readScenario } from '../../sim-core/authoring.ts';
import { runScenario, type Metrics } from '../../sim-core/index.ts';
import type { Scenario } from '../../sim-core/scenario/scenario.ts';
import { withLatencies, withProcessing } from '../support/scenarios.ts';

/** Times of the network, in µs: dX between the CMR Server and X, mXY of media, p of processing. */
interface Times {
  readonly dA: number;
  readonly dB: number;
  readonly dR: number;
  readonly mRA: number;
  readonly mAB: number;
  readonly p: number;
}

function times(more: Partial<Record<keyof Times, number>> = {}): fc.Arbitrary<Times> {
  const length = (most = 60_000) => fc.integer({ min: 1, max: most });
  return fc.record({
    dA: length(more.dA),
    dB: length(more.dB),
    dR: length(more.dR),
    mRA: length(more.mRA),
    mAB: length(more.mAB),
    p: fc.nat(more.p ?? 15_000),
  });
}

function call(...lines: string[]): Scenario {
  const text = ['apiVersion: ringscope/v1', 'baseline: voice-call', 'title: x', ...lines].join(
    '\n',
  );
  const read = readScenario(text, 'call');
  if (read.scenario === null) throw new Error(read.problems.map(({ says }) => says).join('\n'));
  return read.scenario;
}

function measured(scenario: Scenario, { dA, dB, dR, mRA, mAB, p }: Times): Metrics {
  const links = { a: dA, b: dB, r: dR, 'media-a': mRA, 'media-b': mRA, 'media-ab': mAB };
  const timed = withProcessing(withLatencies(scenario, links), p);
  return runScenario(timed, { engine: 'test' }).metrics;
}

const most = (...lengths: number[]) => Math.max(0, ...lengths);

describe('Gateway Mode, ring stopped at the answer (spec §5.3, §5.6)', () => {
  const scenario = call('until: 30s');
  /** From Client-B's 200, in µs. */
  const ringEnds = ({ dB, dR, mRA, p }: Times) => dB + dR + 2 * p + mRA;
  const answeredAtA = ({ dA, dB, p }: Times) => dB + 3 * dA + 3 * p;

  it('ringStart: reservation there and back, the command to play, and the way to Client-A', () => {
    fc.assert(
      fc.property(times(), (each) => {
        const { dR, mRA, p } = each;
        // From the 180 at the CMR Server: the row of §5.3 without dB, where the ring comes after
        // the 180. It is heard before it too, for an offerer is ready at once (R-OA-12).
        expect(measured(scenario, each).ringStart).toBe(3 * dR + 4 * p + mRA);
      }),
      { numRuns: 25 },
    );
  });

  it('deadAir: none, unless the voice takes longer than the ring takes to stop', () => {
    fc.assert(
      fc.property(times({ mAB: 200_000 }), (each) => {
        expect(measured(scenario, each).deadAir).toBe(most(each.mAB - ringEnds(each)));
      }),
      { numRuns: 25 },
    );
  });

  it('ringTail: what of the ring is heard after the 200, up to the first of the voice', () => {
    fc.assert(
      fc.property(times({ dR: 200_000, mAB: 400_000 }), (each) => {
        const answered = answeredAtA(each);
        const until = Math.min(ringEnds(each), most(answered, each.mAB));
        expect(measured(scenario, each).ringTail).toBe(most(until - answered));
      }),
      { numRuns: 25 },
    );
  });

  it('answerLag and both cut-throughs', () => {
    fc.assert(
      fc.property(times(), (each) => {
        const { dA, dB, mAB, p } = each;
        const found = measured(scenario, each);
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

describe('Gateway Mode, Continue', () => {
  const scenario = call(
    'until: 30s',
    'nodes: { cmr-server: { policy: { operator: allow, subscriber: continue } } }',
  );

  it('contGap: none, for the ring goes on until the mixture replaces it', () => {
    fc.assert(
      fc.property(times(), (each) => {
        expect(measured(scenario, each)).toMatchObject({ contGap: 0, deadAir: 0 });
      }),
      { numRuns: 25 },
    );
  });

  it('contGap: as long as the jitter buffer, which the mixer fills anew', () => {
    const buffered = call(
      'until: 30s',
      'nodes:',
      '  client-a: { jitter-buffer: 60ms }',
      '  cmr-server: { policy: { operator: allow, subscriber: continue } }',
    );
    fc.assert(
      fc.property(times(), (each) => {
        // Else the mixer would begin with the ring alone, before Client-B's media reach it.
        fc.pre(each.mRA <= 4 * each.dA + each.dR);
        expect(measured(buffered, each).contGap).toBe(60_000);
      }),
      { numRuns: 15 },
    );
  });
});
