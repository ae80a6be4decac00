import { closeSync, mkdirSync, openSync, readdirSync, readSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

import { listenToTool, tools } from './project.mjs';

/** What marks the fuses in Electron's executable, the wire's version and their number. */
const fuseWire = ['dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', '\u0001', '\u0009', '0'.repeat(9)].join('');

/** What the fuses have to be (electron-builder.yml sets them); the rest stays as Electron's. */
export const fusesWanted = {
  RunAsNode: 'DISABLE',
  EnableCookieEncryption: 'ENABLE',
  EnableNodeOptionsEnvironmentVariable: 'DISABLE',
  EnableNodeCliInspectArguments: 'DISABLE',
  EnableEmbeddedAsarIntegrityValidation: 'ENABLE',
  OnlyLoadAppFromAsar: 'ENABLE',
  LoadBrowserProcessSpecificV8Snapshot: 'DISABLE',
  GrantFileProtocolExtraPrivileges: 'DISABLE',
};

/**
 * Packs the window as for Linux round a folder that looks like Electron but is none: everything
 * but the binary is as in a release, and nothing is fetched.
 * @param {string} project a folder with package.json, electron-builder.yml, LICENSE and dist
 * @param {string} work an empty folder for the stand-in and the result
 * @returns {Promise<{ files: string[], fuses: Record<string, string> }>} what lies in app.asar,
 *   sorted, and the state of each fuse in the executable
 * @throws {Error} with what electron-builder says where it fails
 */
export async function packStandIn(project, work) {
  const standIn = path.join(work, 'electron');
  makeStandIn(standIn);
  const release = path.join(work, 'release');
  const { code, output } = await listenToTool(tools.electronBuilder, [
    '--linux',
    '--dir',
    '--x64',
    '--publish=never',
    `--project=${project}`,
    `--config.electronDist=${standIn}`,
    `--config.directories.output=${release}`,
  ]);
  if (code !== 0) throw new Error(`electron-builder failed: ${output}`);
  const packed = path.join(release, 'linux-unpacked');
  return {
    files: filesInAsar(path.join(packed, 'resources/app.asar')),
    fuses: await readFuses(path.join(packed, 'ringscope')),
  };
}

/** @param {string} folder */
function makeStandIn(folder) {
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  writeFileSync(path.join(folder, 'electron'), `stand-in ${fuseWire}\n`, { mode: 0o755 });
  writeFileSync(path.join(folder, 'version'), '0.0.0');
  writeFileSync(path.join(folder, 'LICENSE'), '');
  writeFileSync(path.join(folder, 'LICENSES.chromium.html'), '');
}

/**
 * An archive begins with four sizes, of which the second is the header's and the fourth that of
 * the JSON text in it.
 * @param {string} archive
 * @returns {string[]}
 */
function filesInAsar(archive) {
  const descriptor = openSync(archive, 'r');
  try {
    const sizes = Buffer.alloc(16);
    readSync(descriptor, sizes, 0, 16, 0);
    const text = Buffer.alloc(sizes.readUInt32LE(12));
    readSync(descriptor, text, 0, text.length, 16);
    return filesOfEntry(JSON.parse(text.toString('utf8')), '').sort();
  } finally {
    closeSync(descriptor);
  }
}

/** @typedef {{ files?: Record<string, AsarEntry> }} AsarEntry */

/**
 * @param {AsarEntry} entry
 * @param {string} place
 * @returns {string[]}
 */
function filesOfEntry(entry, place) {
  if (entry.files === undefined) return [place];
  return Object.entries(entry.files).flatMap(([name, below]) =>
    filesOfEntry(below, place === '' ? name : `${place}/${name}`),
  );
}

/**
 * @param {string} executable
 * @returns {Promise<Record<string, string>>} fuse name to DISABLE, ENABLE, REMOVED or INHERIT
 */
async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  const states = Object.entries(wire).filter(([index]) => /^\d+$/.test(index));
  return Object.fromEntries(
    states.map(([index, state]) => [
      FuseV1Options[Number(index)] ?? index,
      FuseState[Number(state)] ?? String(state),
    ]),
  );
}

/**
 * @param {string} folder
 * @returns {string[]} every file below it, with slashes
 */
export function filesOnDisk(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((place) => place.split(path.sep).join('/'))
    .sort();
}
