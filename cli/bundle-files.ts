import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { visible } from '../sim-core/authoring.ts';
import { bundleOf, packBundle } from '../sim-core/experimenting.ts';
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
