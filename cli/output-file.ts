import { rename, rm, writeFile } from 'node:fs/promises';

import { visible } from '../sim-core/authoring.ts';
import { fileSentence, Refusal } from './refusal.ts';

/**
 * Writes a whole file or none: under another name beside it first, then renamed. Whoever looks at
 * `name` sees the old content or the new, never a part.
 */
export async function writeWhole(name: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${name}.${process.pid}.unfinished`;
  try {
    await writeFile(unfinished, content, { flag: 'wx' });
    await rename(unfinished, name);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new Refusal('unavailable', `${visible(name)}: cannot be written: ${fileSentence(error)}`);
  }
}
