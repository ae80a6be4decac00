import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, test } from 'vitest';

import { createShelf } from '../../electron/shelf.ts';
import { builtBundle } from './built.ts';

const kills = 100;
/** Programs that are killed side by side. */
const lanes = 4;

test(`${kills} kills in the middle of saving leave a whole file and a whole draft`, async () => {
  const { file: program } = await builtBundle('main', 'test/electron/saves-under-fire.ts');
  const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-kill-'));
  const lane = async (number: number): Promise<void> => {
    for (let kill = number; kill < kills; kill += lanes) {
      const own = mkdtempSync(path.join(folder, 'lane-'));
      const file = path.join(own, 'demo.cmr.yaml');
      writeFileSync(file, 'version 0\n');
      const told = await saveUntilKilled(program, [file, own], 1 + (kill % 4), (kill % 25) * 1.7);
      // The old text or the new one, never older than was told, never a part.
      expect(versionIn(readFileSync(file, 'utf8'))).toBeGreaterThanOrEqual(told);
      // What the next start offers is whole too.
      const drafts = await createShelf(files, own).drafts();
      expect(drafts.map(({ id }) => id)).toEqual(['demo']);
      expect(versionIn(drafts[0]?.text ?? '')).toBeGreaterThanOrEqual(told);
      rmSync(own, { recursive: true });
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_none, number) => lane(number)));
  rmSync(folder, { recursive: true });
}, 180_000);

/** The version that a text is all of. */
function versionIn(text: string): number {
  const lines = text.trimEnd().split('\n');
  expect(new Set(lines).size).toBe(1);
  const version = Number(lines[0]?.replace('version ', ''));
  expect(lines).toHaveLength(version === 0 ? 1 : 20_000);
  return version;
}

/**
 * Lets the program save a few versions, then ends it without warning a moment later.
 * @returns the last version it said was on the disk
 */
function saveUntilKilled(
  program: string,
  places: readonly string[],
  versions: number,
  milliseconds: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...places], {
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
