// npm run screenshots: takes a picture of every state of the window, into docs/pictures, and writes
// docs/pictures.md, which shows them. `npm run screenshots -- call rows` takes those two alone.
// Where the drawn design is at hand, docs/side-by-side.md has the window beside it.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { chromium } from '@playwright/test';
import { preview } from 'vite';

import { ensureBrowser } from './find-browser.mjs';
import { buildParts } from './parts.mjs';
import { root } from './project.mjs';
import { besideDesign } from './side-by-side.mjs';
import { figure, states } from './window-states.mjs';

const folder = path.join(root, 'docs/pictures');
/** All pictures together may have so many bytes: they come with every copy of the project. */
const bytesMost = 4_500_000;
/** The drawn design; who has only the project has the pictures that were taken beside it. */
const design = path.join(root, '../shared/design/look');

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
  mkdirSync(folder, { recursive: true });
  if (asked.length === 0) forget((file) => !file.startsWith('beside-'));
  for (const state of states) {
    if (asked.length === 0 || asked.includes(state.name)) await take(state);
  }
  writeFileSync(path.join(root, 'docs/pictures.md'), pageOf(states));
  if (existsSync(design) && (asked.length === 0 || asked.includes('beside'))) await takeBeside();
  weigh();
} finally {
  await chrome.close();
  await server.close();
}

/** @param {(file: string) => boolean} isGone */
function forget(isGone) {
  for (const file of readdirSync(folder)) if (isGone(file)) rmSync(path.join(folder, file));
}

/** The drawn design on the left, the window on the right. */
async function takeBeside() {
  for (const { drawn, ...state } of besideDesign) {
    const sides = [readFileSync(path.join(design, `${drawn}.png`)), await shoot(state)];
    writeFileSync(path.join(folder, `${state.name}.webp`), await small(sides));
    console.log(`docs/pictures/${state.name}.webp`);
  }
  const head = '# The window beside its design\n\nLeft as it was drawn, right as it is.\n';
  writeFileSync(
    path.join(root, 'docs/side-by-side.md'),
    [head, ...entriesOf(besideDesign)].join('\n'),
  );
}

/** @param {State} state */
async function take(state) {
  writeFileSync(path.join(folder, `${state.name}.webp`), await small([await shoot(state)]));
  console.log(`docs/pictures/${state.name}.webp`);
}

/**
 * @param {State} state
 * @returns {Promise<Buffer>} as PNG
 */
async function shoot({ theme = 'dark', size = [1440, 900], fragment = figure, bring }) {
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
  const picture = await page.screenshot({ type: 'png' });
  await context.close();
  return picture;
}

/**
 * Pictures side by side, in a form that the browser writes, but not of a page: smaller, and words
 * stay sharp.
 * @param {readonly Buffer[]} pngs
 * @returns {Promise<Buffer>}
 */
async function small(pngs) {
  const page = await chrome.newPage();
  const addresses = pngs.map((png) => `data:image/png;base64,${png.toString('base64')}`);
  // As text: the scripts know no types of a page.
  const written = await page.evaluate(`(async () => {
    const images = ${JSON.stringify(addresses)}.map((src) => Object.assign(new Image(), { src }));
    await Promise.all(images.map((image) => image.decode()));
    const gap = 24;
    const canvas = document.createElement('canvas');
    canvas.width = images.reduce((sum, { width }) => sum + width + gap, -gap);
    canvas.height = Math.max(...images.map(({ height }) => height));
    const pen = canvas.getContext('2d');
    let x = 0;
    for (const image of images) {
      pen.drawImage(image, x, 0);
      x += image.width + gap;
    }
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
  const head = '# The window in pictures\n\n`npm run screenshots` takes them anew.\n';
  return [head, ...entriesOf(shown)].join('\n');
}

/** @param {readonly Pick<State, 'name' | 'says'>[]} shown */
function entriesOf(shown) {
  return shown.map(({ name, says }) => `${says}\n\n![${says}](pictures/${name}.webp)\n`);
}

/** @throws {Error} where the pictures are too large to be kept */
function weigh() {
  const sizes = readdirSync(folder).map((file) => statSync(path.join(folder, file)).size);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`${sizes.length} pictures, ${Math.ceil(bytes / 1_000)} kB`);
  if (bytes > bytesMost) throw new Error(`All pictures together may have ${bytesMost} bytes.`);
}
