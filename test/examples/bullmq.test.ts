import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const example = path.join(root, 'examples/bullmq');
const program = path.join(root, 'dist/cli/ringscope.mjs');
const scenario = path.join(root, 'scenarios/plain/n-01-no-subscription.cmr.yaml');
/** 768 rows, three stretches: one a part. */
const axis = ['--axis', 'links.a.latency=0ms..767ms:1ms'];
const parts = 3;

const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-bullmq-'));
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Why the example cannot run here, or null. */
function missing(): string | null {
  if (spawnSync('redis-server', ['--version']).status !== 0) return 'there is no redis-server here';
  const installed = existsSync(path.join(example, 'node_modules/bullmq'));
  return installed ? null : 'its packages are not installed: npm ci --prefix examples/bullmq';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

function started(command: string, words: readonly string[], port: number): ChildProcess {
  const env = {
    ...process.env,
    REDIS_URL: `redis://127.0.0.1:${port}`,
    RINGSCOPE: `${process.execPath} ${program}`,
    LOCK_MS: '2000',
  };
  const child = spawn(command, words, { cwd: example, env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

/** Waits until the child has said a word. */
function hasSaid(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(word)) resolve();
    });
    child.on('close', () => reject(new Error(`it ended before it said ${word}: ${said}`)));
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve));
}

it('a worker that is killed in the middle of its part changes no byte', async ({ skip }) => {
  const why = missing();
  if (why !== null) skip(why);
  const build = ['scripts/build.mjs', 'cli', '--if-stale'];
  expect(spawnSync(process.execPath, build, { cwd: root }).status).toBe(0);
  const port = await freePort();
  const server = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  await hasSaid(started('redis-server', server, port), 'Ready to accept connections');

  const output = path.join(folder, 'sweep.csv');
  const words = ['sweep.mjs', scenario, path.join(folder, 'results'), String(parts), output];
  const sweep = ended(started(process.execPath, [...words, ...axis], port));
  const first = started(process.execPath, ['worker.mjs'], port);
  await hasSaid(first, 'begun');
  first.kill('SIGKILL');
  await ended(first);
  started(process.execPath, ['worker.mjs'], port);
  expect(await sweep).toBe(0);

  const alone = ['sweep', scenario, ...axis, '--jobs', '1', '--to', 'csv'];
  const undisturbed = spawnSync(process.execPath, [program, ...alone], { encoding: 'utf8' });
  expect(readFileSync(output, 'utf8')).toBe(undisturbed.stdout);
}, 180_000);
