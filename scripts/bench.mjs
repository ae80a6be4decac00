// Builds the benchmarks if stale and runs them: node scripts/bench.mjs <arguments>
import { buildParts } from './parts.mjs';
import { runTool } from './project.mjs';

await buildParts(['bench'], 'if stale');
// A fresh process, because building leaves a heap that would spoil the figures.
process.exitCode = await runTool('dist/bench/bench.mjs', process.argv.slice(2));
