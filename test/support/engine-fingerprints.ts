import { ratio } from '../../sim-core/base/ratio.ts';
import { readScenario } from '../../sim-core/authoring.ts';
import { micros } from '../../sim-core/base/micros.ts';
import { earOf, runScenario, soundsOf, type Run, type Scenario } from '../../sim-core/index.ts';
import { exactMathFingerprint } from './exact-math-fingerprint.ts';

export interface ScenarioFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Fingerprints of every scenario as it is written, of its sound, and of it over a rough network under three seeds,
 * and of the exact functions. Every engine must give the same; it runs in a browser as it is.
 */
export function engineFingerprints(files: readonly ScenarioFile[]): Record<string, string> {
  const prints: Record<string, string> = { 'exact maths': exactMathFingerprint(10_000) };
  for (const { path, text } of files) {
    const { scenario } = readScenario(text, path);
    if (scenario === null) throw new Error(`${path} cannot be read`);
    const asWritten = runScenario(scenario, { engine: 'any' });
    prints[path] = asWritten.fingerprint;
    prints[`${path}, as heard`] = soundFingerprint(asWritten);
    for (const seed of [1, 2, 3]) {
      const run = runScenario(roughened(scenario), { engine: 'any', seed });
      prints[`${path}, rough, seed ${seed}`] = run.fingerprint;
    }
  }
  return prints;
}

/** A hash over what every terminal hears in the first moments after something changes for it. */
function soundFingerprint({ header, hears }: Run): string {
  const sounds = soundsOf(header);
  let hash = 0x811c9dc5;
  for (const { node, fromMicros } of hears) {
    const ear = earOf(hears, node, sounds);
    const samples = ear.samples(fromMicros, micros(fromMicros + 300_000));
    for (const sample of samples) hash = Math.imul(hash ^ (sample & 0xffff), 0x01000193);
  }
  return (hash >>> 0).toString(16);
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
