import type { ClauseId } from '../base/clause-id.ts';
import { howFar, look, sights, type Sight } from '../base/looking.ts';
import type { Micros } from '../base/micros.ts';
import { samePlain } from '../base/plain.ts';
import { forgetFar } from '../base/worked-out.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import type { Ended, TraceHeader } from '../trace/trace-header.ts';
import { mediaOfCall } from './oracles/call-media.ts';
import { callIn, type CallPicture } from './oracles/call-picture.ts';
import { oracles } from './oracles/index.ts';
import { near, newNumbering, orderWithin, type Numbering, type Order } from './order-of-records.ts';
import { newFindings } from './rules/findings.ts';
import { breaksRule, rules } from './rules/index.ts';
import { observeFar } from './rules/observe-far.ts';
import { observeTrace } from './rules/observe-trace.ts';
import type { SeenRun } from './rules/seen-run.ts';
import { toldBy } from './told-by.ts';

/** A run that has ended. */
export interface EndedRun {
  readonly header: TraceHeader;
  readonly records: readonly TraceRecord[];
  readonly ended: Ended;
  /** In µs. */
  readonly endedAt: Micros;
}

/** What judges look at: the call, and everything that was seen. */
export interface Looked {
  readonly call: CallPicture;
  readonly seen: SeenRun;
}

/** The call of a run as it was looked at, good until the next run, and the clauses it violates. */
export interface Judged {
  readonly call: CallPicture;
  readonly violated: readonly ClauseId[];
}

/**
 * Judges that remember other runs. A judge that looked no further than at what happened in which
 * order comes to the same wherever the same happened in that order (`base/looking.ts`), and is not
 * asked again; and a run in that order need not be looked at anew, but for its times and its media.
 * So the runs of a sweep, which mostly differ in their times, are judged by few.
 */
export type Judging = (run: EndedRun) => Judged;

export interface Judge {
  readonly id: ClauseId;
  /** It looks at least this far. */
  readonly least: Sight;
  readonly breaks: (looked: Looked) => boolean;
}

const room = newFindings();

/** Everybody who judges, clauses before rules. */
export const judges: readonly Judge[] = [
  ...oracles.flatMap((oracle) =>
    oracle.judges.map(({ id, judge }) => ({
      id,
      least: sights.signalling,
      breaks: ({ call }: Looked) => judge(call).verdict === 'violated',
    })),
  ),
  ...rules.map(({ id }, place) => ({
    id,
    least: sights.messages,
    breaks: ({ seen }: Looked) => breaksRule(place, seen, room),
  })),
];

/** What is known of all runs that are the same within one sight. */
interface Known {
  readonly numbers: Int32Array;
  readonly violated: readonly ClauseId[];
  /** Who looks further. */
  readonly further: readonly Judge[];
}

/** What is known of all runs in which all but what is farthest came in the same order. */
interface Alike extends Known {
  /** Of all with the same messages, of which these are some. */
  readonly near: Known;
  /** One of them as it was looked at; null where it cannot show another one. */
  readonly kept: { readonly records: Int32Array; readonly looked: Looked } | null;
}

interface Memory {
  readonly numbering: Numbering;
  readonly settings: { readonly header: TraceHeader; readonly ended: Ended }[];
  readonly near: Map<number, Known[]>;
  readonly alike: Map<number, Alike[]>;
  orders: number;
  kept: number;
}

function newMemory(): Memory {
  return {
    numbering: newNumbering(),
    settings: [],
    near: new Map(),
    alike: new Map(),
    orders: 0,
    kept: 0,
  };
}

/** Orders, and numbers, that are remembered; with more it is begun anew, for memory is finite. */
const ordersMost = 20_000;
const numbersMost = 200_000;

/** Runs that are kept as they were looked at: each takes some ten thousands of octets. */
const keptMost = 500;

export function rememberingJudges(): Judging {
  let memory = newMemory();
  return (run) => {
    const { orders, numbering } = memory;
    if (orders > ordersMost || numbering.known.size > numbersMost) memory = newMemory();
    const order = orderWithin(run.records, settingOf(memory, run), memory.numbering);
    const signalling = order(near.signalling);
    const before = memory.alike.get(signalling.hash)?.find((one) => isSame(one, signalling));
    if (before === undefined) return judgedFirst(memory, run, signalling, order(near.messages));
    const looked = before.kept === null ? lookAt(run) : lookAgain(before.kept, signalling, run);
    const asked = before.further.filter((judge) => judge.breaks(looked));
    return judged(looked, before, asked);
  };
}

function judged({ call }: Looked, known: Omit<Alike, 'kept'>, asked: readonly Judge[]): Judged {
  const violated = [...known.near.violated, ...known.violated, ...asked.map(({ id }) => id)];
  return { call, violated };
}

function lookAt({ header, records, ended, endedAt }: EndedRun): Looked {
  return {
    call: callIn(header, records, ended),
    seen: observeTrace(header, records, ended, endedAt),
  };
}

/** What was looked at before shows this run, told by its own numbers. */
function lookAgain(
  { records: its, looked }: NonNullable<Alike['kept']>,
  { records: these }: Order,
  { records, endedAt }: EndedRun,
): Looked {
  const { call, seen } = looked;
  const { clock, told } = toldBy(its, these, records);
  seen.showAgain(clock, observeFar(records, told), endedAt);
  call.watch.showAgain(clock, mediaOfCall(call.watch, records, told));
  forgetFar(call.workedOut);
  return looked;
}

/** Judges the first run in an order, and remembers what those came to who looked at no more. */
function judgedFirst(memory: Memory, run: EndedRun, signalling: Order, messages: Order): Judged {
  const looked = lookAt(run);
  const findings: Findings = new Map();
  let known = memory.near.get(messages.hash)?.find((one) => isSame(one, messages));
  if (known === undefined) {
    known = learnt(messages, judges, sights.messages, looked, findings);
    put(memory.near, messages.hash, known);
    memory.orders += 1;
  }
  const further = learnt(signalling, known.further, sights.signalling, looked, findings);
  const keeps = looked.seen.isReusable && memory.kept < keptMost;
  const kept = keeps ? { records: signalling.records, looked } : null;
  const alike = { ...further, near: known, kept };
  put(memory.alike, signalling.hash, alike);
  memory.orders += 1;
  if (keeps) memory.kept += 1;
  return judged(
    looked,
    alike,
    alike.further.filter((judge) => findings.get(judge)?.broken),
  );
}

function put<Value>(map: Map<number, Value[]>, key: number, value: Value): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, [value]);
  else there.push(value);
}

/** A number for the header but for the seed, which no judge goes by; and for the ending. */
function settingOf({ settings }: Memory, { header, ended }: EndedRun): number {
  const known = settings.findIndex((one) => {
    return one.ended === ended && (one.header === header || isSameSetting(one.header, header));
  });
  return known === -1 ? settings.push({ header, ended }) - 1 : known;
}

function isSameSetting(one: TraceHeader, other: TraceHeader): boolean {
  return samePlain({ ...one, seed: 0 }, { ...other, seed: 0 });
}

/** What judges came to in this run, and how far they looked. */
type Findings = Map<Judge, { readonly broken: boolean; readonly far: Sight }>;

/** Asks everybody who is left, and tells apart who looked no further. */
function learnt(
  { numbers }: Order,
  left: readonly Judge[],
  sight: Sight,
  looked: Looked,
  findings: Findings,
): Known {
  const violated: ClauseId[] = [];
  const further: Judge[] = [];
  for (const judge of left) {
    const found = findings.get(judge) ?? ask(judge, looked);
    findings.set(judge, found);
    if (found.far > sight) further.push(judge);
    else if (found.broken) violated.push(judge.id);
  }
  return { numbers, violated, further };
}

/** What a judge comes to, and how far it looks for that. */
export function ask(judge: Judge, looked: Looked) {
  let broken = false;
  const far = howFar(() => {
    look(judge.least);
    broken = judge.breaks(looked);
  });
  return { broken, far };
}

function isSame({ numbers: one }: Known, { numbers: other }: Order): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
