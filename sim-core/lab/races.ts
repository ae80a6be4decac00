import { micros, printDuration, type Micros } from '../base/micros.ts';
import type { RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import { runScenario } from '../run/run-scenario.ts';
import type { Run } from '../run/run.ts';
import { addFault } from '../scenario/add-fault.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { MessageView } from '../trace/message-view.ts';
import { messageInWords } from '../trace/message-in-words.ts';
import { viewMessages } from '../trace/view-messages.ts';

/** Two things at one node that nothing but time puts in order, and what their order decides. */
export interface Race {
  readonly node: string;
  /** The message that came first, as a fault sentence names it, and when. */
  readonly first: string;
  readonly firstAt: Micros;
  /** What came after it: a message, a timer or an act. */
  readonly second: string;
  readonly secondAt: Micros;
  /** What the call comes to in this order, and in the other one. */
  readonly asItIs: string;
  readonly swapped: string;
  /** The fault that swaps them, as `--fault` takes it. */
  readonly fault: string;
}

export interface RaceBounds {
  /** Only what follows within this time may change places. */
  readonly within: Micros;
  /** Runs that are made at most. */
  readonly runs: number;
}

export interface RacesFound {
  readonly races: readonly Race[];
  /** Pairs whose order nothing but time decides, of which so many were swapped. */
  readonly pairs: number;
  readonly tried: number;
}

/**
 * Every pair of a message and something later at the node it reaches, where the later is no
 * consequence of the message. Each is run twice, the message delayed to just before the other and
 * to just after it; where the two come to something else, the order of the two decides.
 */
export function findRaces(
  scenario: Scenario,
  options: { readonly engine: string; readonly seed: number },
  bounds: RaceBounds,
): RacesFound {
  const run = runScenario(scenario, options);
  const pairs = pairsOf(run, bounds.within);
  const races: Race[] = [];
  let tried = 0;
  for (const pair of pairs) {
    if ((tried + 1) * 2 > bounds.runs) break;
    tried += 1;
    const race = raceIn(scenario, options, run, pair);
    if (race !== null) races.push(race);
  }
  return { races, pairs: pairs.length, tried };
}

interface Pair {
  readonly first: TraceRecord;
  readonly second: TraceRecord;
  /** The message of `first`, in the words of a fault. */
  readonly words: string;
}

type Received = Extract<TraceRecord, { kind: 'received' }>;

function pairsOf({ header, records }: Run, within: Micros): readonly Pair[] {
  const messages = viewMessages(header, records);
  const viewOf = new Map(messages.map((message) => [message.record, message]));
  const pairs: Pair[] = [];
  for (const [at, first] of records.entries()) {
    if (first.kind !== 'received') continue;
    const words = wordsOf(first, viewOf, messages, header);
    if (words === null) continue;
    for (const second of records.slice(at + 1)) {
      if (second.at - first.at > within) break;
      if (second.node !== first.node || !isEvent(second)) continue;
      if (follows(records, second, first.number)) continue;
      pairs.push({ first, second, words });
    }
  }
  return pairs;
}

function wordsOf(
  received: Received,
  viewOf: ReadonlyMap<RecordNumber, MessageView>,
  messages: readonly MessageView[],
  header: Run['header'],
): string | null {
  const message = viewOf.get(received.sent);
  // The network's own second copy has no name of its own.
  if (message === undefined || message.received[0] !== received.number) return null;
  return messageInWords(message, messages, header);
}

/** What a node acts upon; a record of what it did follows from one of these. */
function isEvent({ kind }: TraceRecord): boolean {
  return kind === 'received' || kind === 'timer fired' || kind === 'user';
}

/** Whether a record is a consequence of another, by whatever way. */
function follows(records: readonly TraceRecord[], record: TraceRecord, of: RecordNumber): boolean {
  let at: TraceRecord | undefined = record;
  while (at !== undefined && at.number > of) at = records[at.cause - 1];
  return at?.number === of;
}

function raceIn(
  scenario: Scenario,
  options: { readonly engine: string; readonly seed: number },
  run: Run,
  { first, second, words }: Pair,
): Race | null {
  const behind = micros(second.at - first.at + 1);
  const fault = delayed(words, behind);
  const swapped = summaryWith(scenario, options, fault);
  if (swapped === null || swapped === summaryOf(run)) return null;
  // Delayed as much, but still before the other: what differs now is their order alone.
  const before = micros(Math.max(0, second.at - first.at - 1));
  const asItIs =
    before === 0 ? summaryOf(run) : summaryWith(scenario, options, delayed(words, before));
  if (asItIs === null || asItIs === swapped) return null;
  const node = run.header.nodes.find(({ id }) => id === first.node)?.name ?? '';
  return {
    node,
    first: words,
    firstAt: first.at,
    second: sayEvent(second, run),
    secondAt: second.at,
    asItIs,
    swapped,
    fault,
  };
}

function delayed(words: string, by: Micros): string {
  return `delay ${words} by ${printDuration(by)}`;
}

function summaryWith(
  scenario: Scenario,
  options: { readonly engine: string; readonly seed: number },
  sentence: string,
): string | null {
  const addition = addFault(scenario, sentence);
  return addition.scenario === null ? null : summaryOf(runScenario(addition.scenario, options));
}

/** What a call comes to: outcome, violated clauses, warnings, expectations that are not met. */
function summaryOf(run: Run): string {
  const violated = run.verdicts
    .filter(({ verdict, level }) => verdict === 'violated' && level === 'error')
    .map(({ clause }) => `${clause} violated`);
  const warnings = new Set(run.warnings.map(({ code }) => code));
  return [run.outcome, ...violated.toSorted(), ...[...warnings].toSorted()].join('; ');
}

function sayEvent(record: TraceRecord, run: Run): string {
  switch (record.kind) {
    case 'received': {
      const messages = viewMessages(run.header, run.records);
      const message = messages.find((one) => one.record === record.sent);
      const words = message === undefined ? null : messageInWords(message, messages, run.header);
      return words ?? record.packet.label;
    }
    case 'timer fired':
      return `timer ${record.timer}`;
    case 'user':
      return `somebody: ${record.action.kind}`;
    default:
      return record.kind;
  }
}
