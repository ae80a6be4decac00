import { visible } from '../sim-core/authoring.ts';
import { findRaces, type Race } from '../sim-core/experimenting.ts';
import { printMilliseconds, shellWord, type Micros } from '../sim-core/reading.ts';
import { runScenario, type Run, type Scenario } from '../sim-core/index.ts';
import type { RacesFlags } from './commands/races.ts';
import { counted } from './counted.ts';
import type { Ending } from './exit-codes.ts';
import { changesOf, readFor, type Changes } from './run-files.ts';
import { readScenarioFile } from './scenario-files.ts';
import type { Terminal } from './terminal.ts';
import { timeOf } from './time-flag.ts';

/** Raised when a reader of the old shape could not read the new one. */
const racesSchemaVersion = 2;

/** Looks for races in a scenario's call, and tells them. */
export async function racesOfFile(
  name: string,
  flags: RacesFlags,
  terminal: Terminal,
): Promise<Ending> {
  const file = await readScenarioFile(name, terminal);
  const changes = changesOf(flags, false);
  const { scenario } = readFor(file, changes);
  const within = timeOf('--within', flags.within);
  const seed = changes.seed ?? scenario.seed;
  const options = { engine: __RINGSCOPE_VERSION__, seed };
  const runOf = (one: Scenario): Run => runScenario(one, options);
  const found = findRaces(scenario, runOf, { within, runs: flags.runs });
  const isWhole = found.tried === found.pairs;
  if (flags.json === true) {
    const report = { schemaVersion: racesSchemaVersion, scenario: file.name, seed, ...found };
    terminal.out(`${JSON.stringify(report, null, 2)}\n`);
    return isWhole ? 'passed' : 'inconclusive';
  }
  for (const race of found.races) terminal.out(raceAsText(race, file.name, changes));
  const count = counted(found.races.length, 'race');
  const pairs = counted(found.pairs, 'pair');
  const of = isWhole ? pairs : `the first ${found.tried} of ${pairs}`;
  const set = `; ${found.bound} more cannot change places, for both follow from the same`;
  terminal.out(`${count} in ${of} that only time puts in order${found.bound > 0 ? set : ''}\n`);
  return isWhole ? 'passed' : 'inconclusive';
}

function raceAsText(race: Race, name: string, changes: Changes): string {
  const { node, first, firstAt, second, secondAt, asItIs, swapped, change } = race;
  const at = (instant: Micros): string => `${printMilliseconds(instant)} ms`;
  return [
    `${node}: ${first} (${at(firstAt)}), then ${second} (${at(secondAt)})`,
    `  in this order   ${asItIs}`,
    `  the other way   ${swapped}`,
    `  ${commandOf(name, changes, change)}`,
    '',
    '',
  ].join('\n');
}

/** The command that runs the call in the other order. */
function commandOf(name: string, changes: Changes, change: Race['change']): string {
  const settings = changes.settings.map(({ path, value }) => `${path}=${value}`);
  if (change.kind === 'set') settings.push(`${change.path}=${change.value}`);
  const faults = [...(change.kind === 'fault' ? [change.sentence] : []), ...changes.faults];
  const seed = changes.seed === null ? [] : [`--seed ${changes.seed}`];
  return [
    'ringscope run',
    shellWord(visible(name)),
    ...settings.map((setting) => `--set ${shellWord(setting)}`),
    ...seed,
    ...faults.map((sentence) => `--fault ${shellWord(sentence)}`),
  ].join(' ');
}
