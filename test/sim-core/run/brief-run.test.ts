import { describe, expect, it } from 'vitest';

import { isMeasure, measures, readAxes, variantsOf } from '../../../sim-core/experimenting.ts';
import { runScenario, type Run } from '../../../sim-core/index.ts';
import { runInBrief, type BriefRun } from '../../../sim-core/run/brief-run.ts';
import { shippedText } from '../../support/scenarios.ts';

/** Scenarios, each along axes on which what they come to changes. */
const sweeps: readonly (readonly [string, readonly string[]])[] = [
  [
    'continue/as-in-the-figure',
    ['links.a.latency=0ms..240ms:40ms', 'links.b.latency=0ms..300ms:50ms'],
  ],
  [
    'continue/as-in-the-figure',
    ['links.a.loss=0%,10%,30%', 'links.b.latency=5ms..90ms,90ms..600ms'],
  ],
  ['gateway-mode/client-b-busy', ['links.a.latency=0ms,40ms,300ms,900ms,20s,70s']],
];

function brief(run: Run): BriefRun {
  const { header, records, ended, fingerprint, outcome, metrics, verdicts, warnings } = run;
  const violated = verdicts.filter(({ verdict }) => verdict === 'violated');
  return {
    header,
    records,
    ended,
    fingerprint,
    outcome,
    measured: new Map(measures.filter(isMeasure).map((name) => [name, metrics[name]])),
    violated: violated.map(({ clause }) => clause).sort(),
    warned: warnings.map(({ code }) => code),
  };
}

describe('a run in brief', () => {
  it.each(sweeps)('says of each cell of %s what the run says: %s', (path, axes) => {
    const asked = readAxes(axes);
    if (asked.axes === null) throw new Error(asked.says);
    const { variants } = variantsOf(shippedText(path), path, asked.axes);
    if (variants === null) throw new Error('no variants');
    const { behaving, judging } = variants;
    const outcomes = new Set<string>();
    for (let cell = 0; cell < variants.count; cell += 1) {
      for (const seed of [1, 2]) {
        const scenario = variants.scenarioOf(cell);
        const options = { engine: 'test', seed };
        const short = runInBrief(
          scenario,
          { ...options, behaving },
          judging,
          measures.filter(isMeasure),
        );
        const whole = brief(runScenario(scenario, options));
        expect({ ...short, violated: short.violated.toSorted() }).toEqual(whole);
        outcomes.add(`${whole.outcome} ${whole.violated.join()} ${whole.warned.join()}`);
      }
    }
    expect(outcomes.size).toBeGreaterThan(1);
  });
});
