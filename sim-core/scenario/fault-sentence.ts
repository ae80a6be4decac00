import { zeroMicros, type Micros } from '../base/micros.ts';
import { endOfTime } from '../network/fault-rule.ts';
import { changeableParts, packetClasses } from './fault-words.ts';
import { nearest } from './nearest.ts';
import type { ProblemCode } from './problems.ts';
import type { FaultSetting } from './scenario.ts';
import { faultLabels, methods } from './scenario-words.ts';
import { readDuration } from './units.ts';

/** A fault as people say it, read; or the first word that cannot stand where it does. */
export type SentenceReading =
  | { readonly fault: FaultSetting }
  | {
      readonly fault: null;
      readonly code: ProblemCode;
      readonly says: string;
      /** Of the word within the sentence, in UTF-16 code units. */
      readonly offset: number;
      readonly length: number;
      readonly nearest: string | null;
    };

const deeds = ['drop', 'corrupt', 'delay', 'duplicate', 'change'] as const;
type Deed = (typeof deeds)[number];

const occurrencesMost = 100;

/** A sentence being read: its words, how far it is understood, and what was first amiss. */
interface Reader {
  readonly words: readonly Word[];
  readonly nodes: readonly string[];
  readonly end: number;
  at: number;
  problem: Exclude<SentenceReading, { readonly fault: FaultSetting }> | null;
}

interface Word {
  readonly text: string;
  readonly offset: number;
}

/**
 * Reads one sentence: a deed, what it is done to, and any of: from or of whom, to whom, between
 * whom, by how much, and when.
 *
 *     drop the 1st 200 of client-b
 *     delay the 2nd and 3rd ACK to cmr-server by 600ms
 *     duplicate every PRACK after 5ms
 *     drop everything between client-a and cmr-server from 3s to 5s
 *     change the RAck of the 1st PRACK
 *
 * Takes the names of the nodes there are.
 */
export function readFaultSentence(text: string, nodes: readonly string[]): SentenceReading {
  const words = [...text.matchAll(/[^\s,]+|,/g)].map((match) => ({
    text: match[0],
    offset: match.index,
  }));
  const reader: Reader = { words, nodes, end: text.length, at: 0, problem: null };
  const fault = sentence(reader);
  return reader.problem ?? { fault };
}

function sentence(reader: Reader): FaultSetting {
  const deed = oneOf(reader, deeds, 'a fault begins with') ?? 'drop';
  const part = deed === 'change' ? changedPart(reader) : null;
  const { message, occurrences } = what(reader);
  const rest = circumstances(reader);
  const when = rest.during === undefined ? {} : { during: rest.during };
  const between = rest.eitherWay ? { eitherWay: true } : {};
  const { from, to } = rest;
  const does = deedOf(reader, deed, part, rest.by, rest.after);
  return { does, message, from, to, occurrences, ...between, ...when };
}

function deedOf(
  reader: Reader,
  deed: Deed,
  part: string | null,
  by: Micros | null,
  after: Micros | null,
): FaultSetting['does'] {
  switch (deed) {
    case 'delay':
      if (by === null) fail(reader, 'by how much is missing, as in: by 600ms', null);
      return { kind: 'delay', by: by ?? zeroMicros };
    case 'duplicate':
      return { kind: 'duplicate', after: after ?? zeroMicros };
    case 'change':
      return { kind: 'change', part: part ?? '' };
    case 'drop':
    case 'corrupt':
      return { kind: deed };
  }
}

/** `the To tag of`: which part of the message is falsified. */
function changedPart(reader: Reader): string {
  expectWord(reader, 'the');
  const known = Object.keys(changeableParts);
  const first = peek(reader)?.text ?? '';
  const two = `${first} ${peek(reader, 1)?.text ?? ''}`;
  const found = known.find((part) => part === two) ?? known.find((part) => part === first);
  if (found === undefined) {
    const near = nearest(two, known) ?? nearest(first, known);
    fail(reader, `what can be changed is ${known.join(', ')}`, near);
    return '';
  }
  reader.at += found.includes(' ') ? 2 : 1;
  expectWord(reader, 'of');
  return found;
}

/** `the 1st 200 (PRACK)`, `every ACK`, `everything`. */
function what(reader: Reader): { message: string; occurrences: number[] } {
  const word = oneOf(reader, ['the', 'every', 'everything'], 'what is meant begins with');
  if (word === 'everything') return { message: word, occurrences: [] };
  const occurrences = word === 'the' ? counted(reader) : [];
  return { message: label(reader), occurrences };
}

/** `1st`, `2nd and 4th`, `1st to 10th`. */
function counted(reader: Reader): number[] {
  const found = new Set<number>();
  for (;;) {
    const first = ordinal(reader);
    const last = skip(reader, 'to') ? ordinal(reader) : first;
    if (last < first) fail(reader, 'a range of occurrences runs upwards', null, -1);
    if (last - first >= occurrencesMost) {
      fail(reader, `at most ${occurrencesMost} occurrences are counted one by one`, null, -1);
      return [];
    }
    for (let count = first; count <= last; count += 1) found.add(count);
    const comma = skip(reader, ',');
    if (!skip(reader, 'and') && !comma) return [...found].toSorted((a, b) => a - b);
  }
}

const spelled = ['first', 'second', 'third', 'fourth', 'fifth'];

function ordinal(reader: Reader): number {
  const word = peek(reader);
  const text = word?.text ?? '';
  const place = spelled.indexOf(text);
  const digits = /^([1-9][0-9]{0,5})(?:[a-z]{0,2}|\.)$/.exec(text)?.[1];
  const numbered = digits === undefined ? null : `${digits}${ending(digits)}`;
  if (place < 0 && text !== numbered) {
    const near = numbered ?? nearest(text, spelled);
    fail(reader, 'which of them is due here, as in 1st, 2nd or first', near);
    return 1;
  }
  reader.at += 1;
  return place >= 0 ? place + 1 : Number(digits);
}

function ending(digits: string): string {
  if (/1[123]$/.test(digits)) return 'th';
  return ['th', 'st', 'nd', 'rd'][Number(digits.slice(-1))] ?? 'th';
}

/** A method, a status code with or without the method it answers, a command, a medium. */
function label(reader: Reader): string {
  const classes = Object.keys(packetClasses).filter((name) => name !== 'everything');
  const known = [...faultLabels, ...classes];
  const first = peek(reader)?.text ?? '';
  const two = `${first} ${peek(reader, 1)?.text ?? ''}`;
  if (known.includes(two)) {
    reader.at += 2;
    return two;
  }
  if (known.includes(first)) {
    reader.at += 1;
    return first;
  }
  if (!/^[1-6][0-9][0-9]$/.test(first)) {
    const near = nearest(first, known);
    const list = near === null ? `: a status code or one of ${known.join(', ')}` : '';
    const says = first === '' ? `the message is missing${list}` : `no message is called so${list}`;
    fail(reader, says, near, 0, 'CMR1010');
    return first;
  }
  reader.at += 1;
  const bracket = /^\((.*)\)$/.exec(peek(reader)?.text ?? '');
  if (bracket === null) return first;
  const method = bracket[1] ?? '';
  if (!Object.hasOwn(methods, method)) {
    const near = nearest(method, Object.keys(methods));
    const fit = near === null ? null : `(${near})`;
    fail(reader, 'no method is called so', fit, 0, 'CMR1010');
    return first;
  }
  reader.at += 1;
  return `${first} (${method})`;
}

interface Circumstances {
  from: string | null;
  to: string | null;
  eitherWay: boolean;
  by: Micros | null;
  after: Micros | null;
  during?: { from: Micros; until: Micros };
}

const circumstanceWords = ['of', 'from', 'to', 'between', 'by', 'after', 'until'] as const;

function circumstances(reader: Reader): Circumstances {
  const found: Circumstances = { from: null, to: null, eitherWay: false, by: null, after: null };
  while (peek(reader) !== undefined) {
    if (skip(reader, ',')) continue;
    const word = oneOf(reader, circumstanceWords, 'what follows begins with');
    const beforeTime = /^[0-9]/.test(peek(reader)?.text ?? '');
    switch (word) {
      case null:
        break;
      case 'of':
        found.from = node(reader);
        break;
      case 'from':
        if (beforeTime) found.during = windowFrom(reader);
        else found.from = node(reader);
        break;
      case 'to':
        found.to = node(reader);
        break;
      case 'between':
        found.from = node(reader);
        expectWord(reader, 'and');
        found.to = node(reader);
        found.eitherWay = true;
        break;
      case 'by':
        found.by = time(reader);
        break;
      case 'after':
        found.after = time(reader);
        break;
      case 'until':
        found.during = { from: zeroMicros, until: time(reader) };
        break;
    }
  }
  return found;
}

/** `3s to 5s`, or `3s on` for as long as the run lasts. */
function windowFrom(reader: Reader): { from: Micros; until: Micros } {
  const from = time(reader);
  if (skip(reader, 'on')) return { from, until: endOfTime };
  expectWord(reader, 'to');
  const until = time(reader);
  if (until <= from) fail(reader, 'a time window runs forwards', null, -1);
  return { from, until };
}

function time(reader: Reader): Micros {
  const text = peek(reader)?.text ?? '';
  const reading = readDuration(text);
  if (reading.value === null) {
    fail(reader, reading.says, reading.nearest, 0, 'CMR1008');
    return zeroMicros;
  }
  reader.at += 1;
  return reading.value;
}

function node(reader: Reader): string {
  const name = peek(reader)?.text ?? '';
  if (!reader.nodes.includes(name)) {
    const near = nearest(name, reader.nodes);
    const says = near === null ? `; there are ${reader.nodes.join(', ')}` : '';
    fail(reader, `a node of this scenario is due here${says}`, near, 0, 'CMR1010');
    return name;
  }
  reader.at += 1;
  return name;
}

function peek(reader: Reader, ahead = 0): Word | undefined {
  return reader.words[reader.at + ahead];
}

function skip(reader: Reader, word: string): boolean {
  if (peek(reader)?.text !== word) return false;
  reader.at += 1;
  return true;
}

function expectWord(reader: Reader, word: string): void {
  if (!skip(reader, word)) fail(reader, `"${word}" is due here`, word);
}

/** One of those words; null where none of them stands here. */
function oneOf<Text extends string>(
  reader: Reader,
  words: readonly Text[],
  says: string,
): Text | null {
  const given = peek(reader)?.text ?? '';
  const found = words.find((word) => word === given);
  if (found === undefined) {
    fail(reader, `${says} ${words.join(', ')}`, nearest(given, words));
    return null;
  }
  reader.at += 1;
  return found;
}

/**
 * Points at the word that was due, or at the last one where it is missing. Nothing is read any
 * more: what the callers make of the rest is thrown away.
 */
function fail(
  reader: Reader,
  says: string,
  near: string | null,
  ahead = 0,
  code: ProblemCode = 'CMR1014',
): void {
  if (reader.problem !== null) return;
  const word = peek(reader, ahead);
  const found = word === undefined ? '; the sentence ends here' : `; found ${printed(word.text)}`;
  const { offset, text } = word ?? reader.words.at(-1) ?? { text: '', offset: reader.end };
  const { length } = text;
  reader.problem = { fault: null, code, says: says + found, offset, length, nearest: near };
  reader.at = reader.words.length;
}

function printed(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
