import {
  addFault,
  printProblems,
  readChoice,
  readScenario,
  setInScenario,
  visible,
  withFaults,
} from '../sim-core/authoring.ts';
import {
  alteredChance,
  startJudgedRun,
  unmetText,
  type Alteration,
  type ChoiceLog,
  type Run,
  type Scenario,
} from '../sim-core/index.ts';
import type { OneRunFlags, TextFlags } from './commands/define.ts';
import { judge, type Judgement } from './judgement.ts';
import { Refusal } from './refusal.ts';
import { readScenarioFile, type TextFile } from './scenario-files.ts';
import type { Terminal } from './terminal.ts';

/** One `--set`: a path of the scenario, and the value it gets. */
interface Setting {
  readonly path: string;
  readonly value: string;
}

/** What a command line changes in a scenario, and whether doubts are failures. */
export interface Changes {
  readonly seed: number | null;
  readonly settings: readonly Setting[];
  /** Sentences; of two that match a packet the first decides. */
  readonly faults: readonly string[];
  /** Choices of chance that are to come out otherwise, as they were written. */
  readonly choices: readonly string[];
  readonly strict: boolean;
}

export function changesOf(flags: OneRunFlags, strict: boolean): Changes {
  const until = flags.until === undefined ? [] : [{ path: 'until', value: flags.until }];
  const settings = [...(flags.set ?? []), ...until];
  const { seed = null, fault: faults = [], choice: choices = [] } = flags;
  return { seed, settings, faults, choices, strict };
}

/** A run, and what it was made from. */
export interface Report {
  readonly file: string;
  /** The scenario file as it was run: with everything the command line set written into it. */
  readonly text: string;
  /** Faults that the command line added, as sentences. */
  readonly faults: readonly string[];
  readonly choices: ChoiceLog;
  readonly scenario: Scenario;
  readonly run: Run;
  readonly judgement: Judgement;
}

/** Events between two looks at whether the user wants to stop. */
const eventsAtOnce = 20_000;

/** Reads a file and runs what it says. Throws a refusal with everything that is wrong with it. */
export async function runFile(name: string, changes: Changes, terminal: Terminal): Promise<Report> {
  const { scenario, text } = readFor(await readScenarioFile(name, terminal), changes);
  const engine = __RINGSCOPE_VERSION__;
  const seed = changes.seed ?? scenario.seed;
  const chance = alteredChance(seed, alterationsIn(changes.choices));
  const judged = startJudgedRun(scenario, { engine, seed, afterwards: chance });
  do {
    // A pause in which the wish to stop can be heard.
    await new Promise((resume) => setImmediate(resume));
    if (terminal.interrupted()) throw new Refusal('interrupted', `${visible(name)}: interrupted`);
  } while (judged.live.advance(eventsAtOnce) === null);
  const unmet = chance.unmet();
  if (unmet !== null) throw new Refusal('refused', `error: --choice: ${unmetText(unmet)}`);
  const run = judged.finish();
  const file = name === '-' ? '<stdin>' : name;
  const judgement = judge(run, scenario, changes.strict);
  const { faults } = changes;
  return { file, text, faults, choices: judged.live.chooser.log, scenario, run, judgement };
}

function alterationsIn(choices: readonly string[]): readonly Alteration[] {
  return choices.map((text) => {
    const read = readChoice(text);
    if (read.alteration !== null) return read.alteration;
    throw new Refusal('refused', `error: --choice ${visible(text)}: ${read.says}`);
  });
}

/** The scenario with the command line's values and faults in it; its text has the values. */
export function readFor(
  file: TextFile,
  changes: Changes,
): { readonly scenario: Scenario; readonly text: string } {
  const read = withSettings(file, changes);
  let { scenario } = read;
  for (const sentence of changes.faults.toReversed()) {
    const addition = addFault(scenario, sentence);
    if (addition.scenario === null) {
      const asFile = { name: '--fault', text: sentence };
      throw new Refusal('refused', printProblems([addition.problem], asFile).join('\n'));
    }
    scenario = addition.scenario;
  }
  return { scenario, text: read.text };
}

function withSettings(file: TextFile, changes: Changes): { scenario: Scenario; text: string } {
  // What is wrong with the file itself is told in its own lines, before anything is changed.
  const asWritten = readScenario(file.text, file.name);
  if (asWritten.scenario === null) refuse(asWritten);
  if (changes.settings.length === 0) return { scenario: asWritten.scenario, text: file.text };
  const text = textAsChanged(file, changes.settings);
  const changed = readScenario(text, `${file.name} (as changed)`);
  if (changed.scenario === null) refuse(changed);
  return { scenario: changed.scenario, text };
}

/** The file's text with the command line's values and faults in it: what every thread is given. */
export function wholeTextOf(file: TextFile, { set = [], fault = [] }: TextFlags): string {
  if (fault.length === 0) return textAsChanged(file, set);
  const changes = { seed: null, settings: set, faults: fault, choices: [], strict: false };
  return withFaults(readFor(file, changes).text, fault);
}

/** The scenario of a text. Throws a refusal with everything that is wrong with it. */
export function scenarioOf(file: TextFile): Scenario {
  const read = readScenario(file.text, file.name);
  return read.scenario ?? refuse(read);
}

/** The file's text with the command line's values in it. */
function textAsChanged(file: TextFile, settings: readonly Setting[]): string {
  let { text } = file;
  for (const { path, value } of settings) {
    const set = setInScenario(text, path, value);
    if (set.text === null) {
      const hint = set.nearest === null ? '' : `; did you mean ${set.nearest}?`;
      throw new Refusal('refused', `${visible(file.name)}: --set: ${set.says}${hint}`);
    }
    text = set.text;
  }
  return text;
}

function refuse(reading: ReturnType<typeof readScenario>): never {
  throw new Refusal('refused', printProblems(reading.problems, reading.file).join('\n'));
}
