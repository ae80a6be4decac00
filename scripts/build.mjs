// node scripts/build.mjs [renderer] [main] [preload] [cli] [bench] [--if-stale]
import { buildParts, shippedParts } from './parts.mjs';
import { sentenceOf } from './project.mjs';

const words = process.argv.slice(2);
const named = words.filter((word) => word !== '--if-stale');
try {
  const when = words.includes('--if-stale') ? 'if stale' : 'always';
  await buildParts(named.length > 0 ? named : shippedParts, when);
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}
