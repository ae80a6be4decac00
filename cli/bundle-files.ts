import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { visible } from '../sim-core/authoring.ts';
import {
  bundleOf,
  packBundle,
  textOfBundle,
  unpackBundle,
  type Bundle,
} from '../sim-core/experimenting.ts';
import { writeWhole } from './output-file.ts';
import { fileSentence, Refusal } from './refusal.ts';
import type { Report } from './run-files.ts';

/** The run of a report as a bundle, to be written to a file. */
export function bundleBytes({ file, text, faults, run, choices }: Report): Uint8Array {
  return packBundle(bundleOf(run, { name: path.basename(file), text, faults }, choices));
}

/** Keeps the run in that folder, under the scenario's name and its fingerprint; gives the file. */
export async function keepBundle(folder: string, report: Report): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new Refusal('unavailable', `${visible(folder)}: ${fileSentence(error)}`);
  }
  const base = path.basename(report.file).replace(/\.cmr\.(?:ya?ml|json)$/, '');
  const plain = base.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  const file = path.join(folder, `${plain}-${report.run.fingerprint}.cmrrun`);
  await writeWhole(file, bundleBytes(report));
  return file;
}

/** Whole: a bundle is small, and is looked at from its end. */
export async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new Refusal('unavailable', `${visible(file)}: ${fileSentence(error)}`);
  }
}

/** A bundle that is as it was written: what is made of a changed one would be of another run. */
export async function readBundleFile(file: string): Promise<Bundle> {
  const read = unpackBundle(await bytesOf(file));
  const name = visible(file);
  if (read.bundle === null) {
    throw new Refusal(read.isBundle ? 'diverged' : 'refused', `${name}: ${read.says}`);
  }
  if (!read.isIntact) {
    throw new Refusal('diverged', `${name}: the file is not as it was written; replay says more`);
  }
  return read.bundle;
}

/** The call of a bundle as a scenario, for whoever takes scenarios. */
export async function readBundledText(file: string): Promise<string> {
  const text = textOfBundle(await readBundleFile(file));
  if (text !== null) return text;
  const says = 'its seed does not make its run again; replay and diff take it as it is';
  throw new Refusal('diverged', `${visible(file)}: ${says}`);
}
