import { isCollection, isScalar, parseDocument } from 'yaml';

import { visible } from '../base/text-problems.ts';
import { printPath } from './drafts.ts';
import { nearest } from './nearest.ts';
import { overBaseline } from './over-baseline.ts';
import { schemaAt, settablePaths, valueAt } from './schema-paths.ts';
import { isWrittenList, isWrittenMap, readYaml } from './yaml-document.ts';
import type { Place, WrittenDocument } from './yaml-document.ts';
import { tokensOf } from './yaml-tokens.ts';

/** The text with the value in it; or one sentence that says why it cannot be there. */
export type SetResult =
  | { readonly text: string }
  | { readonly text: null; readonly says: string; readonly nearest: string | null };

/**
 * Writes one value into a scenario file: `links.a.latency` = `100ms`. Everything else, comments
 * included, stays as it is; a key that is new may take a line of its own. A path part that has a
 * dot in it stands in double quotes.
 */
export function setInScenario(text: string, path: string, value: string): SetResult {
  const parts = partsOf(path);
  const { document: file, findings } = readYaml(text);
  if (file === null) {
    const says = `the file cannot be read: ${findings[0]?.says ?? 'it is empty'}`;
    return { text: null, says, nearest: null };
  }
  const document = overBaseline(file);
  const written = writtenValue(value);
  if (written === null) {
    const says = `${JSON.stringify(visible(value))} is no YAML value`;
    return { text: null, says, nearest: null };
  }
  if (parts.length === 0 || !isSettable(document, parts)) return noSuchPath(document, path);
  return { text: write(text, document.place, parts, written) };
}

/** `expect.verdicts."RFC3261 17.1.1"` → three parts; empty where the path is malformed. */
function partsOf(path: string): string[] {
  if (!/^(?:"[^"]*"|[^".]+)(?:\.(?:"[^"]*"|[^".]+))*$/.test(path)) return [];
  return [...path.matchAll(/"([^"]*)"|([^".]+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

/** The format knows the place, and named things and list items on the way are there. */
function isSettable(document: WrittenDocument, parts: readonly string[]): boolean {
  if (schemaAt(document.value, parts) === null) return false;
  return parts.every((part, depth) => {
    const above = parts.slice(0, depth);
    const holder = valueAt(document.value, above);
    if (isWrittenList(holder)) return Number(part) < holder.length;
    if (isWrittenMap(holder) && Object.hasOwn(holder, part)) return true;
    // A new entry may come where the format lists the keys, and among verdicts.
    const known = schemaAt(document.value, above)?.properties;
    return (known !== undefined && Object.hasOwn(known, part)) || above.at(-1) === 'verdicts';
  });
}

function noSuchPath(document: WrittenDocument, path: string): SetResult {
  const settable = settablePaths(document.value);
  const near = nearestPath(path, settable);
  const says = `${JSON.stringify(visible(path))} is no path of this scenario`;
  return { text: null, says, nearest: near };
}

/** Path by path the nearest of the same depth; otherwise the longest part that exists. */
function nearestPath(path: string, settable: readonly string[]): string | null {
  const parts = partsOf(path);
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of settable) {
    const others = partsOf(candidate);
    if (others.length !== parts.length) continue;
    let distance = 0;
    for (const [index, part] of parts.entries()) {
      const other = others[index] ?? '';
      if (part === other) continue;
      distance += nearest(part, [other]) === null ? 10 : 1;
    }
    // One part may be quite another where all around it is right.
    const near = distance < 10 || (distance === 10 && parts.length > 2);
    if (near && distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  if (best !== null) return best;
  for (let depth = parts.length - 1; depth > 0; depth -= 1) {
    const prefix = printPath(parts.slice(0, depth));
    const below = settable.find((candidate) => candidate.startsWith(`${prefix}.`));
    if (below !== undefined) return below;
  }
  return null;
}

/** Words that YAML would not take for text, or that it would read differently in a flow map. */
const plainText = /^[A-Za-z0-9+/][A-Za-z0-9 ._%/+-]*$/;

/** The value as YAML that can stand anywhere; null where it is none. */
function writtenValue(value: string): string | null {
  if (tokensOf(value).tokens === null || value.includes('\n')) return JSON.stringify(value);
  const document = parseDocument(value, { logLevel: 'silent', prettyErrors: false });
  const contents = document.contents;
  if (document.errors.length > 0) return JSON.stringify(value);
  if (contents === null) return value.trim() === '' ? '""' : null;
  if (isCollection(contents) && contents.flow === true) return value.trim();
  if (!isScalar(contents)) return JSON.stringify(value);
  if (typeof contents.value !== 'string') return value.trim();
  const plain = contents.type === 'PLAIN' && plainText.test(contents.value);
  return plain ? contents.value : JSON.stringify(contents.value);
}

function write(text: string, root: Place, parts: readonly string[], written: string): string {
  let place = root;
  for (const [depth, part] of parts.entries()) {
    const child = place.children.get(part);
    if (child === undefined) return insert(text, place, parts.slice(depth), written);
    place = child;
  }
  return replace(text, place, written);
}

/** The last line of a block must stay a line of its own. */
function replace(text: string, place: Place, written: string): string {
  const old = text.slice(place.start, place.end);
  const space = place.start === place.end && place.keyEnd === place.start - 1 ? ' ' : '';
  const tail = /\s*$/.exec(old)?.[0] ?? '';
  const comment = text[place.end] === '#' ? ' ' : '';
  const keep = old.trim() === '' ? comment : tail;
  return text.slice(0, place.start) + space + written + keep + text.slice(place.end);
}

function insert(text: string, holder: Place, parts: readonly string[], written: string): string {
  const [key = '', ...inner] = parts;
  const value = inner.reduceRight((below, part) => `{ ${keyText(part)}: ${below} }`, written);
  const entry = `${keyText(key)}: ${value}`;
  const [first] = holder.children.values();
  if (holder.form === 'flow map') {
    const at = holder.start + 1;
    const rest = first === undefined ? ' ' : ',';
    return `${text.slice(0, at)} ${entry}${rest}${text.slice(at)}`;
  }
  if (holder.form === 'map' && first !== undefined) {
    const lineStart = text.lastIndexOf('\n', first.keyStart - 1) + 1;
    const indent = ' '.repeat(first.keyStart - lineStart);
    const at = first.keyStart;
    return `${text.slice(0, at)}${entry}\n${indent}${text.slice(at)}`;
  }
  return replace(text, holder, `{ ${entry} }`);
}

function keyText(key: string): string {
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(key) ? key : JSON.stringify(key);
}
