import { ratio } from '../../sim-core/base/ratio.ts';
import { readScenario } from '../../sim-core/authoring.ts';
import { micros } from '../../sim-core/base/micros.ts';
import { runScenario, type Scenario } from '../../sim-core/index.ts';
import { exactMathFingerprint } from './exact-math-fingerprint.ts';

export interface ScenarioFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Fingerprints of every scenario as it is written and over a rough network under three seeds,
 * and of the exact functions. Every engine must give the same; it runs in a browser as it is.
 */
export function engineFingerprints(files: readonly ScenarioFile[]): Record<string, string> {
  const prints: Record<string, string> = { 'exact maths': exactMathFingerprint(10_000) };
  for (const { path, text } of files) {
    const { scenario } = readScenario(text, path);
    if (scenario === null) throw new Error(`${path} cannot be read`);
    prints[path] = runScenario(scenario, { engine: 'any' }).fingerprint;
    for (const seed of [1, 2, 3]) {
      const run = runScenario(roughened(scenario), { engine: 'any', seed });
      prints[`${path}, rough, seed ${seed}`] = run.fingerprint;
    }
  }
  return prints;
}

/** The scenario over links that lose, double and delay as chance has it. */
function roughened(scenario: Scenario): Scenario {
  const links = scenario.links.map((link) => ({
    ...link,
    latency: { least: micros(5_000), most: micros(90_000) },
    loss: ratio(1, 9),
    duplicate: ratio(1, 11),
    mayReorder: true,
  }));
  return { ...scenario, links };
}
