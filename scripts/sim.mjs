// The CLI as it ships, built first where a source is newer: node scripts/sim.mjs <arguments>
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { buildParts } from './parts.mjs';
import { root, sentenceOf } from './project.mjs';

const bundle = path.join(root, 'dist/cli/ringscope.mjs');
try {
  await buildParts(['cli'], 'if stale');
} catch (error) {
  console.error(sentenceOf(error));
  process.exit(1);
}
process.argv[1] = bundle;
await import(pathToFileURL(bundle).href);
