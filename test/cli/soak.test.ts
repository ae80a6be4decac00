import { expect, test } from 'vitest';

import { exitCodes } from '../../cli/exit-codes.ts';
import { runCommandLine } from '../../cli/program.ts';
import { joinReports, type SoakReport } from '../../sim-core/index.ts';
import { fakeTerminal } from './fake-terminal.ts';

const busy = 'scenarios/gateway-mode/client-b-busy.cmr.yaml';

/** Soaks one scenario; the user may ask to stop when so many stretches have begun. */
async function soaked(seeds: string, stretches = Infinity) {
  let looks = 0;
  const interrupted = (): boolean => (looks += 1) > stretches;
  const fake = fakeTerminal({ interrupted });
  const words = ['soak', busy, '--seeds', seeds, '--json'];
  const code = await runCommandLine(words, fake.terminal);
  return { code, err: fake.err(), report: JSON.parse(fake.out()) as SoakReport };
}

test('a soak that was stopped says what is left, and both parts together are the whole', async () => {
  const whole = await soaked('0..119');
  const begun = await soaked('0..119', 1);
  expect(whole.code).toBe(exitCodes.passed.code);
  expect(begun.code).toBe(exitCodes.interrupted.code);
  expect(begun.report.calls).toBe(50);
  const [, left = ''] = /what is left is --seeds (\S+)\n/.exec(begun.err) ?? [];
  expect(left).toBe('50..119');
  const rest = await soaked(left);
  joinReports(begun.report, rest.report);
  expect(begun.report).toEqual(whole.report);
});
