import {
  exampleValue,
  switchNames,
  switchTable,
  type Switch,
  type SwitchName,
} from '../base/switches.ts';
import { diffRuns, type RunDifference } from '../lab/diff-runs.ts';
import { runScenario } from '../run/run-scenario.ts';
import type { Run } from '../run/run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { recordCall } from './recorded-call.ts';
import { whatARunAsks } from './what-a-run-asks.ts';

/** One scenario under one reading, compared with the usual reading of the same switch. */
export interface ReadingResult {
  readonly path: string;
  readonly switch: SwitchName;
  readonly usual: string;
  readonly value: string;
  /** Whether a single record is another. */
  readonly differs: boolean;
}

/** The readings of a switch: the usual one, and the others; of a length of time one example. */
export function readingsOfSwitch(row: Switch): { usual: string; others: readonly string[] } {
  const [usual, ...others] = row.values;
  return { usual, others: row.orTime === true ? [...others, exampleValue(row)] : others };
}

export function underReading(scenario: Scenario, name: SwitchName, value: string): Scenario {
  return { ...scenario, switches: { ...scenario.switches, [name]: value } };
}

/** Runs a scenario under every reading of every switch that one of its nodes looks at. */
export function readingsIn(
  path: string,
  scenario: Scenario,
  engine: string,
  wanted: (name: SwitchName) => boolean = () => true,
): ReadingResult[] {
  const { switches } = whatARunAsks(scenario, engine);
  return switchNames
    .filter((name) => switches.has(name) && wanted(name))
    .flatMap((name) => {
      const row = switchTable.find((one) => one.name === name);
      if (row === undefined) return [];
      const { usual, others } = readingsOfSwitch(row);
      const print = (value: string): string =>
        recordCall(underReading(scenario, name, value), engine).fingerprint;
      const asUsual = print(usual);
      return others.map((value) => {
        const differs = print(value) !== asUsual;
        return { path, switch: name, usual, value, differs };
      });
    });
}

/** Both calls of a reading that makes a difference, and what it is. */
export interface ReadingExample {
  readonly path: string;
  readonly usual: Run;
  readonly other: Run;
  readonly difference: RunDifference;
}

export function exampleOf(
  path: string,
  scenario: Scenario,
  { switch: name, usual, value }: Pick<ReadingResult, 'switch' | 'usual' | 'value'>,
  engine: string,
): ReadingExample {
  const run = (reading: string): Run =>
    runScenario(underReading(scenario, name, reading), { engine });
  const [one, other] = [run(usual), run(value)];
  return { path, usual: one, other, difference: diffRuns(one, other) };
}

/** The first message that is another one, in a sentence; or that none is. */
export function firstDifference({ difference }: ReadingExample): string {
  const [first] = difference.messages;
  if (first === undefined) return 'No message differs; only what the nodes note does.';
  return `${first.meaning}: ${first.says}.`;
}
