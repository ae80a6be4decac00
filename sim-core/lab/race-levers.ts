import { micros, printDuration, type Micros } from '../base/micros.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import { addFault } from '../scenario/add-fault.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Happenings } from './happenings.ts';

/**
 * What may happen at another instant without any rule being bent: a message, which its link may
 * carry for longer, and what somebody does, which is their own affair.
 */
export type Lever =
  | { readonly kind: 'message'; readonly words: string }
  /** `wait`: the instant of the act, or how long after something else it is done. */
  | { readonly kind: 'act'; readonly place: number; readonly wait: Micros };

/** A lever, and which way it has to be moved for two events to change places. */
export interface Swapping {
  readonly lever: Lever;
  readonly direction: 'later' | 'earlier';
}

/** What is changed, in the words of `--fault` or of `--set`. */
export type Change =
  | { readonly kind: 'fault'; readonly sentence: string }
  | { readonly kind: 'set'; readonly path: string; readonly value: string };

export interface Moved {
  readonly scenario: Scenario;
  readonly change: Change;
}

/**
 * How two events of one node can change places: whatever the first follows from, and the second
 * does not, happens later; or somebody does earlier what only the second follows from. Null where
 * both follow from the same through lengths of time that are set.
 */
export function swappingOf(
  happenings: Happenings,
  scenario: Scenario,
  first: TraceRecord,
  second: TraceRecord,
): Swapping | null {
  const { records } = happenings.run;
  const apart = micros(second.at - first.at + 1);
  const [behindFirst, behindSecond] = [waysTo(records, first), waysTo(records, second)];
  for (const record of behindFirst) {
    if (behindSecond.has(record)) break;
    const lever = leverAt(happenings, scenario, record);
    if (lever === null) continue;
    if (!doesMoreWithin(happenings, record, record.at, micros(record.at + apart))) {
      return { lever, direction: 'later' };
    }
  }
  for (const record of behindSecond) {
    if (behindFirst.has(record)) break;
    const lever = leverAt(happenings, scenario, record);
    if (lever?.kind !== 'act' || lever.wait < apart) continue;
    if (!doesMoreWithin(happenings, record, micros(record.at - apart), record.at)) {
      return { lever, direction: 'earlier' };
    }
  }
  return null;
}

/** Whether it is an act whose user does something else meanwhile: people's own order is theirs. */
function doesMoreWithin(
  { all }: Happenings,
  record: TraceRecord,
  from: Micros,
  to: Micros,
): boolean {
  if (record.kind !== 'user') return false;
  return all.some((other) => {
    const isOther = other.kind === 'user' && other.node === record.node && other !== record;
    return isOther && other.at >= from && other.at <= to;
  });
}

/** The record and all that it follows from, the latest first. */
function waysTo(records: readonly TraceRecord[], record: TraceRecord): ReadonlySet<TraceRecord> {
  const found = new Set<TraceRecord>();
  let at: TraceRecord | undefined = record;
  while (at !== undefined) {
    found.add(at);
    at = records[at.cause - 1];
  }
  return found;
}

function leverAt(happenings: Happenings, scenario: Scenario, record: TraceRecord): Lever | null {
  if (record.kind === 'received') {
    const words = happenings.messageOf(record);
    return words === null ? null : { kind: 'message', words };
  }
  return record.kind === 'user' ? actAt(happenings, scenario, record) : null;
}

type UserRecord = Extract<TraceRecord, { kind: 'user' }>;

/** The act of the script that a record is about; null where several could be meant. */
function actAt({ run }: Happenings, scenario: Scenario, record: UserRecord): Lever | null {
  const node = scenario.nodes[record.node];
  const isAsked = record.cause === 0;
  const places = scenario.script.flatMap(({ who, does, when }, place) => {
    const isIt = who === node?.name && does.kind === record.action.kind;
    const isThen = when.kind === 'at' ? isAsked && when.at === record.at : !isAsked;
    return isIt && isThen ? [place] : [];
  });
  const [place = 0, ...others] = places;
  const when = scenario.script[place]?.when;
  if (node === undefined || when === undefined || others.length > 0) return null;
  if (when.kind === 'at') return { kind: 'act', place, wait: when.at };
  if (when.after.least === when.after.most) return { kind: 'act', place, wait: when.after.least };
  const cause = run.records[record.cause - 1];
  if (cause === undefined) return null;
  const label = cause.kind === 'received' ? cause.packet.label : null;
  const takes = label === null ? 0 : (node.processingOf?.[label] ?? node.processing);
  return { kind: 'act', place, wait: micros(record.at - cause.at - takes) };
}

/** The scenario with a lever moved, which is there for it to be moved so far. */
export function moved(
  scenario: Scenario,
  { lever, direction }: Swapping,
  by: Micros,
): Moved | null {
  if (lever.kind === 'message') {
    const sentence = `delay ${lever.words} by ${printDuration(by)}`;
    const addition = addFault(scenario, sentence);
    if (addition.scenario === null) return null;
    return { scenario: addition.scenario, change: { kind: 'fault', sentence } };
  }
  const wait = micros(direction === 'later' ? lever.wait + by : lever.wait - by);
  const script = scenario.script.map((act, place) => {
    if (place !== lever.place) return act;
    const { when } = act;
    return when.kind === 'at'
      ? { ...act, when: { ...when, at: wait } }
      : { ...act, when: { ...when, after: { least: wait, most: wait } } };
  });
  const key = scenario.script[lever.place]?.when.kind === 'at' ? 'at' : 'after';
  const path = `script.${lever.place}.${key}`;
  return {
    scenario: { ...scenario, script },
    change: { kind: 'set', path, value: printDuration(wait) },
  };
}
