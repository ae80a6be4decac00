import { parentPort, Worker } from 'node:worker_threads';

import type { SoakPlan } from '../sim-core/index.ts';
import type { ThreadPort } from './work-in-threads.ts';

/** What a thread that was just started is told to be. */
interface Job {
  readonly kind: keyof typeof jobs;
  /** What all its questions are about; null where each says it all. */
  readonly about: unknown;
}

/** Who answers the questions of each kind of job; a thread loads what its own needs. */
const jobs = {
  explore: async () => (await import('./explore-answers.ts')).answerExplore,
  // What it is about comes from soak-scenarios.ts, which starts these threads.
  soak: async (about: unknown) =>
    (await import('./soak-answers.ts')).answersAbout(about as SoakPlan),
  sweep: async () => (await import('./sweep-rows.ts')).answerSweep,
  trace: async () => (await import('./trace-answers.ts')).answerTrace,
} as const;

type Answer = { readonly answer: unknown } | { readonly failed: string };

/**
 * Starts a thread of this program that answers questions of that kind. `program` is the file that
 * was started, which knows from the thread's data what it is to do.
 */
export function startThread<Question, Result>(
  program: string,
  kind: Job['kind'],
  about: unknown = null,
): ThreadPort<Question, Result> {
  const worker = new Worker(program, { workerData: { kind, about } satisfies Job });
  // Questions are answered in the order in which they are asked.
  const waiting: { resolve: (value: Result) => void; reject: (why: Error) => void }[] = [];
  const rejectAll = (why: Error): void => {
    for (const { reject } of waiting.splice(0)) reject(why);
  };
  worker.on('message', (message: Answer) => {
    const first = waiting.shift();
    if ('failed' in message) first?.reject(new Error(message.failed));
    // The other end of this port is answerQuestions below, with the answers of this kind of job.
    else first?.resolve(message.answer as Result);
  });
  worker.on('error', rejectAll);
  worker.on('exit', (code) => rejectAll(new Error(`a thread ended with ${code}`)));
  return {
    ask(question) {
      return new Promise<Result>((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.postMessage(question);
      });
    },
    async end() {
      await worker.terminate();
    },
  };
}

/** What a thread does all its life. */
export async function answerQuestions(data: unknown): Promise<void> {
  const port = parentPort;
  if (port === null || !isJob(data)) return;
  // What is asked of it comes from startThread, which was told the same kind of job.
  const answer = (await jobs[data.kind](data.about)) as (question: unknown) => unknown;
  port.on('message', (question: unknown) => {
    try {
      port.postMessage({ answer: answer(question) } satisfies Answer);
    } catch (error) {
      const failed = error instanceof Error ? error.message : String(error);
      port.postMessage({ failed } satisfies Answer);
    }
  });
}

function isJob(data: unknown): data is Job {
  return (
    typeof data === 'object' &&
    data !== null &&
    'kind' in data &&
    typeof data.kind === 'string' &&
    data.kind in jobs &&
    'about' in data
  );
}
