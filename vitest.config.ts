import { defineConfig } from 'vitest/config';

import { buildConstants } from './scripts/build-constants.mjs';

export default defineConfig({
  define: buildConstants,
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    pool: 'threads',
    isolate: false,
    setupFiles: ['test/support/drawn-examples.ts'],
    testTimeout: 60_000,
    // Whoever requires the electron package by mistake gets a path, and starts no download.
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    coverage: {
      provider: 'v8',
      include: ['sim-core/**/*.ts', 'cli/**/*.ts', 'electron/**/*.ts', 'renderer/**/*.ts'],
      reporter: ['text-summary', 'lcov'],
    },
  },
});
