import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { buildProgram } from '../../cli/program.ts';
import { fakeTerminal } from './fake-terminal.ts';

const page = fileURLToPath(new URL('../../docs/cli.md', import.meta.url));

/** `docs/cli.md`: every help text, word for word as the terminal prints it. */
function cliReference(): string {
  const program = buildProgram({ terminal: fakeTerminal().terminal, end: () => {} });
  const parts = [
    '# The command line',
    '',
    '<!-- Made from the command definitions in cli/commands by',
    '     npx vitest run test/cli/reference.test.ts -u -->',
    '',
    'In a clone, `npm run sim -- …` stands for `ringscope …`.',
    ...section('ringscope', program),
    ...program.commands.flatMap((command) => section(`ringscope ${command.name()}`, command)),
  ];
  return `${parts.join('\n')}\n`;
}

function section(title: string, command: ReturnType<typeof buildProgram>): string[] {
  const texts: string[] = [];
  command.configureOutput({ writeOut: (text) => void texts.push(text) });
  command.outputHelp();
  return ['', `## ${title}`, '', '```text', texts.join('').trimEnd(), '```'];
}

describe('docs/cli.md', () => {
  it('is what the help texts say: npx vitest run test/cli/reference.test.ts -u', async () => {
    await expect(cliReference()).toMatchFileSnapshot(page);
  });

  it('gives every command an example that begins with its name, and its exit codes', () => {
    const sections = cliReference().split('\n## ').slice(1);
    expect(sections.length).toBeGreaterThan(6);
    for (const section of sections) {
      const [title = ''] = section.split('\n');
      expect(section, title).toMatch(new RegExp(`\\n {2}\\$ ${title}\\b`));
      expect(section, title).toMatch(/Exit codes:\n {2}0 /);
    }
  });
});
