import { micros, type Micros, type RecordNumber } from '../sim-core/reading.ts';
import { standingOf } from './judgement/findings.ts';
import { lastInstantOf, settledAtOf } from './ladder/from-trace.ts';
import type { SimulationClient } from './simulation/client.ts';
import type { FromSimulation } from './simulation/protocol.ts';
import {
  announce,
  arriveAt,
  enterPhase,
  judgeScenario,
  openScenario,
  takeSeed,
} from './store/edits.ts';
import type { RendererState, ScenarioEntry } from './store/renderer-state.ts';
import type { Store } from './store/store.ts';
import type { TraceStore } from './store/trace-store.ts';
import { clockText } from './words/times.ts';

/** Where a run is shown once it is complete; no playhead: where the call has settled. */
export interface Place {
  readonly playhead: Micros | null;
  readonly selected: RecordNumber | null;
}

/** Opens scenarios, runs them and brings their runs into the stores. */
export interface ScenarioRuns {
  /** Shows the scenario of that key, if there is one, at a place in its run. */
  open(key: string, at?: Place, seed?: number | null): void;
  /** The open scenario once more, with another seed. */
  reseed(seed: number): void;
  /** Runs every scenario that has not run yet, only to know how it stands. */
  judgeOthers(): void;
}

const whereItSettles: Place = { playhead: null, selected: null };

export function scenarioRuns(
  store: Store<RendererState>,
  traces: TraceStore,
  simulation: SimulationClient,
): ScenarioRuns {
  function run(entry: ScenarioEntry, seed: number | null, place: Place): void {
    simulation.run(entry.fileName, entry.text, seed, (answer) =>
      takeAnswer(store, traces, entry, answer, place),
    );
  }

  function entryOf(key: string | null): ScenarioEntry | null {
    return store.state.scenarios.find((entry) => entry.key === key) ?? null;
  }

  return {
    open(key, at = whereItSettles, seed = null) {
      const entry = entryOf(key);
      if (entry === null) return;
      store.edit(openScenario(key));
      if (seed !== null) store.edit(takeSeed(seed));
      run(entry, seed, at);
    },
    reseed(seed) {
      const entry = entryOf(store.state.open);
      if (entry === null) return;
      store.edit(takeSeed(seed));
      const { playhead, selected } = store.state;
      run(entry, seed, { playhead, selected });
    },
    judgeOthers() {
      for (const entry of store.state.scenarios) {
        if (entry.standing !== null || entry.key === store.state.open) continue;
        simulation.judge(entry.fileName, entry.text, (answer) =>
          takeJudgement(store, entry.key, answer),
        );
      }
    },
  };
}

function takeAnswer(
  store: Store<RendererState>,
  traces: TraceStore,
  entry: ScenarioEntry,
  answer: FromSimulation,
  place: Place,
): void {
  switch (answer.kind) {
    case 'begun':
      traces.begin(answer.header, answer.clauses);
      return;
    case 'records':
      traces.append(answer.records);
      return;
    case 'ended':
      traces.complete(answer.end);
      show(store, traces, entry, place);
      return;
    case 'problems':
      traces.clear();
      store.edit(enterPhase({ kind: 'problems', problems: answer.problems }));
      store.edit(judgeScenario(entry.key, null, 'cannot be read'));
      store.edit(announce(`${entry.fileName} cannot be read.`));
      return;
    case 'failed':
      traces.clear();
      store.edit(enterPhase({ kind: 'failed', says: answer.says }));
      store.edit(announce('The simulation stopped with an error.'));
      return;
    case 'judged':
      throw new Error('a run was asked for and a judgement came');
  }
}

function show(
  store: Store<RendererState>,
  traces: TraceStore,
  entry: ScenarioEntry,
  place: Place,
): void {
  const { trace } = traces;
  const end = traces.view(lastInstantOf);
  const playhead = micros(Math.min(end, place.playhead ?? traces.view(settledAtOf)));
  const known = place.selected !== null && place.selected <= trace.records.length;
  const title = trace.header?.title ?? null;
  store.edit(arriveAt(playhead, known ? place.selected : null));
  store.edit(judgeScenario(entry.key, title, standingOf(trace) ?? 'cannot be read'));
  store.edit(announce(`${title ?? entry.title}, ${clockText(end)} seconds.`));
}

function takeJudgement(store: Store<RendererState>, key: string, answer: FromSimulation): void {
  if (answer.kind === 'judged') store.edit(judgeScenario(key, answer.title, answer.standing));
  else if (answer.kind === 'problems') store.edit(judgeScenario(key, null, 'cannot be read'));
  else if (answer.kind === 'failed') store.edit(judgeScenario(key, null, 'fails'));
}
