import type { Command } from 'commander';

import { define, type CommandSetting } from './define.ts';

/** `ringscope lint`: what is wrong with scenario files and SIP messages, without running them. */
export function lintCommand({ terminal, end }: CommandSetting): Command {
  return define(
    'lint',
    'Say what is wrong with scenario files and SIP messages, with line and column; run nothing.',
    'ringscope lint scenarios',
    ['passed', 'refused', 'unavailable', 'internal'],
  )
    .argument(
      '<files...>',
      'scenario files, SIP messages (*.sip, *.dat, *.msg: one datagram each), folders of ' +
        'them, or - for a scenario on standard input',
    )
    .action(async (files: string[]) => {
      const { lintFiles } = await import('../lint-files.ts');
      end(await lintFiles(files, terminal));
    });
}
