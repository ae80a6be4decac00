import type { Terminal } from './terminal.ts';

/** What a thread is asked, and what it answers. Both are copied between threads. */
export interface ThreadPort<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  end(): Promise<void>;
}

/** This thread, with a pause before each answer in which the wish to stop can be heard. */
export function thisThread<Question, Answer>(
  answer: (question: Question) => Answer,
): ThreadPort<Question, Answer> {
  return {
    async ask(question) {
      await new Promise((resume) => setImmediate(resume));
      return answer(question);
    },
    async end() {},
  };
}

/**
 * Asks every question once, as many at a time as there are threads, and hands on each answer as
 * it comes. Stops asking when the user has asked to stop. Gives the number of answers.
 */
export async function workInThreads<Question, Answer>(
  questions: Iterable<Question>,
  threads: readonly ThreadPort<Question, Answer>[],
  take: (question: Question, answer: Answer) => void | Promise<void>,
  terminal: Terminal,
): Promise<number> {
  const left = questions[Symbol.iterator]();
  let answered = 0;
  const work = async (thread: ThreadPort<Question, Answer>): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      if (terminal.interrupted()) return;
      const answer = await thread.ask(next.value);
      await take(next.value, answer);
      answered += 1;
    }
  };
  try {
    await Promise.all(threads.map(work));
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
  return answered;
}
