import fc from 'fast-check';

import { readScenario } from '../../sim-core/authoring.ts';
import { runScenario, type Metrics } from '../../sim-core/index.ts';
import type { Scenario } from '../../sim-core/scenario/scenario.ts';
import { withLatencies, withProcessing } from './scenarios.ts';

/** Times of the network, in µs: dX between the CMR Server and X, mXY of media, p of processing. */
export interface Times {
  readonly dA: number;
  readonly dB: number;
  readonly dR: number;
  readonly mRA: number;
  readonly mAB: number;
  readonly p: number;
}

/** Times of up to 60 ms, processing of up to 15, or up to what is said. */
export function anyTimes(most: Partial<Record<keyof Times, number>> = {}): fc.Arbitrary<Times> {
  const length = (longest = 60_000) => fc.integer({ min: 1, max: longest });
  return fc.record({
    dA: length(most.dA),
    dB: length(most.dB),
    dR: length(most.dR),
    mRA: length(most.mRA),
    mAB: length(most.mAB),
    p: fc.nat(most.p ?? 15_000),
  });
}

/** A voice call of the baseline, with these lines more. */
export function voiceCall(...lines: string[]): Scenario {
  const text = ['apiVersion: ringscope/v1', 'baseline: voice-call', 'title: x', ...lines].join(
    '\n',
  );
  const read = readScenario(text, 'call');
  if (read.scenario === null) throw new Error(read.problems.map(({ says }) => says).join('\n'));
  return read.scenario;
}

export function measuredCall(scenario: Scenario, each: Times): Metrics {
  const { dA, dB, dR, mRA, mAB, p } = each;
  const links = { a: dA, b: dB, r: dR, 'media-a': mRA, 'media-b': mRA, 'media-ab': mAB };
  const timed = withProcessing(withLatencies(scenario, links), p);
  return runScenario(timed, { engine: 'test' }).metrics;
}

/** The largest of them; 0 where all are below it. */
export function mostOf(...lengths: number[]): number {
  return Math.max(0, ...lengths);
}
