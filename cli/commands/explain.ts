import type { Command } from 'commander';

import { define, type CommandSetting } from './define.ts';

/** `ringscope explain`: clauses, gaps, switches and problem codes in words. */
export function explainCommand({ terminal, end }: CommandSetting): Command {
  return define(
    'explain',
    'Say what a clause, gap, switch, defect or problem code means; without one, list them all.',
    'ringscope explain FLOW-CON-10',
    ['passed', 'refused', 'internal'],
  )
    .argument('[id]', 'FLOW-CON-10, GAP-03, SW-REINV-ACK, CMR1004 …')
    .action(async (id: string | undefined) => {
      const { explain, listAll } = await import('../explain.ts');
      const lines = id === undefined ? listAll() : explain(id);
      for (const line of lines) terminal.out(`${line}\n`);
      end('passed');
    });
}
