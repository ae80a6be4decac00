import {
  micros,
  type ChoiceMade,
  type Micros,
  type RecordNumber,
  type StatesAround,
  type TraceHeader,
  type TraceRecord,
} from '../sim-core/reading.ts';
import { sameRecordIn } from './judgement/divergence.ts';
import { standingOf } from './judgement/findings.ts';
import { lastInstantOf, settledAtOf } from './ladder/from-trace.ts';
import type { AskedRun, Heard, SimulationClient } from './simulation/client.ts';
import type { FromSimulation } from './simulation/protocol.ts';
import { comeIn } from './store/arrival-edits.ts';
import {
  announce,
  arriveAt,
  branchOff,
  enterPhase,
  judgeScenario,
  knowLevers,
  notify,
  openScenario,
  pause,
  takeSeed,
  whatIfOf,
} from './store/edits.ts';
import type { RendererState, ScenarioEntry } from './store/renderer-state.ts';
import type { Changes } from './store/changes.ts';
import { judgedBy, type LibraryStore } from './store/library-store.ts';
import type { Store } from './store/store.ts';
import type { Trace, TraceStore } from './store/trace-store.ts';
import { branchOf, parentOf, withChanges, type WhatIf } from './store/what-if.ts';
import { clockText } from './words/times.ts';

/** Where a run is shown once it is complete; no playhead: where the call has settled. */
export interface Place {
  readonly playhead: Micros | null;
  readonly selected: RecordNumber | null;
}

/** Opens scenarios, runs them and brings their runs into the stores. */
export interface ScenarioRuns {
  /** Shows the scenario of that key, if there is one, at a place in its run. */
  open(key: string, at?: Place, seed?: number | null, changes?: Changes): void;
  /** The open scenario once more, with another seed. */
  reseed(seed: number): void;
  /** Shows these branches of the open scenario, at the place where the window is. */
  branch(whatIf: WhatIf): void;
  /** The open scenario once more, its text having changed. */
  again(): void;
  /** The states around a record of the shown run; nothing where it is no longer shown. */
  states(record: RecordNumber, heard: (states: StatesAround) => void): void;
  /** What chance chose with the event of a record; nothing where it is no longer shown. */
  choices(record: RecordNumber, heard: (choices: readonly ChoiceMade[]) => void): void;
  /** Runs every scenario that has not run yet, only to know how it stands. */
  judgeOthers(): void;
}

/** Where the window is now. */
function placeOf({ playhead, selected }: RendererState): Place {
  return { playhead, selected };
}

const whereItSettles: Place = { playhead: null, selected: null };

export function scenarioRuns(
  store: Store<RendererState>,
  traces: TraceStore,
  ghosts: TraceStore,
  library: LibraryStore,
  simulation: SimulationClient,
): ScenarioRuns {
  function run(
    entry: ScenarioEntry,
    seed: number | null,
    place: Place,
    into: Receiving = growingInto(store, traces),
  ): void {
    const { fileName: name, text } = entry;
    const whatIf = whatIfOf(store.state);
    const { changes } = branchOf(whatIf);
    const before = traces.trace;
    simulation.run({ name, text, seed, changes }, (answer) =>
      takeAnswer({ store, traces, library, into, entry, place, before }, answer),
    );
    const parent = parentOf(whatIf);
    const forkedFrom = parent === null ? null : { name, text, seed, changes: parent.changes };
    const beside = store.state.beside ?? forkedFrom;
    ghosts.clear();
    if (beside !== null) simulation.beside(beside, (answer) => takeGhost(ghosts, answer));
  }

  function entryOf(key: string | null): ScenarioEntry | null {
    return store.state.scenarios.find((entry) => entry.key === key) ?? null;
  }

  /** In place of what is shown, once it is whole. */
  function again(): void {
    const entry = entryOf(store.state.open);
    if (entry === null) return;
    store.edit(pause());
    run(entry, store.state.seed, placeOf(store.state), wholeInto(traces));
  }

  return {
    open(key, at = whereItSettles, seed = null, changes) {
      const entry = entryOf(key);
      if (entry === null) return;
      store.edit(openScenario(key));
      if (changes !== undefined) store.edit(branchOff(withChanges(changes)));
      if (seed !== null) store.edit(takeSeed(seed));
      run(entry, seed, at);
    },
    reseed(seed) {
      const entry = entryOf(store.state.open);
      if (entry === null) return;
      store.edit(takeSeed(seed));
      run(entry, seed, placeOf(store.state));
    },
    branch(whatIf) {
      store.edit(branchOff(whatIf));
      again();
    },
    again,
    ...aboutRecords(store, traces, simulation),
    judgeOthers: () => judgeThoseNotRun(store, library, simulation),
  };
}

/** What is asked about the shown run; an answer is not heard when another one is shown. */
function aboutRecords(
  store: Store<RendererState>,
  traces: TraceStore,
  simulation: SimulationClient,
): Pick<ScenarioRuns, 'states' | 'choices'> {
  function ask(question: (shown: AskedRun, hear: Heard) => void, hear: Heard): void {
    const { open, scenarios, seed } = store.state;
    const entry = scenarios.find(({ key }) => key === open);
    if (entry === undefined) return;
    const { fileName: name, text } = entry;
    const { changes } = branchOf(whatIfOf(store.state));
    const { version } = traces.trace;
    question({ name, text, seed, changes }, (answer) => {
      if (answer.kind === 'failed') store.edit(notify(answer.says));
      else if (version === traces.trace.version) hear(answer);
    });
  }
  return {
    states(record, heard) {
      ask(
        (shown, hear) => simulation.states(shown, record, hear),
        (answer) => void (answer.kind === 'states' && heard(answer.states)),
      );
    },
    choices(record, heard) {
      ask(
        (shown, hear) => simulation.choices(shown, record, hear),
        (answer) => void (answer.kind === 'choices' && heard(answer.choices)),
      );
    },
  };
}

/** One after the other: a run that is asked for waits for one judgement, not for two hundred. */
function judgeThoseNotRun(
  store: Store<RendererState>,
  library: LibraryStore,
  simulation: SimulationClient,
): void {
  const asked = new Set<string>();
  function next(): void {
    const { scenarios, open } = store.state;
    const entry = scenarios.find(
      ({ key, standing }) => standing === null && key !== open && !asked.has(key),
    );
    if (entry === undefined) return;
    asked.add(entry.key);
    simulation.judge(entry.fileName, entry.text, (answer) => {
      takeJudgement(store, library, entry.key, answer);
      next();
    });
  }
  next();
}

/** How a run comes into the window, and where it is shown then. */
interface Coming {
  readonly store: Store<RendererState>;
  readonly traces: TraceStore;
  readonly library: LibraryStore;
  readonly into: Receiving;
  readonly entry: ScenarioEntry;
  readonly place: Place;
  /** What was shown before. */
  readonly before: Trace;
}

/** What takes a run in, part by part. */
interface Receiving extends Pick<TraceStore, 'begin' | 'complete'> {
  append(records: readonly TraceRecord[], follows: RecordsComing['follows']): void;
  /** Whether somebody went elsewhere in it while it came in. */
  isVisited(): boolean;
}

type RecordsComing = Extract<FromSimulation, { kind: 'records' }>;

/** Takes a run in and brings it into the store when it is whole: until then the old one stays. */
function wholeInto(traces: TraceStore): Receiving {
  let header: TraceHeader | null = null;
  const records: TraceRecord[] = [];
  return {
    begin(begun) {
      header = begun;
    },
    append: (more) => void records.push(...more),
    complete(end, clauses) {
      if (header === null) throw new Error('a run ended that had not begun');
      traces.replace({ header, clauses, records, end });
    },
    isVisited: () => false,
  };
}

/**
 * Takes a run in, and shows a long one as it comes: whenever there is twice as much of it, so that
 * all looks at parts of it together cost no more than the one at the whole.
 */
function growingInto(store: Store<RendererState>, traces: TraceStore): Receiving {
  let told = 0;
  let front = store.state.playhead;
  const chosen = store.state.selected;
  return {
    begin: (header) => traces.begin(header),
    append(more, follows) {
      traces.append(more);
      const { records } = traces.trace;
      if (follows === 'end' || (follows === 'more' && records.length < 2 * told)) return;
      told = records.length;
      const before = front;
      traces.tell();
      front = traces.view(lastInstantOf);
      store.edit(comeIn(told, front, before));
    },
    complete: (end, clauses) => traces.complete(end, clauses),
    isVisited: () => {
      const { playhead, selected } = store.state;
      return told > 0 && (playhead !== front || selected !== chosen);
    },
  };
}

function takeAnswer(coming: Coming, answer: FromSimulation): void {
  const { store, traces, into, entry } = coming;
  switch (answer.kind) {
    case 'begun':
      into.begin(answer.header);
      store.edit(knowLevers(answer.levers));
      return;
    case 'records':
      into.append(answer.records, answer.follows);
      return;
    case 'ended':
      into.complete(answer.end, answer.clauses);
      show(coming);
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
    case 'states':
    case 'choices':
      throw new Error(`a run was asked for and “${answer.kind}” came`);
  }
}

function show({ store, traces, library, into, entry, place: asked, before }: Coming): void {
  const { trace } = traces;
  const isVisited = into.isVisited();
  const place = isVisited ? placeOf(store.state) : asked;
  const end = traces.view(lastInstantOf);
  const playhead = micros(Math.min(end, place.playhead ?? traces.view(settledAtOf)));
  const title = trace.header?.title ?? null;
  const selected = isVisited ? place.selected : selectedIn(trace, place.selected, before);
  store.edit(arriveAt(playhead, selected));
  // List and library are of the scenarios as they are written: a branch of one is none of them.
  if (parentOf(whatIfOf(store.state)) === null) {
    store.edit(judgeScenario(entry.key, title, standingOf(trace) ?? 'cannot be read'));
    if (trace.end !== null) library.take(entry.key, judgedBy(trace.end.verdicts));
  }
  store.edit(announce(`${title ?? entry.title}, ${clockText(end)} seconds.`));
}

/** The record that stands for the selected one: in another run of the scenario its like. */
function selectedIn(
  trace: Trace,
  selected: RecordNumber | null,
  before: Trace,
): RecordNumber | null {
  if (selected === null) return null;
  const again = before.end !== null && before.header?.scenario === trace.header?.scenario;
  if (again) return sameRecordIn(trace, before, selected);
  return selected <= trace.records.length ? selected : null;
}

/** The run a branch was forked from comes in; its faults were told when it was shown. */
function takeGhost(ghosts: TraceStore, answer: FromSimulation): void {
  if (answer.kind === 'begun') ghosts.begin(answer.header);
  else if (answer.kind === 'records') ghosts.append(answer.records);
  else if (answer.kind === 'ended') ghosts.complete(answer.end, answer.clauses);
}

function takeJudgement(
  store: Store<RendererState>,
  library: LibraryStore,
  key: string,
  answer: FromSimulation,
): void {
  if (answer.kind === 'judged') {
    store.edit(judgeScenario(key, answer.title, answer.standing));
    library.take(key, answer.judged);
  } else if (answer.kind === 'problems') store.edit(judgeScenario(key, null, 'cannot be read'));
  else if (answer.kind === 'failed') store.edit(judgeScenario(key, null, 'fails'));
}
