import { isMainThread, workerData } from 'node:worker_threads';

import { exitCodes } from './exit-codes.ts';
import { internalSentence, runCommandLine } from './program.ts';
import type { Terminal } from './terminal.ts';
import { answerQuestions } from './threads.ts';

let interrupted = false;

process.once('SIGINT', () => {
  interrupted = true;
});

/** Whoever reads our output may stop reading it: `ringscope run … | head`. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode);
  process.stderr.write(`standard output: ${error.code ?? error.message}\n`);
  process.exit(exitCodes.unavailable.code);
});

process.on('uncaughtException', (error) => {
  process.stderr.write(internalSentence(error));
  process.exit(exitCodes.internal.code);
});

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  outBytes: (bytes) => void process.stdout.write(bytes),
  err: (text) => void process.stderr.write(text),
  outIsTerminal: process.stdout.isTTY === true,
  errIsTerminal: process.stderr.isTTY === true,
  columns: process.stdout.isTTY === true ? process.stdout.columns : null,
  errColumns: process.stderr.isTTY === true ? process.stderr.columns : null,
  environment: process.env,
  readStdin,
  program: process.argv[1] ?? null,
  interrupted: () => interrupted,
};

async function readStdin(bytesMost: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > bytesMost) break;
  }
  return Buffer.concat(chunks);
}

if (isMainThread) process.exitCode = await runCommandLine(process.argv.slice(2), terminal);
else await answerQuestions(workerData);
