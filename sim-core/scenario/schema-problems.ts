import type { z } from 'zod';

import { draftAtKey, draftAtValue, type Draft, type Path } from './drafts.ts';
import { nearest } from './nearest.ts';
import type { ProblemCode } from './problems.ts';
import { keysAt, schemaAt, valueAt } from './schema-paths.ts';
import { isWrittenList, isWrittenMap } from './yaml-document.ts';
import type { WrittenDocument, WrittenValue } from './yaml-document.ts';

type Issue = z.core.$ZodIssue;

/** The schema's complaints as sentences that name what was found and what is allowed. */
export function schemaDrafts(issues: readonly Issue[], document: WrittenDocument): Draft[] {
  return issues.flatMap((issue) => draftsOf(issue, document));
}

function draftsOf(issue: Issue, document: WrittenDocument): Draft[] {
  const path = issue.path;
  const found = valueAt(document.value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(document, path, key));
    case 'invalid_key': {
      const says = `${issue.issues[0]?.message ?? 'not a name'}; found ${printed(lastOf(path))}`;
      return [draftAtKey(document, path, 'CMR1013', says)];
    }
    case 'invalid_type':
      if (found === undefined) return [missingKey(document, path)];
      return [wrongKind(document, path, kindDue(issue.expected), found)];
    case 'invalid_value':
      if (found === undefined) return [missingKey(document, path)];
      return [notAllowed(document, path, issue.values.map(String), found)];
    case 'invalid_union':
      return [wrongUnion(issue, document, path, found)];
    case 'too_small':
    case 'too_big':
      return [outOfRange(issue.origin, document, path, found)];
    case 'invalid_format':
      return [
        draftAtValue(document, path, 'CMR1013', `${issue.message}; found ${describe(found)}`),
      ];
    case 'custom':
      return [custom(issue, document, path, found)];
    default:
      return [draftAtValue(document, path, 'CMR1006', issue.message)];
  }
}

function lastOf(path: Path): string {
  return String(path.at(-1) ?? '');
}

function printed(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** What stands there, for the second half of a sentence. */
function describe(value: WrittenValue | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return printed(value);
  if (isWrittenList(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isWrittenMap(value)) return 'a map of keys';
  return String(value);
}

function kindDue(expected: string): string {
  switch (expected) {
    case 'string':
      return 'text';
    case 'number':
    case 'int':
      return 'a whole number';
    case 'boolean':
      return 'true or false';
    case 'object':
    case 'record':
      return 'a map of keys';
    case 'array':
    case 'tuple':
      return 'a list';
    default:
      return expected;
  }
}

function unknownKey(document: WrittenDocument, path: Path, key: string): Draft {
  const known = keysAt(document.value, path);
  const given = valueAt(document.value, path);
  const free = known.filter((name) => !isWrittenMap(given) || !Object.hasOwn(given, name));
  const near = nearest(key, free) ?? nearest(key, known);
  const list = known.length === 0 ? '' : `; known here: ${known.join(', ')}`;
  const says = `unknown key ${printed(key)}${near === null ? list : ''}`;
  return draftAtKey(document, [...path, key], 'CMR1004', says, near);
}

function missingKey(document: WrittenDocument, path: Path): Draft {
  const description = schemaAt(document.value, path)?.description;
  const why = description === undefined ? '' : `: ${description.replace(/\.$/, '')}`;
  const says = `the key ${printed(lastOf(path))} is missing${why}`;
  return draftAtKey(document, path.slice(0, -1), 'CMR1005', says);
}

function wrongKind(document: WrittenDocument, path: Path, due: string, found: WrittenValue): Draft {
  const says = `${due} is due here, found ${describe(found)}`;
  let near: string | null = null;
  if (due === 'text' && (typeof found === 'number' || typeof found === 'boolean')) {
    near = JSON.stringify(String(found));
  } else if (due === 'a whole number' && typeof found === 'string' && /^[0-9]{1,9}$/.test(found)) {
    near = String(Number(found));
  } else if (due === 'true or false' && typeof found === 'string') {
    near = truth.get(found.toLowerCase()) ?? nearest(found, ['true', 'false']);
  } else if (due === 'a list' && (typeof found === 'string' || typeof found === 'number')) {
    near = `[${found}]`;
  }
  return draftAtValue(document, path, 'CMR1006', says, near);
}

/** What YAML 1.1 took for truth, and 1.2 does not. */
const truth: ReadonlyMap<string, string> = new Map([
  ['yes', 'true'],
  ['on', 'true'],
  ['no', 'false'],
  ['off', 'false'],
]);

function notAllowed(
  document: WrittenDocument,
  path: Path,
  allowed: readonly string[],
  found: WrittenValue,
): Draft {
  const list = allowed.length === 1 ? allowed[0] : `one of ${allowed.join(', ')}`;
  const near = typeof found === 'string' ? nearest(found, allowed) : null;
  const says = `${list} is due here, found ${describe(found)}`;
  return draftAtValue(document, path, 'CMR1007', says, near);
}

function wrongUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  document: WrittenDocument,
  path: Path,
  found: WrittenValue | undefined,
): Draft {
  if (issue.discriminator !== undefined) {
    const options = (schemaAt(document.value, path.slice(0, -1))?.oneOf ?? []).map((option) =>
      String(option.properties?.[lastOf(path)]?.const),
    );
    if (found !== undefined) return notAllowed(document, path, options, found);
    const says = `the key ${printed(lastOf(path))} is missing: one of ${options.join(', ')}`;
    return draftAtKey(document, path.slice(0, -1), 'CMR1005', says);
  }
  if (found === undefined) return missingKey(document, path);
  return wrongKind(document, path, 'text', found);
}

function outOfRange(
  origin: string,
  document: WrittenDocument,
  path: Path,
  found: WrittenValue | undefined,
): Draft {
  const schema = schemaAt(document.value, path);
  const bound = (keyword: string): string | null => {
    const value = schema?.[keyword];
    const limited = typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
    return limited ? String(value) : null;
  };
  const code: ProblemCode = 'CMR1008';
  if (origin === 'string') {
    const says = amount(bound('minLength'), bound('maxLength'), 'characters');
    const length = typeof found === 'string' ? found.length : 0;
    return draftAtValue(document, path, code, `${says} are due here, found ${length}`);
  }
  if (origin === 'array') {
    const says = amount(bound('minItems'), bound('maxItems'), 'items');
    const length = isWrittenList(found) ? found.length : 0;
    return draftAtValue(document, path, code, `${says} are due here, found ${length}`);
  }
  const least = bound('minimum');
  const most = bound('maximum');
  const range = most === null ? `of at least ${least ?? 0}` : `from ${least ?? 0} to ${most}`;
  const says = `a whole number ${range} is due here, found ${describe(found)}`;
  return draftAtValue(document, path, code, says);
}

function amount(least: string | null, most: string | null, what: string): string {
  if (least !== null && least === most) return `${least} ${what}`;
  if (most === null) return `at least ${least ?? 0} ${what}`;
  return `from ${least ?? 0} to ${most} ${what}`;
}

function custom(
  issue: Extract<Issue, { code: 'custom' }>,
  document: WrittenDocument,
  path: Path,
  found: WrittenValue | undefined,
): Draft {
  const params = issue.params ?? {};
  if (params['missing'] === true) return missingKey(document, path);
  const near = typeof params['nearest'] === 'string' ? params['nearest'] : null;
  if (params['unit'] === true) {
    return draftAtValue(document, path, 'CMR1008', issue.message, near);
  }
  const says = `${issue.message}; found ${describe(found)}`;
  const code = params['kind'] === true ? 'CMR1006' : 'CMR1013';
  return draftAtValue(document, path, code, says, near);
}
