import { indexLines } from '../base/text-problems.ts';
import { assembleScenario } from './assemble-scenario.ts';
import { crossReferenceDrafts } from './cross-references.ts';
import { asProblem } from './drafts.ts';
import { overBaseline } from './over-baseline.ts';
import { sortProblems, type Problem, type ScenarioText } from './problems.ts';
import { readScenarioSdp } from './scenario-sdp.ts';
import { scenarioSchema } from './scenario-schema.ts';
import { schemaDrafts } from './schema-problems.ts';
import type { Scenario } from './scenario.ts';
import { readYaml } from './yaml-document.ts';
import type { Finding } from './yaml-tokens.ts';

/** A scenario, or everything that is wrong with the file, sorted by place. */
export type ScenarioReading = { readonly file: ScenarioText } & (
  | { readonly scenario: Scenario; readonly problems: readonly [] }
  | { readonly scenario: null; readonly problems: readonly Problem[] }
);

/**
 * Reads the text of a scenario file (`*.cmr.yaml`; JSON is YAML too). Never throws on a text,
 * whatever it holds; what exceeds `readingLimits` is refused before it costs anything.
 */
export function readScenario(text: string, fileName: string): ScenarioReading {
  const file = { name: fileName, text };
  const index = indexLines(text);
  const refuse = (findings: readonly Finding[]): ScenarioReading => {
    const problems = sortProblems(findings.map((finding) => asProblem(finding, index)));
    return { file, scenario: null, problems };
  };
  const { document: written, findings } = readYaml(text);
  if (written === null) return refuse(findings);
  const document = overBaseline(written);
  const checked = scenarioSchema.safeParse(document.value);
  const sdp = readScenarioSdp(document, text, index);
  const all = [
    ...findings,
    ...(checked.success ? [] : schemaDrafts(checked.error.issues, document)),
    ...sdp.drafts,
    ...crossReferenceDrafts(document),
  ];
  if (!checked.success || all.length > 0) return refuse(all);
  return { file, scenario: assembleScenario(checked.data, sdp), problems: [] };
}
