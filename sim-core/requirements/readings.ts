import { printMilliseconds } from '../base/micros.ts';
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
import type { HearsInterval } from '../trace/hears.ts';
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

/** The first message that is another one, in a sentence; or that none is, and what is instead. */
export function firstDifference(example: ReadingExample): string {
  const [first] = example.difference.messages;
  if (first !== undefined) return `${first.meaning}: ${first.says}.`;
  const heard = firstHeard(example);
  if (heard === null) return 'No message differs; only what the nodes note does.';
  const { listener, medium, fromMicros } = heard;
  const at = printMilliseconds(fromMicros);
  return `No message differs; what ${listener} ${perceives[medium]} does, from ${at} ms on.`;
}

/** Whether somebody outside sees or hears another call, and not only a node its own work. */
export function isObservable(example: ReadingExample): boolean {
  const { messages, verdicts, metrics } = example.difference;
  return messages.length + verdicts.length + metrics.length > 0 || firstHeard(example) !== null;
}

const perceives = { audio: 'hears', video: 'sees' } as const;

/** The first interval that only one of the calls has. */
function firstHeard({ usual, other }: ReadingExample): HearsInterval | null {
  const inOther = new Set(other.hears.map(asHeard));
  const inUsual = new Set(usual.hears.map(asHeard));
  const alone = [
    ...usual.hears.filter((one) => !inOther.has(asHeard(one))),
    ...other.hears.filter((one) => !inUsual.has(asHeard(one))),
  ];
  return alone.sort((a, b) => a.fromMicros - b.fromMicros)[0] ?? null;
}

function asHeard({ listener, medium, sources, fromMicros, toMicros }: HearsInterval): string {
  return JSON.stringify([listener, medium, sources, fromMicros, toMicros]);
}
