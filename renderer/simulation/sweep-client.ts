import type { FromSweep, ToSweep } from './sweep-protocol.ts';

/** The part of a Worker this needs; a test gives a stand-in. */
export interface SweepPort {
  postMessage(question: ToSweep): void;
  addEventListener(kind: 'message', listener: (event: { data: FromSweep }) => void): void;
  addEventListener(kind: 'error', listener: (event: { message?: string }) => void): void;
}

export type SweepQuestion = DistributiveOmit<ToSweep, 'id'>;
type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown
  ? Omit<Union, Key>
  : never;

/** Workers that answer questions of sweeps, each as soon as one of them is free. */
export interface SweepClient {
  /** How many questions are answered at once. */
  readonly width: number;
  /** The answer; what the worker refuses or fails at is an answer too. */
  ask(question: SweepQuestion): Promise<FromSweep>;
}

interface Waiting {
  readonly question: ToSweep;
  readonly answered: (answer: FromSweep) => void;
}

/** @param width how many workers there are at most; each is started when it is first needed. */
export function connectSweeps(width: number, start: () => SweepPort): SweepClient {
  const queue: Waiting[] = [];
  const idle: SweepPort[] = [];
  const busy = new Map<SweepPort, Waiting>();
  let started = 0;
  let ids = 0;

  function open(): SweepPort {
    const port = start();
    started += 1;
    port.addEventListener('message', ({ data }) => finish(port, data, true));
    // A worker that cannot be loaded answers nothing: whoever waits for it is told.
    port.addEventListener('error', ({ message }) => {
      const id = busy.get(port)?.question.id ?? 0;
      started -= 1;
      finish(port, { id, kind: 'failed', says: message ?? 'a worker could not be started' }, false);
    });
    return port;
  }

  function finish(port: SweepPort, answer: FromSweep, lives: boolean): void {
    const waiting = busy.get(port);
    busy.delete(port);
    if (lives) idle.push(port);
    waiting?.answered(answer);
    next();
  }

  function next(): void {
    while (queue.length > 0 && (idle.length > 0 || started < width)) {
      const port = idle.pop() ?? open();
      const waiting = queue.shift();
      if (waiting === undefined) return;
      busy.set(port, waiting);
      port.postMessage(waiting.question);
    }
  }

  return {
    width,
    ask(question) {
      ids += 1;
      const id = ids;
      return new Promise((answered) => {
        const waiting = { question: { ...question, id }, answered };
        // Somebody looks at a cell; everything else is for later.
        if (question.kind === 'run') queue.unshift(waiting);
        else queue.push(waiting);
        next();
      });
    },
  };
}
