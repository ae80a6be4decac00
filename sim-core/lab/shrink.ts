import type { ClauseId } from '../base/clause-id.ts';
import { startJudgedRun } from '../run/run-scenario.ts';
import type { Run } from '../run/run.ts';
import { strokesOf } from '../run/strokes-of-chance.ts';
import {
  partsOfText,
  valueIn,
  withFaults,
  withoutPart,
  withPart,
  type PartPath,
} from '../scenario/parts-of-text.ts';
import { readScenario } from '../scenario/read-scenario.ts';
import { selfContained } from './text-of-bundle.ts';

/** What is wrong with a run, and has to stay wrong while the scenario shrinks. */
export type Complaint =
  | { readonly kind: 'violated'; readonly clause: ClauseId }
  /** A sentence of the scenario's `expect` that is not met. */
  | { readonly kind: 'unmet'; readonly says: string; readonly found: string };

/** A failing run, as all that it follows from. */
export interface Failing {
  readonly text: string;
  readonly name: string;
  /** Faults beside those of the text, the first to be tried first. */
  readonly faults: readonly string[];
  /** Null: the text's own. */
  readonly seed: number | null;
  readonly engine: string;
}

/** The smallest scenario found that still fails the same way. It needs nothing beside its text. */
export interface Shrunk {
  readonly text: string;
  readonly run: Run;
  /** Whether chance has no part in it any more. */
  readonly certain: boolean;
  /** How many scenarios were run to find it. */
  readonly tried: number;
}

/** Scenarios tried at most; what is found by then is given. */
const triesMost = 5_000;

/** What is wrong with a run: what makes it fail, and what only goes against advice. */
export interface Complaints {
  readonly failures: readonly Complaint[];
  readonly slights: readonly Complaint[];
}

/** What is wrong with a failing run; nothing where it cannot be run. */
export function complaintsOfFailing(failing: Failing): Complaints {
  const { scenario } = readScenario(selfContained(failing), failing.name);
  if (scenario === null) return { failures: [], slights: [] };
  const judged = startJudgedRun(scenario, { engine: failing.engine });
  judged.live.advance(Infinity);
  return complaintsOf(judged.finish());
}

function complaintsOf(run: Run): Complaints {
  const violated = run.verdicts
    .filter(({ verdict }) => verdict === 'violated')
    .map(({ clause, level }) => ({ level, complaint: { kind: 'violated', clause } as const }));
  const unmet = run.expectations
    .filter(({ met }) => !met)
    .map(({ says, found }) => ({ kind: 'unmet', says, found }) as const);
  return {
    failures: [
      ...violated.filter(({ level }) => level === 'error').map(({ complaint }) => complaint),
      ...unmet,
    ],
    slights: violated.filter(({ level }) => level !== 'error').map(({ complaint }) => complaint),
  };
}

/**
 * Takes away whatever can go while the complaint stays: first chance, each loss and each copy of
 * which becomes a fault that says so; then parts of the text, the greatest first, until none can
 * go any more. Null where the run does not fail that way.
 */
export function shrink(failing: Failing, complaint: Complaint): Shrunk | null {
  const trial = trialOf(failing, complaint);
  const first = trial.fails(selfContained(failing));
  if (first === null) return null;
  const certain = withoutChance(first, trial);
  const best = withoutWhatCanGo(onBaseline(certain, trial), trial);
  return { ...best, tried: trial.tried() };
}

interface Attempt {
  readonly text: string;
  readonly run: Run;
  readonly certain: boolean;
}

interface Trial {
  /** The text with its run, where it can be run and fails as it should; null otherwise. */
  fails(text: string): Attempt | null;
  tried(): number;
}

function trialOf({ name, engine }: Failing, complaint: Complaint): Trial {
  const known = new Map<string, Attempt | null>();
  let tried = 0;
  function attempt(text: string): Attempt | null {
    const { scenario } = readScenario(text, name);
    if (scenario === null || tried >= triesMost) return null;
    tried += 1;
    const judged = startJudgedRun(scenario, { engine });
    judged.live.advance(Infinity);
    const run = judged.finish();
    return shows(run, complaint)
      ? { text, run, certain: judged.live.chooser.log.length === 0 }
      : null;
  }
  return {
    fails(text) {
      const before = known.get(text);
      if (before !== undefined) return before;
      const made = attempt(text);
      known.set(text, made);
      return made;
    },
    tried: () => tried,
  };
}

function shows(run: Run, complaint: Complaint): boolean {
  if (complaint.kind === 'violated') {
    return run.verdicts.some(
      ({ clause, verdict }) => clause === complaint.clause && verdict === 'violated',
    );
  }
  return run.expectations.some(
    ({ says, met, found }) => says === complaint.says && !met && isAlike(found, complaint.found),
  );
}

/** Another number is as wrong as the first one; another word is another failure. */
function isAlike(found: string, before: string): boolean {
  const isNumber = (text: string): boolean => /^[0-9]/.test(text);
  return found === before || (isNumber(found) && isNumber(before));
}

/** What of a link leaves something to chance. */
const chances: ReadonlySet<string | number> = new Set(['loss', 'duplicate']);

/**
 * The same failure with every stroke of luck as a fault of its own, and with the lower end of
 * every range of time; or as much of that as it bears.
 */
function withoutChance(first: Attempt, trial: Trial): Attempt {
  if (first.certain) return first;
  let text = withFaults(first.text, strokesOf(first.run));
  for (const path of partsOfText(first.text).toReversed()) {
    if (path[0] === 'links' && chances.has(path.at(-1) ?? '')) text = withoutPart(text, path);
  }
  let best = trial.fails(text) ?? first;
  for (const path of partsOfText(best.text)) {
    const low = lowerEnd(valueIn(best.text, path));
    if (low !== null) best = trial.fails(withPart(best.text, path, low)) ?? best;
  }
  return best;
}

/** `'10ms'` of `'10ms..30ms'`; null of anything else. */
function lowerEnd(value: unknown): string | null {
  return typeof value === 'string'
    ? (/^([0-9.]+[a-z]+)\.\.[0-9.]+[a-z]+$/.exec(value)?.[1] ?? null)
    : null;
}

/** Over a baseline whole parties can go, for it has others in their place. */
function onBaseline(attempt: Attempt, trial: Trial): Attempt {
  if (valueIn(attempt.text, ['baseline']) !== undefined) return attempt;
  return trial.fails(withPart(attempt.text, ['baseline'], 'voice-call')) ?? attempt;
}

/** Parts of the file that are no part of the call. */
const kept: ReadonlySet<string> = new Set(['apiVersion', 'title']);

function withoutWhatCanGo(first: Attempt, trial: Trial): Attempt {
  let best = first;
  for (;;) {
    const smaller = onceWithout(best, trial);
    if (smaller === null) return best;
    best = smaller;
  }
}

/** Takes away every part that can go, one after the other; null where none could. */
function onceWithout(first: Attempt, trial: Trial): Attempt | null {
  let best = first;
  // Places in lists change as items go: each part is looked for in the text as it is now.
  for (let at = 0; ;) {
    const path = partsOfText(best.text).filter(canGo)[at];
    if (path === undefined) break;
    const attempt = trial.fails(withoutPart(best.text, path));
    if (attempt !== null) {
      best = attempt;
      continue;
    }
    best = withoutLines(best, path, trial);
    at += 1;
  }
  return best === first ? null : best;
}

/** Takes lines out of a text that has several, such as a session description. */
function withoutLines(first: Attempt, path: PartPath, trial: Trial): Attempt {
  const value = valueIn(first.text, path);
  if (typeof value !== 'string' || !value.includes('\n')) return first;
  let best = first;
  let lines = value.split('\n');
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const fewer = lines.toSpliced(at, 1);
    const attempt = trial.fails(withPart(best.text, path, fewer.join('\n')));
    if (attempt !== null) [best, lines] = [attempt, fewer];
  }
  return best;
}

function canGo(path: PartPath): boolean {
  return !kept.has(String(path[0]));
}
