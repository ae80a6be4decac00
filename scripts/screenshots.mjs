// npm run screenshots: takes a picture of every state of the window, into docs/pictures, and writes
// docs/pictures.md, which shows them.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { chromium } from '@playwright/test';
import { preview } from 'vite';

import { ensureBrowser } from './find-browser.mjs';
import { buildParts } from './parts.mjs';
import { root } from './project.mjs';

const folder = path.join(root, 'docs/pictures');
/** All pictures together may have so many bytes: they come with every copy of the project. */
const bytesMost = 2_000_000;
const figure = '#scenario=continue/as-in-the-figure';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {object} State
 * @property {string} name of the file
 * @property {string} says what there is to see
 * @property {'dark' | 'light'} [theme] dark where nothing is said
 * @property {[number, number]} [size] px; 1440 × 900 where nothing is said
 * @property {string} [fragment] of the address; the figure where nothing is said, '' for the doors
 * @property {(page: Page) => Promise<void>} [bring] from the opened page into the state
 */

/** @type {readonly State[]} */
const states = [
  {
    name: 'doors',
    says: 'Before anything is open: a door for each group of people.',
    fragment: '',
  },
  { name: 'call', says: 'The Continue call where it has settled, and what was measured in it.' },
  {
    name: 'message',
    says: 'Step 6 selected: what it does in plain words, its SDP, what changed in it.',
    bring: (page) => page.locator('.arrow[aria-label^="Step 6."] .shaft').click(),
  },
  {
    name: 'evidence',
    says: 'A clause lights the arrows that show it; everything else steps back.',
    bring: (page) => page.locator('[data-clause="FLOW-CON-06"]').click(),
  },
  {
    name: 'rows',
    says: 'The light theme, and Rows instead of Time.',
    theme: 'light',
    bring: (page) => page.keyboard.press('t'),
  },
  {
    name: 'table',
    says: 'The ladder’s twin for keyboards and ears.',
    bring: (page) => page.keyboard.press('g'),
  },
  {
    name: 'failing',
    says: 'A call that breaks a rule, at the instant at which it does.',
    fragment: '#scenario=negative/first-ack-too-late',
    bring: (page) => page.keyboard.press(']'),
  },
  {
    name: 'lesson',
    says: 'The lesson asks at each turn what A hears.',
    fragment: '',
    bring: async (page) => {
      await page.getByRole('button', { name: 'Start lesson 1' }).click();
      await page.locator('.lesson-answers').waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'replay',
    says: 'An edge case, with what could be changed and the command line of it.',
    fragment: '',
    bring: async (page) => {
      await page.getByRole('button', { name: 'Replay an edge case' }).click();
      await page.locator('.arrow').first().waitFor({ state: 'attached' });
    },
  },
  {
    name: 'editor',
    says: 'The text of the scenario beside its ladder, with what keeps it from running.',
    bring: async (page) => {
      await page.keyboard.press('F2');
      await page.locator('.cm-content').click();
      await page.keyboard.press('Control+Home');
      for (let count = 0; count < 3; count += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Home');
      await page.keyboard.type('sed: 7');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
      await page.locator('.problem-link').first().waitFor();
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'export',
    says: 'What a run can be written out as, and how much of it.',
    bring: (page) => page.keyboard.press('Control+e'),
  },
  {
    name: 'keys',
    says: 'Every key, from the table that binds them; each can be another.',
    bring: (page) => page.keyboard.press('?'),
  },
  {
    name: 'timing-map',
    says: 'A grid of runs over two latencies.',
    bring: async (page) => {
      await page.keyboard.press('w');
      await page.getByRole('button', { name: 'Run the map' }).click();
      await page.waitForTimeout(20_000);
    },
  },
  {
    name: 'narrow',
    says: 'At 1100 × 700 panels fold into a rail.',
    size: [1100, 700],
  },
  {
    name: 'magnified',
    says: 'At 1440 × 900 and 200 %: the inspector is a sheet.',
    size: [720, 450],
  },
];

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
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const state of states) await take(state);
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
    colorScheme: theme,
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  await page.goto(`${address}${fragment}`);
  const there = fragment === '' ? '.doors' : '.arrow';
  await page.locator(there).first().waitFor({ state: 'attached', timeout: 60_000 });
  // Every scenario has been looked at: its glyph says how it stands.
  await page.waitForTimeout(2_500);
  await bring?.(page);
  await page.waitForTimeout(600);
  await page.screenshot({ path: path.join(folder, `${name}.jpg`), type: 'jpeg', quality: 60 });
  await context.close();
  console.log(`docs/pictures/${name}.jpg`);
}

/**
 * @param {readonly State[]} shown
 * @returns {string}
 */
function pageOf(shown) {
  const entries = shown.map(({ name, says }) => `${says}\n\n![${says}](pictures/${name}.jpg)\n`);
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
