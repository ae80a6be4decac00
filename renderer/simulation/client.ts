import type { RecordNumber } from '../../sim-core/reading.ts';
import { noChanges, type Changes } from '../store/changes.ts';
import type { FromSimulation, ToSimulation } from './protocol.ts';

/** What becomes of a request; called in the order in which the worker answers. */
export type Heard = (answer: FromSimulation) => void;

/** A run that is asked for. */
export interface AskedRun {
  readonly name: string;
  readonly text: string;
  /** Null: the scenario's own. */
  readonly seed: number | null;
  /** None when left out. */
  readonly changes?: Changes;
}

/** The simulation, as the window asks it: every request has its own listener and its own end. */
export interface SimulationClient {
  /** Runs a scenario; whatever ran before for `run` is no longer wanted. */
  run(scenario: AskedRun, heard: Heard): void;
  /** Runs a scenario to be drawn behind it; whatever ran before for `beside` is not wanted. */
  beside(scenario: AskedRun, heard: Heard): void;
  /** Asks for the states around a record of that run. */
  states(scenario: AskedRun, record: RecordNumber, heard: Heard): void;
  /** Asks what chance chose with the event that made a record of that run. */
  choices(scenario: AskedRun, record: RecordNumber, heard: Heard): void;
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
  'states',
  'choices',
  'problems',
  'failed',
]);

export function connectSimulation(port: SimulationPort): SimulationClient {
  const listeners = new Map<number, Heard>();
  let ids = 0;
  const running = { run: 0, beside: 0 };

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

  function runFor(purpose: keyof typeof running, scenario: AskedRun, heard: Heard): void {
    const before = running[purpose];
    if (listeners.delete(before)) port.postMessage({ id: before, kind: 'cancel' });
    running[purpose] = ask({ kind: 'run', changes: noChanges, ...scenario }, heard);
  }

  return {
    run: (scenario, heard) => runFor('run', scenario, heard),
    beside: (scenario, heard) => runFor('beside', scenario, heard),
    states(scenario, record, heard) {
      ask({ kind: 'states', changes: noChanges, ...scenario, record }, heard);
    },
    choices(scenario, record, heard) {
      ask({ kind: 'choices', changes: noChanges, ...scenario, record }, heard);
    },
    judge(name, text, heard) {
      ask({ kind: 'judge', name, text }, heard);
    },
  };
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown
  ? Omit<Union, Key>
  : never;
