// Computes parts of sweeps, one at a time, until it is stopped: node worker.mjs
//
// It may be killed at any instant. What it had finished lies in the results folder, stretch by
// stretch; the part it was at goes back to the queue when its lock has run out, and whoever takes
// it next goes on from there.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Worker } from 'bullmq';
import { connection, program, programWords, queueName } from './queue.mjs';

/** How long a part waits for a worker that is gone. */
const lockDuration = Number(process.env.LOCK_MS ?? 30_000);

const worker = new Worker(
  queueName,
  async ({ data: { file, options, results, shard } }) => {
    const words = [
      'sweep',
      file,
      ...options,
      '--jobs',
      '1',
      '--results',
      results,
      '--shard',
      shard,
    ];
    await promisify(execFile)(program, [...programWords, ...words]);
  },
  {
    connection,
    lockDuration,
    stalledInterval: lockDuration / 2,
    // A part is given up only where it brought down that many workers one after the other.
    maxStalledCount: 20,
  },
);
worker.on('active', ({ id }) => console.log(`begun ${id}`));
worker.on('completed', ({ id }) => console.log(`done ${id}`));
worker.on('failed', (job, error) => console.error(`failed ${job?.id}: ${error.message}`));
worker.on('error', (error) => console.error(error.message));

/** Ends the part it is at, and takes no other. */
function leave() {
  void worker.close().then(() => process.exit(0));
}

process.once('SIGINT', leave);
process.once('SIGTERM', leave);
