import { describe, expect, test } from 'vitest';

import { runCommandLine } from '../../cli/program.ts';
import { fakeTerminal } from './fake-terminal.ts';

const figure = 'scenarios/continue/as-in-the-figure.cmr.yaml';

async function why(...words: string[]) {
  const terminal = fakeTerminal();
  const code = await runCommandLine(['why', figure, ...words], terminal.terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

describe('ringscope why', () => {
  test('tells what led to what is heard, each line with its instant and record', async () => {
    const { code, out } = await why('--at', '6s', '--hears', 'client-a');
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'At 6000 ms CMR Client-A hears ringing-7 at 25 % and client-b.',
      '',
      '    5200  #88    CMR Client-B answers.',
    ]);
    expect(out).toContain('FLOW-CON-11');
  });

  test('goes with what is changed: the ring that stops', async () => {
    const set = ['--set', 'switches.SW-CONT=stop'];
    const { out } = await why('--at', '6s', '--hears', 'client-a', ...set);
    expect(out).toContain('decides to stop: SW-CONT is stop');
  });

  test('answers for a clause and for a record', async () => {
    expect((await why('--clause', 'flow-con-06')).out).toMatch(/^FLOW-CON-06 is satisfied: /);
    expect((await why('--record', '145')).out).toContain('sends UPDATE, step 6, to CMR Client-A');
  });

  test('names what chance chose with a record, as the option that chooses otherwise', async () => {
    const jitter = ['--record', '3', '--set', 'links.a.latency=20ms..40ms'];
    const { out } = await why(...jitter);
    expect(out).toMatch(
      / {2}--choice 1=\d\S+ +client-a to cmr-server: how long a link takes, from/,
    );
    const other = await why(...jitter, '--choice', '1=33ms');
    expect(other.out).toContain('it takes 33 ms');
    expect(other.out).toContain('  --choice 1=33ms ');
    expect((await why('--record', '3')).out).not.toContain('Left to chance');
  });

  test.each([
    [[], 'ask one thing'],
    [['--record', '3', '--choice', '1=yes'], 'the run makes no choice 1'],
    [['--record', '3', '--choice', 'first'], 'it is the number of a choice'],
    [['--hears', 'client-a'], '--hears needs an instant'],
    [['--hears', 'client-c', '--at', '1s'], 'did you mean client-a?'],
    [['--at', '1s', '--clause', 'FLOW-CON-06'], '--at goes with'],
    [['--at', '1.0000001s', '--sees', 'client-a'], 'whole microseconds'],
    [['--at', 'soon', '--sees', 'client-a'], '--at: "soon": a length of time is a number'],
    [['--at', '3', '--sees', 'client-a'], 'did you mean 3ms?'],
    [['--clause', 'FLOW-CON-6'], 'did you mean FLOW-CON-0'],
    [['--record', '99999'], 'there is no record 99999'],
  ])('refuses %o', async (words, says) => {
    const { code, err } = await why(...words);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});
