// node scripts/desktop.mjs [--web] [--no-download] [--port <number>]
// Ringscope in a window of its own, or where that cannot be, the same page on this machine only.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';

import {
  electronArguments,
  electronInstaller,
  findElectron,
  hasDisplay,
} from './find-electron.mjs';
import { buildParts } from './parts.mjs';
import { root, run, sentenceOf } from './project.mjs';

const portByDefault = 4173;
const downloadMinutesMost = 5;
const startSecondsMost = 5;

try {
  await start(readArguments());
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}

/**
 * @typedef {object} Wishes
 * @property {boolean} web
 * @property {boolean} download
 * @property {number | null} port
 */

/**
 * @returns {Wishes}
 * @throws {Error} on an unknown argument or a port that is none
 */
function readArguments() {
  const { values } = parseArgs({
    options: {
      web: { type: 'boolean', default: false },
      'no-download': { type: 'boolean', default: false },
      port: { type: 'string' },
    },
  });
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new Error(`--port ${values.port} is no port: a whole number from 0 to 65535 is`);
  }
  return { web: values.web, download: !values['no-download'], port };
}

/** @param {Wishes} wishes */
async function start(wishes) {
  await buildParts(['renderer'], 'if stale');
  const why = wishes.web ? null : await tryWindow(wishes);
  if (why === 'a window was open') return;
  if (why !== null) console.log(`No window of its own: ${why}. The same page is served instead.`);
  await serve(wishes.port);
}

/**
 * @param {Wishes} wishes
 * @returns {Promise<string>} 'a window was open', or why there was none
 */
async function tryWindow(wishes) {
  if (!hasDisplay(process.platform, process.env)) return 'there is no display';
  if (findElectron(process.env) === null && wishes.download) await downloadElectron();
  const electron = findElectron(process.env);
  if (electron === null) return 'the Electron binary is not installed';
  await buildParts(['main', 'preload'], 'if stale');
  const started = performance.now();
  const code = await run(electron, electronArguments(process.getuid?.()));
  // A missing system library shows at once; what ends later had its window.
  const couldNotStart = code !== 0 && performance.now() - started < startSecondsMost * 1000;
  if (couldNotStart) return `Electron ended with exit code ${code} while starting`;
  process.exitCode = code;
  return 'a window was open';
}

/** Fetches the binary once; says what failed in a line and leaves the judgement to the caller. */
async function downloadElectron() {
  console.log('Fetching the Electron binary (about 110 MB, once; --no-download skips this) …');
  const child = spawn(process.execPath, [electronInstaller], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
    timeout: downloadMinutesMost * 60_000,
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) console.error(`The download failed: ${reasonIn(complaint)}`);
}

/**
 * @param {string} complaint what the installer wrote: a stack, with the true reason as its cause
 * @returns {string} one line
 */
function reasonIn(complaint) {
  const cause = /\[cause\]: (.+)|^(?:\w*Error): (.+)/gm;
  const reasons = [...complaint.matchAll(cause)].map((match) => match[1] ?? match[2]);
  return reasons.at(-1) ?? `no answer within ${downloadMinutesMost} minutes`;
}

/**
 * @param {number | null} port null takes the usual one, or the next that is free
 */
async function serve(port) {
  const { preview } = await import('vite');
  const server = await preview({
    configFile: path.join(root, 'renderer/vite.config.ts'),
    // A wrong address is answered with 404, not with the page.
    appType: 'mpa',
    logLevel: 'warn',
    preview: { port: port ?? portByDefault, strictPort: port !== null },
  });
  const address = server.resolvedUrls?.local[0];
  console.log(`Ringscope is at ${address} (Ctrl+C ends it)`);
}
