/**
 * The door for whoever reads scenario files: YAML, schema, problems with line and column. It is
 * heavy: the window opens it only when there is a text to read, in its worker.
 */
export { readScenario, type ScenarioReading } from './scenario/read-scenario.ts';
export {
  printProblems,
  problemCodes,
  type Problem,
  type ProblemCode,
  type ScenarioText,
} from './scenario/problems.ts';
export { scenarioJsonSchema, type JsonSchema } from './scenario/json-schema.ts';
export { setInScenario, type SetResult } from './scenario/set-in-scenario.ts';
export { visible } from './base/text-problems.ts';
export { nearest } from './scenario/nearest.ts';
export { readingLimits } from './scenario/reading-limits.ts';
export type { Scenario } from './scenario/scenario.ts';
