import path from 'node:path';

import type { KeptDraft, RecentFile } from '../renderer/host/host-bridge.ts';
import { writeAtomically, type FileSystem } from './atomic-write.ts';
import { HostProblem, problemOf } from './host-problem.ts';

/** What the application keeps for its next start: unsaved drafts, and which files were open. */
export interface Shelf {
  /** @throws HostProblem where there are too many drafts or the disk refuses */
  keepDraft(id: string, text: string): Promise<'kept'>;
  dropDraft(id: string): Promise<'dropped'>;
  drafts(): Promise<readonly KeptDraft[]>;
  /** Remembers where a file lies; the page only ever sees its number and name. */
  remember(place: string): Promise<void>;
  recent(): Promise<readonly RecentFile[]>;
  /** @throws HostProblem where nothing is known by that number */
  placeOf(id: string): Promise<string>;
}

const draftsMost = 20;
const recentMost = 8;
const ending = '.draft.json';
const recentName = 'recent-files.json';

/** @param folder the application's own, absolute; made when something is first kept */
export function createShelf(files: FileSystem, folder: string): Shelf {
  const draftFolder = path.join(folder, 'drafts');

  async function names(): Promise<string[]> {
    try {
      return (await files.readdir(draftFolder)).filter((name) => name.endsWith(ending));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return [];
      throw problemOf('Drafts could not be looked for', error);
    }
  }

  return {
    async keepDraft(id, text) {
      const name = `${id}${ending}`;
      const kept = await names();
      if (!kept.includes(name) && kept.length >= draftsMost) {
        throw new HostProblem(`${draftsMost} drafts are kept already: save or throw away some`);
      }
      const file = path.join(draftFolder, name);
      await write(files, file, text, 'The draft could not be kept');
      return 'kept';
    },
    async dropDraft(id) {
      try {
        await files.unlink(path.join(draftFolder, `${id}${ending}`));
      } catch (error) {
        if (!hasCode(error, 'ENOENT')) throw problemOf('The draft could not be dropped', error);
      }
      return 'dropped';
    },
    async drafts() {
      const found: KeptDraft[] = [];
      for (const name of await names()) {
        const text = await textIn(files, path.join(draftFolder, name));
        if (text !== null) found.push({ id: name.slice(0, -ending.length), text });
      }
      return found;
    },
    ...recentFilesIn(files, path.join(folder, recentName)),
  };
}

/** The list of recent files, newest first. */
function recentFilesIn(
  files: FileSystem,
  file: string,
): Pick<Shelf, 'placeOf' | 'recent' | 'remember'> {
  async function places(): Promise<string[]> {
    const text = await textIn(files, file);
    if (text === null) return [];
    const value: unknown = parsed(text);
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  }

  return {
    async remember(place) {
      const others = (await places()).filter((one) => one !== place);
      const list = [place, ...others].slice(0, recentMost);
      await write(files, file, JSON.stringify(list), 'The list of recent files could not be kept');
    },
    async recent() {
      return (await places()).map((place, index) => ({
        id: String(index),
        name: path.basename(place),
      }));
    },
    async placeOf(id) {
      const place = (await places())[Number(id)];
      if (place === undefined) throw new HostProblem('This file is no longer remembered');
      return place;
    },
  };
}

async function write(files: FileSystem, file: string, text: string, deed: string): Promise<void> {
  try {
    await files.mkdir(path.dirname(file), { recursive: true });
    await writeAtomically(files, file, new TextEncoder().encode(text));
  } catch (error) {
    throw problemOf(deed, error);
  }
}

/** @returns null where there is no such file */
async function textIn(files: FileSystem, file: string): Promise<string | null> {
  try {
    const handle = await files.open(file, 'r');
    try {
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw problemOf(`${path.basename(file)} could not be read`, error);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not our list: the next file that is opened replaces it.
    return null;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
