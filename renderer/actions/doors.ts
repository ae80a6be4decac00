import { micros } from '../../sim-core/reading.ts';
import { findingsOf, type Finding } from '../judgement/findings.ts';
import { lessons, type Question } from '../judgement/lesson.ts';
import { arrowsOf, messagesOf } from '../ladder/from-trace.ts';
import type { Mapping } from '../panels/window-actions.ts';
import type { ScenarioRuns } from '../scenario-runs.ts';
import { enterDoor, setLesson, showWelcome } from '../store/door-edits.ts';
import type { Door, Lesson, LessonNumber } from '../store/doors.ts';
import { arriveAt, movePlayhead, run, selectRecord, showRunTab } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { whenReady } from '../store/when-ready.ts';
import type { Forking } from './forking.ts';

/** The ways into the window, and the lesson behind one of them. */
export interface DoorActions {
  welcome(): void;
  /** Opens a scenario with the panels that door has. */
  enter(door: Door, key: string): void;
  /** Begins a lesson. */
  teach(number: LessonNumber): void;
  /** Opens a scenario at its timing map. */
  map(key: string): void;
  answer(words: string): void;
  /** The call goes on after an answer. */
  goOn(): void;
  /** One thing is changed, and the call is run again. */
  breakIt(): void;
  endLesson(): void;
}

export interface DoorParts {
  readonly store: Store<RendererState>;
  readonly traces: TraceStore;
  readonly runs: ScenarioRuns;
  readonly forking: Pick<Forking, 'set' | 'message'>;
  readonly mapping: Pick<Mapping, 'show'>;
  readonly showFinding: (finding: Finding) => void;
}

export function makeDoors(parts: DoorParts): DoorActions {
  const { store, traces, runs, mapping, showFinding } = parts;
  waitAtQuestions(store, traces);

  function enter(door: Door, key: string, begun: () => void): void {
    store.edit(enterDoor(door));
    whenReady(store, begun);
    runs.open(key);
  }

  function teach(number: LessonNumber): void {
    enter('learn', lessons[number].scenario, () => {
      store.edit(setLesson({ number, at: 0, asked: false, answered: null, changed: false }));
      store.edit(run(micros(0)));
    });
  }

  const begin: Readonly<Record<Exclude<Door, 'learn'>, () => void>> = {
    review() {
      const { arrows, messageOf } = traces.view(arrowsOf);
      const messages = arrows.flatMap(({ id }) => messageOf.get(id) ?? []);
      const first = messages.find(({ step }) => step === 1) ?? messages[0];
      if (first !== undefined) store.edit(arriveAt(first.sentAt, first.record));
    },
    replay() {
      const [finding] = traces.view(findingsOf);
      if (finding !== undefined) showFinding(finding);
      // What could be changed, and the command line of it, come first.
      store.edit(selectRecord(null));
      store.edit(showRunTab('what if'));
    },
  };

  return {
    welcome: () => store.edit(showWelcome(true)),
    enter(door, key) {
      if (door === 'learn') teach(1);
      else enter(door, key, begin[door]);
    },
    teach,
    map: (key) => enter('replay', key, () => mapping.show()),
    answer(words) {
      const { lesson } = store.state.doors;
      if (lesson !== null) store.edit(setLesson({ ...lesson, answered: words }));
    },
    goOn() {
      const { doors, playhead } = store.state;
      const { lesson } = doors;
      if (lesson === null) return;
      const at = lesson.at + 1;
      store.edit(setLesson({ ...lesson, at, asked: false, answered: null }));
      const next = questionsOf(traces, lesson)[at];
      // Between two turns nothing new is heard: the call goes on shortly before the next.
      const from = next === undefined ? playhead : Math.max(playhead, next.at - waitLeast);
      if (next !== undefined) store.edit(run(micros(from)));
    },
    breakIt() {
      const { lesson } = store.state.doors;
      if (lesson === null) return;
      breakCall(parts, lesson);
      store.edit(setLesson({ ...lesson, asked: false, answered: null, changed: true }));
    },
    endLesson: () => store.edit(setLesson(null)),
  };
}

function questionsOf(traces: TraceStore, { number }: Lesson): readonly Question[] {
  return traces.view(lessons[number].turns);
}

/** Changes the one thing that the lesson changes. */
function breakCall({ traces, forking }: DoorParts, { number }: Lesson): void {
  const { change } = lessons[number];
  if (change.kind === 'set') {
    forking.set(change.path, change.value, change.says);
    return;
  }
  const answer = traces
    .view(messagesOf)
    .find(({ leg, marks }) => leg === 'A' && marks.some(({ side }) => side === 'A'));
  if (answer !== undefined) forking.message(answer.record, { kind: 'drop' });
}

/** The call is taken up so long before the next turn, µs. */
const waitLeast = 300_000;
/** The question is asked so long after the turn, µs: what is heard then has begun. */
const after = 20_000;

/** Stops the clock where a question of the lesson stands. */
function waitAtQuestions(store: Store<RendererState>, traces: TraceStore): void {
  store.subscribe(() => {
    const { playing, playhead, doors, run: phase } = store.state;
    const { lesson } = doors;
    if (!playing || lesson === null || lesson.asked || phase.kind !== 'ready') return;
    const question = questionsOf(traces, lesson)[lesson.at];
    if (question === undefined || playhead < question.at + after) return;
    store.edit(movePlayhead(micros(question.at + after)));
    store.edit(setLesson({ ...lesson, asked: true }));
  });
}
