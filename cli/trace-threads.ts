import { availableParallelism } from 'node:os';

import { Refusal } from './refusal.ts';
import type { TextFile } from './scenario-files.ts';
import type { Terminal } from './terminal.ts';
import { startThread } from './threads.ts';
import { answerTrace, type TraceAnswer, type TraceQuestion } from './trace-answers.ts';
import { inTurn, thisThread, workInThreads, type ThreadPort } from './work-in-threads.ts';

/** Asks in as many threads as there are processors; answers come in the order of the files. */
export async function answersOn(
  files: readonly TextFile[],
  asked: Omit<TraceQuestion, 'file'>,
  jobs: number | undefined,
  terminal: Terminal,
): Promise<TraceAnswer[]> {
  const questions = files.map((file): TraceQuestion => ({ ...asked, file }));
  const places = new Map(questions.map((question, at) => [question, at]));
  const answers: { readonly place: number; readonly answer: TraceAnswer }[] = [];
  await workInThreads(
    inTurn(questions),
    threadsFor(asked.about, files.length, jobs, terminal),
    (question, answer) => {
      if (answer.refused !== null) throw new Refusal('refused', answer.refused);
      answers.push({ place: places.get(question) ?? 0, answer });
    },
    terminal,
  );
  return answers.sort((a, b) => a.place - b.place).map(({ answer }) => answer);
}

/** Fewer files than a thread takes to start are answered here. */
const worthAThread = { verdicts: 40, mutants: 8, readings: 8, packs: 40 } as const;

function threadsFor(
  about: TraceQuestion['about'],
  files: number,
  jobs: number | undefined,
  { program }: Terminal,
): ThreadPort<TraceQuestion, TraceAnswer>[] {
  const wanted = jobs ?? availableParallelism();
  if (program === null || wanted === 1 || files < worthAThread[about])
    return [thisThread(answerTrace)];
  return Array.from({ length: wanted }, () =>
    startThread<TraceQuestion, TraceAnswer>(program, 'trace'),
  );
}
