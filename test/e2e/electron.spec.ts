import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { _electron, expect, test } from '@playwright/test';

import { electronArguments, findElectron, hasDisplay } from '../../scripts/find-electron.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = findElectron(process.env);
const isShowable = binary !== null && hasDisplay(process.platform, process.env);
const why =
  binary === null
    ? 'the Electron binary is not installed: node node_modules/electron/install.js'
    : 'there is no display to open a window on';

test('the window opens, shows the page and has its bridge and nothing more', async () => {
  // Where somebody says there must be one, a missing binary is a failure and not a reason to pass.
  const isNeeded = process.env['RINGSCOPE_NEED_ELECTRON'] === '1';
  if (!isNeeded) test.skip(!isShowable, why);
  expect(isShowable, why).toBe(true);

  const app = await _electron.launch({
    executablePath: binary ?? '',
    args: electronArguments(process.getuid?.()),
    cwd: root,
  });
  try {
    const violations: string[] = [];
    const window = await app.firstWindow();
    window.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
    await window.waitForLoadState('load');
    expect(window.url()).toBe('app://ringscope/index.html');
    const seen = await window.evaluate(() => ({
      bridge: Object.keys(Reflect.get(globalThis, 'hostBridge') as object).sort(),
      hasNode: 'require' in globalThis || 'process' in globalThis,
      isIsolated: globalThis.crossOriginIsolated,
    }));
    expect(seen).toEqual({
      bridge: [
        'drafts',
        'dropDraft',
        'exportFile',
        'heed',
        'keepDraft',
        'openRecent',
        'openScenario',
        'platform',
        'printPage',
        'recentFiles',
        'saveScenario',
        'saveScenarioAs',
        'version',
      ],
      hasNode: false,
      isIsolated: true,
    });
    const refused = await window.evaluate(() =>
      fetch('https://example.org/').then(
        () => 'answered',
        () => 'refused',
      ),
    );
    expect(refused).toBe('refused');
    await expect(window.locator('body')).not.toBeEmpty();
    // The fetch above is the only thing the policy had to stop.
    expect(violations.filter((text) => !text.includes('example.org'))).toEqual([]);
  } finally {
    await app.close();
  }
});

test.describe('npm start', () => {
  test.skip(process.platform === 'win32', 'the stand-in for Electron is a shell script');
  // The tests of this file may come to one worker one by one, each with a clearing up after it.
  let folder = '';
  test.beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ringscope-start-'));
  });
  test.afterEach(() => rmSync(folder, { recursive: true }));

  /** Starts as a person would, with a program in Electron's place, and waits for a line. */
  async function start(script: string, environment: NodeJS.ProcessEnv, until: RegExp) {
    writeFileSync(path.join(folder, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const child = spawn(process.execPath, ['scripts/desktop.mjs', '--no-download', '--port', '0'], {
      cwd: root,
      env: { ...process.env, WAYLAND_DISPLAY: '', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    try {
      return await new Promise<string>((resolve) => {
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          if (until.test(said)) resolve(said);
        });
        child.on('close', () => resolve(said));
      });
    } finally {
      child.kill();
    }
  }
  const standIn = () => ({ DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: folder });
  const served = /Ringscope is at (http:\/\/127\.0\.0\.1:\d+\/)/;

  test('opens the project in Electron where both are there', async () => {
    const said = await start('echo "opened $@"', standIn(), /opened .*\n/);
    expect(said).toContain(`opened ${electronArguments(process.getuid?.()).join(' ')}`);
    expect(said).not.toMatch(served);
  });

  test('serves the page instead where there is no display, and says so', async () => {
    const said = await start('echo opened', { ...standIn(), DISPLAY: '' }, served);
    expect(said).toContain('No window of its own: there is no display.');
    expect(said).not.toContain('opened');
    expect(said).toMatch(served);
  });

  test('serves the page instead where Electron does not start', async () => {
    const said = await start('exit 7', standIn(), served);
    expect(said).toContain('Electron ended with exit code 7 while starting');
  });

  test('serves the page instead where there is no binary', async () => {
    const nowhere = { ...standIn(), ELECTRON_OVERRIDE_DIST_PATH: path.join(folder, 'none') };
    const said = await start('exit 7', nowhere, served);
    expect(said).toContain('No window of its own: the Electron binary is not installed.');
  });
});
