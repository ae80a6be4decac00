import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

import { buildConstants } from '../scripts/build-constants.mjs';
import { offlineWorker } from '../scripts/offline-worker.mjs';
import { licenceNotice } from '../scripts/licence-notice.mjs';
import { policyForThePage, responseHeaders } from '../scripts/response-headers.mjs';

/** A copy of the page on any web server keeps the policy the Electron host sends as a header. */
const policyInThePage: Plugin = {
  name: 'ringscope:policy-in-the-page',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policyForThePage },
      injectTo: 'head-prepend',
    },
  ],
};

const notice = licenceNotice();

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  define: buildConstants,
  plugins: [react(), policyInThePage, notice.whole, offlineWorker()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2023',
    // A data: address would need an opening in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es', plugins: () => [notice.worker()] },
  server: { host: '127.0.0.1', fs: { allow: ['..'] } },
  preview: { host: '127.0.0.1', headers: responseHeaders },
});
