import type { Command } from 'commander';

import { define, type CommandSetting } from './define.ts';

/** `ringscope version`: of the program, and of the shapes it writes. */
export function versionCommand({ terminal, end }: CommandSetting): Command {
  return define('version', 'Print the version.', 'ringscope version --json', ['passed'])
    .option('--json', 'as JSON, with the versions of the report formats and of Node')
    .action(async (flags: { readonly json?: boolean }) => {
      const version = __RINGSCOPE_VERSION__;
      if (flags.json === true) {
        const { jsonSchemaVersion } = await import('../../sim-core/exporting.ts');
        const whole = { ringscope: version, jsonReport: jsonSchemaVersion, node: process.version };
        terminal.out(`${JSON.stringify(whole)}\n`);
      } else {
        terminal.out(`ringscope ${version}\n`);
      }
      end('passed');
    });
}
