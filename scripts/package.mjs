// Packs the window for the system this runs on, into release/: node scripts/package.mjs [options of
// electron-builder]. It fetches Electron and the system's packing tools.
import { buildParts } from './parts.mjs';
import { runTool, sentenceOf, tools } from './project.mjs';

try {
  await buildParts(['renderer', 'main', 'preload'], 'always');
  process.exitCode = await runTool(tools.electronBuilder, [
    '--publish=never',
    ...process.argv.slice(2),
  ]);
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}
