import { createServer } from 'node:net';

import { defineConfig } from '@playwright/test';

import { findBrowser } from './scripts/find-browser.mjs';

const browser = findBrowser(process.env);
const isRoot = process.getuid?.() === 0;
const report = process.env['RINGSCOPE_PLAYWRIGHT_REPORT'];
// The workers load this file again and must come to the same address: they inherit the variable.
process.env['RINGSCOPE_E2E_PORT'] ??= String(await freePort());
const port = process.env['RINGSCOPE_E2E_PORT'];

/** A port nobody listens on, so that two runs on one machine do not meet. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() =>
        found === null ? reject(new Error('the system gave no port')) : resolve(found),
      );
    });
  });
}

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: report === undefined ? [['list']] : [['list'], ['json', { outputFile: report }]],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(typeof browser?.executable === 'string' ? { executablePath: browser.executable } : {}),
      chromiumSandbox: !isRoot,
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-gpu',
        '--disable-quic',
        '--disable-sync',
        '--font-render-hinting=none',
        '--force-color-profile=srgb',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: `node scripts/desktop.mjs --web --port ${port}`,
    url: `http://127.0.0.1:${port}/`,
    timeout: 120_000,
  },
});
