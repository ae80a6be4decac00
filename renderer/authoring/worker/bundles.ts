import { addFault, readScenario } from '../../../sim-core/authoring.ts';
import {
  bundleOf,
  packBundle,
  replayBundle,
  unpackBundle,
  type Bundle,
} from '../../../sim-core/experimenting.ts';
import { runScenario, startJudgedRun } from '../../../sim-core/index.ts';
import type { OpenedBundle } from '../answers.ts';
import { setInText } from './texts.ts';

const engine = __RINGSCOPE_VERSION__;

/**
 * Reads a bundle and makes its run again, to compare it record by record.
 * @throws Error with one sentence that says what is wrong with these bytes
 */
export function unpack(bytes: Uint8Array): OpenedBundle {
  const reading = unpackBundle(bytes);
  if (reading.bundle === null) throw new Error(reading.says);
  const { manifest, scenario: text } = reading.bundle;
  const { scenario, seed, faults } = manifest;
  return {
    name: scenario.split(/[/\\]/).at(-1) ?? 'bundle.cmr.yaml',
    text,
    seed,
    faults,
    differs: differenceOf(reading.bundle, reading.isIntact),
  };
}

function differenceOf(bundle: Bundle, isIntact: boolean): string | null {
  const replay = replayBundle(bundle, engine);
  switch (replay.kind) {
    case 'unreadable':
      return 'The scenario in this bundle cannot be read.';
    case 'diverged':
      return `This run differs from the recorded one at record ${replay.record}.`;
    case 'same': {
      if (!isIntact) return 'The run is the recorded one, but the file is not as it was written.';
      const { manifest, scenario: text } = bundle;
      const { scenario } = readScenario(text, manifest.scenario);
      if (scenario === null || manifest.faults.length > 0) return null;
      const { fingerprint } = runScenario(scenario, { engine, seed: manifest.seed });
      const isSeeds = fingerprint === manifest.fingerprint;
      return isSeeds ? null : 'The recorded run took choices of its own; its seed’s run is shown.';
    }
  }
}

/** What a bundle is made of. */
interface Packed {
  readonly name: string;
  readonly text: string;
  /** Null: the scenario's own. */
  readonly seed: number | null;
  readonly settings: readonly { readonly path: string; readonly value: string }[];
  readonly faults: readonly string[];
}

/**
 * The run of a text, changed as it says, as a bundle.
 * @throws Error where the text is no scenario, or a change is none of it
 */
export function pack({ name, text: written, seed, settings, faults }: Packed): Uint8Array {
  const text = settings.reduce((now, { path, value }) => setInText(now, path, value), written);
  const { scenario, problems } = readScenario(text, name);
  if (scenario === null) throw new Error(problems[0]?.says ?? 'the scenario cannot be read');
  const disturbed = faults.toReversed().reduce((now, sentence) => {
    const addition = addFault(now, sentence);
    if (addition.scenario === null) throw new Error(addition.problem.says);
    return addition.scenario;
  }, scenario);
  const judged = startJudgedRun(disturbed, { engine, seed: seed ?? scenario.seed });
  judged.live.advance(Infinity);
  const run = judged.finish();
  return packBundle(bundleOf(run, { name, text, faults }, judged.live.chooser.log));
}
