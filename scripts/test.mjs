// Everything that guards what lands, in one command. The last line says `N passed, N failed,
// N skipped`; each static check and the build count as one.
import { rmSync } from 'node:fs';
import path from 'node:path';

import { runChecks } from './checks.mjs';
import { ensureBrowser } from './find-browser.mjs';
import { root, runTool, sentenceOf, tools } from './project.mjs';
import { countPlaywright, countVitest } from './test-counts.mjs';

/** @typedef {import('./test-counts.mjs').Counts} Counts */

/** A stage that hangs must not keep the last line from being printed. */
const minutesMost = 15;
const reports = path.join(root, '.test-reports');

rmSync(reports, { recursive: true, force: true });
const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {{ name: string, stage: () => Promise<Counts> }[]} */
const stages = [
  { name: 'what ran before', stage: whatRanBefore },
  { name: 'static checks', stage: async () => ({ ...(await runChecks()), skipped: 0 }) },
  { name: 'build', stage: buildAll },
  { name: 'unit tests', stage: runVitest },
  { name: 'tests in the browser', stage: runPlaywright },
];
let built = false;
for (const { name, stage } of stages) {
  const counts = await runStage(name, stage);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);

/**
 * A stage that throws is a failure like any other: the stages after it run all the same.
 * @param {string} name
 * @param {() => Promise<Counts>} stage
 * @returns {Promise<Counts>}
 */
async function runStage(name, stage) {
  const started = performance.now();
  try {
    const counts = await stage();
    if (counts.failed > 0) console.log(`── ${name}: ${counts.failed} FAILED`);
    return counts;
  } catch (error) {
    console.log(`── ${name} FAILED: ${sentenceOf(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    console.log(`── ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

/**
 * What .ci/run tried before the tests belongs into their count, which is the last line it prints.
 * @returns {Promise<Counts>}
 */
async function whatRanBefore() {
  const failedBefore = process.env['RINGSCOPE_FAILED_BEFORE'] ?? '';
  if (failedBefore === '') return { passed: 0, failed: 0, skipped: 0 };
  console.log(`── failed before the tests: ${failedBefore}`);
  return { passed: 0, failed: 1, skipped: 0 };
}

/** @returns {Promise<Counts>} */
async function buildAll() {
  built = (await runTool('scripts/build.mjs', [], { minutesMost })) === 0;
  return { passed: built ? 1 : 0, failed: built ? 0 : 1, skipped: 0 };
}

/** @returns {Promise<Counts>} */
async function runVitest() {
  const report = path.join(reports, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runTool(tools.vitest, ['run', ...reporters], { minutesMost });
  return countVitest(report, code);
}

/** @returns {Promise<Counts>} */
async function runPlaywright() {
  if (!built) throw new Error('there is no page to test, because the build failed');
  const browser = await ensureBrowser();
  if (browser === null) {
    console.log('There is no browser, and none could be installed: nothing was tested in one.');
    return process.env['CI'] === undefined
      ? { passed: 0, failed: 0, skipped: 1 }
      : { passed: 0, failed: 1, skipped: 0 };
  }
  const report = path.join(reports, 'playwright.json');
  const code = await runTool(tools.playwright, ['test'], {
    environment: { RINGSCOPE_PLAYWRIGHT_REPORT: report },
    minutesMost,
  });
  return countPlaywright(report, code);
}
