import { writeSync } from 'node:fs';
import files from 'node:fs/promises';

import { writeAtomically } from '../../electron/atomic-write.ts';
import { createShelf } from '../../electron/shelf.ts';

/**
 * Keeps ever longer drafts in the folder it is given, and saves them to the file, until somebody
 * kills it; reports each version once it is on the disk.
 */
const [, , file = '', folder = ''] = process.argv;
const shelf = createShelf(files, folder);
for (let version = 1; ; version += 1) {
  const text = `version ${version}\n`.repeat(20_000);
  await shelf.keepDraft('demo', text);
  await writeAtomically(files, file, new TextEncoder().encode(text));
  // Written at once: what the process still buffers would die with it.
  writeSync(1, `${version}\n`);
}
