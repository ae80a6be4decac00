import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { build } from 'vite';

import { root } from '../architecture/source-files.ts';

/**
 * Builds one of the project's bundles as it ships, but into a folder of its own, so that a test
 * depends on nothing that was built before.
 * @param mode as in vite.node.config.ts
 * @param entry another entry than the mode's own, from the root
 * @returns the bundle's path and text
 */
export async function builtBundle(
  mode: 'main' | 'preload',
  entry?: string,
): Promise<{ file: string; text: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-bundle-'));
  const before = process.env['NODE_ENV'];
  await build({
    configFile: path.join(root, 'vite.node.config.ts'),
    mode,
    logLevel: 'silent',
    build: { outDir: folder, ...(entry === undefined ? {} : { ssr: entry }) },
  });
  // vite says "production" to the whole process, which the other tests share.
  process.env['NODE_ENV'] = before;
  const file = path.join(folder, mode === 'main' ? 'main.mjs' : 'preload.cjs');
  return { file, text: readFileSync(file, 'utf8') };
}
