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
import { newNumbering, ordersOf, type Numbering, type Order } from './order-of-records.ts';
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

/** A run that was looked at, and the numbers of its records but media, in their order. */
interface Kept {
  readonly numbers: Int32Array;
  readonly records: Int32Array;
  readonly looked: Looked;
}

interface Memory {
  numbering: Numbering;
  settings: { readonly header: TraceHeader; readonly ended: Ended }[];
  readonly known: Map<number, Known[]>;
  readonly kept: Map<number, Kept[]>;
  count: number;
  keptCount: number;
}

/** Orders that are remembered; with more of them it is begun anew, for memory is finite. */
const knownMost = 20_000;

/** Runs that are kept as they were looked at: each takes some ten thousands of octets. */
const keptMost = 500;

export function rememberingJudges(): Judging {
  const memory: Memory = {
    numbering: newNumbering(),
    settings: [],
    known: new Map(),
    kept: new Map(),
    count: 0,
    keptCount: 0,
  };
  return (run) => {
    if (memory.count > knownMost) forgetAll(memory);
    const setting = settingOf(memory, run);
    const { messages, signalling } = ordersOf(run.records, setting, memory.numbering);
    const looked = lookAgain(memory, signalling, run) ?? lookAt(memory, signalling, run);
    const findings: Findings = new Map();
    const near = knownOf(memory, messages, judges, sights.messages, looked, findings);
    const far = knownOf(memory, signalling, near.further, sights.signalling, looked, findings);
    const asked = far.further.filter((judge) => {
      return findings.get(judge)?.broken ?? judge.breaks(looked);
    });
    const violated = [...near.violated, ...far.violated, ...asked.map(({ id }) => id)];
    return { call: looked.call, violated };
  };
}

function forgetAll(memory: Memory): void {
  memory.numbering = newNumbering();
  memory.settings = [];
  memory.known.clear();
  memory.kept.clear();
  memory.count = 0;
  memory.keptCount = 0;
}

function lookAt(
  memory: Memory,
  { numbers, hash, records }: Order,
  { header, records: all, ended, endedAt }: EndedRun,
): Looked {
  const looked = {
    call: callIn(header, all, ended),
    seen: observeTrace(header, all, ended, endedAt),
  };
  if (looked.seen.isReusable && memory.keptCount < keptMost) {
    put(memory.kept, hash, { numbers, records, looked });
    memory.keptCount += 1;
  }
  return looked;
}

/** A run that was looked at before, and now shows this one, told by its numbers; or null. */
function lookAgain(
  { kept }: Memory,
  { numbers, hash, records }: Order,
  { records: all, endedAt }: EndedRun,
): Looked | null {
  const before = kept.get(hash)?.find((one) => isSame(one.numbers, numbers));
  if (before === undefined) return null;
  const { call, seen } = before.looked;
  const { clock, told } = toldBy(before.records, records, all);
  seen.showAgain(clock, observeFar(all, told), endedAt);
  call.watch.showAgain(clock, mediaOfCall(call.watch, all, told));
  forgetFar(call.workedOut);
  return before.looked;
}

function put<Value>(map: Map<number, Value[]>, key: number, value: Value): void {
  const alike = map.get(key);
  if (alike === undefined) map.set(key, [value]);
  else alike.push(value);
}

/** A number for the header but for names and seed, which no judge goes by; and for the ending. */
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

/** What is known within that sight; where nothing is, everybody who is left is asked. */
function knownOf(
  memory: Memory,
  { numbers, hash }: Order,
  left: readonly Judge[],
  sight: Sight,
  looked: Looked,
  findings: Findings,
): Known {
  const key = hash * 4 + sight;
  const before = memory.known.get(key)?.find((one) => isSame(one.numbers, numbers));
  if (before !== undefined) return before;
  const violated: ClauseId[] = [];
  const further: Judge[] = [];
  for (const judge of left) {
    const found = findings.get(judge) ?? ask(judge, looked);
    findings.set(judge, found);
    if (found.far > sight) further.push(judge);
    else if (found.broken) violated.push(judge.id);
  }
  const known = { numbers, violated, further };
  put(memory.known, key, known);
  memory.count += 1;
  return known;
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

function isSame(one: Int32Array, other: Int32Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
