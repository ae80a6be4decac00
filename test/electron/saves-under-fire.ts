import { writeSync } from 'node:fs';
import files from 'node:fs/promises';

import { writeAtomically } from '../../electron/atomic-write.ts';

/**
 * Saves ever longer versions of the file it is given until somebody kills it, and reports each
 * version once it is on the disk.
 */
const [, , file = ''] = process.argv;
for (let version = 1; ; version += 1) {
  const line = `version ${version}\n`;
  const contents = new TextEncoder().encode(line.repeat(20_000));
  await writeAtomically(files, file, contents);
  // Written at once: what the process still buffers would die with it.
  writeSync(1, `${version}\n`);
}
