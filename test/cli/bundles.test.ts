import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exitCodes } from '../../cli/exit-codes.ts';
import { runCommandLine } from '../../cli/program.ts';
import { fakeTerminal } from './fake-terminal.ts';

const figure = 'scenarios/continue/as-in-the-figure.cmr.yaml';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-bundles-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function cli(...words: readonly string[]) {
  const fake = fakeTerminal({}, '');
  const code = await runCommandLine(words, fake.terminal);
  expect(fake.err()).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  return { code, out: fake.out(), err: fake.err() };
}

describe('bundles on the command line', () => {
  it('are kept of failing runs, and replay to the same fingerprint', async () => {
    const kept = path.join(folder, 'kept');
    const slow = ['--set', 'links.a.latency=100ms', '--fault', 'drop the 1st UPDATE'];
    const run = await cli('run', figure, ...slow, '-q', '--bundles', kept);
    expect(run.code).toBe(exitCodes.failed.code);
    const [bundle = ''] = readdirSync(kept);
    expect(bundle).toMatch(/^as-in-the-figure-\w{13}\.cmrrun$/);
    expect(run.err).toContain(bundle);
    const replay = await cli('replay', path.join(kept, bundle));
    expect(replay.code).toBe(0);
    const print = /-(\w{13})\./.exec(bundle)?.[1] ?? '';
    expect(replay.out).toMatch(/^SAME Continue, as in the figure/);
    expect(replay.out).toContain(`fp ${print}`);
    // Whatever takes a scenario takes the bundle, with the faults of its run.
    const again = await cli('run', path.join(kept, bundle), '-q');
    expect(again.code).toBe(exitCodes.failed.code);
    expect(again.out).toContain(`fp ${print}`);
    const swept = ['sweep', path.join(kept, bundle), '--jobs', '1'];
    const { out } = await cli(...swept, '--axis', 'links.a.latency=100ms');
    expect(out).toContain('1 lost');
    const none = await cli('run', figure, '-q', '--bundles', path.join(folder, 'none'));
    expect(none.code).toBe(0);
    expect(() => readdirSync(path.join(folder, 'none'))).toThrow();
  });

  it('that were tampered with end in 4, with both records', async () => {
    const file = path.join(folder, 'call.cmrrun');
    expect((await cli('export', figure, '--to', 'cmrrun', '-o', file)).code).toBe(0);
    const bytes = readFileSync(file);
    const place = bytes.indexOf('latency: 40ms');
    bytes[place + 9] = '5'.charCodeAt(0);
    writeFileSync(file, bytes);
    const { code, err } = await cli('replay', file);
    expect(code).toBe(exitCodes.diverged.code);
    expect(err).toMatch(/diverged at record \d+\n {2}kept: \{.*\n {2}made: \{/);
    // Nothing is made of such a file by the other commands that take one.
    for (const words of [
      ['diff', file, figure],
      ['diff', figure, file],
      ['shrink', file],
      ['run', file],
    ]) {
      const other = await cli(...words);
      expect([other.code, other.out]).toEqual([exitCodes.diverged.code, '']);
      expect(other.err).toContain('call.cmrrun: the file is not as it was written');
    }
  });

  it('with one byte changed, whichever, end in 4 or are no bundle, and say so', async () => {
    const file = path.join(folder, 'byte.cmrrun');
    const busy = 'scenarios/gateway-mode/client-b-busy.cmr.yaml';
    expect((await cli('export', busy, '--to', 'cmrrun', '-o', file)).code).toBe(0);
    const bytes = readFileSync(file);
    expect((await cli('replay', file)).code).toBe(0);
    const flipped = async (place: number, bits: number) => {
      const other = Buffer.from(bytes);
      other[place] = (other[place] ?? 0) ^ bits;
      writeFileSync(file, other);
      const { code, out, err } = await cli('replay', file);
      // The first two bytes are what tells a zip file from something else.
      expect(code).toBe(place < 2 ? exitCodes.refused.code : exitCodes.diverged.code);
      expect(out).toBe('');
      expect(err).toMatch(/byte\.cmrrun: ./);
    };
    const place = fc.nat({ max: bytes.length - 1 });
    const ends = [0, 1, 2, bytes.length - 9, bytes.length - 1].map((at) => [at, 1] as const);
    await fc.assert(fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), flipped), {
      numRuns: 60,
      examples: ends.map(([at, bits]): [number, number] => [at, bits]),
    });
  });

  it('that are none, or not there, are said to be', async () => {
    expect((await cli('replay', figure)).code).toBe(exitCodes.refused.code);
    const missing = await cli('replay', path.join(folder, 'missing.cmrrun'));
    expect(missing.code).toBe(exitCodes.unavailable.code);
    const cut = path.join(folder, 'cut.cmrrun');
    writeFileSync(cut, 'PK\u0003\u0004');
    expect((await cli('replay', cut)).code).toBe(exitCodes.diverged.code);
  });
});

describe('ringscope diff', () => {
  it('says timing only where nothing else is different', async () => {
    const { code, out } = await cli('diff', figure, '--set', 'script.0.at=1s');
    expect(code).toBe(exitCodes.failed.code);
    expect(out).toMatch(/^Timing only: the same messages, \d+ at other times/);
  });

  it('compares a bundle with a scenario', async () => {
    const file = path.join(folder, 'same.cmrrun');
    await cli('export', figure, '--to', 'cmrrun', '-o', file);
    const { code, out } = await cli('diff', file, figure);
    expect(code).toBe(0);
    expect(out).toBe('The same run: equal fingerprints.\n');
  });

  it('writes JSON, and a page that runs nothing', async () => {
    const change = ['--fault', 'drop the 1st 200 of client-b'];
    const json = JSON.parse((await cli('diff', figure, ...change, '--to', 'json')).out);
    expect(json.schemaVersion).toBe(1);
    expect(json.messages.map((one: { change: string }) => one.change)).toContain('lost');
    const { out } = await cli('diff', figure, ...change, '--to', 'html');
    expect(out).toContain("default-src 'none'");
    expect(out.match(/<script/g)).toBeNull();
    expect(out.match(/<pre>/g)).toHaveLength(3);
  });

  it('wants two runs', async () => {
    const { code, err } = await cli('diff', figure);
    expect(code).toBe(exitCodes.refused.code);
    expect(err).toContain('give a second run');
  });
});

describe('ringscope shrink', () => {
  it('finds the smallest scenario that still violates a clause', async () => {
    const file = 'scenarios/negative/answered-before-the-update.cmr.yaml';
    const small = path.join(folder, 'small.cmr.yaml');
    const shrunk = await cli('shrink', file, '--clause', 'DEL-GW-SRV-07', '-o', small);
    expect(shrunk.code).toBe(0);
    expect(shrunk.err).toMatch(/^DEL-GW-SRV-07 is still violated in \d+ of \d+ lines; nothing is/);
    const { code, out } = await cli('run', small);
    expect(code).toBe(exitCodes.failed.code);
    expect(out).toContain('DEL-GW-SRV-07');
  });

  it('refuses a run that fails in nothing, or not in that', async () => {
    const well = await cli('shrink', figure);
    expect(well.code).toBe(exitCodes.refused.code);
    expect(well.err).toContain('nothing fails in this run');
    const file = 'scenarios/negative/answered-before-the-update.cmr.yaml';
    const other = await cli('shrink', file, '--clause', 'DEL-GW-SRV-06');
    expect(other.code).toBe(exitCodes.refused.code);
    expect(other.err).toContain('did you mean DEL-GW-SRV-07?');
  });
});
