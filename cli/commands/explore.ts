import { Option, type Command } from 'commander';

import { everyEnding } from '../exit-codes.ts';
import {
  define,
  wholeNumber,
  withTextOptions,
  type CommandSetting,
  type TextFlags,
} from './define.ts';

export interface ExploreFlags extends TextFlags {
  readonly maxLosses: number;
  readonly maxDuplicates: number;
  readonly latencyCorners?: boolean;
  /** Acts beside the script in one call. */
  readonly users?: number;
  readonly jobs?: number;
  readonly states: number;
  readonly depthFirst?: boolean;
  readonly bundles?: string;
  readonly json?: boolean;
}

/** `ringscope explore`: every way a call can go within bounds. */
export function exploreCommand({ terminal, end }: CommandSetting): Command {
  const command = define(
    'explore',
    'Visit every distinct state that a call can reach within bounds, and list how it can end.',
    'ringscope explore scenarios/gateway-mode/client-b-busy.cmr.yaml --max-losses 1',
    everyEnding,
  ).argument('<file>', 'a scenario file, a *.cmrrun bundle, or - for standard input');
  return withTextOptions(command)
    .option('--max-losses <count>', 'how many packets may be lost', wholeNumber(0, 100), 0)
    .option('--max-duplicates <count>', 'how many may be doubled', wholeNumber(0, 100), 0)
    .option('--latency-corners', 'ranges of time at both ends; at the lower one without it')
    .addOption(
      new Option(
        '--users [acts]',
        'so often (1) users may cancel, answer, reject, hang up or update just after any instant',
      )
        .preset('1')
        .argParser(wholeNumber(0, 16)),
    )
    .option('--states <count>', 'stop there', wholeNumber(1, 100_000_000), 200_000)
    .option('--jobs <number>', 'threads (default: one a processor)', wholeNumber(1, 256))
    .option(
      '--depth-first',
      'needs less memory and one thread; the ways found first are not the shortest',
    )
    .option(
      '--bundles <folder>',
      'keep the shortest way to each ending and each situation, to replay',
    )
    .option('--json', 'the counts and the endings as JSON')
    .action(async (file: string, flags: ExploreFlags) => {
      const { exploreScenario } = await import('../explore-scenario.ts');
      end(await exploreScenario(file, flags, terminal));
    });
}
