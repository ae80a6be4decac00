import {
  addFault,
  readChoice,
  readScenario,
  setInScenario,
  type Alteration,
  type Problem,
  type Scenario,
} from '../../../sim-core/authoring.ts';
import type { Changes } from '../../store/changes.ts';
import type { ScenarioProblem } from '../protocol.ts';

export { leversOf } from './levers-of.ts';

/** A scenario and what chance is to choose otherwise in it, or what is wrong with its text. */
export type ReadText =
  | { readonly scenario: Scenario; readonly altered: readonly Alteration[] }
  | { readonly problems: readonly ScenarioProblem[] };

/**
 * Reads a scenario's text, with the changes in it as the command line makes them. Loaded only when
 * the first text is there to be read, for it brings the YAML and schema libraries with it.
 */
export function readText(text: string, name: string, changes: Changes): ReadText {
  const written = readScenario(text, name);
  if (written.scenario === null) return { problems: written.problems.map(problemOf) };
  let { scenario } = written;
  if (changes.settings.length > 0) {
    const set = withSettings(text, changes);
    if (set.text === null) return { problems: [changeProblem(set.says)] };
    const changed = readScenario(set.text, `${name} (as changed)`);
    if (changed.scenario === null) return { problems: changed.problems.map(problemOf) };
    scenario = changed.scenario;
  }
  for (const sentence of changes.faults.toReversed()) {
    const addition = addFault(scenario, sentence);
    if (addition.scenario === null) {
      return { problems: [changeProblem(`“${sentence}”: ${addition.problem.says}`)] };
    }
    scenario = addition.scenario;
  }
  const altered: Alteration[] = [];
  for (const choice of changes.choices) {
    const taken = readChoice(choice);
    if (taken.alteration === null) {
      return { problems: [changeProblem(`choice ${choice}: ${taken.says}`)] };
    }
    altered.push(taken.alteration);
  }
  return { scenario, altered };
}

function withSettings(
  text: string,
  { settings }: Changes,
): { readonly text: string } | { readonly text: null; readonly says: string } {
  let changed = text;
  for (const { path, value } of settings) {
    const set = setInScenario(changed, path, value);
    if (set.text === null) return { text: null, says: set.says };
    changed = set.text;
  }
  return { text: changed };
}

function problemOf(problem: Problem): ScenarioProblem {
  const { line, column, length, path, says, nearest, code } = problem;
  return { line, column, length, path, says, nearest, code };
}

/** What a fork asks for does not fit the file: it has no place in the text. */
export function changeProblem(says: string): ScenarioProblem {
  return { line: 1, column: 1, length: 0, path: '', says, nearest: null, code: 'CMR1014' };
}
