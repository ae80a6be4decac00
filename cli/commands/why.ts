import { Option, type Command } from 'commander';

import {
  define,
  wholeNumber,
  withPageOptions,
  withOneRunOptions,
  type CommandSetting,
  type PageFlags,
  type OneRunFlags,
} from './define.ts';

export interface WhyFlags extends OneRunFlags, PageFlags {
  readonly at?: string;
  readonly hears?: string;
  readonly sees?: string;
  readonly clause?: string;
  readonly record?: number;
}

/** `ringscope why`: how something in a run came about, back to what a person did. */
export function whyCommand({ terminal, end }: CommandSetting): Command {
  const command = define(
    'why',
    'Say how something came about: each line is something without which it would not be so.',
    'ringscope why scenarios/continue/as-in-the-figure.cmr.yaml --at 6s --hears client-a',
    ['passed', 'refused', 'diverged', 'unavailable', 'internal'],
  )
    .argument('<file>', 'a scenario file, a *.cmrrun bundle, or - for standard input')
    .option('--at <time>', 'the instant that --hears and --sees are about: 3.2s')
    .option('--hears <terminal>', 'why it hears what it hears at that instant')
    .option('--sees <terminal>', 'why it sees what it sees at that instant')
    .option('--clause <id>', 'why this clause is judged as it is: FLOW-CON-06')
    .addOption(
      new Option('--record <number>', 'how it came to this record of the run').argParser(
        wholeNumber(1, Number.MAX_SAFE_INTEGER),
      ),
    );
  return withPageOptions(withOneRunOptions(command)).action(
    async (file: string, flags: WhyFlags) => {
      const { explainFile } = await import('../why.ts');
      end(await explainFile(file, flags, terminal));
    },
  );
}
