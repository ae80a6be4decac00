import { mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exitCodes } from '../../cli/exit-codes.ts';
import { runCommandLine } from '../../cli/program.ts';
import type { Terminal } from '../../cli/terminal.ts';
import { fakeTerminal } from './fake-terminal.ts';

const figure = 'scenarios/continue/as-in-the-figure.cmr.yaml';
const busy = 'scenarios/gateway-mode/client-b-busy.cmr.yaml';
const grid = ['--axis', 'links.a.latency=60ms,100ms', '--axis', 'links.b.latency=20ms,160ms'];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-sweep-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function cli(words: readonly string[], given: Partial<Terminal> = {}) {
  const fake = fakeTerminal(given, '');
  const code = await runCommandLine(words, fake.terminal);
  expect(fake.err()).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  return { code, out: fake.out(), err: fake.err() };
}

describe('ringscope sweep', () => {
  it('prints a map, its classes, and boundaries with the command that shows each', async () => {
    const { code, out, err } = await cli(['sweep', figure, ...grid, '--bisect']);
    expect(code).toBe(exitCodes.passed.code);
    expect(err).toBe('');
    expect(out).toContain(' 60ms  A B\n100ms  A B\n');
    expect(out).toContain(
      'links.b.latency at links.a.latency=60ms: A up to 105ms, B from 105001us',
    );
    const command = /ringscope run .*105001us.*/.exec(out)?.[0].split(' ').slice(1) ?? [];
    const shown = await cli([...command, '-q']);
    expect(shown.out).toContain('W-2XX-RETX');
  });

  it('varies what the command line has changed, and says so in the command for a boundary', async () => {
    const lost = ['--fault', 'drop the 1st 200 of client-b', '--set', 'links.b.latency=30ms'];
    const axis = ['--axis', 'links.a.latency=80ms,120ms'];
    const { code, out } = await cli(['sweep', figure, ...axis, ...lost, '--bisect']);
    expect(code).toBe(exitCodes.passed.code);
    expect(out).toContain('1 lost');
    expect(out).toContain(
      `--set links.b.latency=30ms --fault 'drop the 1st 200 of client-b' --set links.a.latency=`,
    );
    const wrong = await cli(['sweep', figure, ...axis, '--fault', 'drop the 1st 201 of nobody']);
    expect(wrong.code).toBe(exitCodes.refused.code);
    expect(wrong.err).toContain('--fault:1:');
    const explored = await cli(['explore', busy, '--fault', 'drop the 1st INVITE of client-a']);
    expect(explored.out).toContain('INVITE lost');
  });

  it('writes lines, columns and a picture', async () => {
    const csv = await cli(['sweep', figure, ...grid, '--to', 'csv', '--measure', 'wasted2xx']);
    expect(csv.out.split('\r\n')).toHaveLength(6);
    const json = await cli(['sweep', figure, ...grid, '--to', 'json', '--seeds', '3..4']);
    const read = JSON.parse(json.out);
    expect(read.schemaVersion).toBe(2);
    expect(read.rows).toBe(8);
    const seed = read.columns.find((column: { name: string }) => column.name === 'seed');
    expect(seed.values).toEqual([3, 4, 3, 4, 3, 4, 3, 4]);
    const page = readFileSync('docs/json-reports.md', 'utf8');
    const keys = [...Object.keys(read), ...Object.keys(seed)];
    expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
    const file = path.join(folder, 'map.svg');
    await cli(['sweep', figure, ...grid, '--to', 'svg', '-o', file]);
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg /);
  });

  it('gives the same bytes in parts, after a loss, and merged', async () => {
    const many = ['--axis', 'links.a.latency=1ms..270ms:1ms'];
    const command = ['sweep', busy, ...many, '--to', 'csv'];
    const whole = await cli(command);
    const results = path.join(folder, 'results');
    const part = (shard: string) => cli([...command, '--results', results, '--shard', shard]);
    expect((await part('1/2')).code).toBe(0);
    expect((await cli(['merge', results])).code).toBe(exitCodes.refused.code);
    await part('2/2');
    expect((await cli(['merge', results])).out).toBe(whole.out);
    // A stretch that got lost is computed again; the others are taken as they are.
    const kept = readdirSync(results).filter((name) => name.endsWith('.csv'));
    expect(kept).toHaveLength(2);
    unlinkSync(path.join(results, kept[0] ?? ''));
    const again = await cli([...command, '--results', results]);
    expect(again.out).toBe(whole.out);
    writeFileSync(path.join(results, kept[1] ?? ''), 'cut');
    const damaged = await cli([...command, '--results', results]);
    expect(damaged.code).toBe(exitCodes.refused.code);
    expect(damaged.err).toContain('is damaged');
  });

  it('keeps what is done when it is interrupted', async () => {
    let asked = 0;
    const interrupted = (): boolean => (asked += 1) > 1;
    const many = ['--axis', 'links.a.latency=1ms..299ms:1ms', '--jobs', '1'];
    const ended = await cli(['sweep', busy, ...many, '--to', 'csv'], { interrupted });
    expect(ended.code).toBe(exitCodes.interrupted.code);
    expect(ended.out.split('\r\n')).toHaveLength(66);
    expect(ended.err).toContain('interrupted: 64 of 299 rows');
  });

  it.each([
    [['--axis', 'links.a.latency'], 'an axis is a path'],
    [['--axis', 'links.a.latancy=1ms'], 'did you mean links.a.latency?'],
    [['--axis', 'links.a.latency=1'], 'error CMR1008'],
    [['--axis', 'until=1s', '--axis', 'until=2s'], 'until is an axis already'],
    [['--axis', 'until=1s', '--measure', 'answerlag'], 'did you mean answerLag?'],
    [['--axis', 'seed=1..3:1'], 'seeds are no axis: every place is run with each seed'],
    [['--axis', 'until=1s', '--by', 'luck'], 'error: --by: luck is none of'],
    [['--axis', 'until=1s', '--seeds', '5'], 'Two seeds, the lower first'],
    [['--axis', 'until=1s', '--shard', '3/2'], 'A part and how many there are'],
    [['--axis', 'until=1s', '--shard', '1/2'], 'give --results too'],
  ])('refuses %j', async (words, says) => {
    const { code, out, err } = await cli(['sweep', figure, ...words]);
    expect(code).toBe(exitCodes.refused.code);
    expect(out).toBe('');
    expect(err).toContain(says);
  });
});
