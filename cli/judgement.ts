import type { ClauseVerdict, Run, Scenario } from '../sim-core/index.ts';
import type { Ending } from './exit-codes.ts';

/** What a finished run comes to for the command line. */
export interface Judgement {
  readonly ending: Extract<Ending, 'passed' | 'failed' | 'inconclusive'>;
  /** Violated, and not expected to be. */
  readonly violated: readonly ClauseVerdict[];
  readonly unmet: Run['expectations'];
  /** One sentence for each reason why nothing can be said for certain. */
  readonly doubts: readonly string[];
}

/**
 * A clause that the scenario expects to be violated is no failure when it is; its expectation
 * is. What is only recommended fails a run no more than what is left in doubt does, unless
 * `strict` makes failures of both.
 */
export function judge(run: Run, scenario: Scenario, strict: boolean): Judgement {
  const expected = new Map(Object.entries(scenario.expect.verdicts));
  const violated = run.verdicts.filter(
    ({ clause, verdict, level }) =>
      verdict === 'violated' &&
      expected.get(clause) !== 'violated' &&
      (level === 'error' || (strict && level === 'warning')),
  );
  const unmet = run.expectations.filter(({ met }) => !met);
  const doubts = run.verdicts
    .filter(({ verdict, level }) => verdict === 'inconclusive' && level === 'error')
    .map(({ clause, says }) => `${clause} could not be judged: ${says}`);
  if (run.ended === 'event limit') doubts.unshift('the run was ended by the limit on its events');
  if (violated.length > 0 || unmet.length > 0) return { ending: 'failed', violated, unmet, doubts };
  const ending = doubts.length === 0 ? 'passed' : strict ? 'failed' : 'inconclusive';
  return { ending, violated, unmet, doubts };
}
