import { excerpt, visible } from '../base/text-problems.ts';
import { readingLimits } from './reading-limits.ts';

/** What can be wrong with a scenario file: every code, once. `ringscope explain` prints it. */
export const problemCodes = {
  CMR1000: 'The file is empty: a scenario needs at least apiVersion, title, nodes and links.',
  CMR1001: 'The text is not well-formed YAML 1.2.',
  CMR1002: 'The file exceeds a limit: size, depth, length of a value, values or aliases.',
  CMR1003:
    'The file uses a part of YAML that scenarios do without: tags, directives, several ' +
    'documents, keys that are not plain words, or characters that are not text.',
  CMR1004: 'A key that the format does not know.',
  CMR1005: 'A key that must be there is missing.',
  CMR1006: 'A value of the wrong kind: text where a number is due, a list where a map is due.',
  CMR1007: 'A word that is none of those allowed here.',
  CMR1008: 'A quantity without its unit, with a wrong unit, or out of range.',
  CMR1009: 'A name that is there twice.',
  CMR1010: 'A name that refers to nothing in this file, or to no clause.',
  CMR1011: 'Two parts of the scenario contradict each other.',
  CMR1012: 'A session description that RFC 8866 does not allow.',
  CMR1013: 'Text in a form that is not allowed here: a name, an address, a header field.',
  CMR1014: 'A fault sentence that is not understood: drop the 1st 200 of client-b.',
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** One thing wrong with a scenario file, and where. */
export interface Problem {
  /** As `--set` takes it: `'nodes.client-a.port'`; empty where the file as a whole is meant. */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  /** UTF-16 code units from the start of the text. */
  readonly offset: number;
  readonly length: number;
  readonly code: ProblemCode;
  /** What was found and what is allowed, without the path. */
  readonly says: string;
  /** What was likely meant, ready to be written in its place, or null. */
  readonly nearest: string | null;
}

/** A scenario file as it was read. */
export interface ScenarioText {
  /** As the reader knows it: `'scenarios/continue/as-in-the-figure.cmr.yaml'`. */
  readonly name: string;
  readonly text: string;
}

/** By offset; problems at one offset stay in the order in which they were found. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.offset - b.offset);
}

/**
 * The problems as an author reads them, at most 20, a line of text each element:
 * `file:line:column: error CMR1004: …`, the source line, and carets under the place.
 */
export function printProblems(problems: readonly Problem[], file: ScenarioText): string[] {
  const lines: string[] = [];
  const shown = problems.slice(0, readingLimits.problemsPrinted);
  for (const problem of shown) lines.push(...printProblem(problem, file));
  const left = problems.length - shown.length;
  if (left === 0) return lines;
  return [...lines, `${visible(file.name)}: ${left} more ${left === 1 ? 'problem' : 'problems'}`];
}

function printProblem(problem: Problem, file: ScenarioText): string[] {
  const { line, column, code, path, says, nearest } = problem;
  const where = path === '' ? '' : `${visible(path)}: `;
  const hint = nearest === null ? '' : `; did you mean ${visible(nearest)}?`;
  const place = `${visible(file.name)}:${line}:${column}`;
  const first = `${place}: error ${code}: ${where}${visible(says)}${hint}`;
  if (file.text === '') return [first];
  return [first, ...excerpt(problem, sourceLine(problem, file.text))];
}

function sourceLine({ offset, column }: Problem, text: string): string {
  const start = offset - (column - 1);
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end);
}
