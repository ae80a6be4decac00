import { expect, it } from 'vitest';

import { exitCodes } from '../../cli/exit-codes.ts';
import { runCommandLine } from '../../cli/program.ts';
import { fakeTerminal } from './fake-terminal.ts';

it('ringscope races prints a command that a shell takes as it was meant', async () => {
  const fake = fakeTerminal();
  const file = 'scenarios/races/rc-01-answer-before-the-prack.cmr.yaml';
  const words = ['races', file, '--within', '500ms', '--set', "title=Alice's call"];
  expect(await runCommandLine(words, fake.terminal)).toBe(exitCodes.passed.code);
  expect(fake.out()).toContain(`--set 'title=Alice'\\''s call' --fault '`);
});
