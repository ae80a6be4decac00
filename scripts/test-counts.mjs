import { existsSync, readFileSync } from 'node:fs';

import { sentenceOf } from './project.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {string} file vitest's JSON report
 * @param {number} exitCode what vitest ended with
 * @returns {Counts} a file that did not load counts as one failure, and so does an exit code that
 *   no failed test explains
 */
export function countVitest(file, exitCode) {
  const report = readReport(file);
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const tests = /** @type {{ status: string, assertionResults: { status: string }[] }[]} */ (
    report.testResults
  );
  const statuses = tests.flatMap(({ status, assertionResults }) => {
    const own = assertionResults.map((result) => result.status);
    return status === 'failed' && !own.includes('failed') ? [...own, 'failed'] : own;
  });
  const failed = statuses.filter((status) => status === 'failed').length;
  const passed = statuses.filter((status) => status === 'passed').length;
  return {
    passed,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: statuses.length - passed - failed,
  };
}

/**
 * @param {string} file Playwright's JSON report
 * @param {number} exitCode what Playwright ended with
 * @returns {Counts} an exit code that no failed test explains counts as one failure
 */
export function countPlaywright(file, exitCode) {
  const report = readReport(file);
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } =
    /** @type {{ expected: number, unexpected: number, flaky: number, skipped: number }} */ (
      report.stats
    );
  // A test that passes only sometimes is a failed one.
  const failed = unexpected + flaky;
  return {
    passed: expected,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped,
  };
}

/**
 * @param {string} file
 * @returns {Record<string, unknown> | null} null where the runner died before writing it
 */
function readReport(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`${file} is no report: ${sentenceOf(error)}`);
    return null;
  }
}
