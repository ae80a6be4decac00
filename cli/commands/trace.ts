import { Option, type Command } from 'commander';

import {
  define,
  wholeNumber,
  withPageOptions,
  type CommandSetting,
  type PageFlags,
} from './define.ts';

const formats = ['text', 'json', 'csv', 'markdown', 'html'] as const;

export interface TraceFlags extends PageFlags {
  readonly matrix?: boolean;
  readonly untested?: boolean;
  readonly byDocument?: boolean;
  readonly mutate?: boolean;
  readonly readings?: boolean;
  readonly agreed?: string;
  readonly only?: string;
  readonly packs?: readonly string[];
  readonly texts?: string;
  readonly jobs?: number;
  readonly to: (typeof formats)[number];
  readonly output?: string;
}

/** `ringscope trace`: requirements followed both ways. */
export function traceCommand({ terminal, end }: CommandSetting): Command {
  const command = define(
    'trace',
    'Follow the clauses through code, scenarios, defects and readings.',
    'ringscope trace scenarios --untested',
    ['passed', 'refused', 'unavailable', 'internal', 'interrupted'],
  )
    .argument('[files...]', 'scenario files, or folders of them (default: those shipped)')
    .option('--matrix', 'clause × scenario × verdict × code that cites it; the usual report')
    .option('--untested', 'clauses that no code cites, nobody judges or no scenario exercises')
    .option('--by-document', 'how far the clauses of each document are covered')
    .option('--mutate', 'break each behaviour on purpose, one at a time; who notices?')
    .option('--readings', 'run every reading of every gap; which give other calls?')
    .option('--agreed <file>', 'readings: those the authors have agreed on; their rows are closed')
    .option('--only <id>', 'readings: of this gap or switch alone, with both ladders')
    .option(
      '--packs <files...>',
      'two rule packs; the flows whose verdict is another by the second',
    )
    .option('--texts <folder>', 'whether your copy of the source texts still says the same')
    .option('--jobs <number>', 'threads (default: one a processor)', wholeNumber(1, 256))
    .addOption(
      new Option('--to <format>', 'for people, programs, spreadsheets, documents')
        .choices(formats)
        .default('text'),
    )
    .option('-o, --output <file>', 'write there; - is standard output, as without it');
  return withPageOptions(command).action(async (files: string[], flags: TraceFlags) => {
    const { traceScenarios } = await import('../trace-scenarios.ts');
    end(await traceScenarios(files, flags, terminal));
  });
}
