// Shares a sweep out, waits for its parts and joins them:
//   node sweep.mjs FILE RESULTS PARTS OUTPUT --axis links.a.latency=0ms..300ms:1ms …
//
// RESULTS is a folder that every worker sees under the same name. It may be killed and started
// again with the same words: parts are named by what they follow from, so that none is added twice.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { connection, program, programWords, queueName } from './queue.mjs';

const [fileName = '', folder = '', partsWord = '', output = '', ...options] = process.argv.slice(2);
const parts = Number(partsWord);
if (output === '' || !Number.isInteger(parts) || parts < 1) {
  console.error('node sweep.mjs FILE RESULTS PARTS OUTPUT --axis PATH=VALUES …');
  process.exit(2);
}
const [file, results] = [fileName, folder].map((name) => path.resolve(name));
const text = readFileSync(file, 'utf8');

const queue = new Queue(queueName, { connection });
const jobs = await queue.addBulk(
  Array.from({ length: parts }, (_, at) => {
    const data = { file, options, results, shard: `${at + 1}/${parts}` };
    const jobId = createHash('sha256')
      .update(JSON.stringify([text, data]))
      .digest('hex')
      .slice(0, 16);
    return { name: 'part', data, opts: { jobId, attempts: 5, backoff: 1_000 } };
  }),
);

for (let left = jobs; left.length > 0; await pause(500)) {
  const states = await Promise.all(left.map((job) => queue.getJobState(job.id)));
  const failed = left.find((_, at) => states[at] === 'failed');
  if (failed !== undefined) {
    const { failedReason } = (await queue.getJob(failed.id)) ?? {};
    console.error(`part ${failed.data.shard} failed: ${failedReason}`);
    await queue.close();
    process.exit(1);
  }
  left = left.filter((_, at) => states[at] !== 'completed');
}
await Promise.all(jobs.map((job) => queue.remove(job.id)));
await queue.close();
execFileSync(program, [...programWords, 'merge', results, '-o', output], { stdio: 'inherit' });
