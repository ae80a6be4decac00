// node test/bench/window.mjs [--acts <number>] [--mermaid <file>]
// A long call in the window, measured in Chromium; beside it Mermaid drawing 1 000 messages, where
// the file of its browser build is named (mermaid/dist/mermaid.min.js; it is no dependency).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { chromium } from '@playwright/test';

import { findBrowser } from '../../scripts/find-browser.mjs';
import { root } from '../../scripts/project.mjs';

const port = 4319;
const framesMeasured = 150;
const messagesOfMermaid = 1_000;
/** So many runs are opened one after another, to see whether what is over is let go. */
const runsOpened = 10;

const { values } = parseArgs({
  options: { acts: { type: 'string', default: '910' }, mermaid: { type: 'string' } },
});

/**
 * A call in which Client-A holds and resumes again and again: some 55 records an act.
 * @param {number} acts
 */
function longCall(acts) {
  const lines = [
    'apiVersion: ringscope/v1',
    'baseline: voice-call',
    'title: A long call',
    'description: Client-A holds and resumes again and again.',
    `until: ${acts * 6 + 120}s`,
    'script:',
    '  - { at: 0s, who: client-a, does: dial, target: client-b }',
    '  - { after: 4s, since: ringing, who: client-b, does: answer }',
  ];
  for (let act = 1; act <= acts; act += 1) {
    const deed = act % 2 === 1 ? 'hold' : 'resume';
    lines.push(`  - { after: ${6 * act}s, since: answered, who: client-a, does: ${deed} }`);
  }
  lines.push(`  - { after: ${6 * (acts + 1)}s, since: answered, who: client-a, does: hang up }`);
  return `${lines.join('\n')}\n`;
}

/**
 * Median and 95th percentile of frame times in milliseconds.
 * @param {number[]} frames
 */
function inShort(frames) {
  const sorted = frames.toSorted((one, other) => one - other);
  const at = (/** @type {number} */ share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return `median ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms`;
}

/**
 * @param {string} what
 * @param {(string | number)[]} values
 */
function say(what, ...values) {
  console.log(`${what.padEnd(29)} ${values.join(', ')}`);
}

/** Notes in the page when the last part of a run comes in, and when it has been painted. */
function watchRuns() {
  let records = 0;
  globalThis.runsPainted = [];
  function heard({ data }, since) {
    if (data.kind === 'begun') records = 0;
    if (data.kind === 'records') records += data.records.length;
    if (data.kind !== 'ended') return;
    requestAnimationFrame(() =>
      setTimeout(() => {
        globalThis.runsPainted.push({ records, millis: performance.now() - since });
      }),
    );
  }
  globalThis.Worker = class extends Worker {
    addEventListener(kind, listener) {
      super.addEventListener(kind, (event) => {
        const since = performance.now();
        listener(event);
        if (kind === 'message') heard(event, since);
      });
    }
  };
}

/**
 * Does something every frame and gives the times between frames.
 * @param {import('@playwright/test').Page} page
 * @param {'scroll' | 'scrub' | 'run'} what `run`: the clock moves the playhead, the ladder follows
 */
function measureFrames(page, what) {
  return page.evaluate(
    ([kind, count]) =>
      new Promise((resolve) => {
        const svg = document.querySelector('.ladder svg[role]');
        const box = svg.getBoundingClientRect();
        const point = (name, y) =>
          svg.dispatchEvent(
            new PointerEvent(name, { clientX: box.left + 20, clientY: box.top + y, bubbles: true }),
          );
        const wheel = (deltaY) =>
          svg.dispatchEvent(new WheelEvent('wheel', { deltaY, bubbles: true, cancelable: true }));
        svg.setPointerCapture = () => {};
        const frames = [];
        let last = null;
        if (kind === 'scrub') point('pointerdown', 20);
        // A call that has come in is seen where it has settled: far down.
        if (kind === 'scroll') wheel(-1e7);
        const frame = (now) => {
          if (last !== null) frames.push(now - last);
          last = now;
          if (frames.length >= count) {
            if (kind === 'scrub') point('pointerup', 20);
            resolve(frames);
            return;
          }
          if (kind === 'scrub') point('pointermove', 20 + ((frames.length * 7) % 400));
          else if (kind === 'scroll') wheel(60);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    /** @type {const} */ ([what, framesMeasured]),
  );
}

/**
 * CPU time of the page's main thread so far, ms: on a busy machine a frame also waits its turn.
 * @param {import('@playwright/test').CDPSession} devtools
 */
async function cpuMillis(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {import('@playwright/test').CDPSession} devtools
 * @param {'scroll' | 'scrub' | 'run'} what
 */
async function sayFrames(page, devtools, what) {
  const before = await cpuMillis(devtools);
  const frames = await measureFrames(page, what);
  const each = ((await cpuMillis(devtools)) - before) / frames.length;
  say(`frames, ${what}`, `${inShort(frames)}; CPU ${each.toFixed(1)} ms each`);
}

/**
 * What the page holds once nothing is left to collect, MB.
 * @param {import('@playwright/test').CDPSession} devtools
 */
async function heapMegabytes(devtools) {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

/**
 * Opens one run after another, each with a seed of its own, and waits until it is painted.
 * @param {import('@playwright/test').Page} page
 * @param {import('@playwright/test').CDPSession} devtools
 */
async function sayHeap(page, devtools) {
  const heaps = [await heapMegabytes(devtools)];
  for (let run = 1; run < runsOpened; run += 1) {
    const painted = await page.evaluate(() => globalThis.runsPainted.length);
    await page.getByRole('button', { name: 'New seed' }).click();
    await page.waitForFunction((count) => globalThis.runsPainted.length > count, painted);
    heaps.push(await heapMegabytes(devtools));
  }
  const megabytes = heaps.map((heap) => heap.toFixed(0));
  say('heap', `${megabytes[0]} MB; after ${runsOpened} runs ${megabytes.at(-1)} MB`);
  say('heap, run by run', `${megabytes.join(' ')} MB`);
}

/** @param {import('@playwright/test').Browser} browser */
async function measureWindow(browser) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(300_000);
  await page.addInitScript(watchRuns);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(`http://127.0.0.1:${port}/#scenario=continue/as-in-the-figure`);
  await page.locator('.verdict-sum .count').first().waitFor();
  // The others are judged first, so that they do not share the processor with what is measured.
  await page
    .locator('.scenario .glyph.open')
    .first()
    .waitFor({ state: 'detached', timeout: 600_000 });
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+o');
  const before = await cpuMillis(devtools);
  const buffer = Buffer.from(longCall(Number(values.acts)));
  await (await chooser).setFiles({ name: 'long.cmr.yaml', mimeType: 'application/yaml', buffer });
  await page.locator('h1', { hasText: 'A long call' }).waitFor();
  await page.waitForFunction(() => globalThis.runsPainted.at(-1)?.records > 2_000, null, {
    timeout: 300_000,
  });
  const { records, millis } = await page.evaluate(() => globalThis.runsPainted.at(-1));
  const cpu = (await cpuMillis(devtools)) - before;
  say('records', records);
  say('first paint after the run', `${Math.round(millis)} ms`);
  say('CPU from opening to there', `${Math.round(cpu)} ms`);
  const nodes = (/** @type {string} */ inside) =>
    page.evaluate((selector) => document.querySelectorAll(selector).length, `${inside} svg *`);
  say('nodes of ladder and lanes', await nodes('.ladder'), await nodes('.lanes'));
  await page.waitForTimeout(500);
  await sayFrames(page, devtools, 'scroll');
  await sayFrames(page, devtools, 'scrub');
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await sayFrames(page, devtools, 'run');
  await page.keyboard.press('Space');
  await sayHeap(page, devtools);
  await page.close();
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} file
 */
async function measureMermaid(browser, file) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.setContent('<div id="place"></div>');
  await page.addScriptTag({ path: file });
  const drawn = await page.evaluate(async (count) => {
    const lines = ['sequenceDiagram'];
    for (let index = 0; index < count; index += 1) {
      lines.push(index % 2 === 0 ? `A->>S: INVITE ${index}` : `S-->>A: 200 OK ${index}`);
    }
    const { mermaid } = globalThis;
    mermaid.initialize({ startOnLoad: false, maxTextSize: 1e6, maxEdges: 1e4 });
    const since = performance.now();
    const { svg } = await mermaid.render('drawn', lines.join('\n'));
    document.querySelector('#place').innerHTML = svg;
    await new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
    });
    const millis = performance.now() - since;
    return { millis, nodes: document.querySelectorAll('#place *').length };
  }, messagesOfMermaid);
  say(`Mermaid, ${messagesOfMermaid} messages`, `${Math.round(drawn.millis)} ms`);
  say('nodes of Mermaid', drawn.nodes);
  await page.close();
}

/** The page is built first where it is stale. */
async function serverReady() {
  for (;;) {
    const [said] = await once(server.stdout, 'data');
    if (String(said).includes('http://')) return;
  }
}

const server = spawn(
  process.execPath,
  [path.join(root, 'scripts/desktop.mjs'), '--web', '--port', String(port)],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  await serverReady();
  const found = findBrowser(process.env);
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    ...(typeof found?.executable === 'string' ? { executablePath: found.executable } : {}),
    args: ['--enable-precise-memory-info', ...(isRoot ? ['--no-sandbox'] : [])],
  });
  await measureWindow(browser);
  if (values.mermaid !== undefined) await measureMermaid(browser, values.mermaid);
  await browser.close();
} finally {
  server.kill();
}
