import { Option, type Command } from 'commander';

import {
  define,
  withPageOptions,
  withRunOptions,
  type CommandSetting,
  type PageFlags,
  type RunFlags,
} from './define.ts';

export const exportFormats = ['ascii', 'json', 'ndjson'] as const;

export interface ExportFlags extends RunFlags, PageFlags {
  readonly to: (typeof exportFormats)[number];
  readonly output?: string;
}

/** `ringscope export`: one run for other tools and for documents. */
export function exportCommand({ terminal, end }: CommandSetting): Command {
  const command = define(
    'export',
    'Run a scenario and write its ladder, its summary or its records.',
    'ringscope export scenarios/continue/as-in-the-figure.cmr.yaml --to ascii',
    ['passed', 'refused', 'unavailable', 'internal'],
  )
    .argument('<file>', 'a scenario file, or - for standard input')
    .addOption(
      new Option('--to <format>', 'ascii: the ladder; json: the summary; ndjson: every record')
        .choices(exportFormats)
        .makeOptionMandatory(),
    )
    .option('-o, --output <file>', 'write there instead of on standard output');
  withPageOptions(withRunOptions(command));
  return command.action(async (file: string, flags: ExportFlags) => {
    const { exportRun } = await import('../export-run.ts');
    end(await exportRun(file, flags, terminal));
  });
}
