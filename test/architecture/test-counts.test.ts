import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { countPlaywright, countVitest } from '../../scripts/test-counts.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-counts-'));
const missing = path.join(folder, 'missing.json');
afterAll(() => rmSync(folder, { recursive: true }));

function report(contents: unknown): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, typeof contents === 'string' ? contents : JSON.stringify(contents));
  return file;
}

/** A vitest report with files of tests that ended so. */
function vitestReport(...files: { status: string; tests: string[] }[]): string {
  return report({
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((one) => ({ status: one })),
    })),
  });
}

describe('vitest’s report', () => {
  test('is counted test by test', () => {
    const file = vitestReport(
      { status: 'passed', tests: ['passed', 'passed', 'skipped', 'todo'] },
      { status: 'failed', tests: ['passed', 'failed'] },
    );
    expect(countVitest(file, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  test('a file that did not load is a failure', () => {
    const file = vitestReport(
      { status: 'failed', tests: [] },
      { status: 'passed', tests: ['passed'] },
    );
    expect(countVitest(file, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test('an exit code no test explains is a failure', () => {
    const file = vitestReport({ status: 'passed', tests: ['passed'] });
    expect(countVitest(file, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(countVitest(file, 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  });

  test('a report that is missing or cut is a failure', () => {
    expect(countVitest(missing, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countVitest(report('{"testResults": ['), 0)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    });
  });
});

describe('Playwright’s report', () => {
  test('a test that passes only sometimes has failed', () => {
    const file = report({ stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 3 } });
    expect(countPlaywright(file, 1)).toEqual({ passed: 5, failed: 3, skipped: 3 });
  });

  test('an exit code no test explains is a failure', () => {
    const file = report({ stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 0 } });
    expect(countPlaywright(file, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
    expect(countPlaywright(missing, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
