import { Option } from 'commander';

import { define, withOneRunOptions, type CommandSetting, type OneRunFlags } from './define.ts';

const slackFormats = ['text', 'json'] as const;

export interface SlackFlags extends OneRunFlags {
  readonly to: (typeof slackFormats)[number];
}

/** `ringscope slack`: by how much everything in time was in time. */
export function slackCommand({ terminal, end }: CommandSetting) {
  const command = define(
    'slack',
    'Say by how much each timer was stopped in time, and each order kept that a clause demands.',
    'ringscope slack scenarios/continue/as-in-the-figure.cmr.yaml',
    ['passed', 'refused', 'diverged', 'unavailable', 'internal'],
  ).argument('<file>', 'a scenario file, a *.cmrrun bundle, or - for standard input');
  return withOneRunOptions(command)
    .addOption(
      new Option('--to <format>', 'text, the least first; json: in µs')
        .choices(slackFormats)
        .default('text'),
    )
    .action(async (file: string, flags: SlackFlags) => {
      const { tellSlack } = await import('../tell-slack.ts');
      end(await tellSlack(file, flags, terminal));
    });
}
