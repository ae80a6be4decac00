import { Option, type Command } from 'commander';

import { define, withOneRunOptions, type CommandSetting, type OneRunFlags } from './define.ts';

export const diffFormats = ['text', 'json', 'html'] as const;

export interface DiffFlags extends OneRunFlags {
  readonly to: (typeof diffFormats)[number];
  readonly output?: string;
}

/** `ringscope diff`: two runs beside each other, by what each message is for. */
export function diffCommand({ terminal, end }: CommandSetting): Command {
  const command = define(
    'diff',
    'Compare two runs by meaning: what is added, removed, moved, lost, later, or says else. ' +
      'Exit code 1 says that they differ.',
    'ringscope diff scenarios/continue/as-in-the-figure.cmr.yaml --set links.a.latency=100ms',
    ['passed', 'failed', 'refused', 'diverged', 'unavailable', 'internal'],
  )
    .argument('<a>', 'a scenario file or a *.cmrrun bundle')
    .argument('[b]', 'another one; without it, the same as it becomes with --set and --seed');
  return withOneRunOptions(command)
    .addOption(
      new Option('--to <format>', 'text; json; html: both ladders side by side')
        .choices(diffFormats)
        .default('text'),
    )
    .option('-o, --output <file>', 'write there; - is standard output, as without it')
    .action(async (a: string, b: string | undefined, flags: DiffFlags) => {
      const { diffFiles } = await import('../diff-files.ts');
      end(await diffFiles(a, b, flags, terminal));
    });
}
