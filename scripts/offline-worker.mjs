import { createHash } from 'node:crypto';

/**
 * Adds a service worker to a built page: after the first load the page opens without a network.
 * What the page is made of is kept by its names, which change with its contents; the page itself is
 * asked for anew where there is a network. Nothing of another origin is touched.
 * @returns {import('vite').Plugin}
 */
export function offlineWorker() {
  return {
    name: 'ringscope:offline-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = Object.keys(bundle)
          .filter((name) => /\.(?:css|html|js|svg|woff2)$/.test(name))
          .filter((name) => name !== 'index.html')
          .sort();
        const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 16);
        this.emitFile({
          type: 'asset',
          fileName: 'offline.js',
          source: sourceOf(version, [...new Set(['./', ...files])]),
        });
      },
    },
  };
}

/**
 * @param {string} version
 * @param {readonly string[]} files relative to the page
 */
function sourceOf(version, files) {
  return `'use strict';
const name = 'ringscope-${version}';
const files = ${JSON.stringify(files)};
self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)).then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys()
      .then((all) => Promise.all(all.filter((one) => one.startsWith('ringscope-') && one !== name).map((one) => caches.delete(one))))
      .then(() => self.clients.claim()),
  );
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => caches.match('./', { cacheName: name })));
    return;
  }
  event.respondWith(caches.match(request, { cacheName: name }).then((kept) => kept ?? fetch(request)));
});
`;
}
