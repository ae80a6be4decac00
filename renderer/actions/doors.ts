import { micros } from '../../sim-core/reading.ts';
import { findingsOf, type Finding } from '../judgement/findings.ts';
import { questionsOf } from '../judgement/lesson.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import type { ScenarioRuns } from '../scenario-runs.ts';
import { enterDoor, setLesson, showWelcome } from '../store/door-edits.ts';
import type { Door } from '../store/doors.ts';
import { arriveAt, movePlayhead, run, selectRecord, showRunTab } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { whenReady } from '../store/when-ready.ts';

/** The ways into the window, and the lesson behind one of them. */
export interface DoorActions {
  welcome(): void;
  /** Opens a scenario with the panels that door has. */
  enter(door: Door, key: string): void;
  answer(words: string): void;
  /** The call goes on after an answer. */
  goOn(): void;
  /** One thing is changed, and the call is run again. */
  breakIt(): void;
  endLesson(): void;
}

/** What the lesson changes: the way to the called party becomes so long. */
const change = { path: 'links.b.latency', value: '150ms', says: 'B is 150 ms away' } as const;

export function makeDoors(
  store: Store<RendererState>,
  traces: TraceStore,
  runs: ScenarioRuns,
  set: (path: string, value: string, says: string) => void,
  showFinding: (finding: Finding) => void,
): DoorActions {
  waitAtQuestions(store, traces);

  const begin: Readonly<Record<Door, () => void>> = {
    review() {
      const { arrows, messageOf } = traces.view(arrowsOf);
      const messages = arrows.flatMap(({ id }) => messageOf.get(id) ?? []);
      const first = messages.find(({ step }) => step === 1) ?? messages[0];
      if (first !== undefined) store.edit(arriveAt(first.sentAt, first.record));
    },
    learn() {
      store.edit(setLesson({ at: 0, asked: false, answered: null, changed: false }));
      store.edit(run(micros(0)));
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
      store.edit(enterDoor(door));
      whenReady(store, begin[door]);
      runs.open(key);
    },
    answer(words) {
      const { lesson } = store.state.doors;
      if (lesson !== null) store.edit(setLesson({ ...lesson, answered: words }));
    },
    goOn() {
      const { doors, playhead } = store.state;
      const { lesson } = doors;
      if (lesson === null) return;
      const at = lesson.at + 1;
      store.edit(setLesson({ at, asked: false, answered: null, changed: false }));
      const next = traces.view(questionsOf)[at];
      // Between two turns nothing new is heard: the call goes on shortly before the next.
      const from = next === undefined ? playhead : Math.max(playhead, next.at - waitLeast);
      if (next !== undefined) store.edit(run(micros(from)));
    },
    breakIt() {
      const { lesson } = store.state.doors;
      if (lesson === null) return;
      set(change.path, change.value, change.says);
      store.edit(setLesson({ ...lesson, asked: false, answered: null, changed: true }));
    },
    endLesson: () => store.edit(setLesson(null)),
  };
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
    const question = traces.view(questionsOf)[lesson.at];
    if (question === undefined || playhead < question.at + after) return;
    store.edit(movePlayhead(micros(question.at + after)));
    store.edit(setLesson({ ...lesson, asked: true }));
  });
}
