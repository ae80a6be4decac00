import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { visible } from '../sim-core/authoring.ts';
import { writeWhole } from './output-file.ts';
import { fileSentence, Refusal } from './refusal.ts';
import type { SweepInputs } from './sweep-rows.ts';

/** Rows of one stretch: one thread's work at a time, one file of a results folder. */
export const rowsAtOnce = 256;

/** A folder in which a sweep keeps what is done, a file a stretch of rows. */
export interface SweepFolder {
  /** Stretches that are there already. */
  readonly done: ReadonlySet<number>;
  keep(stretch: number, lines: string): Promise<void>;
}

/**
 * Names of the files begin with a hash of all that the rows follow from: results of another
 * sweep, or of another engine, are never taken for these.
 */
export function sweepName(inputs: SweepInputs): string {
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);
}

export async function openSweepFolder(folder: string, inputs: SweepInputs): Promise<SweepFolder> {
  const name = sweepName(inputs);
  const plan = path.join(folder, `${name}.sweep.json`);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new Refusal('unavailable', `${visible(folder)}: ${fileSentence(error)}`);
  }
  await writeWhole(plan, `${JSON.stringify(inputs, null, 2)}\n`);
  const done = new Set<number>();
  for (const file of await filesOf(folder)) {
    const found = stretchOf(file, name);
    if (found !== null) done.add(found);
  }
  return {
    done,
    keep: (stretch, lines) => writeWhole(path.join(folder, fileOf(name, stretch)), lines),
  };
}

/** The rows of a stretch, as they were kept. */
export async function readStretch(folder: string, name: string, stretch: number): Promise<string> {
  return readText(path.join(folder, fileOf(name, stretch)));
}

/** The sweeps of a folder: what they follow from, and which stretches are there. */
export async function sweepsIn(
  folder: string,
): Promise<{ readonly name: string; readonly inputs: SweepInputs; readonly done: Set<number> }[]> {
  const files = await filesOf(folder);
  const found = [];
  for (const file of files) {
    const name = /^([0-9a-f]{16})\.sweep\.json$/.exec(file)?.[1];
    if (name === undefined) continue;
    const inputs: SweepInputs = JSON.parse(await readText(path.join(folder, file)));
    if (sweepName(inputs) !== name) {
      throw new Refusal('refused', `${visible(file)}: it is not what its name says: damaged`);
    }
    const done = new Set<number>();
    for (const other of files) {
      const stretch = stretchOf(other, name);
      if (stretch !== null) done.add(stretch);
    }
    found.push({ name, inputs, done });
  }
  return found;
}

function fileOf(name: string, stretch: number): string {
  return `${name}-${String(stretch).padStart(6, '0')}.csv`;
}

function stretchOf(file: string, name: string): number | null {
  const [, ofName, stretch] = /^([0-9a-f]{16})-([0-9]{6,})\.csv$/.exec(file) ?? [];
  return ofName === name && stretch !== undefined ? Number(stretch) : null;
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    throw new Refusal('unavailable', `${visible(folder)}: ${fileSentence(error)}`);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Refusal('unavailable', `${visible(file)}: ${fileSentence(error)}`);
  }
}
