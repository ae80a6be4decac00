import { builtinModules } from 'node:module';

import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

import { buildConstants } from './scripts/build-constants.mjs';
import { licenceNotice } from './scripts/licence-notice.mjs';

interface NodeBundle {
  readonly entry: string;
  readonly folder: string;
  readonly file: string;
  readonly format: 'es' | 'cjs';
}

/** One bundle per --mode. A sandboxed preload must be CommonJS. */
const bundles: Readonly<Record<string, NodeBundle>> = {
  main: { entry: 'electron/main.ts', folder: 'electron', file: 'main.mjs', format: 'es' },
  preload: { entry: 'electron/preload.ts', folder: 'electron', file: 'preload.cjs', format: 'cjs' },
  cli: { entry: 'cli/main.ts', folder: 'cli', file: 'ringscope.mjs', format: 'es' },
  bench: { entry: 'test/bench/main.ts', folder: 'bench', file: 'bench.mjs', format: 'es' },
};

/** Without the first line a shell would not know what runs the file npm links as `ringscope`. */
const startsWithNode: Plugin = {
  name: 'ringscope:starts-with-node',
  generateBundle(_options, outputs) {
    for (const output of Object.values(outputs)) {
      if (output.type === 'chunk' && output.isEntry && !output.code.startsWith('#!')) {
        output.code = `#!/usr/bin/env node\n${output.code}`;
      }
    }
  },
};

export default defineConfig(({ mode }) => {
  const bundle = bundles[mode];
  if (bundle === undefined) {
    throw new Error(`--mode ${mode} is none of ${Object.keys(bundles).join(', ')}`);
  }
  return {
    root: import.meta.dirname,
    define: buildConstants,
    plugins: mode === 'cli' ? [startsWithNode, licenceNotice().whole] : [],
    ssr: { noExternal: true },
    build: {
      ssr: bundle.entry,
      outDir: `dist/${bundle.folder}`,
      // main and preload share a folder and are one file each; the others may come in chunks.
      emptyOutDir: bundle.folder !== 'electron',
      target: 'node20',
      rolldownOptions: {
        external: ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
        output: {
          format: bundle.format,
          entryFileNames: bundle.file,
          chunkFileNames: '[name]-[hash].mjs',
        },
      },
    },
  };
});
