import type { Command } from 'commander';

import { define, withRunOptions, type CommandSetting, type RunFlags } from './define.ts';

export interface ShrinkFlags extends RunFlags {
  readonly clause?: string;
  readonly output?: string;
}

/** `ringscope shrink`: the smallest scenario that still fails the same way. */
export function shrinkCommand({ terminal, end }: CommandSetting): Command {
  const command = define(
    'shrink',
    'Find the smallest scenario that still fails as this run does: chance becomes faults, and ' +
      'whatever can go goes.',
    'ringscope shrink scenarios/negative/answered-before-the-update.cmr.yaml',
    ['passed', 'refused', 'diverged', 'unavailable', 'internal', 'interrupted'],
  ).argument('<file>', 'a scenario file, a *.cmrrun bundle, or - for standard input');
  return withRunOptions(command)
    .option('--clause <id>', 'which violated clause has to stay violated (default: the gravest)')
    .option('-o, --output <file>', 'where to write it (default: standard output)')
    .action(async (file: string, flags: ShrinkFlags) => {
      const { shrinkFile } = await import('../shrink-file.ts');
      end(await shrinkFile(file, flags, terminal));
    });
}
