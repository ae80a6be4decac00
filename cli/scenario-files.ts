import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

import { readingLimits, visible } from '../sim-core/authoring.ts';
import { readBundledText } from './bundle-files.ts';
import { fileSentence, Refusal } from './refusal.ts';
import type { Terminal } from './terminal.ts';

/** A file that could be read; the text is not yet known to be a scenario. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** UTF-8 takes up to four bytes a character. */
const bytesMost = readingLimits.fileMost * 4;

/** Which files of a folder a command reads, and their kind in a sentence. */
export interface WantedFiles {
  readonly pattern: RegExp;
  readonly kind: string;
}

const scenarioFiles: WantedFiles = { pattern: /\.cmr\.(?:ya?ml|json)$/, kind: '*.cmr.yaml' };

/**
 * Files and folders as given on the command line, as file names: of a folder, every file below it
 * that is wanted, in the order of their names: `*.cmr.yaml` and `*.cmr.json` where nothing else is
 * said. `-` is standard input.
 */
export async function findScenarioFiles(
  given: readonly string[],
  wanted = scenarioFiles,
): Promise<string[]> {
  const files: string[] = [];
  for (const name of given) {
    if (name === '-' || !(await isFolder(name))) {
      files.push(name);
      continue;
    }
    const found = await filesBelow(name, wanted.pattern);
    if (found.length === 0) {
      throw new Refusal('refused', `${visible(name)}: no ${wanted.kind} is in this folder`);
    }
    files.push(...found);
  }
  return files;
}

/** What cannot even be looked at is no folder; whoever reads it will say what is wrong. */
async function isFolder(name: string): Promise<boolean> {
  try {
    return (await stat(name)).isDirectory();
  } catch {
    return false;
  }
}

async function filesBelow(folder: string, pattern: RegExp): Promise<string[]> {
  let entries: Awaited<ReturnType<typeof listFolder>>;
  try {
    entries = await listFolder(folder);
  } catch (error) {
    throw new Refusal('unavailable', `${visible(folder)}: ${fileSentence(error)}`);
  }
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.join(folder, entry.name);
    const skip = entry.name.startsWith('.') || entry.name === 'node_modules';
    if (entry.isDirectory() && !skip) files.push(...(await filesBelow(name, pattern)));
    else if (entry.isFile() && pattern.test(entry.name)) files.push(name);
  }
  return files;
}

function listFolder(folder: string) {
  return readdir(folder, { withFileTypes: true });
}

/**
 * Reads a text file, and never much more of it than a scenario may be long; or takes the scenario
 * of a bundle, with the seed and the faults of its run.
 */
export async function readScenarioFile(name: string, terminal: Terminal): Promise<TextFile> {
  if (name.endsWith('.cmrrun')) return { name, text: await readBundledText(name) };
  if (name === '-') return decoded('<stdin>', await terminal.readStdin(bytesMost));
  return decoded(name, await readOctets(name, bytesMost));
}

/** At most that many bytes of a file, and some more where there are more. */
export async function readOctets(name: string, most: number): Promise<Uint8Array> {
  try {
    return await readBounded(name, most);
  } catch (error) {
    throw new Refusal('unavailable', `${visible(name)}: ${fileSentence(error)}`);
  }
}

async function readBounded(name: string, most: number): Promise<Uint8Array> {
  const file = await open(name, 'r');
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    while (size <= most) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(65_536), 0, 65_536);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}

function decoded(name: string, bytes: Uint8Array): TextFile {
  const tooLong = bytes.length > bytesMost;
  if (tooLong) {
    const most = `a scenario has at most ${readingLimits.fileMost} characters`;
    const says = `${visible(name)}:1:1: error CMR1002: the file is too long: ${most}`;
    throw new Refusal('refused', says);
  }
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const says = 'the file is no text in UTF-8';
    throw new Refusal('refused', `${visible(name)}:1:1: error CMR1003: ${says}`);
  }
}
