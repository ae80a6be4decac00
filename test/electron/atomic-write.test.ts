import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, test } from 'vitest';

import { builtBundle } from './built.ts';

const kills = 25;

test(`${kills} kills in the middle of saving leave a whole file, never older than told`, async () => {
  const { file: program } = await builtBundle('main', 'test/electron/saves-under-fire.ts');
  const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-kill-'));
  const file = path.join(folder, 'demo.cmr.yaml');
  for (let kill = 0; kill < kills; kill += 1) {
    writeFileSync(file, 'version 0\n');
    const told = await saveUntilKilled(program, file, 1 + (kill % 5), kill * 1.7);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(new Set(lines).size).toBe(1);
    const version = Number(lines[0]?.replace('version ', ''));
    expect(lines).toHaveLength(version === 0 ? 1 : 20_000);
    expect(version).toBeGreaterThanOrEqual(told);
  }
  rmSync(folder, { recursive: true });
});

/**
 * Lets the program save a few versions, then ends it without warning a moment later.
 * @returns the last version it said was on the disk
 */
function saveUntilKilled(
  program: string,
  file: string,
  versions: number,
  milliseconds: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (told.split('\n').length > versions) setTimeout(() => child.kill('SIGKILL'), milliseconds);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the program ended by itself with ${code}`));
      resolve(Number(told.trimEnd().split('\n').at(-1)));
    });
  });
}
