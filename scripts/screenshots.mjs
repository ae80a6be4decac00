// npm run screenshots: takes a picture of every state of the window, into docs/pictures, and writes
// docs/pictures.md, which shows them. `npm run screenshots -- call rows` takes those two alone.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { chromium } from '@playwright/test';
import { preview } from 'vite';

import { ensureBrowser } from './find-browser.mjs';
import { buildParts } from './parts.mjs';
import { root } from './project.mjs';
import { figure, states } from './window-states.mjs';

const folder = path.join(root, 'docs/pictures');
/** All pictures together may have so many bytes: they come with every copy of the project. */
const bytesMost = 4_000_000;

/** @typedef {import('./window-states.mjs').State} State */

/** Names of states; none: all of them. */
const asked = process.argv.slice(2);

await buildParts(['renderer'], 'if stale');
const browser = await ensureBrowser();
if (browser === null) throw new Error('There is no browser to take pictures with.');
const server = await preview({
  configFile: path.join(root, 'renderer/vite.config.ts'),
  appType: 'mpa',
  logLevel: 'warn',
  preview: { port: 0 },
});
const address = server.resolvedUrls?.local[0] ?? '';
const chrome = await chromium.launch({
  ...(browser.executable === null ? {} : { executablePath: browser.executable }),
  chromiumSandbox: process.getuid?.() !== 0,
  args: ['--font-render-hinting=none', '--force-color-profile=srgb', '--disable-gpu'],
});
try {
  if (asked.length === 0) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const state of states) {
    if (asked.length === 0 || asked.includes(state.name)) await take(state);
  }
  writeFileSync(path.join(root, 'docs/pictures.md'), pageOf(states));
  weigh();
} finally {
  await chrome.close();
  await server.close();
}

/** @param {State} state */
async function take({ name, theme = 'dark', size = [1440, 900], fragment = figure, bring }) {
  const [width, height] = size;
  const context = await chrome.newContext({
    viewport: { width, height },
    colorScheme: theme === 'light' ? 'light' : 'dark',
    contrast: theme === 'contrast' ? 'more' : 'no-preference',
    forcedColors: theme === 'forced' ? 'active' : 'none',
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  await page.goto(`${address}${fragment}`);
  const there = fragment === '' ? '.doors' : '.arrow';
  await page.locator(there).first().waitFor({ state: 'attached', timeout: 60_000 });
  // The scenarios beside the open one have been looked at: their glyphs say how they stand.
  await page.waitForTimeout(2_500);
  await bring?.(page);
  await page.waitForTimeout(600);
  const picture = await small(await page.screenshot({ type: 'png' }));
  writeFileSync(path.join(folder, `${name}.webp`), picture);
  await context.close();
  console.log(`docs/pictures/${name}.webp`);
}

/**
 * A form of pictures that the browser writes, but not of a page: smaller, and words stay sharp.
 * @param {Buffer} png
 * @returns {Promise<Buffer>}
 */
async function small(png) {
  const page = await chrome.newPage();
  const address = `data:image/png;base64,${png.toString('base64')}`;
  // As text: the scripts know no types of a page.
  const written = await page.evaluate(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(address)};
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.4);
  })()`);
  if (typeof written !== 'string') throw new Error('the browser wrote no picture');
  await page.close();
  return Buffer.from(written.slice(written.indexOf(',') + 1), 'base64');
}

/**
 * @param {readonly State[]} shown
 * @returns {string}
 */
function pageOf(shown) {
  const entries = shown.map(({ name, says }) => `${says}\n\n![${says}](pictures/${name}.webp)\n`);
  const head = '# The window in pictures\n\n`npm run screenshots` takes them anew.\n';
  return [head, ...entries].join('\n');
}

/** @throws {Error} where the pictures are too large to be kept */
function weigh() {
  const sizes = readdirSync(folder).map((file) => statSync(path.join(folder, file)).size);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`${sizes.length} pictures, ${Math.ceil(bytes / 1_000)} kB`);
  if (bytes > bytesMost) throw new Error(`All pictures together may have ${bytesMost} bytes.`);
}
