import { readDuration, visible } from '../sim-core/authoring.ts';
import { findRaces, type Race } from '../sim-core/experimenting.ts';
import { printMilliseconds, shellWord, type Micros } from '../sim-core/reading.ts';
import type { RacesFlags } from './commands/races.ts';
import type { Ending } from './exit-codes.ts';
import { Refusal } from './refusal.ts';
import { changesOf, readFor } from './run-files.ts';
import { readScenarioFile } from './scenario-files.ts';
import type { Terminal } from './terminal.ts';

/** Looks for races in a scenario's call, and tells them. */
export async function racesOfFile(
  name: string,
  flags: RacesFlags,
  terminal: Terminal,
): Promise<Ending> {
  const file = await readScenarioFile(name, terminal);
  const changes = changesOf(flags, false);
  const { scenario } = readFor(file, changes);
  const within = timeOf(flags.within);
  const seed = changes.seed ?? scenario.seed;
  const options = { engine: __RINGSCOPE_VERSION__, seed };
  const found = findRaces(scenario, options, { within, runs: flags.runs });
  const isWhole = found.tried === found.pairs;
  if (flags.json === true) {
    const { races, pairs, tried } = found;
    const report = { schemaVersion: 1, scenario: file.name, seed, pairs, tried, races };
    terminal.out(`${JSON.stringify(report, null, 2)}\n`);
    return isWhole ? 'passed' : 'inconclusive';
  }
  for (const race of found.races) terminal.out(raceAsText(race, file.name, flags));
  const count = `${found.races.length} ${found.races.length === 1 ? 'race' : 'races'}`;
  const of = isWhole ? `${found.pairs} pairs` : `the first ${found.tried} of ${found.pairs} pairs`;
  terminal.out(`${count} in ${of} that only time puts in order\n`);
  return isWhole ? 'passed' : 'inconclusive';
}

function timeOf(text: string): Micros {
  const read = readDuration(text);
  if (read.value !== null) return read.value;
  const hint = read.nearest === null ? '' : `; did you mean ${read.nearest}?`;
  throw new Refusal('refused', `error: --within: ${read.says}${hint}`);
}

function raceAsText(race: Race, name: string, flags: RacesFlags): string {
  const { node, first, firstAt, second, secondAt, asItIs, swapped, fault } = race;
  const at = (instant: Micros): string => `${printMilliseconds(instant)} ms`;
  return [
    `${node}: ${first} (${at(firstAt)}), then ${second} (${at(secondAt)})`,
    `  in this order   ${asItIs}`,
    `  the other way   ${swapped}`,
    `  ${commandOf(name, flags, fault)}`,
    '',
    '',
  ].join('\n');
}

/** The command that runs the call in the other order. */
function commandOf(name: string, flags: RacesFlags, fault: string): string {
  const set = (flags.set ?? []).map(({ path, value }) => `--set ${shellWord(`${path}=${value}`)}`);
  const faults = [fault, ...(flags.fault ?? [])].map(
    (sentence) => `--fault ${shellWord(sentence)}`,
  );
  const seed = flags.seed === undefined ? [] : [`--seed ${flags.seed}`];
  return ['ringscope run', shellWord(visible(name)), ...set, ...seed, ...faults].join(' ');
}
