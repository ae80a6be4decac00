import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { FuseV1Options } from '@electron/fuses';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { fusesWanted, packStandIn } from '../../scripts/pack-stand-in.mjs';
import { root } from '../architecture/source-files.ts';

const work = mkdtempSync(path.join(tmpdir(), 'ringscope-packaging-'));
afterAll(() => rmSync(work, { recursive: true }));

/** A project as small as can be, with our own settings: what is tested is what they do. */
function projectWith(more: Readonly<Record<string, string>>, settings?: string): string {
  const project = mkdtempSync(path.join(work, 'project-'));
  for (const name of ['package.json', 'LICENSE']) {
    cpSync(path.join(root, name), path.join(project, name));
  }
  const own = readFileSync(path.join(root, 'electron-builder.yml'), 'utf8');
  writeFileSync(path.join(project, 'electron-builder.yml'), settings ?? own);
  for (const [place, text] of Object.entries(more)) {
    mkdirSync(path.dirname(path.join(project, place)), { recursive: true });
    writeFileSync(path.join(project, place), text);
  }
  return project;
}

/** Files that belong into a package, and files that do not. */
const built = Object.fromEntries(
  [
    'dist/electron/main.mjs',
    'dist/electron/preload.cjs',
    'dist/renderer/index.html',
    'dist/renderer/assets/index.js',
    'dist/renderer/assets/index.js.map',
    'dist/cli/ringscope.mjs',
    'dist/bench/bench.mjs',
    'electron/main.ts',
    'sim-core/index.ts',
    'test/a.test.ts',
    '.env',
    'node_modules/left-pad/index.js',
  ].map((place) => [place, `// ${place}`]),
);

test('a package holds the bundles and nothing else, and its back doors are closed', async () => {
  const { files, fuses } = await packStandIn(
    projectWith(built),
    mkdtempSync(path.join(work, 'o-')),
  );
  expect(files).toEqual([
    'LICENSE',
    'dist/electron/main.mjs',
    'dist/electron/preload.cjs',
    'dist/renderer/assets/index.js',
    'dist/renderer/index.html',
    'package.json',
  ]);
  expect(fuses).toMatchObject(fusesWanted);
}, 60_000);

test('a misspelt setting fails the packing', async () => {
  const settings = readFileSync(path.join(root, 'electron-builder.yml'), 'utf8');
  const misspelt = projectWith(built, settings.replace('runAsNode:', 'runsAsNode:'));
  await expect(packStandIn(misspelt, mkdtempSync(path.join(work, 'o-')))).rejects.toThrow(
    /electron-builder failed: .*configuration\.electronFuses/s,
  );
}, 60_000);

describe('the settings', () => {
  const settings = parse(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')) as {
    electronFuses: Record<string, boolean>;
    asar: boolean;
    publish: unknown;
    mac: { entitlements: string };
  };

  test('say of every fuse electron-builder knows what it shall be', () => {
    const said = Object.entries(settings.electronFuses).map(([name, on]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      on ? 'ENABLE' : 'DISABLE',
    ]);
    expect(Object.fromEntries(said)).toEqual(fusesWanted);
  });

  test('leave one fuse, WebAssembly’s trap handlers, as Electron has it', () => {
    const known = Object.values(FuseV1Options).filter((value) => typeof value === 'string');
    expect(known.filter((name) => !(name in fusesWanted))).toEqual(['WasmTrapHandlers']);
  });

  test('pack into one archive, publish nowhere, and ask macOS for compiled code only', () => {
    expect(settings.asar).toBe(true);
    expect(settings.publish).toBeNull();
    const entitlements = readFileSync(path.join(root, settings.mac.entitlements), 'utf8');
    expect([...entitlements.matchAll(/<key>(.*)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
    ]);
  });
});
