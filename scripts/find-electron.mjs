import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { root } from './project.mjs';

const packageFolder = path.join(root, 'node_modules/electron');

/** Fetches the binary, checks it against the checksums in the package and unpacks it. */
export const electronInstaller = path.join(packageFolder, 'install.js');

/**
 * Requiring the package to ask it would start a download where the binary is not yet there.
 * @param {NodeJS.ProcessEnv} environment ELECTRON_OVERRIDE_DIST_PATH names another folder
 * @param {string} [folder] where the electron package lies
 * @returns {string | null} the executable's path; null where none is installed
 */
export function findElectron(environment, folder = packageFolder) {
  const pathFile = path.join(folder, 'path.txt');
  const executable = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null;
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const candidate =
    override === undefined
      ? executable && path.join(folder, 'dist', executable)
      : path.join(override, executable ?? 'electron');
  return candidate !== null && existsSync(candidate) ? candidate : null;
}

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 * @returns {boolean} whether a window could be seen: only X11 and Wayland need to be asked
 */
export function hasDisplay(platform, environment) {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

/**
 * Chromium refuses its own sandbox to root, which matters in containers only.
 * @param {number | undefined} userId
 * @returns {string[]} the program's arguments
 */
export function electronArguments(userId) {
  return userId === 0 ? ['--no-sandbox', root] : [root];
}
