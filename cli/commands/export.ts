import { Option, type Command } from 'commander';

import type { LostPackets } from '../../sim-core/exporting.ts';

import {
  define,
  withEarOption,
  withPageOptions,
  withOneRunOptions,
  type CommandSetting,
  type EarFlags,
  type PageFlags,
  type OneRunFlags,
} from './define.ts';

export const exportFormats = [
  'ascii',
  'markdown',
  'mermaid',
  'plantuml',
  'json',
  'ndjson',
  'pcapng',
  'wav',
  'cmrrun',
] as const;

const lostPackets = ['keep', 'omit'] as const satisfies readonly LostPackets[];

export interface ExportFlags extends OneRunFlags, PageFlags, EarFlags {
  readonly to: (typeof exportFormats)[number];
  readonly output?: string;
  readonly lost: LostPackets;
}

/** `ringscope export`: one run for other tools and for documents. */
export function exportCommand({ terminal, end }: CommandSetting): Command {
  const command = define(
    'export',
    'Run a scenario and write its ladder, its summary, its records, a capture or its sound.',
    'ringscope export scenarios/continue/as-in-the-figure.cmr.yaml --to ascii',
    ['passed', 'refused', 'diverged', 'unavailable', 'internal'],
  )
    .argument('<file>', 'a scenario file, a *.cmrrun bundle, or - for standard input')
    .addOption(
      new Option(
        '--to <format>',
        'ascii: the ladder; markdown: its messages as a table; mermaid, plantuml: the ladder for ' +
          'those tools; json: the summary; ndjson: every record; pcapng: a capture; ' +
          'wav: what a terminal hears; cmrrun: a bundle to replay',
      )
        .choices(exportFormats)
        .makeOptionMandatory(),
    )
    .option('-o, --output <file>', 'write there; - is standard output, as without it')
    .addOption(
      new Option('--lost <what>', 'pcapng: whether packets that never arrive are in the capture')
        .choices(lostPackets)
        .default('keep'),
    );
  withPageOptions(withOneRunOptions(withEarOption(command, 'wav: whose ear')));
  return command.action(async (file: string, flags: ExportFlags) => {
    const { exportRun } = await import('../export-run.ts');
    end(await exportRun(file, flags, terminal));
  });
}
