import { Composer, isAlias, isMap, isScalar, isSeq, Scalar } from 'yaml';
import type { Alias, Document, Node, Pair, YAMLMap, YAMLParseError, YAMLSeq } from 'yaml';

import { indexLines, lineAndColumn, type LineIndex } from '../base/text-problems.ts';
import type { ProblemCode } from './problems.ts';
import { readingLimits } from './reading-limits.ts';
import { tokensOf, type Finding } from './yaml-tokens.ts';

/**
 * A value as written. Only whole decimal numbers become numbers; every other number stays the
 * text it is, so that `0.05` never passes through floating point.
 */
export type WrittenValue = string | number | boolean | null | readonly WrittenValue[] | WrittenMap;

/** Without a prototype, so that no key means more than itself. */
export interface WrittenMap {
  readonly [key: string]: WrittenValue;
}

/** Where a value and its key stand in the text, and where its parts do. */
export interface Place {
  /** Offset of the key; of the value in a list. */
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly start: number;
  readonly end: number;
  readonly form: 'map' | 'flow map' | 'list' | 'literal text' | 'scalar';
  readonly children: ReadonlyMap<string, Place>;
}

export interface WrittenDocument {
  readonly value: WrittenValue;
  readonly place: Place;
}

/** The value is null where the text cannot be read at all; findings may come with a value. */
export type YamlReading = {
  readonly document: WrittenDocument | null;
  readonly findings: readonly Finding[];
};

export function isWrittenMap(value: WrittenValue | undefined): value is WrittenMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isWrittenList(value: WrittenValue | undefined): value is readonly WrittenValue[] {
  return Array.isArray(value);
}

/** Reads one YAML 1.2 document of the core schema, without tags, merge keys or surprises. */
export function readYaml(text: string): YamlReading {
  const read = tokensOf(text);
  if (read.tokens === null) return { document: null, findings: [read.finding] };
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [document] = [...composer.compose(read.tokens, true, text.length)];
  const index = indexLines(text);
  if (document !== undefined && document.errors.length > 0) {
    return { document: null, findings: syntaxFindings(document.errors, index) };
  }
  const contents = document?.contents;
  const empty = contents === null || (isScalar(contents) && contents.source === '');
  if (document === undefined || contents === undefined || empty) {
    const says = 'the file is empty: a scenario begins with apiVersion: ringscope/v1';
    return { document: null, findings: [{ offset: 0, length: 0, code: 'CMR1000', says }] };
  }
  const walk: Walk = { document, index, findings: [], values: 0, open: new Set() };
  const value = readNode(walk, contents, null, 0);
  return { document: value, findings: walk.findings };
}

/** One finding a line: what follows on the same line is mostly the first error's echo. */
function syntaxFindings(errors: readonly YAMLParseError[], index: LineIndex): Finding[] {
  const findings: Finding[] = [];
  const lines = new Set<number>();
  for (const error of errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const [offset, end] = error.pos;
    const { line } = lineAndColumn(index, offset);
    if (lines.has(line)) continue;
    lines.add(line);
    const says = `not well-formed YAML: ${syntaxSentence(error)}`;
    findings.push({ offset, length: Math.max(1, end - offset), code: 'CMR1001', says });
  }
  return findings;
}

function syntaxSentence(error: YAMLParseError): string {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'lines are indented with spaces, never with tabs';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a value that has ": " in it must stand in quotes';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'a key and its colon stand on one line';
    case 'BAD_INDENT':
      if (error.message.startsWith('Flow map')) return 'a { without its } stands before this';
      if (error.message.startsWith('Flow seq')) return 'a [ without its ] stands before this';
      return 'the keys of one map begin in the same column';
    default:
      return error.message.slice(0, 1).toLowerCase() + error.message.slice(1);
  }
}

interface Walk {
  readonly document: Document.Parsed;
  readonly index: LineIndex;
  readonly findings: Finding[];
  /** Values read so far. */
  values: number;
  /** The anchors whose content is being read. */
  readonly open: Set<Node>;
}

/** Offsets of a key. */
type KeySpan = readonly [start: number, end: number] | null;

function spanOf(node: Node): readonly [number, number] {
  const range = node.range;
  return range === undefined || range === null ? [0, 0] : [range[0], range[1]];
}

function placed(node: Node, key: KeySpan, form: Place['form'], children: Place['children']): Place {
  const [start, end] = spanOf(node);
  const [keyStart, keyEnd] = key ?? [start, end];
  return { keyStart, keyEnd, start, end, form, children };
}

function complain(walk: Walk, span: readonly [number, number], code: ProblemCode, says: string) {
  walk.findings.push({ offset: span[0], length: Math.max(1, span[1] - span[0]), code, says });
}

const nothing: ReadonlyMap<string, Place> = new Map();

function readNode(walk: Walk, node: Node, key: KeySpan, depth: number): WrittenDocument {
  walk.values += 1;
  const refused = { value: null, place: placed(node, key, 'scalar', nothing) };
  if (walk.values > readingLimits.valuesMost || depth > readingLimits.depthMost) {
    if (walk.values === readingLimits.valuesMost + 1 || depth > readingLimits.depthMost) {
      complain(walk, key ?? spanOf(node), 'CMR1002', 'aliases make the file too large');
    }
    walk.values = readingLimits.valuesMost + 1;
    return refused;
  }
  if (isAlias(node)) return readAlias(walk, node, key, depth) ?? refused;
  if (isMap(node)) return readMap(walk, node, key, depth);
  if (isSeq(node)) return readList(walk, node, key, depth);
  if (isScalar(node)) return readScalar(walk, node, key);
  return refused;
}

function readAlias(walk: Walk, alias: Alias, key: KeySpan, depth: number): WrittenDocument | null {
  const target = alias.resolve(walk.document);
  if (target === undefined) {
    complain(walk, spanOf(alias), 'CMR1010', `no anchor &${alias.source} stands before this alias`);
    return null;
  }
  if (walk.open.has(target)) {
    complain(walk, spanOf(alias), 'CMR1002', `the alias *${alias.source} stands inside itself`);
    return null;
  }
  walk.open.add(target);
  const read = readNode(walk, target, key ?? spanOf(alias), depth + 1);
  walk.open.delete(target);
  return read;
}

function readMap(walk: Walk, map: YAMLMap, key: KeySpan, depth: number): WrittenDocument {
  const value: Record<string, WrittenValue> = Object.create(null);
  const children = new Map<string, Place>();
  if (map.anchor !== undefined) walk.open.add(map);
  for (const pair of map.items) readPair(walk, pair, value, children, depth);
  if (map.anchor !== undefined) walk.open.delete(map);
  const form = map.flow === true ? 'flow map' : 'map';
  return { value, place: placed(map, key, form, children) };
}

/** Names that mean something to JavaScript itself; no key of the format is among them. */
const reservedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function readPair(
  walk: Walk,
  pair: Pair,
  into: Record<string, WrittenValue>,
  children: Map<string, Place>,
  depth: number,
): void {
  const node = pair.key;
  if (!isScalar(node) || node.source === undefined || node.source === '') {
    const span =
      isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? spanOf(node) : null;
    complain(walk, span ?? [0, 0], 'CMR1003', 'keys are plain words');
    return;
  }
  const span = spanOf(node);
  const name = typeof node.value === 'string' ? node.value : node.source;
  if (reservedKeys.has(name)) {
    complain(walk, span, 'CMR1004', `unknown key ${JSON.stringify(name)}`);
    return;
  }
  const earlier = children.get(name);
  if (earlier !== undefined) {
    const { line } = lineAndColumn(walk.index, earlier.keyStart);
    complain(walk, span, 'CMR1009', `${JSON.stringify(name)} is there already, in line ${line}`);
    return;
  }
  const read = isNode(pair.value)
    ? readNode(walk, pair.value, span, depth + 1)
    : { value: null, place: placed(node, span, 'scalar', nothing) };
  into[name] = read.value;
  children.set(name, read.place);
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function readList(walk: Walk, list: YAMLSeq, key: KeySpan, depth: number): WrittenDocument {
  const value: WrittenValue[] = [];
  const children = new Map<string, Place>();
  if (list.anchor !== undefined) walk.open.add(list);
  list.items.forEach((item, index) => {
    if (!isNode(item)) return;
    const read = readNode(walk, item, null, depth + 1);
    value.push(read.value);
    children.set(String(index), read.place);
  });
  if (list.anchor !== undefined) walk.open.delete(list);
  return { value, place: placed(list, key, 'list', children) };
}

const wholeNumber = /^-?(?:0|[1-9][0-9]*)$/;

function readScalar(walk: Walk, scalar: Scalar, key: KeySpan): WrittenDocument {
  const form = scalar.type === Scalar.BLOCK_LITERAL ? 'literal text' : 'scalar';
  const place = placed(scalar, key, form, nothing);
  const { value, source } = scalar;
  if (typeof value === 'number' || typeof value === 'bigint') {
    const written = source ?? String(value);
    const whole = wholeNumber.test(written) && Number.isSafeInteger(Number(written));
    return { value: whole ? Number(written) : written, place };
  }
  if (typeof value === 'boolean' || value === null) return { value, place };
  const text = typeof value === 'string' ? value : (source ?? '');
  if (text.length > readingLimits.textMost) {
    const most = readingLimits.textMost;
    const says = `a value has at most ${most} characters, this has ${text.length}`;
    complain(walk, key ?? [place.start, place.start + 1], 'CMR1002', says);
    return { value: '', place };
  }
  return { value: text, place };
}

/** The place of the value at that path, or of its nearest surrounding one. */
export function placeOf(document: WrittenDocument, path: readonly PropertyKey[]): Place {
  let place = document.place;
  for (const key of path) {
    const child = place.children.get(String(key));
    if (child === undefined) return place;
    place = child;
  }
  return place;
}
