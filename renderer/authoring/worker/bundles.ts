import { addFault, readChoice, readScenario, type Scenario } from '../../../sim-core/authoring.ts';
import {
  bundleOf,
  packBundle,
  replayBundle,
  unpackBundle,
  type Bundle,
} from '../../../sim-core/experimenting.ts';
import {
  alteredChance,
  chanceOfRun,
  choiceText,
  startJudgedRun,
  startRun,
} from '../../../sim-core/index.ts';
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
  const { bundle, isIntact } = reading;
  const { manifest, scenario: text } = bundle;
  const { scenario: file, seed, faults } = manifest;
  const name = file.split(/[/\\]/).at(-1) ?? 'bundle.cmr.yaml';
  const made = { name, text, seed, faults };
  const replay = replayBundle(bundle, engine);
  switch (replay.kind) {
    case 'unreadable':
      return { ...made, choices: [], differs: 'The scenario in this bundle cannot be read.' };
    case 'diverged': {
      const differs = `This run differs from the recorded one at record ${replay.record}.`;
      return { ...made, choices: [], differs };
    }
    case 'same': {
      const changed = 'The run is the recorded one, but the file is not as it was written.';
      const differs = isIntact ? null : changed;
      return { ...made, choices: ownChoices(scenarioOf(made), manifest), differs };
    }
  }
}

/** What a run chose otherwise than its seed alone would have, as `--choice` takes it. */
function ownChoices(scenario: Scenario, { seed, choices }: Bundle['manifest']): string[] {
  const chance = chanceOfRun(seed, choices);
  startRun(scenario, { engine, seed, afterwards: chance, observe: null }).advance(Infinity);
  return chance.differing.map(
    ({ choice, point, value }) => `${choice}=${choiceText(point, value)}`,
  );
}

/** @throws Error where the text is no scenario, or a fault is none of it */
function scenarioOf({ name, text, faults }: Pick<Packed, 'name' | 'text' | 'faults'>): Scenario {
  const { scenario, problems } = readScenario(text, name);
  if (scenario === null) throw new Error(problems[0]?.says ?? 'the scenario cannot be read');
  return faults.toReversed().reduce((now, sentence) => {
    const addition = addFault(now, sentence);
    if (addition.scenario === null) throw new Error(addition.problem.says);
    return addition.scenario;
  }, scenario);
}

/** What a bundle is made of. */
interface Packed {
  readonly name: string;
  readonly text: string;
  /** Null: the scenario's own. */
  readonly seed: number | null;
  readonly settings: readonly { readonly path: string; readonly value: string }[];
  readonly faults: readonly string[];
  readonly choices: readonly string[];
}

/**
 * The run of a text, changed as it says, as a bundle.
 * @throws Error where the text is no scenario, or a change is none of it
 */
export function pack({ settings, choices, ...written }: Packed): Uint8Array {
  const { name, faults } = written;
  const text = settings.reduce((now, { path, value }) => setInText(now, path, value), written.text);
  const scenario = scenarioOf({ name, text, faults });
  const seed = written.seed ?? scenario.seed;
  const altered = choices.map((choice) => {
    const read = readChoice(choice);
    if (read.alteration === null) throw new Error(read.says);
    return read.alteration;
  });
  const afterwards = alteredChance(seed, altered);
  const judged = startJudgedRun(scenario, { engine, seed, afterwards });
  judged.live.advance(Infinity);
  const run = judged.finish();
  return packBundle(bundleOf(run, { name, text, faults }, judged.live.chooser.log));
}
