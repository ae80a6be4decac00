import type { FromSimulation, ToSimulation } from './protocol.ts';

/** What becomes of a request; called in the order in which the worker answers. */
export type Heard = (answer: FromSimulation) => void;

/** The simulation, as the window asks it: every request has its own listener and its own end. */
export interface SimulationClient {
  /** Runs a scenario; whatever ran before for `run` is no longer wanted. */
  run(name: string, text: string, seed: number | null, heard: Heard): void;
  /** Runs a scenario only to know how it stands. */
  judge(name: string, text: string, heard: Heard): void;
}

/** The part of a Worker this needs; a test gives a stand-in. */
export interface SimulationPort {
  postMessage(message: ToSimulation): void;
  addEventListener(kind: 'message', listener: (event: { data: FromSimulation }) => void): void;
  addEventListener(kind: 'error', listener: (event: { message?: string }) => void): void;
}

const last: ReadonlySet<FromSimulation['kind']> = new Set([
  'ended',
  'judged',
  'problems',
  'failed',
]);

export function connectSimulation(port: SimulationPort): SimulationClient {
  const listeners = new Map<number, Heard>();
  let ids = 0;
  let running: number | null = null;

  port.addEventListener('message', ({ data }) => {
    const heard = listeners.get(data.id);
    if (last.has(data.kind)) listeners.delete(data.id);
    heard?.(data);
  });
  // A worker that cannot be loaded, or dies, answers nothing: everyone who waits is told.
  port.addEventListener('error', ({ message }) => {
    const says = message ?? 'the simulation could not be started';
    for (const [id, heard] of listeners) heard({ id, kind: 'failed', says });
    listeners.clear();
  });

  function ask(request: DistributiveOmit<ToSimulation, 'id'>, heard: Heard): number {
    ids += 1;
    listeners.set(ids, heard);
    port.postMessage({ ...request, id: ids });
    return ids;
  }

  return {
    run(name, text, seed, heard) {
      if (running !== null && listeners.delete(running)) {
        port.postMessage({ id: running, kind: 'cancel' });
      }
      running = ask({ kind: 'run', name, text, seed }, heard);
    },
    judge(name, text, heard) {
      ask({ kind: 'judge', name, text }, heard);
    },
  };
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown
  ? Omit<Union, Key>
  : never;
