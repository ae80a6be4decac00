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
export {
  publishedJsonSchema,
  scenarioJsonSchema,
  type JsonSchema,
} from './scenario/json-schema.ts';
export { baselineNames, baselines, type BaselineName } from './scenario/baselines.ts';
export { setInScenario, type SetResult } from './scenario/set-in-scenario.ts';
export { completionsAt, type Completion, type CompletionOption } from './scenario/completions.ts';
export { formatScenario } from './scenario/format-scenario.ts';
export type { Alteration } from './kernel/altered-chooser.ts';
export { readChoice, type ChoiceReading } from './scenario/read-choice.ts';
export { addFault, type FaultAddition } from './scenario/add-fault.ts';
export { withFaults } from './scenario/parts-of-text.ts';
export { visible } from './base/text-problems.ts';
export { nearest } from './scenario/nearest.ts';
export { readDuration } from './scenario/units.ts';
export { readingLimits } from './scenario/reading-limits.ts';
export type { Scenario } from './scenario/scenario.ts';
export { contentOf, contentText, leavesOf, type Content } from './sip/parsing/content.ts';
export type { FieldName, FieldValue } from './sip/parsing/field-table.ts';
export {
  fieldsNamed,
  fieldValue,
  fieldValues,
  headerFields,
  type HeaderField,
} from './sip/parsing/fields.ts';
export { framingOf, type Framing } from './sip/parsing/framing.ts';
export { identifiersOf, type Identifiers } from './sip/parsing/identifiers.ts';
export { indexMessage } from './sip/parsing/index-message.ts';
export { sipLimits } from './sip/parsing/limits.ts';
export { messageOf, type TypedReading } from './sip/parsing/message-of.ts';
export type { NameAddress } from './sip/parsing/name-address.ts';
export { parameter, parameterValue, type Parameter } from './sip/parsing/parameters.ts';
export { parseMessage, type MessageReading, type Strictness } from './sip/parsing/parse-message.ts';
export type { ParsedMessage } from './sip/parsing/parsed-message.ts';
export { printParsed } from './sip/parsing/print-parsed.ts';
export { isError, printSipProblems } from './sip/parsing/print-problems.ts';
export type { Severity, SipProblem } from './sip/parsing/problems.ts';
export { unescapeUri, type SipUri } from './sip/parsing/sip-uri.ts';
export { startLineOf, type RequestLine, type StatusLine } from './sip/parsing/start-line.ts';
export { splitStream, type StreamPiece } from './sip/parsing/stream.ts';
export type { TelUri } from './sip/parsing/tel-uri.ts';
export type { OtherUri, Uri } from './sip/parsing/uri.ts';
export type { ViaValue } from './sip/parsing/via.ts';
