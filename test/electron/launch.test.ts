import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { findBrowser } from '../../scripts/find-browser.mjs';
import { electronArguments, findElectron, hasDisplay } from '../../scripts/find-electron.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-launch-'));
const installed = path.join(folder, 'electron');
const executable = path.join(installed, 'dist/electron');

beforeAll(() => {
  mkdirSync(path.dirname(executable), { recursive: true });
  writeFileSync(executable, '');
  writeFileSync(path.join(installed, 'path.txt'), 'electron');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the Electron binary', () => {
  test('is found where the package unpacks it', () => {
    expect(findElectron({}, installed)).toBe(executable);
  });

  test('is found where the environment says', () => {
    const elsewhere = { ELECTRON_OVERRIDE_DIST_PATH: path.dirname(executable) };
    expect(findElectron(elsewhere, folder)).toBe(executable);
  });

  test('is not found, and not fetched, where there is none', () => {
    expect(findElectron({}, folder)).toBeNull();
    expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder + '/none' }, installed)).toBeNull();
  });

  test('is told to run without its sandbox by root only', () => {
    expect(electronArguments(0)[0]).toBe('--no-sandbox');
    expect(electronArguments(1000)).toHaveLength(1);
    expect(electronArguments(undefined)).toHaveLength(1);
    expect(existsSync(path.join(electronArguments(1000)[0] ?? '', 'package.json'))).toBe(true);
  });
});

describe('a display', () => {
  test.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
  ] as const)('%s with %o: %s', (platform, environment, isThere) => {
    expect(hasDisplay(platform, environment)).toBe(isThere);
  });
});

describe('the browser', () => {
  test('the one named is taken', () => {
    const found = findBrowser({ RINGSCOPE_CHROMIUM: '/opt/chromium' }, () => true);
    expect(found).toEqual({ executable: '/opt/chromium' });
  });

  test('one named that is not there is an error, not a reason to take another', () => {
    expect(() => findBrowser({ RINGSCOPE_CHROMIUM: '/opt/chromium' }, () => false)).toThrow(
      'RINGSCOPE_CHROMIUM names /opt/chromium, and there is no such file',
    );
  });

  test('Playwright’s own comes before the system’s, with windows or without', () => {
    const marks: string[] = [];
    findBrowser({}, (file) => (marks.push(file), false));
    const own = marks.filter((file) => file.endsWith('INSTALLATION_COMPLETE'));
    expect(own).toHaveLength(2);
    for (const mark of own) {
      const exists = (file: string): boolean => file === mark || file === '/usr/bin/chromium';
      expect(findBrowser({}, exists)).toEqual({ executable: null });
    }
  });

  test('else the system’s, else none', () => {
    const chromium = '/usr/bin/chromium';
    expect(findBrowser({}, (file) => file === chromium)).toEqual({ executable: chromium });
    expect(findBrowser({}, () => false)).toBeNull();
  });
});
