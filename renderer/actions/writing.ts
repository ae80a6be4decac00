import type { ScenarioProblem, Template } from '../authoring/answers.ts';
import type { Authoring } from '../authoring/client.ts';
import type { HostBridge } from '../host/host-bridge.ts';
import type { ScenarioRuns } from '../scenario-runs.ts';
import { addScenario } from '../store/edits.ts';
import type { RendererState, ScenarioEntry } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import { markNew, showEditor, takeProblems, writeText } from '../store/writing-edits.ts';
import { draftKeeper, type DraftKeeper } from './drafts.ts';
import { attemptIn, openEntry } from './open-entry.ts';
import { makeSaving, type Saving } from './saving.ts';

/** What can be done with the text of the open scenario. */
export interface Writing extends Saving {
  toggle(): void;
  /** Opens the editor where a problem stands. */
  fix(problem: ScenarioProblem): void;
  /** The person wrote. */
  write(text: string): void;
  format(): void;
  /** Back to the text as it was saved. */
  revert(): void;
  /** The last text that ran, where it is another than the one that stands; otherwise null. */
  readonly lastGood: string | null;
  openLastGood(): void;
  begin(template: Template): void;
  takeUpDraft(key: string): void;
  throwDraftAway(key: string): void;
}

export interface WritingParts {
  readonly store: Store<RendererState>;
  readonly runs: ScenarioRuns;
  readonly host: HostBridge;
  readonly authoring: Authoring;
  readonly window: Window;
}

export function makeWriting(parts: WritingParts): Writing {
  const { store, runs, host, authoring, window } = parts;
  const keeper = draftKeeper(store, host, window);
  const attempt = attemptIn(store);
  const live = liveText(parts, keeper);
  const saving = makeSaving(store, runs, host, keeper);

  return {
    ...saving,
    ...drafting(parts, keeper, live),
    toggle() {
      const { writing, run } = store.state;
      if (openEntry(store) === null) return;
      store.edit(showEditor(!writing.open));
      if (!writing.open) store.edit(takeProblems(run.kind === 'problems' ? run.problems : []));
    },
    fix({ line, column }) {
      const { run } = store.state;
      if (run.kind === 'problems') store.edit(takeProblems(run.problems));
      store.edit(showEditor(true, { line, column }));
    },
    write: (text) => live.write(text),
    format: () =>
      attempt(async ({ text }) => {
        const formatted = await authoring.ask('format', { text });
        if (formatted === null) throw new Error('A text that is no YAML cannot be formatted.');
        if (openEntry(store)?.text === text) live.become(formatted);
      }),
    revert() {
      const saved = store.state.writing.saved[store.state.open ?? ''];
      if (saved !== undefined) live.become(saved);
    },
    get lastGood() {
      return live.lastGood();
    },
    openLastGood() {
      const text = live.lastGood();
      if (text !== null) live.become(text);
    },
  };
}

/** The text that is being written, and the run that follows it. */
interface LiveText {
  /** The person wrote: read and run once the text rests. */
  write(text: string): void;
  /** Another text at once. */
  become(text: string): void;
  lastGood(): string | null;
}

/** How long a text rests before it is read and run, ms. */
const restsBeforeRun = 250;

function liveText({ store, runs, authoring, window }: WritingParts, keeper: DraftKeeper): LiveText {
  const lastGood = new Map<string, string>();
  const attempt = attemptIn(store);
  let due: number | null = null;

  /** Reads the text; what runs is shown, and what does not is told beside it. */
  async function look({ key, fileName, text }: ScenarioEntry): Promise<void> {
    const problems = await authoring.ask('check', { name: fileName, text });
    const now = openEntry(store);
    if (now?.key !== key || now.text !== text) return;
    store.edit(takeProblems(problems));
    if (problems.length > 0) return;
    lastGood.set(key, text);
    runs.again();
  }

  return {
    write(text) {
      const entry = openEntry(store);
      if (entry === null) return;
      // What ran before the first word was written is good too.
      if (!lastGood.has(entry.key) && store.state.run.kind === 'ready') {
        lastGood.set(entry.key, entry.text);
      }
      store.edit(writeText(entry.key, text));
      keeper.changed(entry.key);
      if (due !== null) window.clearTimeout(due);
      due = window.setTimeout(() => {
        due = null;
        attempt(look);
      }, restsBeforeRun);
    },
    become(text) {
      const entry = openEntry(store);
      if (entry === null) return;
      store.edit(writeText(entry.key, text));
      keeper.changed(entry.key);
      attempt(look);
    },
    lastGood() {
      const entry = openEntry(store);
      if (entry === null) return null;
      const known = lastGood.get(entry.key) ?? store.state.writing.saved[entry.key] ?? null;
      return known === entry.text || known === '' ? null : known;
    },
  };
}

/** Scenarios that are new, and texts that an earlier window left unsaved. */
function drafting(
  { store, runs }: WritingParts,
  keeper: DraftKeeper,
  live: LiveText,
): Pick<Writing, 'begin' | 'takeUpDraft' | 'throwDraftAway'> {
  function show(entry: ScenarioEntry): void {
    store.edit(addScenario(entry));
    store.edit(showEditor(true));
    runs.open(entry.key);
  }

  return {
    begin({ fileName, text, says }) {
      const key = freeKey(store.state.scenarios, fileName);
      const entry = { key, folder: 'Opened', fileName, title: says, text } as const;
      show({ ...entry, handle: null, standing: null });
      store.edit(markNew(key));
      keeper.changed(key);
    },
    takeUpDraft(key) {
      const draft = keeper.take(key);
      if (draft === null) return;
      const { fileName, folder, text, saved } = draft;
      const known = store.state.scenarios.find((entry) => entry.key === key);
      const entry = { key, folder, fileName, title: fileName, handle: null, standing: null };
      show({ ...(known ?? entry), text: saved });
      if (saved === '') store.edit(markNew(key));
      live.become(text);
    },
    throwDraftAway(key) {
      keeper.take(key);
      keeper.forget(key);
    },
  };
}

/** `opened/name`, or with a number where another scenario has that. */
function freeKey(scenarios: readonly ScenarioEntry[], fileName: string): string {
  const taken = new Set(scenarios.map(({ key }) => key));
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? `opened/${fileName}` : `opened/${number}-${fileName}`;
    if (!taken.has(key)) return key;
  }
}
