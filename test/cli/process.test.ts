import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exitCodes } from '../../cli/exit-codes.ts';
import { emptyProcess } from '../support/good-time.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bundle = path.join(root, 'dist/cli/ringscope.mjs');
const busy = path.join(root, 'scenarios/gateway-mode/client-b-busy.cmr.yaml');
let folder = '';
let text = '';

beforeAll(() => {
  const build = ['scripts/build.mjs', 'cli', '--if-stale'];
  const built = spawnSync(process.execPath, build, { cwd: root, encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-process-'));
  text = readFileSync(busy, 'utf8');
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** An empty process takes about 40 ms: this is a second, wherever it runs. */
const timesAnEmptyProcessMost = 25;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly milliseconds: number;
}

/** Runs the program as its users do: as a process of its own. */
function ringscope(words: readonly string[], input = ''): Ended {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...words], {
    cwd: folder,
    encoding: 'utf8',
    input,
  });
  const milliseconds = performance.now() - begun;
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  return { code: status, out: stdout, err: stderr, milliseconds };
}

/** The scenario with something in place of something that is there. */
function changed(name: string, before: string | RegExp, after: string): string {
  const whole = text.replace(before, () => after);
  expect(whole).not.toBe(text);
  return written(name, whole);
}

function written(name: string, content: string | Uint8Array): string {
  writeFileSync(path.join(folder, name), content);
  return name;
}

describe('bad input ends with its code and a pointed message, within a second', () => {
  const bomb = (): string => `a: &a [x]\n${'b: [*a, *a, *a, *a, *a, *a, *a]\n'.repeat(170_000)}`;
  const cases: readonly [what: string, file: () => string, code: number, says: RegExp][] = [
    [
      'unknown key',
      () => changed('key.cmr.yaml', '    identity: sip:alice', '    identitty: sip:alice'),
      2,
      /^key\.cmr\.yaml:\d+:5: error CMR1004: nodes\.client-a\.identitty: .*did you mean identity\?$/m,
    ],
    [
      'wrong unit',
      () => changed('unit.cmr.yaml', 'latency: 40ms', 'latency: 40msec'),
      2,
      /^unit\.cmr\.yaml:\d+:\d+: error CMR1008: links\.\S+: .*did you mean 40ms\?$/m,
    ],
    [
      'unknown node in a link',
      () =>
        changed(
          'node.cmr.yaml',
          'between: [client-a, cmr-server]',
          'between: [client-x, cmr-server]',
        ),
      2,
      /^node\.cmr\.yaml:\d+:\d+: error CMR1010: .*"client-x" is not in this file/m,
    ],
    [
      'duplicate name',
      () => changed('twice.cmr.yaml', /^ {2}client-b:$/m, '  client-a:'),
      2,
      /^twice\.cmr\.yaml:\d+:3: error CMR1009: "client-a" is there already, in line \d+$/m,
    ],
    ['missing file', () => 'missing.cmr.yaml', 5, /^missing\.cmr\.yaml: there is no such file/],
    [
      'empty file',
      () => written('empty.cmr.yaml', ''),
      2,
      /^empty\.cmr\.yaml:1:1: error CMR1000: the file is empty/,
    ],
    [
      'alias bomb of 5 MB',
      () => written('bomb.cmr.yaml', bomb()),
      2,
      /^bomb\.cmr\.yaml:1:1: error CMR1002: the file is too long/,
    ],
    [
      'alias bomb within the size',
      () => written('small-bomb.cmr.yaml', bomb().slice(0, 900_000)),
      2,
      /^small-bomb\.cmr\.yaml:\d+:\d+: error CMR1002: the file uses more than 20 aliases/,
    ],
    [
      'no text',
      () => written('binary.cmr.yaml', new Uint8Array([0xff, 0xfe, 0x00, 0x41])),
      2,
      /^binary\.cmr\.yaml:1:1: error CMR1003: the file is no text in UTF-8/,
    ],
    ['unknown flag', () => '--fast', 2, /^error: unknown option '--fast'$/m],
  ];

  it.each(cases)('%s', (_what, file, code, says) => {
    const name = file();
    const ended = ringscope(['run', name]);
    expect(ended.code).toBe(code);
    expect(ended.out).toBe('');
    expect(ended.err).toMatch(says);
    expect(ended.milliseconds / emptyProcess()).toBeLessThan(timesAnEmptyProcessMost);
  });
});

describe('the program among others', () => {
  it('runs a scenario from a file and from a pipe, with one result', () => {
    const fromFile = ringscope(['run', '-q', busy]);
    const fromPipe = ringscope(['run', '-q', '-'], text);
    expect(fromFile.code).toBe(0);
    expect(fromFile.out).toMatch(/^PASS Client-B is busy .*\n$/);
    expect(fromPipe.out).toBe(fromFile.out);
  });

  it('keeps machine output apart from everything else', () => {
    const { code, out, err } = ringscope(['run', '--json', busy, 'missing.cmr.yaml']);
    expect(code).toBe(exitCodes.unavailable.code);
    expect(JSON.parse(out).runs).toHaveLength(1);
    expect(err).toContain('missing.cmr.yaml: there is no such file');
    expect(err).toContain('PASS Client-B is busy');
  });

  it('does not mind a reader that has read enough', async () => {
    const code = await new Promise<string>((resolve) => {
      const child = spawn(process.execPath, [bundle, 'run', '--reporter', 'ndjson', busy]);
      let err = '';
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.stdout.once('data', () => child.stdout.destroy());
      child.on('close', (status, signal) => resolve(`${status} ${signal} ${err}`));
    });
    expect(code).not.toContain('EPIPE');
    expect(code).not.toContain('at ');
    expect(code).toMatch(/^0 null /);
  });

  it('ends with 130 when interrupted, with valid output', async () => {
    const files = Array.from({ length: 3_000 }, () => busy);
    const ended = await new Promise<{ status: number | null; out: string }>((resolve) => {
      const child = spawn(process.execPath, [bundle, 'run', '--json', ...files]);
      let out = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.once('data', () => child.kill('SIGINT'));
      child.on('close', (status) => resolve({ status, out }));
    });
    expect(ended.status).toBe(exitCodes.interrupted.code);
    const report = JSON.parse(ended.out);
    expect(report.interrupted).toBe(true);
    expect(report.runs.length).toBeGreaterThan(0);
    expect(report.runs.length).toBeLessThan(files.length);
  });

  it('explores to the same bytes with one thread and with two', () => {
    const flow = path.join(root, 'scenarios/gateway-mode/n-10-client-b-rings-without-sdp.cmr.yaml');
    const words = ['explore', flow, '--users', '--json'];
    const [alone, two] = ['1', '2'].map((jobs) => ringscope([...words, '--jobs', jobs]));
    expect(two?.code).toBe(alone?.code);
    expect(two?.out).toBe(alone?.out);
    // More than what is not worth a second thread.
    expect(JSON.parse(alone?.out ?? '').counts.distinct).toBeGreaterThan(3_000);
  }, 60_000);

  it('soaks to the same bytes with one thread and with two', () => {
    const words = ['soak', busy, '--seeds', '0..149', '--judged', '--json'];
    const [alone, two] = ['1', '2'].map((jobs) => ringscope([...words, '--jobs', jobs]));
    expect(alone?.code).toBe(exitCodes.passed.code);
    expect(two).toMatchObject({ code: alone?.code, out: alone?.out });
  }, 60_000);

  it('prints its help in no time', () => {
    const { code, out, milliseconds } = ringscope(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('Usage: ringscope');
    expect(milliseconds / emptyProcess()).toBeLessThan(timesAnEmptyProcessMost);
  });
});
