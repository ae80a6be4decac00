import { InvalidArgumentError, type Command } from 'commander';
import { Option } from 'commander';

import { faultKinds, soakProfiles, type SoakProfile } from '../../sim-core/index.ts';
import { define, wholeNumber, type CommandSetting } from './define.ts';

export interface SeedRange {
  readonly first: number;
  readonly last: number;
}

export interface SoakFlags {
  readonly seeds: SeedRange;
  readonly profile: SoakProfile;
  readonly jobs: number;
  readonly judged?: boolean;
  readonly json?: boolean;
}

/** `ringscope soak`: calls drawn by seed, disturbed in every way, that must all come to an end. */
export function soakCommand({ terminal, end }: CommandSetting): Command {
  return define(
    'soak',
    `Draw calls by seed from scenarios, disturb each in some of ${faultKinds.length} ways, and ` +
      'see that every one ends, leaves nothing behind and breaks nothing that always holds. From ' +
      '20000 calls on, every kind of fault must have struck and every state been reached.',
    'ringscope soak scenarios --seeds 0..19999',
    ['passed', 'failed', 'refused', 'unavailable', 'internal', 'interrupted'],
  )
    .argument('<files...>', 'scenario files, or folders of them, to draw from')
    .option('--seeds <first..last>', 'one call each', seedRange, { first: 0, last: 1_999 })
    .addOption(
      new Option('--profile <name>', 'how many faults strike at once: none, some or many')
        .choices(Object.keys(soakProfiles))
        .default('usual'),
    )
    .option('--jobs <number>', 'threads that share the seeds', wholeNumber(1, 64), 1)
    .option('--judged', 'judge the calls too: no rule of the RFCs may be broken that can be kept')
    .option('--json', 'the report as JSON')
    .action(async (files: string[], flags: SoakFlags) => {
      const { soakScenarios } = await import('../soak-scenarios.ts');
      end(await soakScenarios(files, flags, terminal));
    });
}

function seedRange(text: string): SeedRange {
  const match = /^([0-9]{1,15})(?:\.\.([0-9]{1,15}))?$/.exec(text);
  const first = Number(match?.[1]);
  const last = match?.[2] === undefined ? first : Number(match[2]);
  if (match === null || last < first) {
    throw new InvalidArgumentError('It is one seed, or the first and the last: 0..19999.');
  }
  return { first, last };
}
