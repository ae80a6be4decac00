import type { Command } from 'commander';

import { define, type CommandSetting } from './define.ts';

/** `ringscope lint`: what is wrong with scenario files, without running them. */
export function lintCommand({ terminal, end }: CommandSetting): Command {
  return define(
    'lint',
    'Say what is wrong with scenario files, with line and column, and run nothing.',
    'ringscope lint scenarios',
    ['passed', 'refused', 'unavailable', 'internal'],
  )
    .argument('<files...>', 'scenario files, folders of them, or - for standard input')
    .action(async (files: string[]) => {
      const { lintFiles } = await import('../lint-files.ts');
      end(await lintFiles(files, terminal));
    });
}
