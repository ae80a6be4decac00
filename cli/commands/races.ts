import type { Command } from 'commander';

import {
  define,
  wholeNumber,
  withRunOptions,
  type CommandSetting,
  type RunFlags,
} from './define.ts';

export interface RacesFlags extends RunFlags {
  readonly within: string;
  readonly runs: number;
  readonly json?: boolean;
}

/** `ringscope races`: whose order nothing but time decides, and decides the call. */
export function racesCommand({ terminal, end }: CommandSetting): Command {
  const command = define(
    'races',
    'Swap every two events of a node whose order only time decides, and list those whose order ' +
      'decides what the call comes to.',
    'ringscope races scenarios/races/rc-12-cancel-crosses-the-answer.cmr.yaml --within 100ms',
    ['passed', 'refused', 'inconclusive', 'diverged', 'unavailable', 'internal', 'interrupted'],
  ).argument('<file>', 'a scenario file, a *.cmrrun bundle, or - for standard input');
  return withRunOptions(command)
    .option('--within <time>', 'only what follows within this time', '500ms')
    .option('--runs <count>', 'stop after so many runs', wholeNumber(2, 10_000_000), 20_000)
    .option('--json', 'the races as JSON')
    .action(async (file: string, flags: RacesFlags) => {
      const { racesOfFile } = await import('../races-of-file.ts');
      end(await racesOfFile(file, flags, terminal));
    });
}
