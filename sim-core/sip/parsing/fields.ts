import { isWord, skipWhite, trimWhite } from './characters.ts';
import {
  fieldTable,
  otherCompactNames,
  type FieldName,
  type FieldRow,
  type FieldValue,
} from './field-table.ts';
import { readList } from './lists.ts';
import { field, fieldSize, nameKey, type FieldBlock } from './parsed-message.ts';
import type { Found } from './problems.ts';
import { cut, endOfWord, hasLineEnd, malformed, skip, wanted, type Reading } from './reading.ts';

/** One header field line, as written and as meant. */
export interface HeaderField {
  /** As written, without white space before the colon; the whole line where there is no colon. */
  readonly name: string;
  /** The long form and usual spelling where the name is known: `'Via'` for `v` and `VIA`. */
  readonly canonicalName: string;
  /** Everything behind the colon, folds included. */
  readonly raw: string;
  /** Unfolded, without white space at its ends. */
  readonly value: string;
  /** Where the line begins, and what it takes with its line end, in the units of the text. */
  readonly offset: number;
  readonly length: number;
}

interface KnownName {
  /** `nameKey` of the long form, and of the compact one, or 0. */
  readonly key: number;
  readonly compactKey: number;
  readonly lower: string;
  readonly compact: string;
  readonly name: string;
  /** How its values are read; null where they are text alone. */
  readonly row: FieldRow<unknown> | null;
}

const rows: ReadonlyMap<string, FieldRow<unknown>> = new Map(Object.entries(fieldTable));

function knownName(name: string, compact: string | null): KnownName {
  const short = compact ?? '';
  return {
    key: nameKey(name, 0, name.length),
    compactKey: compact === null ? 0 : nameKey(short, 0, 1),
    lower: name.toLowerCase(),
    compact: short,
    name,
    row: rows.get(name) ?? null,
  };
}

const known: ReadonlyMap<string, KnownName> = new Map([
  ...Object.entries(fieldTable).map(
    ([name, { compact }]) => [name, knownName(name, compact)] as const,
  ),
  ...otherCompactNames.map(([compact, name]) => [name, knownName(name, compact)] as const),
]);

/** Known names by the key of either form. */
const byKey: ReadonlyMap<number, readonly KnownName[]> = (() => {
  const lists = new Map<number, KnownName[]>();
  for (const one of known.values()) {
    for (const key of [one.key, one.compactKey]) {
      if (key === 0) continue;
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [one]);
      else list.push(one);
    }
  }
  return lists;
})();

function isNamed(block: FieldBlock, at: number, one: KnownName): boolean {
  const { text, places } = block;
  const key = places[at + field.key] ?? 0;
  if (key !== one.key && key !== one.compactKey) return false;
  const from = places[at + field.at] ?? 0;
  const to = places[at + field.nameEnd] ?? 0;
  return isWord(text, from, to, one.lower) || isWord(text, from, to, one.compact);
}

function knownAt(block: FieldBlock, at: number): KnownName | null {
  const candidates = byKey.get(block.places[at + field.key] ?? 0);
  if (candidates === undefined) return null;
  for (const one of candidates) {
    if (isNamed(block, at, one)) return one;
  }
  return null;
}

/** The usual spelling of the name of the field at that place of `places`, or null. */
export function knownNameAt(block: FieldBlock, at: number): string | null {
  return knownAt(block, at)?.name ?? null;
}

/** Places in `places` of the fields of that name, any case, long or compact. */
export function placesOf(block: FieldBlock, name: string): number[] {
  const one = known.get(name) ?? knownName(name, null);
  const found: number[] = [];
  for (let at = 0; at < block.places.length; at += fieldSize) {
    if (isNamed(block, at, one)) found.push(at);
  }
  return found;
}

/** Whether there is a field of that name, any case, long or compact. */
export function hasField(block: FieldBlock, name: FieldName): boolean {
  const one = known.get(name);
  if (one === undefined) return false;
  for (let at = 0; at < block.places.length; at += fieldSize) {
    if (isNamed(block, at, one)) return true;
  }
  return false;
}

/** Every header field line, in order. */
export function headerFields(block: FieldBlock): HeaderField[] {
  const fields: HeaderField[] = [];
  for (let at = 0; at < block.places.length; at += fieldSize) fields.push(fieldAt(block, at));
  return fields;
}

/** The header field lines of that name, any case, long or compact, in order. */
export function fieldsNamed(block: FieldBlock, name: string): HeaderField[] {
  return placesOf(block, name).map((at) => fieldAt(block, at));
}

/** The header field line at that place of `places`. */
export function fieldAt(block: FieldBlock, at: number): HeaderField {
  const { text, places } = block;
  const offset = places[at + field.at] ?? 0;
  const nameEnd = places[at + field.nameEnd] ?? 0;
  const valueAt = places[at + field.valueAt] ?? 0;
  const valueEnd = places[at + field.valueEnd] ?? 0;
  const reading = readingAt(block, at, '', null);
  const name = cut(reading, offset, nameEnd);
  return {
    name,
    canonicalName: knownNameAt(block, at) ?? name,
    raw: text.slice(valueAt, valueEnd),
    value: cut(reading, reading.at, reading.end),
    offset,
    length: (places[at + field.next] ?? 0) - offset,
  };
}

/** Reading that stands before the value of the field at that place, white space passed over. */
export function readingAt(
  block: FieldBlock,
  at: number,
  clause: string,
  found: Found[] | null,
): Reading {
  const { text, isOctets, places } = block;
  const valueEnd = places[at + field.valueEnd] ?? 0;
  const valueAt = skipWhite(text, places[at + field.valueAt] ?? 0, valueEnd);
  const end = trimWhite(text, valueAt, valueEnd);
  const mayFold = hasLineEnd(text, places[at + field.at] ?? 0, end);
  return { text, isOctets, at: valueAt, end, mayFold, clause, found };
}

/**
 * The values of a header field, over all its lines, in order. What is malformed is passed over,
 * or read as well as can be; whoever wants to know gives `found`.
 */
export function fieldValues<Name extends FieldName>(
  block: FieldBlock,
  name: Name,
  found: Found[] | null = null,
): FieldValue<Name>[] {
  const row = rowOf(name);
  const values: FieldValue<Name>[] = [];
  for (const at of placesOf(block, name)) {
    readLine(block, at, row, found, (value) => values.push(value));
  }
  return values;
}

/** The first value of a header field that can be read, or null. */
export function fieldValue<Name extends FieldName>(
  block: FieldBlock,
  name: Name,
): FieldValue<Name> | null {
  const one = known.get(name);
  const { read } = rowOf(name);
  for (let at = 0; at < block.places.length; at += fieldSize) {
    if (one === undefined || !isNamed(block, at, one)) continue;
    const reading = readingAt(block, at, '', null);
    const value = reading.at < reading.end ? read(reading) : null;
    if (value !== null) return value;
  }
  return null;
}

function rowOf<Name extends FieldName>(name: Name): FieldRow<FieldValue<Name>> {
  const row: unknown = fieldTable[name];
  return typedRow<FieldValue<Name>>(row);
}

/** The table gives each name the row of its value; the compiler cannot follow it that far. */
function typedRow<Value>(row: unknown): FieldRow<Value> {
  return row as FieldRow<Value>;
}

/** Reads one line by its row; the problems of a known field, and only those, are told. */
export function readLine<Value>(
  block: FieldBlock,
  at: number,
  row: FieldRow<Value>,
  found: Found[] | null,
  take: (value: Value) => void,
): void {
  const reading = readingAt(block, at, row.clause, found);
  if (reading.at >= reading.end) {
    if (row.mayBeEmpty) return;
    const from = block.places[at + field.at] ?? 0;
    const to = block.places[at + field.nameEnd] ?? 0;
    malformed(reading, from, to, `${cut(reading, from, to)} is empty`);
    return;
  }
  if (row.form === 'list') {
    for (const value of readList(reading, row.read)) take(value);
    return;
  }
  const value = row.read(reading);
  if (value === null) return;
  take(value);
  skip(reading);
  if (reading.at >= reading.end) return;
  malformed(reading, reading.at, endOfWord(reading), wanted(reading, 'the end of the line'));
}

/** How the field at that place is read; null for a name that this reader does not know. */
export function rowAt(block: FieldBlock, at: number): FieldRow<unknown> | null {
  return knownAt(block, at)?.row ?? null;
}
