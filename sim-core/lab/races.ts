import { micros, type Micros } from '../base/micros.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import { whatItComesTo } from '../run/what-it-comes-to.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { happeningsOf, type Happening, type Happenings, type RacedRun } from './happenings.ts';
import { moved, swappingOf, type Change, type Moved, type Swapping } from './race-levers.ts';

/** Two things at one node that nothing but time puts in order, and what their order decides. */
export interface Race {
  readonly node: string;
  /** What came first: a message as a fault sentence names it, a timer or an act; and when. */
  readonly first: string;
  readonly firstAt: Micros;
  /** What came after it. */
  readonly second: string;
  readonly secondAt: Micros;
  /** What the call comes to in this order, and in the other one. */
  readonly asItIs: string;
  readonly swapped: string;
  /** What swaps them. */
  readonly change: Change;
}

export interface RaceBounds {
  /** Only what follows within this time may change places. */
  readonly within: Micros;
  /** Runs that are made at most, beside the call itself. */
  readonly runs: number;
}

export interface RacesFound {
  readonly races: readonly Race[];
  /** Pairs that can change places, of which so many were swapped. */
  readonly pairs: number;
  readonly tried: number;
  /** Pairs that cannot: both follow from the same, after lengths of time that are set. */
  readonly bound: number;
}

/**
 * Every pair of two things that happen to a node, where the later is no consequence of the
 * earlier. Each is run twice, with what can be moved of it moved so far that the one happens just
 * before the other, and just after it; where the two come to something else, their order decides.
 */
export function findRaces(
  scenario: Scenario,
  runOf: (scenario: Scenario) => RacedRun,
  bounds: RaceBounds,
): RacesFound {
  const happenings = happeningsOf(runOf(scenario));
  const { pairs, bound } = pairsOf(happenings, scenario, bounds.within);
  const trials = trialsOf(scenario, runOf, happenings);
  // What follows from two that change places changes places with them: the first pair counts.
  const races = new Map<string, Race>();
  let tried = 0;
  for (const pair of pairs) {
    if (trials.made() + 2 > bounds.runs) break;
    tried += 1;
    const race = raceIn(happenings, trials, pair);
    const key = JSON.stringify(race?.change);
    if (race !== null && !races.has(key)) races.set(key, race);
  }
  return { races: [...races.values()], pairs: pairs.length, tried, bound };
}

interface Pair {
  readonly first: Happening;
  readonly second: Happening;
  readonly swapping: Swapping;
}

function pairsOf(
  happenings: Happenings,
  scenario: Scenario,
  within: Micros,
): { readonly pairs: readonly Pair[]; readonly bound: number } {
  const { run, all } = happenings;
  const causes = new Set<number>(run.records.map(({ cause }) => cause));
  const pairs: Pair[] = [];
  let bound = 0;
  for (const [at, first] of all.entries()) {
    if (first.kind === 'received' && happenings.messageOf(first) === null) continue;
    for (const second of all.slice(at + 1)) {
      if (second.at - first.at > within) break;
      if (second.node !== first.node || follows(run.records, second, first)) continue;
      if (isIdle(first, causes) && isIdle(second, causes)) continue;
      const swapping = swappingOf(happenings, scenario, first, second);
      if (swapping === null) bound += 1;
      else pairs.push({ first, second, swapping });
    }
  }
  return { pairs, bound };
}

/** A timer at which nothing is done: two of these may fire in any order. */
function isIdle({ kind, number }: Happening, causes: ReadonlySet<number>): boolean {
  return kind === 'timer fired' && !causes.has(number);
}

/** Whether a record is a consequence of another, by whatever way. */
function follows(records: readonly TraceRecord[], record: TraceRecord, of: TraceRecord): boolean {
  let at: TraceRecord | undefined = record;
  while (at !== undefined && at.number > of.number) at = records[at.cause - 1];
  return at === of;
}

/** The call with something of it moved, run once for each way of moving it. */
interface Trials {
  readonly asItIs: Trial;
  with(swapping: Swapping, by: number): Trial | null;
  readonly made: () => number;
}

interface Trial {
  readonly happenings: Happenings;
  readonly comesTo: string;
  /** Null: nothing was moved. */
  readonly change: Change | null;
}

function trialsOf(
  scenario: Scenario,
  runOf: (scenario: Scenario) => RacedRun,
  happenings: Happenings,
): Trials {
  const known = new Map<string, Trial>();
  const asItIs = { happenings, comesTo: whatItComesTo(happenings.run).says, change: null };

  function runMoved({ scenario: other, change }: Moved): Trial {
    const key = JSON.stringify(change);
    const before = known.get(key);
    if (before !== undefined) return before;
    const run = runOf(other);
    const trial = { happenings: happeningsOf(run), comesTo: whatItComesTo(run).says, change };
    known.set(key, trial);
    return trial;
  }

  return {
    asItIs,
    with(swapping, by) {
      if (by <= 0) return asItIs;
      const other = moved(scenario, swapping, micros(by));
      return other === null ? null : runMoved(other);
    },
    made: () => known.size,
  };
}

function raceIn(
  happenings: Happenings,
  trials: Trials,
  { first, second, swapping }: Pair,
): Race | null {
  const apart = second.at - first.at;
  const behind = trials.with(swapping, apart + 1);
  if (behind === null || behind.change === null) return null;
  if (behind.comesTo === trials.asItIs.comesTo) return null;
  // Moved as far, but the order is still the same: what differs now is their order alone.
  const before = trials.with(swapping, apart - 1);
  if (before === null || before.comesTo === behind.comesTo) return null;
  if (orderIn(before) !== 'as it is' || orderIn(behind) === 'as it is') return null;
  const node = happenings.run.header.nodes.find(({ id }) => id === first.node)?.name ?? '';
  return {
    node,
    first: happenings.say(first),
    firstAt: first.at,
    second: happenings.say(second),
    secondAt: second.at,
    asItIs: before.comesTo,
    swapped: behind.comesTo,
    change: behind.change,
  };

  /** What came of the two; in the other order one of them may not happen at all. */
  function orderIn(trial: Trial): 'as it is' | 'swapped' | 'one of them alone' {
    const one = happenings.find(first, trial.happenings);
    const other = happenings.find(second, trial.happenings);
    if (one === null || other === null) return 'one of them alone';
    return one.number < other.number ? 'as it is' : 'swapped';
  }
}
