import { scenarioJsonSchema, type JsonSchema } from './json-schema.ts';
import { isWrittenList, isWrittenMap, type WrittenValue } from './yaml-document.ts';
import { printPath, type Path } from './drafts.ts';

/** The alternatives of a node are told apart by its role, a short form from a map by its kind. */
function chosen(schema: JsonSchema, value: WrittenValue | undefined): JsonSchema {
  if (schema.properties !== undefined) return schema;
  if (schema.anyOf !== undefined && isWrittenMap(value)) {
    return schema.anyOf.find(({ properties }) => properties !== undefined) ?? schema;
  }
  if (schema.oneOf === undefined) return schema;
  const role = isWrittenMap(value) ? value['role'] : undefined;
  return schema.oneOf.find((option) => option.properties?.['role']?.const === role) ?? schema;
}

function step(schema: JsonSchema, value: WrittenValue | undefined, key: string): JsonSchema | null {
  const here = chosen(schema, value);
  const known = here.properties;
  if (known !== undefined && Object.hasOwn(known, key)) return known[key] ?? null;
  if (typeof here.additionalProperties === 'object') return here.additionalProperties;
  const index = Number(key);
  if (!Number.isInteger(index)) return null;
  const item = here.prefixItems?.[index] ?? here.items;
  return typeof item === 'object' ? item : null;
}

export function valueAt(value: WrittenValue, path: Path): WrittenValue | undefined {
  let here: WrittenValue | undefined = value;
  for (const part of path) {
    const key = String(part);
    if (isWrittenMap(here)) here = here[key];
    else if (isWrittenList(here)) here = here[Number(key)];
    else return undefined;
  }
  return here;
}

/** What the format allows at that path of this document, or null where it knows no such place. */
export function schemaAt(value: WrittenValue, path: Path): JsonSchema | null {
  let schema: JsonSchema | null = scenarioJsonSchema();
  let here: WrittenValue | undefined = value;
  for (const part of path) {
    const key = String(part);
    schema = step(schema, here, key);
    if (schema === null) return null;
    here = here === undefined ? undefined : valueAt(here, [key]);
  }
  return chosen(schema, here);
}

/** The keys the format knows at that path, in the order of the schema; empty where any will do. */
export function keysAt(value: WrittenValue, path: Path): string[] {
  const schema = schemaAt(value, path);
  if (schema === null) return [];
  if (schema.properties !== undefined) return Object.keys(schema.properties);
  // A node whose role is missing or unknown may have the keys of every role.
  const all = (schema.oneOf ?? []).flatMap((option) => Object.keys(option.properties ?? {}));
  return [...new Set(all)];
}

/** Every path of this document to which `--set` can give a value, present or not. */
export function settablePaths(value: WrittenValue): string[] {
  const paths: string[] = [];
  collect(scenarioJsonSchema(), value, [], paths);
  return paths;
}

function collect(
  schema: JsonSchema,
  value: WrittenValue | undefined,
  path: string[],
  into: string[],
): void {
  const here = chosen(schema, value);
  if (path.length > 0) into.push(printPath(path));
  for (const [key, inner] of Object.entries(here.properties ?? {})) {
    collect(inner, value === undefined ? undefined : valueAt(value, [key]), [...path, key], into);
  }
  const free = here.additionalProperties;
  if (typeof free === 'object' && isWrittenMap(value)) {
    for (const [key, inner] of Object.entries(value)) collect(free, inner, [...path, key], into);
  }
  if (!isWrittenList(value)) return;
  value.forEach((inner, index) => {
    const item = step(here, value, String(index));
    if (item !== null) collect(item, inner, [...path, String(index)], into);
  });
}
