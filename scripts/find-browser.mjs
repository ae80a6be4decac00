import { existsSync } from 'node:fs';
import path from 'node:path';

import { chromium } from '@playwright/test';

import { run, runTool, tools } from './project.mjs';

/** Where the systems' own packages put a Chromium, and where people have one of its kin. */
const wellKnownPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
];

/**
 * @typedef {{ executable: string | null }} Browser null leaves the choice to Playwright, which has
 *   one of its own
 */

/**
 * Looks without installing anything.
 * @param {NodeJS.ProcessEnv} environment RINGSCOPE_CHROMIUM names the browser to use
 * @param {(file: string) => boolean} [exists] stands in for the file system in tests
 * @returns {Browser | null} null where there is none
 * @throws {Error} where RINGSCOPE_CHROMIUM names no file
 */
export function findBrowser(environment, exists = existsSync) {
  const named = environment['RINGSCOPE_CHROMIUM'];
  if (named) {
    if (exists(named)) return { executable: named };
    throw new Error(`RINGSCOPE_CHROMIUM names ${named}, and there is no such file`);
  }
  if (playwrightFolders().some((folder) => exists(path.join(folder, 'INSTALLATION_COMPLETE')))) {
    return { executable: null };
  }
  const place = wellKnownPlaces.find((candidate) => exists(candidate));
  return place === undefined ? null : { executable: place };
}

/**
 * Playwright has a whole browser and a smaller one without windows, side by side.
 * @returns {string[]}
 */
function playwrightFolders() {
  const [folder] = /^.*[/\\]chromium-\d+/.exec(chromium.executablePath()) ?? [];
  if (folder === undefined) return [];
  const withoutWindows = folder.replace(/chromium-(\d+)$/, 'chromium_headless_shell-$1');
  return [folder, withoutWindows];
}

/**
 * Looks, and installs one where there is none: Debian's as root, else Playwright's own.
 * @returns {Promise<Browser | null>} null where none could be installed
 * @throws {Error} where RINGSCOPE_CHROMIUM names no file
 */
export async function ensureBrowser() {
  const found = findBrowser(process.env);
  if (found !== null) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No browser found; installing Debian’s Chromium …');
    await installFromDebian(['chromium', 'fonts-dejavu-core']);
  } else {
    console.log('No browser found; asking Playwright to install one …');
    await runTool(tools.playwright, ['install', '--only-shell', 'chromium'], { minutesMost: 10 });
  }
  return findBrowser(process.env);
}

/** @param {string[]} packages */
async function installFromDebian(packages) {
  const quietly = { environment: { DEBIAN_FRONTEND: 'noninteractive' }, minutesMost: 10 };
  if ((await run('apt-get', ['update', '-qq'], quietly)) !== 0) return;
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quietly);
}
