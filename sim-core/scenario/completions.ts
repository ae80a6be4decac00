import { clauses } from '../conformance/catalogue.ts';
import type { Path } from './drafts.ts';
import type { JsonSchema } from './json-schema.ts';
import { overBaseline } from './over-baseline.ts';
import { keysAt, schemaAt, valueAt } from './schema-paths.ts';
import { isWrittenList, isWrittenMap, readYaml, type WrittenValue } from './yaml-document.ts';

/** One word that may stand at a place of a scenario file. */
export interface CompletionOption {
  readonly label: string;
  readonly kind: 'key' | 'value';
  /** What is written; the label, and for a key its colon. */
  readonly insert: string;
  /** From the schema: what it is for. Empty where that says nothing. */
  readonly says: string;
}

export interface Completion {
  /** Offset at which what is written replaces what stands there, up to where it was asked. */
  readonly from: number;
  readonly options: readonly CompletionOption[];
}

/** A word no scenario has: it shows where in the document the question is. */
const marker = 'zz-here-zz';

/**
 * What may stand at that offset of the text, from the published schema: keys that are not there
 * yet, words of a value, names of nodes, ids of clauses. Empty where the rest of the text is no
 * YAML.
 */
export function completionsAt(text: string, offset: number): Completion {
  const before = text.slice(0, offset);
  const word = /[\w-]*$/.exec(before)?.[0] ?? '';
  const from = offset - word.length;
  const after = text.slice(offset).replace(/^[\w-]*/, '');
  const head = text.slice(0, from);
  const isValue = /:[ \t]+$/.test(head) || /"$|'$/.test(head);
  const keys = isValue ? [] : keyOptions(`${head}${marker}: ${after.replace(/^: ?/, '')}`);
  if (keys.length > 0) return { from, options: keys };
  return { from, options: valueOptions(`${head}${marker}${after}`) };
}

function keyOptions(text: string): CompletionOption[] {
  const asked = placeOf(text, 'key');
  if (asked === null) return [];
  const { value, path, whole } = asked;
  const there = valueAt(value, path);
  const present = new Set(isWrittenMap(there) ? Object.keys(there) : []);
  return keysAt(whole, path)
    .filter((key) => !present.has(key))
    .map((key) => ({
      label: key,
      kind: 'key',
      insert: `${key}: `,
      says: says(schemaAt(whole, [...path, key])),
    }));
}

function valueOptions(text: string): CompletionOption[] {
  const asked = placeOf(text, 'value');
  if (asked === null) return [];
  const { path, whole } = asked;
  if (path[0] === 'shows') {
    return clauses.map(({ id, title }) => option(id, title));
  }
  const schema = schemaOf(whole, path);
  if (schema === null) return [];
  const words = wordsOf(schema);
  const names = takesNodeName(path) ? nodeNames(whole) : [];
  return [...names.map((name) => option(name, '')), ...words];
}

/** A value's schema; of a node that has no role yet, that of the role itself. */
function schemaOf(whole: WrittenValue, path: Path): JsonSchema | null {
  const last = String(path.at(-1) ?? '');
  const holder = schemaAt(whole, path.slice(0, -1));
  if (holder?.properties !== undefined || holder?.oneOf === undefined) return schemaAt(whole, path);
  const anyOf: JsonSchema[] = [];
  for (const { properties } of holder.oneOf) {
    const schema = properties?.[last];
    if (schema !== undefined) anyOf.push(schema);
  }
  return anyOf.length === 0 ? null : { anyOf };
}

/** The words a schema lists, each with what it is for. */
function wordsOf(schema: JsonSchema): CompletionOption[] {
  const { const: only, enum: several, examples, type } = schema;
  if (only !== undefined) return [option(printed(only), schema.description ?? '')];
  if (several !== undefined) return several.map((each) => option(printed(each), ''));
  if (type === 'boolean') return [option('true', ''), option('false', '')];
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(wordsOf);
  if (parts.length > 0) return parts;
  return Array.isArray(examples)
    ? examples.map((each) => option(printed(each), 'for example'))
    : [];
}

function printed(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function option(label: string, description: string): CompletionOption {
  return { label, kind: 'value', insert: label, says: description };
}

function says(schema: JsonSchema | null): string {
  return schema?.description ?? schema?.anyOf?.[0]?.description ?? '';
}

/** Keys whose values name a node of the file. */
const namingKeys: ReadonlySet<string> = new Set(['who', 'target', 'from', 'to', 'node']);

function takesNodeName(path: Path): boolean {
  const [last, holder] = [path.at(-1), path.at(-2)];
  return namingKeys.has(String(last)) || holder === 'between';
}

function nodeNames(whole: WrittenValue): string[] {
  const nodes = valueAt(whole, ['nodes']);
  return isWrittenMap(nodes) ? Object.keys(nodes) : [];
}

interface Asked {
  /** The file's own document. */
  readonly value: WrittenValue;
  /** The same over its baseline. */
  readonly whole: WrittenValue;
  /** Of the map that has the marker as its key, or of the value that is the marker. */
  readonly path: Path;
}

function placeOf(text: string, as: 'key' | 'value'): Asked | null {
  const { document } = readYaml(text);
  if (document === null) return null;
  const path = pathOf(document.value, as, []);
  return path === null
    ? null
    : { value: document.value, whole: overBaseline(document).value, path };
}

function pathOf(value: WrittenValue, as: 'key' | 'value', path: Path): Path | null {
  if (as === 'value' && value === marker) return path;
  if (isWrittenList(value)) {
    for (const [index, inner] of value.entries()) {
      const found = pathOf(inner, as, [...path, String(index)]);
      if (found !== null) return found;
    }
  }
  if (!isWrittenMap(value)) return null;
  if (as === 'key' && Object.hasOwn(value, marker)) return path;
  for (const [key, inner] of Object.entries(value)) {
    const found = pathOf(inner, as, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}
