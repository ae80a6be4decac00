import { lineAndColumn, type LineIndex } from '../base/text-problems.ts';
import type { Problem, ProblemCode } from './problems.ts';
import { placeOf, type Place, type WrittenDocument } from './yaml-document.ts';
import type { Finding } from './yaml-tokens.ts';

/** A problem that knows its path and place, but not yet its line. */
export interface Draft extends Finding {
  readonly path: string;
  readonly nearest: string | null;
}

export type Path = readonly PropertyKey[];

/** As `--set` takes it. */
export function printPath(path: Path): string {
  return path
    .map(String)
    .map((part) => (part.includes('.') ? JSON.stringify(part) : part))
    .join('.');
}

/** Points at the value; at its key where the value is empty or takes several lines. */
export function draftAtValue(
  document: WrittenDocument,
  path: Path,
  code: ProblemCode,
  says: string,
  nearest: string | null = null,
): Draft {
  const place = placeOf(document, path);
  const shows = place.form === 'scalar' && place.end > place.start;
  const [start, end] = shows ? [place.start, place.end] : keySpan(place);
  return { path: printPath(path), offset: start, length: end - start, code, says, nearest };
}

/** Points at the key, or at the list item as a whole. */
export function draftAtKey(
  document: WrittenDocument,
  path: Path,
  code: ProblemCode,
  says: string,
  nearest: string | null = null,
): Draft {
  const [start, end] = keySpan(placeOf(document, path));
  return { path: printPath(path), offset: start, length: end - start, code, says, nearest };
}

/** The file as a whole has no key: its first one stands for it. */
function keySpan(place: Place): readonly [number, number] {
  if (place.keyEnd > place.keyStart && place.keyStart !== place.start) {
    return [place.keyStart, place.keyEnd];
  }
  const [first] = place.children.values();
  if (place.form === 'map' && first !== undefined) return [first.keyStart, first.keyEnd];
  return [place.keyStart, Math.max(place.keyEnd, place.keyStart + 1)];
}

export function asProblem(finding: Finding | Draft, index: LineIndex): Problem {
  const { line, column } = lineAndColumn(index, finding.offset);
  return {
    path: 'path' in finding ? finding.path : '',
    line,
    column,
    offset: finding.offset,
    length: finding.length,
    code: finding.code,
    says: finding.says,
    nearest: 'nearest' in finding ? finding.nearest : null,
  };
}
