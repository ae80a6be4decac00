import { runScenario } from '../run/run-scenario.ts';
import { withFaults, withPart } from '../scenario/parts-of-text.ts';
import { readScenario } from '../scenario/read-scenario.ts';
import type { Bundle } from './bundle.ts';

/** A scenario text and what a command line put beside it; null: the text's own seed. */
interface CalledText {
  readonly text: string;
  readonly faults: readonly string[];
  readonly seed: number | null;
}

/** The text with seed and faults in it. */
export function selfContained({ text, faults, seed }: CalledText): string {
  const whole = withFaults(text, faults);
  return seed === null ? whole : withPart(whole, ['seed'], seed);
}

/**
 * The bundle's call as a scenario that needs nothing beside it. Null where it makes another run:
 * the choices of the bundle are not those of its seed, or the engine has changed.
 */
export function textOfBundle({ manifest, scenario }: Bundle): string | null {
  const { faults, seed, engine } = manifest;
  const text = selfContained({ text: scenario, faults, seed });
  const read = readScenario(text, manifest.scenario);
  // Whoever reads it says what is wrong with it.
  if (read.scenario === null) return text;
  const { fingerprint } = runScenario(read.scenario, { engine });
  return fingerprint === manifest.fingerprint ? text : null;
}
