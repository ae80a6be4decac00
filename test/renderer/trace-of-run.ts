import { makeTraceStore, type TraceStore } from '../../renderer/store/trace-store.ts';
import { runScenario, type Run } from '../../sim-core/index.ts';
import { findClause, type Clause } from '../../sim-core/reading.ts';
import { shipped } from '../support/scenarios.ts';

/** A run, as the window has it once everything has come in. */
export function traceOf(run: Run): TraceStore {
  const store = makeTraceStore(() => {});
  const { header, records, ...end } = run;
  store.begin(header);
  store.append(records);
  store.complete(end, clausesOf(run));
  return store;
}

/** The clauses a run is judged by, in the order of its verdicts. */
export function clausesOf(run: Run): Clause[] {
  return run.verdicts.flatMap(({ clause }) => findClause(clause) ?? []);
}

const runs = new Map<string, Run>();

/** A shipped scenario, run by the engine; once for all tests, for a run never changes. */
export function shippedRun(path: string): Run {
  const run = runs.get(path) ?? runScenario(shipped(path), { engine: 'test' });
  runs.set(path, run);
  return run;
}

export function shippedTrace(path: string): TraceStore {
  return traceOf(shippedRun(path));
}

/** The Continue call of the source text: hops of 40 and 10 ms, 10 ms to react (spec §5.3). */
export function figureRun(): Run {
  return shippedRun('continue/as-in-the-figure');
}

export function figureTrace(): TraceStore {
  return traceOf(figureRun());
}

/** Six and a half px a character, as in the layout's fixtures. */
export function measure(text: string): number {
  return text.length * 6.6;
}
