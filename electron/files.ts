import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';

import type { FileFilter } from 'electron';

import type { OpenedScenario } from '../renderer/host/host-bridge.ts';
import { writeAtomically } from './atomic-write.ts';
import type { FileSystem } from './atomic-write.ts';
import type { DialogPart } from './electron-parts.ts';
import { HostProblem, problemOf } from './host-problem.ts';

/** The largest scenario that is read or written, in bytes. */
export const scenarioBytesMost = 20_000_000;
/** The largest run bundle that is read, in bytes. */
const bundleBytesMost = 100_000_000;
/** The largest export that is written, in bytes. */
export const exportBytesMost = 500_000_000;

const scenarioFilters: FileFilter[] = [
  { name: 'Ringscope scenarios', extensions: ['yaml', 'yml', 'json'] },
];
const openFilters: FileFilter[] = [
  { name: 'Ringscope scenarios and runs', extensions: ['yaml', 'yml', 'json', 'cmrrun'] },
];

/** An export is a picture, a text or a capture; never something a system would run. */
const exportExtensions = [
  'cmrrun',
  'csv',
  'html',
  'json',
  'md',
  'mmd',
  'ndjson',
  'pdf',
  'pcapng',
  'png',
  'puml',
  'svg',
  'txt',
  'wav',
  'xml',
  'yaml',
] as const;

/** A file the person chose: where it really lies, and what was in it when we last knew. */
interface KnownFile {
  readonly place: string;
  hash: string;
  /** The last save asked for, so that two never overlap. */
  lastSave: Promise<unknown>;
}

/** Opens and saves what the person at the window chose; the page names files by handle only. */
export interface ChosenFiles<Window> {
  /** @throws HostProblem where the file cannot be read, is too large or is no UTF-8 text */
  openScenario(window: Window): Promise<OpenedScenario | null>;
  /**
   * Opens a file the person named elsewhere: on the desktop, or in an earlier window.
   * @param place absolute
   */
  openPlace(place: string): Promise<OpenedScenario>;
  /** @throws HostProblem where the handle is unknown or the file cannot be written */
  saveScenario(handle: string, text: string): Promise<'saved' | 'changed on disk'>;
  /** @throws HostProblem where the file cannot be written */
  saveScenarioAs(
    window: Window,
    suggestedName: string,
    text: string,
  ): Promise<OpenedScenario | null>;
  /** @throws HostProblem where the name has no known extension or the file cannot be written */
  exportFile(
    window: Window,
    suggestedName: string,
    contents: Uint8Array,
  ): Promise<'saved' | 'cancelled'>;
}

export function createChosenFiles<Window>(
  dialog: DialogPart<Window>,
  files: FileSystem,
  remembered: (place: string) => Promise<void>,
): ChosenFiles<Window> {
  const known = new Map<string, KnownFile>();

  function remember(place: string, contents: Uint8Array, text: string): OpenedScenario {
    const handle = randomUUID();
    known.set(handle, { place, hash: hashOf(contents), lastSave: Promise.resolve() });
    return { handle, name: path.basename(place), text };
  }

  async function open(file: string): Promise<OpenedScenario> {
    const { place, contents } = await read(files, file);
    await remembered(place);
    const name = path.basename(place);
    if (!name.endsWith('.cmrrun')) return remember(place, contents, textOf(contents, name));
    return { handle: randomUUID(), name, text: '', bundle: contents };
  }

  return {
    async openScenario(window) {
      const chosen = await dialog.showOpenDialog(window, {
        properties: ['openFile'],
        filters: openFilters,
      });
      const [file] = chosen.filePaths;
      return chosen.canceled || file === undefined ? null : open(file);
    },

    openPlace: open,

    saveScenario(handle, text) {
      const file = known.get(handle);
      if (file === undefined) {
        return Promise.reject(new HostProblem('This file was not opened in this window'));
      }
      const save = file.lastSave.then(() => saveOver(files, file, bytesOf(text)));
      // A failed save is the asker's to hear of; the next one starts afresh.
      file.lastSave = save.catch(() => undefined);
      return save;
    },

    async saveScenarioAs(window, suggestedName, text) {
      const contents = bytesOf(text);
      const chosen = await dialog.showSaveDialog(window, {
        defaultPath: fileNameFrom(suggestedName),
        filters: scenarioFilters,
      });
      if (chosen.canceled || chosen.filePath === '') return null;
      const place = await write(files, chosen.filePath, contents);
      await remembered(place);
      return remember(place, contents, text);
    },

    exportFile: (window, suggestedName, contents) =>
      saveExport(dialog, files, window, suggestedName, contents),
  };
}

async function saveExport<Window>(
  dialog: DialogPart<Window>,
  files: FileSystem,
  window: Window,
  suggestedName: string,
  contents: Uint8Array,
): Promise<'saved' | 'cancelled'> {
  const name = fileNameFrom(suggestedName);
  const extension = exportExtensions.find((known) => name.endsWith(`.${known}`));
  if (extension === undefined) {
    throw new HostProblem(`${name} is no export: ${exportExtensions.join(', ')} are`);
  }
  if (contents.byteLength > exportBytesMost) {
    throw new HostProblem(`${name} is larger than ${exportBytesMost / 1_000_000} MB`);
  }
  const chosen = await dialog.showSaveDialog(window, {
    defaultPath: name,
    filters: [{ name: extension, extensions: [extension] }],
  });
  if (chosen.canceled || chosen.filePath === '') return 'cancelled';
  await write(files, chosen.filePath, contents);
  return 'saved';
}

/**
 * @param suggestedName what the page would call the file
 * @returns a name that is one in every file system: no folder, no device, no hidden file
 */
export function fileNameFrom(suggestedName: string): string {
  const plain = suggestedName
    .replaceAll(/[^A-Za-z0-9 ._-]/g, '-')
    .replace(/^[. ]+/, '')
    .slice(-80)
    .replace(/[. ]+$/, '');
  const isDevice = /^(?:aux|con|nul|prn|com\d|lpt\d)(?:\.|$)/i.test(plain);
  if (plain === '' || isDevice) return `ringscope-${plain}`.replace(/-$/, '');
  return plain;
}

async function saveOver(
  files: FileSystem,
  file: KnownFile,
  contents: Uint8Array,
): Promise<'saved' | 'changed on disk'> {
  const name = path.basename(file.place);
  if ((await hashOnDisk(files, file.place, name)) !== file.hash) return 'changed on disk';
  await write(files, file.place, contents);
  file.hash = hashOf(contents);
  return 'saved';
}

/** @returns null where the file has gone or grown beyond what we would have written */
async function hashOnDisk(files: FileSystem, place: string, name: string): Promise<string | null> {
  try {
    const status = await files.stat(place);
    if (!status.isFile() || status.size > scenarioBytesMost) return null;
    return hashOf(await readWhole(files, place));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw problemOf(`${name} could not be saved`, error);
  }
}

/**
 * @returns where the file really lies, past symbolic links, and its bytes
 * @throws HostProblem where it is no regular file, too large, or cannot be read
 */
async function read(
  files: FileSystem,
  file: string,
): Promise<{ place: string; contents: Uint8Array }> {
  const name = path.basename(file);
  try {
    const place = await files.realpath(file);
    const status = await files.stat(place);
    // Reading a pipe or a device would never end.
    if (!status.isFile()) throw new HostProblem(`${name} is no file`);
    const isBundle = name.endsWith('.cmrrun');
    const most = isBundle ? bundleBytesMost : scenarioBytesMost;
    if (status.size > most) {
      const largest = isBundle ? 'run bundle' : 'scenario';
      throw new HostProblem(
        `${name} is larger than the ${most / 1_000_000} MB of the largest ${largest}`,
      );
    }
    return { place, contents: await readWhole(files, place) };
  } catch (error) {
    throw problemOf(`${name} could not be opened`, error);
  }
}

async function readWhole(files: FileSystem, place: string): Promise<Uint8Array> {
  const handle = await files.open(place, 'r');
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/**
 * @returns where the file really lies
 * @throws HostProblem where it cannot be written; what was there remains
 */
async function write(files: FileSystem, file: string, contents: Uint8Array): Promise<string> {
  try {
    const place = await placeOf(files, file);
    await writeAtomically(files, place, contents);
    return place;
  } catch (error) {
    throw problemOf(`${path.basename(file)} could not be saved`, error);
  }
}

/** Follows links, so that saving replaces what a link points to and not the link. */
async function placeOf(files: FileSystem, file: string): Promise<string> {
  try {
    return await files.realpath(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return file;
    throw error;
  }
}

function hashOf(contents: Uint8Array): string {
  return createHash('sha256').update(contents).digest('hex');
}

function bytesOf(text: string): Uint8Array {
  const contents = new TextEncoder().encode(text);
  if (contents.byteLength <= scenarioBytesMost) return contents;
  throw new HostProblem(`A scenario has at most ${scenarioBytesMost / 1_000_000} MB`);
}

function textOf(contents: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(contents);
  } catch {
    // Only bytes that are no UTF-8 make it throw.
    throw new HostProblem(`${name} could not be opened: it is no UTF-8 text`);
  }
}
