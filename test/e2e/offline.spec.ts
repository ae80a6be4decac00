import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';

import { expect, test } from '@playwright/test';

import { figure } from './window-page.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Any web server: no headers of ours, and the page somewhere below its root. */
function serveBelow(folder: string): Promise<{ server: Server; address: string }> {
  const server = createServer((request, response) => {
    const place = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
    const inside = place.startsWith(folder) ? place.slice(folder.length) : null;
    const file = path.join('dist/renderer', inside === '' ? 'index.html' : (inside ?? 'none'));
    try {
      const contents = readFileSync(file);
      response.writeHead(200, { 'Content-Type': types[path.extname(file)] ?? 'text/plain' });
      response.end(contents);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const at = server.address();
      const port = typeof at === 'object' && at !== null ? at.port : 0;
      resolve({ server, address: `http://127.0.0.1:${port}${folder}` });
    });
  });
}

test('on any web server, below a path, the page works, and after the first load without a network', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const { server, address } = await serveBelow('/tools/ringscope/');
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    const own = request.url().startsWith(address) || /^(?:blob|about):/.test(request.url());
    if (!own) complaints.push(request.url());
  });
  try {
    await page.goto(`${address}${figure}`);
    await expect(page.locator('.arrow').first()).toBeAttached({ timeout: 30_000 });
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    expect(complaints).toEqual([]);
    await context.setOffline(true);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await page.goto('about:blank');
    await page.goto(`${address}${figure}`);
    await expect(page.locator('.arrow').first()).toBeAttached({ timeout: 30_000 });
    // What is loaded late is at hand too.
    await page.keyboard.press('F2');
    await expect(page.locator('.cm-content')).toContainText('apiVersion');
  } finally {
    server.close();
  }
});
