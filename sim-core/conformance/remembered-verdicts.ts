import type { ClauseId } from '../base/clause-id.ts';
import { howFar, look, sights, type Sight } from '../base/looking.ts';
import { samePlain } from '../base/plain.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import type { Ended, TraceHeader } from '../trace/trace-header.ts';
import { oracles } from './oracles/index.ts';
import type { CallPicture } from './oracles/call-picture.ts';
import { newNumbering, ordersOf, type Numbering, type Order } from './order-of-records.ts';
import { breaksRule, rules } from './rules/index.ts';
import type { Observation } from './rules/observation.ts';

/** A finished run, looked at when the first judge asks for it. */
export interface Judged {
  readonly header: TraceHeader;
  readonly records: readonly TraceRecord[];
  readonly ended: Ended;
  readonly call: () => CallPicture;
  readonly seen: () => Observation;
}

/**
 * Which clauses a run violates. A judge that looked no further than at what happened in which order
 * comes to the same wherever the same happened in that order (`base/looking.ts`), and is not asked
 * again. So the runs of a sweep, which mostly differ in their times, are judged by few.
 */
export type Violations = (run: Judged) => ClauseId[];

export interface Judge {
  readonly id: ClauseId;
  /** It looks at least this far. */
  readonly least: Sight;
  readonly breaks: (run: Judged) => boolean;
}

/** Everybody who judges, clauses before rules. */
export const judges: readonly Judge[] = [
  ...oracles.flatMap((oracle) =>
    oracle.judges.map(({ id, judge }) => ({
      id,
      least: sights.signalling,
      breaks: ({ call }: Judged) => judge(call()).verdict === 'violated',
    })),
  ),
  ...rules.map(({ id }, place) => ({
    id,
    least: sights.messages,
    breaks: ({ seen }: Judged) => breaksRule(place, seen()),
  })),
];

/** What is known of all runs that are the same within one sight. */
interface Known {
  readonly numbers: Int32Array;
  readonly violated: readonly ClauseId[];
  /** Who looks further. */
  readonly further: readonly Judge[];
}

interface Memory {
  numbering: Numbering;
  settings: { readonly header: TraceHeader; readonly ended: Ended }[];
  readonly known: Map<number, Known[]>;
  count: number;
}

/** Orders that are remembered; with more of them it is begun anew, for memory is finite. */
const knownMost = 20_000;

export function rememberingVerdicts(): Violations {
  const memory: Memory = { numbering: newNumbering(), settings: [], known: new Map(), count: 0 };
  return (run) => {
    if (memory.count > knownMost) forgetAll(memory);
    const setting = settingOf(memory, run);
    const { messages, signalling } = ordersOf(run.records, setting, memory.numbering);
    const findings: Findings = new Map();
    const near = knownOf(memory, messages, judges, sights.messages, run, findings);
    const far = knownOf(memory, signalling, near.further, sights.signalling, run, findings);
    const asked = far.further.filter((judge) => {
      return findings.get(judge)?.broken ?? judge.breaks(run);
    });
    return [...near.violated, ...far.violated, ...asked.map(({ id }) => id)];
  };
}

function forgetAll(memory: Memory): void {
  memory.numbering = newNumbering();
  memory.settings = [];
  memory.known.clear();
  memory.count = 0;
}

/** A number for the header but for names and seed, which no judge goes by; and for the ending. */
function settingOf({ settings }: Memory, { header, ended }: Judged): number {
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
  run: Judged,
  findings: Findings,
): Known {
  const key = hash * 4 + sight;
  const alike = memory.known.get(key);
  const before = alike?.find((one) => isSame(one.numbers, numbers));
  if (before !== undefined) return before;
  // To look at the run as a whole is nobody's looking.
  run.call();
  run.seen();
  const violated: ClauseId[] = [];
  const further: Judge[] = [];
  for (const judge of left) {
    const found = findings.get(judge) ?? ask(judge, run);
    findings.set(judge, found);
    if (found.far > sight) further.push(judge);
    else if (found.broken) violated.push(judge.id);
  }
  const known = { numbers, violated, further };
  if (alike === undefined) memory.known.set(key, [known]);
  else alike.push(known);
  memory.count += 1;
  return known;
}

/** What a judge comes to, and how far it looks for that. */
export function ask(judge: Judge, run: Judged) {
  let broken = false;
  const far = howFar(() => {
    look(judge.least);
    broken = judge.breaks(run);
  });
  return { broken, far };
}

function isSame(one: Int32Array, other: Int32Array): boolean {
  return one.length === other.length && one.every((number, at) => number === other[at]);
}
