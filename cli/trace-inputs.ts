import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { visible } from '../sim-core/authoring.ts';
import {
  findSentences,
  readAgreedReadings,
  readRulePack,
  type AgreedReading,
  type FoundSentence,
  type RulePack,
} from '../sim-core/tracing.ts';
import { Refusal } from './refusal.ts';
import {
  findScenarioFiles,
  readOctets,
  readScenarioFile,
  type TextFile,
} from './scenario-files.ts';
import type { Terminal } from './terminal.ts';

/** Octets of a text beside the scenarios, at most: they have some thousands. */
const textMost = 4_000_000;

/** What is named; where nothing is, `scenarios` here, or else the one that ships with this. */
export async function filesOf(given: readonly string[], terminal: Terminal): Promise<TextFile[]> {
  const names = await findScenarioFiles(given.length > 0 ? given : [shippedFolder(terminal)]);
  return Promise.all(names.map((name) => readScenarioFile(name, terminal)));
}

function shippedFolder({ program }: Terminal): string {
  const beside = program === null ? null : path.resolve(program, '../../../scenarios');
  const found = ['scenarios', beside].find((folder) => folder !== null && existsSync(folder));
  if (found !== undefined && found !== null) return found;
  throw new Refusal('refused', 'error: name scenario files, or a folder of them');
}

/** Where each clause stands in the text files of a folder, which the user has and we do not. */
export async function sentencesIn(folder: string): Promise<FoundSentence[]> {
  const files = await findScenarioFiles([folder], { pattern: /\.txt$/, kind: '*.txt' });
  const texts = await Promise.all(
    files.map(async (file) => ({ name: path.basename(file), text: await readTextFile(file) })),
  );
  return findSentences(texts, (text) => createHash('sha256').update(text).digest('hex'));
}

async function readTextFile(file: string): Promise<string> {
  return new TextDecoder().decode(await readOctets(file, textMost));
}

export async function packOf(file: string): Promise<RulePack> {
  const read = readRulePack(await readTextFile(file));
  if ('pack' in read) return read.pack;
  throw refusal(file, read.says);
}

/** The readings that are agreed on; none where there is no such file. */
export async function agreedIn(file: string | undefined): Promise<readonly AgreedReading[]> {
  if (file === undefined) return [];
  const read = readAgreedReadings(await readTextFile(file));
  if ('agreed' in read) return read.agreed;
  throw refusal(file, read.says);
}

function refusal(file: string, says: readonly string[]): Refusal {
  return new Refusal('refused', says.map((one) => `${visible(file)}: ${visible(one)}`).join('\n'));
}
