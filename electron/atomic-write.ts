import { randomUUID } from 'node:crypto';
import type fileSystem from 'node:fs/promises';
import path from 'node:path';

/** What of node:fs/promises is used; tests give one that fails where they want it to. */
export type FileSystem = Pick<
  typeof fileSystem,
  'mkdir' | 'open' | 'readdir' | 'realpath' | 'rename' | 'stat' | 'unlink'
>;

const suffix = 'ringscope-tmp';
const abandonedAfterMilliseconds = 3_600_000;

/**
 * Replaces a file so that after a crash at any moment there is the old content or the new, never
 * a part: a temporary file beside it, forced to the disk, renamed over it.
 * @param file absolute, not a symbolic link: that would be replaced, not followed
 * @throws what the file system throws; the old content and no temporary file remain
 */
export async function writeAtomically(
  files: FileSystem,
  file: string,
  contents: Uint8Array,
): Promise<void> {
  const folder = path.dirname(file);
  await removeAbandoned(files, file);
  const temporary = path.join(
    folder,
    `${temporaryPrefix(file)}${process.pid}-${randomUUID()}.${suffix}`,
  );
  try {
    await writeDown(files, temporary, contents, await modeOf(files, file));
    await files.rename(temporary, file);
  } catch (error) {
    await removeRemains(files, temporary);
    throw error;
  }
  await forceFolder(files, folder);
}

function temporaryPrefix(file: string): string {
  return `.${path.basename(file)}.`;
}

/** @returns the permission bits to give the new file: those of the old one, if there is one */
async function modeOf(files: FileSystem, file: string): Promise<number> {
  try {
    return (await files.stat(file)).mode & 0o777;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0o666;
    throw error;
  }
}

async function writeDown(
  files: FileSystem,
  file: string,
  contents: Uint8Array,
  mode: number,
): Promise<void> {
  const handle = await files.open(file, 'wx', mode);
  try {
    await handle.writeFile(contents);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The rename itself is on the disk only when the folder is. Windows has no handle for a folder. */
async function forceFolder(files: FileSystem, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await files.open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Network file systems have nothing to force for a folder, and say so.
    if (!hasCode(error, 'EINVAL') && !hasCode(error, 'ENOTSUP')) throw error;
  } finally {
    await handle.close();
  }
}

/** A disk that fails may refuse this too; then a later save removes it, as after a crash. */
async function removeRemains(files: FileSystem, temporary: string): Promise<void> {
  try {
    await unlinkIfThere(files, temporary);
  } catch (error) {
    console.error(`${path.basename(temporary)} remains: ${String(error)}`);
  }
}

/** Removes what a killed process left beside the file more than an hour ago. */
async function removeAbandoned(files: FileSystem, file: string): Promise<void> {
  const folder = path.dirname(file);
  const prefix = temporaryPrefix(file);
  for (const name of await files.readdir(folder)) {
    if (!name.startsWith(prefix) || !name.endsWith(`.${suffix}`)) continue;
    const owner = Number(name.slice(prefix.length).split('-', 1)[0]);
    const place = path.join(folder, name);
    if (isRunning(owner) || !(await isOld(files, place))) continue;
    await unlinkIfThere(files, place);
  }
}

function isRunning(processId: number): boolean {
  if (!Number.isSafeInteger(processId) || processId <= 0) return false;
  try {
    // Signal 0 only asks.
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

async function isOld(files: FileSystem, file: string): Promise<boolean> {
  try {
    return Date.now() - (await files.stat(file)).mtimeMs > abandonedAfterMilliseconds;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function unlinkIfThere(files: FileSystem, file: string): Promise<void> {
  try {
    await files.unlink(file);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
