import { readScenario, type Scenario } from '../../../sim-core/authoring.ts';
import type { ScenarioProblem } from '../protocol.ts';

/** A scenario, or what is wrong with its text. */
export type ReadText =
  { readonly scenario: Scenario } | { readonly problems: readonly ScenarioProblem[] };

/**
 * Reads a scenario's text. Loaded only when the first text is there to be read, for it brings the
 * YAML and schema libraries with it.
 */
export function readText(text: string, name: string): ReadText {
  const { scenario, problems } = readScenario(text, name);
  if (scenario !== null) return { scenario };
  return {
    problems: problems.map(({ line, column, length, path, says, nearest, code }) => ({
      line,
      column,
      length,
      path,
      says,
      nearest,
      code,
    })),
  };
}
