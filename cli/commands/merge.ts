import type { Command } from 'commander';

import { define, type CommandSetting } from './define.ts';

export interface MergeFlags {
  readonly output?: string;
}

/** `ringscope merge`: the parts of a sweep, computed wherever, as one file. */
export function mergeCommand({ terminal, end }: CommandSetting): Command {
  return define(
    'merge',
    'Join what parts of one sweep have kept: the same bytes, however many parts there were.',
    'ringscope merge results -o sweep.csv',
    ['passed', 'refused', 'unavailable', 'internal'],
  )
    .argument('<folders...>', 'folders that sweeps were given with --results')
    .option('-o, --output <file>', 'write there; - is standard output, as without it')
    .action(async (folders: string[], flags: MergeFlags) => {
      const { mergeSweeps } = await import('../merge-sweeps.ts');
      end(await mergeSweeps(folders, flags, terminal));
    });
}
