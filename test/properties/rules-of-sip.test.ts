import fc from 'fast-check';
import { expect, test } from 'vitest';

import { runScenario } from '../../sim-core/run/run-scenario.ts';
import { anyScenario } from '../support/any-scenario.ts';

/** Loss, copies, reordering, slow links, people who change their minds: none excuses a breach. */
test('no disturbed call breaks a rule that demands something', () => {
  fc.assert(
    fc.property(anyScenario, fc.nat(), (scenario, seed) => {
      const { verdicts } = runScenario(scenario, { engine: 'test', seed });
      const broken = verdicts.filter(
        ({ clause, verdict, level }) =>
          clause.startsWith('R-') && verdict === 'violated' && level === 'error',
      );
      expect(broken.map(({ clause, says }) => `${clause}: ${says}`)).toEqual([]);
    }),
    { numRuns: 300, endOnFailure: true },
  );
}, 120_000);
