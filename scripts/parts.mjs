import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { root } from './project.mjs';

/**
 * @typedef {object} Part
 * @property {string} config the vite config, relative to the root
 * @property {string} output the file whose age tells whether the part is stale
 * @property {string[]} sources files and folders the part is made of
 */

/** Sources of every part: a new version, dependency or build setting makes all of them stale. */
const shared = ['package.json', 'package-lock.json', 'vite.node.config.ts', 'scripts'];

/** @type {Record<string, Part>} */
const parts = {
  renderer: {
    config: 'renderer/vite.config.ts',
    output: 'dist/renderer/index.html',
    sources: ['renderer', 'sim-core', 'scenarios', 'electron/response-headers.json', ...shared],
  },
  main: {
    config: 'vite.node.config.ts',
    output: 'dist/electron/main.mjs',
    sources: ['electron', 'renderer/host', 'renderer/words', ...shared],
  },
  preload: {
    config: 'vite.node.config.ts',
    output: 'dist/electron/preload.cjs',
    sources: ['electron', 'renderer/host', ...shared],
  },
  cli: {
    config: 'vite.node.config.ts',
    output: 'dist/cli/ringscope.mjs',
    sources: ['cli', 'sim-core', ...shared],
  },
  bench: {
    config: 'vite.node.config.ts',
    output: 'dist/bench/bench.mjs',
    sources: ['test/bench', 'sim-core', ...shared],
  },
};

/**
 * A folder counts as well as its files: deleting a file changes nothing but its folder's time.
 * @param {string} place a file or folder, absolute
 * @returns {number} the newest modification in milliseconds, 0 where nothing is
 */
function newestChange(place) {
  const status = statSync(place, { throwIfNoEntry: false });
  if (status === undefined) return 0;
  if (!status.isDirectory()) return status.mtimeMs;
  return readdirSync(place)
    .map((name) => newestChange(path.join(place, name)))
    .reduce((newest, time) => Math.max(newest, time), status.mtimeMs);
}

/**
 * @param {string} name a key of `parts`
 * @returns {boolean} whether the part was never built, or before its newest source
 */
function isStale(name) {
  const part = partNamed(name);
  const built = statSync(path.join(root, part.output), { throwIfNoEntry: false });
  if (built === undefined) return true;
  return part.sources.some((source) => newestChange(path.join(root, source)) > built.mtimeMs);
}

/**
 * @param {string} name a key of `parts`
 * @returns {Part}
 * @throws {Error} where there is no such part
 */
function partNamed(name) {
  const part = parts[name];
  if (part !== undefined) return part;
  throw new Error(`there is no part ${name} to build; there are ${Object.keys(parts).join(', ')}`);
}

/**
 * @param {string[]} names keys of `parts`
 * @param {'always' | 'if stale'} when
 * @throws {Error} what vite says when a part does not build
 */
export async function buildParts(names, when) {
  const wanted = names.filter((name) => partNamed(name) && (when === 'always' || isStale(name)));
  if (wanted.length === 0) return;
  const vite = await import('vite');
  for (const name of wanted) {
    const { config, output } = partNamed(name);
    const started = performance.now();
    await vite.build({
      configFile: path.join(root, config),
      mode: name === 'renderer' ? 'production' : name,
      logLevel: 'warn',
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.error(`built ${output} in ${seconds} s`);
  }
}

/** Everything that ships; a benchmark does not. */
export const shippedParts = ['renderer', 'main', 'preload', 'cli'];
