// node test/bench/sweep.mjs [--rounds <number>]
// The sweep of both latencies of the Continue call, 60 × 60 cells, every run recorded and judged by
// all oracles: the command as it ships, with one thread and with two, in turn. Wall times mean
// something on cores left alone only; the results of all rounds are held to be the same, to the byte.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { buildParts } from '../../scripts/parts.mjs';
import { root } from '../../scripts/project.mjs';

const file = 'scenarios/continue/as-in-the-figure.cmr.yaml';
const axes = ['links.a.latency=0ms..236ms:4ms', 'links.b.latency=0ms..236ms:4ms'];
const runs = 3_600;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });

/**
 * Runs the sweep from the start of the command to its end.
 * @param {number} threads
 * @param {string} output
 */
async function sweep(threads, output) {
  const asked = axes.flatMap((axis) => ['--axis', axis]);
  const words = ['sweep', file, ...asked, '--jobs', String(threads), '--to', 'csv', '-o', output];
  const from = performance.now();
  const command = spawn(process.execPath, ['dist/cli/ringscope.mjs', ...words], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const [code] = await once(command, 'exit');
  if (code !== 0) throw new Error(`the sweep ended with ${code}`);
  return (performance.now() - from) / 1_000;
}

await buildParts(['cli'], 'if stale');
const folder = mkdtempSync(path.join(tmpdir(), 'ringscope-sweep-'));
try {
  let first = null;
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const threads of [1, 2]) {
      const output = path.join(folder, 'rows.csv');
      const seconds = await sweep(threads, output);
      const rows = readFileSync(output, 'utf8');
      first ??= rows;
      if (rows !== first) throw new Error(`other rows with ${threads} threads in round ${round}`);
      const rate = Math.round(runs / seconds);
      console.log(`${threads} thread(s): ${seconds.toFixed(2)} s, ${rate} runs a second`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
