import type { Command } from 'commander';

import { define, type CommandSetting } from './define.ts';

/** `ringscope replay`: makes a kept run again and compares every record. */
export function replayCommand({ terminal, end }: CommandSetting): Command {
  return define(
    'replay',
    'Make the runs of bundles again, and compare them record by record with what was kept.',
    'ringscope replay call.cmrrun',
    ['passed', 'refused', 'diverged', 'unavailable', 'internal'],
  )
    .argument('<bundles...>', '*.cmrrun files, as run --bundles and export --to cmrrun make them')
    .action(async (files: string[]) => {
      const { replayFiles } = await import('../replay-files.ts');
      end(await replayFiles(files, terminal));
    });
}
