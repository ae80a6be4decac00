import type { ClauseVerdict } from '../../sim-core/index.ts';
import type { Report } from '../run-files.ts';

/** One clause, or one expectation, of one scenario: what other tools call a test case. */
export interface Case {
  /** The clause's id, or the expectation's sentence. */
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped' | 'inconclusive' | 'warned';
  readonly says: string;
  /** Numbers of the records that show it. */
  readonly evidence: readonly number[];
}

/** Every verdict and expectation of a run, in the order in which they are reported. */
export function casesOf({ run, scenario, judgement }: Report): Case[] {
  const expected = new Map(Object.entries(scenario.expect.verdicts));
  const unexpected = new Set(judgement.violated.map(({ clause }) => clause));
  const verdicts = run.verdicts.map((one): Case => ({
    name: one.clause,
    result: resultOf(one, unexpected.has(one.clause), expected.get(one.clause) === 'violated'),
    says: one.says,
    evidence: one.evidence,
  }));
  const expectations = run.expectations.map(({ says, met, found }): Case => ({
    name: says,
    result: met ? 'passed' : 'failed',
    says: met ? says : `${says}, but found ${found}`,
    evidence: [],
  }));
  return [...verdicts, ...expectations];
}

/** A clause whose violation the scenario expects has passed when it is violated. */
function resultOf({ verdict }: ClauseVerdict, fails: boolean, expected: boolean): Case['result'] {
  switch (verdict) {
    case 'satisfied':
      return 'passed';
    case 'violated':
      if (expected) return 'passed';
      return fails ? 'failed' : 'warned';
    case 'not exercised':
      return 'skipped';
    case 'inconclusive':
      return 'inconclusive';
  }
}
