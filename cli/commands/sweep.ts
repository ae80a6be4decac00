import { InvalidArgumentError, Option, type Command } from 'commander';

import {
  collect,
  define,
  wholeNumber,
  withTextOptions,
  type CommandSetting,
  type TextFlags,
} from './define.ts';

export const sweepFormats = ['text', 'csv', 'json', 'svg'] as const;

export interface Shard {
  readonly index: number;
  readonly of: number;
}

export interface SweepFlags extends TextFlags {
  readonly axis: readonly string[];
  readonly seeds?: { readonly from: number; readonly to: number };
  readonly measure?: readonly string[];
  readonly by: string;
  readonly bisect?: boolean;
  readonly jobs?: number;
  readonly to: (typeof sweepFormats)[number];
  readonly output?: string;
  readonly shard?: Shard;
  readonly results?: string;
}

/** `ringscope sweep`: one scenario at many values, sorted into classes of outcomes. */
export function sweepCommand({ terminal, end }: CommandSetting): Command {
  const command = define(
    'sweep',
    'Run a scenario at every value of one or more axes, and say where the outcome changes.',
    'ringscope sweep scenarios/continue/as-in-the-figure.cmr.yaml ' +
      '--axis links.a.latency=0ms..100ms:25ms',
    ['passed', 'refused', 'diverged', 'unavailable', 'internal', 'interrupted'],
  )
    .argument('<file>', 'a scenario file, a *.cmrrun bundle, or - for standard input')
    .addOption(
      new Option('--axis <path=values>', 'what varies: a range with a step, or values with commas')
        .argParser(collect((text) => text))
        .makeOptionMandatory(),
    )
    .option('--seeds <from..to>', 'run every cell under each of these seeds', seeds);
  return withTextOptions(command)
    .option(
      '--measure <metric>',
      'a metric to keep for every run, several times if need be',
      collect((text) => text),
    )
    .option('--by <what>', 'what makes a class: the outcome as a whole, or a metric', 'outcome')
    .option('--bisect', 'find every change of outcome along every axis to one microsecond')
    .option('--jobs <number>', 'threads (default: one a processor)', wholeNumber(1, 256))
    .addOption(
      new Option('--to <format>', 'text: a map; csv: a line a run; json: all; svg: the map drawn')
        .choices(sweepFormats)
        .default('text'),
    )
    .option('-o, --output <file>', 'write there; - is standard output, as without it')
    .option('--results <folder>', 'keep finished stretches there, and go on from those found')
    .option('--shard <i/n>', 'with --results: compute only the i-th of n parts', shard)
    .action(async (file: string, flags: SweepFlags) => {
      const { sweepScenario } = await import('../sweep-scenario.ts');
      end(await sweepScenario(file, flags, terminal));
    });
}

function seeds(text: string): SweepFlags['seeds'] {
  const [, from, to] = /^([0-9]{1,9})\.\.([0-9]{1,9})$/.exec(text) ?? [];
  if (from === undefined || to === undefined || Number(from) > Number(to)) {
    throw new InvalidArgumentError('Two seeds, the lower first: 1..100.');
  }
  return { from: Number(from), to: Number(to) };
}

function shard(text: string): Shard {
  const [, index, of] = /^([0-9]{1,6})\/([0-9]{1,6})$/.exec(text) ?? [];
  if (index === undefined || of === undefined || Number(index) < 1 || Number(index) > Number(of)) {
    throw new InvalidArgumentError('A part and how many there are: 1/4 to 4/4.');
  }
  return { index: Number(index), of: Number(of) };
}
