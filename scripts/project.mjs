import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, absolute. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The files tools are started by. Going through node_modules/.bin would need npm's PATH, and a
 * shell on Windows.
 */
export const tools = {
  tsc: 'node_modules/typescript/bin/tsc',
  oxlint: 'node_modules/oxlint/bin/oxlint',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  knip: 'node_modules/knip/bin/knip.js',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
  electronBuilder: 'node_modules/electron-builder/cli.js',
};

/**
 * @typedef {object} Circumstances
 * @property {NodeJS.ProcessEnv} [environment] added to this process's own
 * @property {number} [minutesMost] after which it is ended; without it, it may run for ever
 */

/**
 * Runs a program at the root with this process's output.
 * @param {string} program
 * @param {string[]} args
 * @param {Circumstances} [circumstances]
 * @returns {Promise<number>} the exit code; 1 for a signal or a program that could not be started
 */
export function run(program, args, { environment = {}, minutesMost } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...environment },
      ...(minutesMost === undefined ? {} : { timeout: minutesMost * 60_000 }),
    });
    child.on('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code, signal) => {
      if (signal !== null) console.error(`${program} was ended by ${signal}`);
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs one of this project's tools on the Node that runs us.
 * @param {string} file relative to the root, as in `tools`
 * @param {string[]} args
 * @param {Circumstances} [circumstances]
 * @returns {Promise<number>} the exit code
 */
export function runTool(file, args, circumstances = {}) {
  return run(process.execPath, [path.join(root, file), ...args], circumstances);
}

/**
 * Runs one of this project's tools and keeps what it says.
 * @param {string} file relative to the root, as in `tools`
 * @param {string[]} args
 * @returns {Promise<{ code: number, output: string }>} both streams as they came
 */
export function listenToTool(file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, file), ...args], { cwd: root });
    let output = '';
    const take = (/** @type {string} */ text) => (output += text);
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * @param {unknown} error whatever was thrown
 * @returns {string} what it says, without its stack
 */
export function sentenceOf(error) {
  return error instanceof Error ? error.message : String(error);
}
