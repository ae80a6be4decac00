import { describe, expect, it } from 'vitest';

import { readScenario } from '../../sim-core/authoring.ts';
import {
  lanesAsText,
  printMetric,
  runScenario,
  textLadder,
  type Run,
  type Scenario,
} from '../../sim-core/index.ts';
import { shippedFiles } from '../support/shipped-files.ts';

/** What the scenario is about, and whatever did not hold: every other verdict would drown them. */
function worthShowing(run: Run, scenario: Scenario) {
  return run.verdicts.filter(
    ({ clause, verdict }) =>
      scenario.shows.includes(clause) ||
      verdict === 'violated' ||
      verdict === 'inconclusive',
  );
}

/** Golden runs as text, so that a change of behaviour is reviewed as a picture. */
describe.each(shippedFiles())('$path', ({ path, text }) => {
  const { scenario } = readScenario(text, path);
  if (scenario === null) throw new Error(`${path} cannot be read`);
  const run = runScenario(scenario, { engine: 'golden' });

  it('meets what it expects', () => {
    expect(run.expectations.filter(({ met }) => !met)).toEqual([]);
    expect(run.ended).toBe('quiet');
  });

  it('shows what it says it shows', () => {
    const judged = run.verdicts.filter(({ clause }) => scenario.shows.includes(clause));
    // A breach is shown where it is what the scenario expects.
    const { verdicts } = scenario.expect;
    const other = judged.filter(
      ({ clause, verdict }) => verdict !== (verdicts[clause] ?? 'satisfied'),
    );
    expect(other).toEqual([]);
  });

  it('violates nothing it does not expect to violate', () => {
    const expected = new Map(Object.entries(scenario.expect.verdicts));
    const violated = run.verdicts.filter(
      ({ clause, verdict }) =>
        verdict === 'violated' && expected.get(clause) !== 'violated',
    );
    expect(violated).toEqual([]);
  });

  it('looks as it did when it was reviewed', async () => {
    const page = [
      ...textLadder(run.header, run.records, {
        width: 110,
        colour: false,
        ascii: false,
        steps: false,
        timers: 'with effect',
      }),
      '',
      ...lanesAsText(run.header, run.hears, {
        width: 110,
        colour: false,
        ascii: false,
        until: run.endedAt,
      }),
      '',
      ...worthShowing(run, scenario).map(
        ({ clause, verdict, says }) => `${clause} ${verdict}: ${says}`,
      ),
      '',
      ...Object.entries(run.metrics).map(([name, value]) => `${name}: ${printMetric(name, value)}`),
      ...run.warnings.map(({ code, says }) => `${code}: ${says}`),
      `outcome: ${run.outcome}`,
      `fingerprint: ${run.fingerprint}`,
    ];
    const golden = `${path.replace(/\.cmr\.yaml$/, '').replaceAll('/', '--')}.ladder.txt`;
    await expect(`${page.join('\n')}\n`).toMatchFileSnapshot(golden);
  });
});
