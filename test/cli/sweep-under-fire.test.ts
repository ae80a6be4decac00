import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bundle = path.join(root, 'dist/cli/ringscope.mjs');
const scenario = path.join(root, 'scenarios/plain/n-01-no-subscription.cmr.yaml');
/** 1 280 rows, five stretches. */
const sweep = ['sweep', scenario, '--jobs', '1', '--axis', 'links.a.latency=0ms..1279ms:1ms'];

/** How often a process is killed; more of them for who has the time. */
const kills = Number(process.env['RINGSCOPE_KILLS'] ?? 5);
let folder = '';

beforeAll(() => {
  const build = ['scripts/build.mjs', 'cli', '--if-stale'];
  const built = spawnSync(process.execPath, build, { cwd: root, encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-under-fire-'));
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function whole(words: readonly string[]): string {
  const most = 64 * 1024 * 1024;
  const ended = spawnSync(process.execPath, [bundle, ...words], {
    encoding: 'utf8',
    maxBuffer: most,
  });
  expect(ended.status, ended.stderr).toBe(0);
  return ended.stdout;
}

/** Starts one part of the sweep and kills it after a while; says whether it was done before. */
function killed(part: readonly string[], after: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bundle, ...sweep, ...part], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), after);
    child.on('close', (_, signal) => {
      clearTimeout(timer);
      resolve(signal === null);
    });
  });
}

it(
  `a sweep whose processes are killed ${kills} times gives the same bytes`,
  async () => {
    const undisturbed = whole([...sweep, '--to', 'csv']);
    const results = path.join(folder, 'results');
    const parts = ['1/2', '2/2'].map((part) => ['--results', results, '--shard', part]);
    mkdirSync(results);
    const stretches = (): number =>
      readdirSync(results).filter((name) => name.endsWith('.csv')).length;
    let seen = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      // Starting takes a third of a second; what follows falls anywhere into a stretch.
      const part = parts[kill % parts.length] ?? [];
      await killed(part, 400 + ((kill * 379) % 900));
      // What is there stays: a stretch is whole or absent, and never lost again.
      const now = stretches();
      expect(now).toBeGreaterThanOrEqual(seen);
      seen = now;
    }
    for (const part of parts) whole([...sweep, ...part]);
    expect(stretches()).toBe(5);
    expect(whole(['merge', results])).toBe(undisturbed);
  },
  120_000 + kills * 3_000,
);
