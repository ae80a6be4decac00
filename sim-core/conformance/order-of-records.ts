import { hashNumber } from '../base/hash.ts';
import { fingerprint, samePlain } from '../base/plain.ts';
import type { Note, TraceRecord } from '../kernel/trace-record.ts';
import { isMedia } from '../media/media-packet.ts';
import { isSip } from '../sip/message.ts';
import { isExpiry, isStateOfTransaction } from './rules/observation.ts';

/**
 * What happened in which order, as numbers: two runs have the same numbers if and only if they are
 * the same in all that lies within one sight (`base/looking.ts`), but for when it happened.
 */
export interface Order {
  readonly numbers: Int32Array;
  /** Equal for equal numbers. */
  readonly hash: number;
  /** The numbers of the records, in their order. */
  readonly records: Int32Array;
}

/** A number for each packet, note, action and name of a timer: equal ones have the same. */
export interface Numbering {
  /** Of what is frozen, and of texts. */
  readonly known: Map<unknown, number>;
  readonly byPrint: Map<number, { readonly content: unknown; readonly number: number }[]>;
  /** Numbers there are. */
  count: number;
}

export function newNumbering(): Numbering {
  return { known: new Map(), byPrint: new Map(), count: 0 };
}

/**
 * The orders of a run, each of all that lies so near at least. `setting` is a number for all that
 * judges know beside the records: header and ending.
 */
export function orderWithin(
  records: readonly TraceRecord[],
  setting: number,
  numbering: Numbering,
): (least: number) => Order {
  const nearness = nearnessOf(records);
  return (least) => orderOf(records, nearness, least, setting, numbering);
}

/** How near a record lies. */
export const near = { messages: 2, signalling: 1, far: 0 } as const;

/** By number of record; what something near follows from is as near. */
export function nearnessOf(records: readonly TraceRecord[]): Uint8Array {
  const nearness = new Uint8Array(records.length + 1);
  for (let place = records.length - 1; place >= 0; place -= 1) {
    const record = records[place]!;
    const { number, cause } = record;
    const mine = Math.max(nearness[number]!, nearnessItself(record));
    nearness[number] = mine;
    if (nearness[cause]! < mine) nearness[cause] = mine;
    if (record.kind === 'received' && nearness[record.sent]! < mine) nearness[record.sent] = mine;
  }
  return nearness;
}

function nearnessItself(record: TraceRecord): number {
  switch (record.kind) {
    case 'sent':
    case 'dropped':
    case 'received':
      if (isSip(record.packet)) return near.messages;
      return isMedia(record.packet) ? near.far : near.signalling;
    case 'timer started':
    case 'timer stopped':
      return near.far;
    case 'timer fired':
      return isExpiry(record.timer) ? near.messages : near.far;
    case 'user':
      return near.signalling;
    case 'note':
      return nearnessOfNote(record.note);
  }
}

function nearnessOfNote(note: Note): number {
  if (note.kind === 'outage') return near.messages;
  return note.kind === 'hears' || isStateOfTransaction(note) ? near.far : near.signalling;
}

const kinds: Readonly<Record<TraceRecord['kind'], number>> = {
  sent: 0,
  dropped: 1,
  received: 2,
  'timer started': 3,
  'timer stopped': 4,
  'timer fired': 5,
  user: 6,
  note: 7,
};

/** Numbers for one record: its kind, its node, what it follows from, what it is, where it goes. */
const numbersEach = 5;

function orderOf(
  records: readonly TraceRecord[],
  nearness: Uint8Array,
  least: number,
  setting: number,
  numbering: Numbering,
): Order {
  // By number of record, its place in this order, counted from 1.
  const places = new Int32Array(records.length + 1);
  const numbers = new Int32Array(1 + records.length * numbersEach);
  const members = new Int32Array(records.length);
  numbers[0] = setting;
  let count = 0;
  let length = 1;
  let hash = setting;
  for (const record of records) {
    if (nearness[record.number]! < least) continue;
    members[count] = record.number;
    count += 1;
    places[record.number] = count;
    numbers[length] = kinds[record.kind];
    numbers[length + 1] = record.node;
    numbers[length + 2] = places[record.cause]!;
    numbers[length + 3] = numberOf(contentOf(record), numbering);
    numbers[length + 4] = wayOf(record, places);
    const end = length + numbersEach;
    for (; length < end; length += 1) {
      hash = Math.imul(hash ^ numbers[length]!, 0x01000193);
    }
  }
  return {
    numbers: numbers.slice(0, length),
    hash: hashNumber(length, hash >>> 0),
    records: members.slice(0, count),
  };
}

function contentOf(record: TraceRecord): unknown {
  switch (record.kind) {
    case 'sent':
    case 'dropped':
    case 'received':
      return record.packet;
    case 'timer started':
    case 'timer stopped':
    case 'timer fired':
      return record.timer;
    case 'user':
      return record.action;
    case 'note':
      return record.note;
  }
}

function numberOf(content: unknown, numbering: Numbering): number {
  const known = numbering.known.get(content);
  if (known !== undefined) return known;
  const number = numberOfEqual(content, numbering);
  if (Object.isFrozen(content)) numbering.known.set(content, number);
  return number;
}

function numberOfEqual(content: unknown, numbering: Numbering): number {
  const print = fingerprint(content, 1);
  const alike = numbering.byPrint.get(print);
  const equal = alike?.find((one) => samePlain(one.content, content));
  if (equal !== undefined) return equal.number;
  numbering.count += 1;
  const { count } = numbering;
  if (alike === undefined) numbering.byPrint.set(print, [{ content, number: count }]);
  else alike.push({ content, number: count });
  return count;
}

/** Where it goes; of an arrival, the place of its departure. */
function wayOf(record: TraceRecord, places: Int32Array): number {
  if (record.kind === 'received') return places[record.sent]!;
  return record.kind === 'sent' || record.kind === 'dropped' ? record.to : 0;
}
