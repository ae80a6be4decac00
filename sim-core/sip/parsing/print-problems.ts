import { excerpt, visible } from '../../base/text-problems.ts';
import { sipLimits } from './limits.ts';
import { decodeUtf8, textOfOctets } from './octets.ts';
import type { Severity, SipProblem } from './problems.ts';

/** What a reader of problems calls them. */
const words: Readonly<Record<Severity, string>> = {
  malformed: 'error',
  violation: 'error',
  remark: 'warning',
  'not held': 'error',
};

/** Whether a message with that problem is one to be put right. */
export function isError({ severity }: SipProblem): boolean {
  return words[severity] === 'error';
}

/**
 * The problems as an author reads them, at most 20, a line of text each element:
 * `file:line:column: error: … (RFC 3261 §7.1)`, the source line, and carets under the place.
 */
export function printSipProblems(
  problems: readonly SipProblem[],
  name: string,
  source: Uint8Array | string,
): string[] {
  const lines: string[] = [];
  const text = typeof source === 'string' ? source : textOfOctets(source);
  const isOctets = typeof source !== 'string';
  for (const problem of problems.slice(0, sipLimits.problemsPrinted)) {
    const { line, column, severity, says, clause } = problem;
    const place = `${visible(name)}:${line}:${column}`;
    lines.push(`${place}: ${words[severity]}: ${visible(says)} (${clause})`);
    const shown = sourceLine(text, problem);
    if (text !== '') lines.push(...excerpt(problem, isOctets ? decodeUtf8(shown) : shown));
  }
  const left = problems.length - sipLimits.problemsPrinted;
  if (left > 0) lines.push(`${visible(name)}: ${left} more ${left === 1 ? 'problem' : 'problems'}`);
  return lines;
}

/** The line round the offset of a problem; only a text without LF has CR for its line ends. */
function sourceLine(text: string, { offset }: SipProblem): string {
  const feed = text.includes('\n') ? '\n' : '\r';
  const start = offset === 0 ? 0 : text.lastIndexOf(feed, offset - 1) + 1;
  const end = text.indexOf(feed, offset);
  return text.slice(start, end < 0 ? text.length : end);
}
