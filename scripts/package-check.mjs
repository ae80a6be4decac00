// Packs what is built round a stand-in for Electron and says whether a release would hold what it
// should: node scripts/package-check.mjs
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { filesOnDisk, fusesWanted, packStandIn } from './pack-stand-in.mjs';
import { buildParts } from './parts.mjs';
import { root, sentenceOf } from './project.mjs';

const work = mkdtempSync(path.join(tmpdir(), 'ringscope-package-'));
try {
  await buildParts(['renderer', 'main', 'preload'], 'if stale');
  const { files, fuses } = await packStandIn(root, work);
  const page = filesOnDisk(path.join(root, 'dist/renderer')).map((file) => `dist/renderer/${file}`);
  const wanted = [
    'LICENSE',
    'dist/electron/main.mjs',
    'dist/electron/preload.cjs',
    'package.json',
    ...page.filter((file) => !file.endsWith('.map')),
  ];
  const missing = wanted.filter((file) => !files.includes(file));
  const surplus = files.filter((file) => !wanted.includes(file));
  const wrong = Object.entries(fusesWanted).filter(([name, state]) => fuses[name] !== state);
  console.log(`${files.length} files in app.asar`);
  for (const file of missing) console.log(`missing: ${file}`);
  for (const file of surplus) console.log(`should not be there: ${file}`);
  for (const [name, state] of wrong) console.log(`fuse ${name}: ${fuses[name]}, not ${state}`);
  process.exitCode = missing.length + surplus.length + wrong.length === 0 ? 0 : 1;
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
