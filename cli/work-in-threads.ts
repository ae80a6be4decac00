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

/** The next question for a thread; undefined when there are no more. */
export type Hand<Question> = (thread: object) => Question | undefined;

/** Hands out questions in their order, to whoever comes. */
export function inTurn<Question>(questions: Iterable<Question>): Hand<Question> {
  const left = questions[Symbol.iterator]();
  return () => {
    const next = left.next();
    return next.done === true ? undefined : next.value;
  };
}

/**
 * Hands each thread a share of its own, in order, for neighbours are often alike and a thread
 * remembers what it did. Who is done with its share takes the end of the longest other one.
 */
export function inShares<Question>(
  questions: readonly Question[],
  threads: readonly object[],
): Hand<Question> {
  const each = [...new Set(threads)];
  const startOf = (place: number): number => Math.round((place * questions.length) / each.length);
  const shares = new Map(
    each.map((thread, place) => [thread, { from: startOf(place), to: startOf(place + 1) }]),
  );
  return (thread) => {
    const own = shares.get(thread);
    if (own !== undefined && own.from < own.to) {
      own.from += 1;
      return questions[own.from - 1];
    }
    const [longest] = [...shares.values()].sort((a, b) => b.to - b.from - (a.to - a.from));
    if (longest === undefined || longest.from >= longest.to) return undefined;
    longest.to -= 1;
    return questions[longest.to];
  };
}

/**
 * Asks every question once, as many at a time as there are threads, and hands on each answer as
 * it comes. Stops asking when the user has asked to stop. Gives the number of answers.
 */
export async function workInThreads<Question extends object, Answer>(
  hand: Hand<Question>,
  threads: readonly ThreadPort<Question, Answer>[],
  take: (question: Question, answer: Answer) => void | Promise<void>,
  terminal: Terminal,
): Promise<number> {
  let answered = 0;
  const work = async (thread: ThreadPort<Question, Answer>): Promise<void> => {
    for (let next = hand(thread); next !== undefined; next = hand(thread)) {
      if (terminal.interrupted()) return;
      const answer = await thread.ask(next);
      await take(next, answer);
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
