import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exitCodes } from '../../cli/exit-codes.ts';
import { runCommandLine } from '../../cli/program.ts';
import type { Terminal } from '../../cli/terminal.ts';
import { fakeTerminal } from './fake-terminal.ts';

const figure = 'scenarios/continue/as-in-the-figure.cmr.yaml';
const refused = exitCodes.refused.code;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-cli-wav-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function cli(words: readonly string[], given: Partial<Terminal> = {}) {
  const fake = fakeTerminal(given);
  const code = await runCommandLine(words, fake.terminal);
  return { code, out: fake.out(), err: fake.err(), bytes: Buffer.from(fake.bytes()) };
}

/** Samples of a WAV file at 16 bits. */
const lengthOf = (file: Buffer) => (file.length - 44) / 2;

describe('ringscope run --audio', () => {
  it("writes a whole file beside the report: the caller's ear, or the one named", async () => {
    const [a, caller, b] = ['a.wav', 'caller.wav', 'b.wav'].map((name) => path.join(folder, name));
    const quiet = ['run', figure, '-q', '--audio'];
    expect(await cli([...quiet, a ?? '', '--ear', 'client-a'])).toMatchObject({ code: 0, err: '' });
    const told = await cli([...quiet, caller ?? '']);
    expect(told.out).toContain('PASS Continue, as in the figure');
    await cli([...quiet, b ?? '', '--ear', 'client-b']);
    expect(readdirSync(folder).sort()).toEqual(['a.wav', 'b.wav', 'caller.wav']);
    const [ofA, ofCaller, ofB] = [a, caller, b].map((file) => readFileSync(file ?? ''));
    expect(ofCaller).toEqual(ofA);
    expect(ofB?.equals(ofA ?? Buffer.alloc(0))).toBe(false);
    expect(ofA?.subarray(0, 4).toString()).toBe('RIFF');
  });

  it('ends where --until ends the run, with silence if need be', async () => {
    const file = path.join(folder, 'until.wav');
    for (const [until, samples] of [
      ['6s', 48_000],
      ['90s', 720_000],
    ] as const) {
      await cli(['run', figure, '-q', '--until', until, '--audio', file]);
      expect(lengthOf(readFileSync(file))).toBe(samples);
    }
  });

  it('knows one scenario at a time, and only terminals have ears', async () => {
    const several = await cli(['run', 'scenarios', '--audio', path.join(folder, 'all.wav')]);
    expect(several).toMatchObject({ code: refused, out: '' });
    expect(several.err).toMatch(/^--audio: a sound file holds one run, and these are \d+ /);
    const server = ['--audio', path.join(folder, 'server.wav'), '--ear', 'cmr-server'];
    const deaf = await cli(['run', figure, '-q', ...server]);
    expect(deaf.code).toBe(refused);
    expect(deaf.err).toContain('--ear: cmr-server is no terminal of it; it is one of client-a, cl');
    expect(readdirSync(folder)).not.toContain('server.wav');
  });

  it('says so when the file cannot be written', async () => {
    const nowhere = path.join(folder, 'no-such-folder', 'a.wav');
    const { code, err } = await cli(['run', figure, '-q', '--audio', nowhere]);
    expect(code).toBe(exitCodes.unavailable.code);
    expect(err).toContain('cannot be written: there is no such file or folder');
  });
});

describe('ringscope export --to wav', () => {
  it('writes the same file, or the same bytes into a pipe', async () => {
    const file = path.join(folder, 'run.wav');
    const exported = path.join(folder, 'export.wav');
    await cli(['run', figure, '-q', '--audio', file, '--ear', 'client-b']);
    const words = ['export', figure, '--to', 'wav', '--ear', 'client-b'];
    expect(await cli([...words, '-o', exported])).toMatchObject({ code: 0, out: '', err: '' });
    expect(readFileSync(exported)).toEqual(readFileSync(file));
    expect((await cli(words)).bytes).toEqual(readFileSync(file));
  });

  it('is nothing for a terminal', async () => {
    const told = await cli(['export', figure, '--to', 'wav'], { outIsTerminal: true, columns: 80 });
    expect(told).toMatchObject({ code: refused, out: '' });
    expect(told.err).toMatch(/^--to wav: a sound file is nothing for a terminal; name a file/);
  });

  it('refuses sound of more than an hour', async () => {
    const { code, err } = await cli(['export', figure, '--to', 'wav', '--until', '3601s']);
    expect(code).toBe(refused);
    expect(err).toContain('sound of 3601s is more than 3600s; end the run earlier with --until');
  });
});
