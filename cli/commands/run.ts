import { InvalidArgumentError, Option, type Command } from 'commander';

import { everyEnding } from '../exit-codes.ts';
import {
  collect,
  define,
  withEarOption,
  withPageOptions,
  withOneRunOptions,
  type CommandSetting,
  type EarFlags,
  type PageFlags,
  type OneRunFlags,
} from './define.ts';

const reporterNames = [
  'default',
  'dot',
  'json',
  'ndjson',
  'junit',
  'tap',
  'github',
  'html',
] as const;

/** Of the many rules of SIP only what was found wrong, or every verdict. */
const verdictsShown = ['found', 'all'] as const;

/** A reporter and the file it writes; null is standard output. */
export interface ReporterChoice {
  readonly name: (typeof reporterNames)[number];
  readonly file: string | null;
}

export interface RunCommandFlags extends OneRunFlags, PageFlags, EarFlags {
  /** The WAV file to write; of one scenario only. */
  readonly audio?: string;
  readonly reporter?: readonly ReporterChoice[];
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly verdicts: (typeof verdictsShown)[number];
  readonly bundles?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: boolean;
}

/** `ringscope run`: runs scenarios and holds them to the clauses and to what they expect. */
export function runCommand({ terminal, end }: CommandSetting): Command {
  const command = define(
    'run',
    'Run scenarios, judge them by the clauses, and compare them with what they expect.',
    'ringscope run scenarios/continue/as-in-the-figure.cmr.yaml',
    everyEnding,
  ).argument(
    '<files...>',
    'scenario files, folders of them, *.cmrrun bundles, or - for standard input',
  );
  withOneRunOptions(command)
    .option(
      '--reporter <name[=file]>',
      `${reporterNames.join(', ')}; on standard output or in a file; several if need be`,
      collect(reporterChoice),
    )
    .option('--json', 'the same as --reporter json')
    .option('--strict', 'what could not be judged, or goes against advice, is a failure')
    .addOption(
      new Option('--verdicts <which>', 'rules of SIP in the page: those broken, or all')
        .choices(verdictsShown)
        .default('found'),
    )
    .option('--bundles <folder>', 'keep every failing run there, as a bundle to replay')
    .option('--audio <file>', 'also write what a terminal hears, as a WAV file; one scenario only');
  withEarOption(command, 'audio: whose ear');
  withPageOptions(command)
    .option('-q, --quiet', 'closing lines only')
    .option('-v, --verbose', 'whole pages for several files too, all timers and procedure steps')
    .option('--no-color', 'no colours (nor with NO_COLOR set, nor into a pipe)');
  return command.action(async (files: string[], flags: RunCommandFlags) => {
    const { runScenarios } = await import('../run-scenarios.ts');
    end(await runScenarios(files, flags, terminal));
  });
}

function reporterChoice(text: string): ReporterChoice {
  const equals = text.indexOf('=');
  const given = equals < 0 ? text : text.slice(0, equals);
  const name = reporterNames.find((known) => known === given);
  if (name === undefined) {
    throw new InvalidArgumentError(`The reporters are ${reporterNames.join(', ')}.`);
  }
  const file = equals < 0 ? null : text.slice(equals + 1);
  if (file === '') throw new InvalidArgumentError('A file name follows the equals sign.');
  return { name, file };
}
