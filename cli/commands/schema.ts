import type { Command } from 'commander';

import { define, type CommandSetting } from './define.ts';

/** `ringscope schema`: the JSON Schema of scenario files, for editors. */
export function schemaCommand({ terminal, end }: CommandSetting): Command {
  return define(
    'schema',
    'Print the JSON Schema of scenario files, for editors.',
    'ringscope schema > scenario.schema.json',
    ['passed', 'internal'],
  ).action(async () => {
    const { publishedJsonSchema } = await import('../../sim-core/authoring.ts');
    terminal.out(`${JSON.stringify(publishedJsonSchema(), null, 2)}\n`);
    end('passed');
  });
}
