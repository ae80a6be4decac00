import type { RecordNumber } from '../../kernel/trace-record.ts';
import type { Level, Verdict } from '../verdict.ts';
import type { DialogEvent, Happening, SeenMessage } from './observation.ts';

/** What shows something: a happening, or a message with its departure and arrival. */
export type Shown = Happening | DialogEvent | SeenMessage | null;

/** One breach of a rule, or one doubt about it. */
interface Breach {
  readonly says: string;
  readonly level: Level | null;
  readonly shown: readonly Shown[];
}

/**
 * What a rule has found so far. A judge tells it of every case it looks at; the verdict follows:
 * one breach violates the rule, else one doubt leaves it open, else one good case satisfies it.
 * What is merely worth a remark violates nothing; the remark is then what the verdict says.
 */
export interface Findings {
  held: number;
  /** Of the first cases that held. */
  readonly shown: Shown[];
  readonly breaches: Breach[];
  readonly doubts: Breach[];
}

export function newFindings(): Findings {
  return { held: 0, shown: [], breaches: [], doubts: [] };
}

/** Records of more cases than this help nobody. */
const casesShown = 4;

/** One case in which the rule was kept, and what shows it. */
export function holds(found: Findings, first: Shown, second: Shown = null): void {
  found.held += 1;
  if (found.held > casesShown) return;
  found.shown.push(first, second);
}

/** One case in which it was not, told in a sentence, at the level of the rule. */
export function breaks(found: Findings, says: string, ...shown: readonly Shown[]): void {
  found.breaches.push({ says, level: null, shown });
}

/** A breach that weighs less than the rule does: the sentence it breaks is only recommended. */
export function breaksAt(
  found: Findings,
  level: Level,
  says: string,
  ...shown: readonly Shown[]
): void {
  found.breaches.push({ says, level, shown });
}

/** A case that the record breaks off before anybody could tell. */
export function staysOpen(found: Findings, says: string, ...shown: readonly Shown[]): void {
  found.doubts.push({ says, level: null, shown });
}

export interface Summary {
  readonly verdict: Verdict;
  readonly level: Level;
  readonly evidence: readonly RecordNumber[];
  readonly says: string;
}

/** The verdict on all cases. `kept` says what was seen where the rule holds. */
export function summed(
  found: Findings,
  level: Level,
  kept: (count: number) => string,
  untouched: string,
): Summary {
  const { breaches, doubts } = found;
  const gravest = gravestOf(breaches, level);
  const told = breaches.find((one) => (one.level ?? level) === gravest);
  const [doubt] = doubts;
  if (told !== undefined && (gravest !== 'info' || doubt === undefined)) {
    const verdict = gravest === 'info' ? 'satisfied' : 'violated';
    const says = `${told.says}${andMore(breaches.length - 1)}`;
    return { verdict, level: gravest, evidence: recordsOf(breaches), says };
  }
  if (doubt !== undefined) {
    const says = `${doubt.says}${andMore(doubts.length - 1)}`;
    return { verdict: 'inconclusive', level, evidence: recordsOf(doubts), says };
  }
  if (found.held === 0) return { verdict: 'not exercised', level, evidence: [], says: untouched };
  const evidence = recordsOf([{ says: '', level, shown: found.shown }]);
  return { verdict: 'satisfied', level, evidence, says: kept(found.held) };
}

function gravestOf(breaches: readonly Breach[], level: Level): Level {
  let gravest: Level = 'info';
  for (const breach of breaches) {
    const own = breach.level ?? level;
    if (own === 'error') return own;
    if (own === 'warning') gravest = own;
  }
  return gravest;
}

function andMore(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' One more case like it.' : ` ${count} more cases like it.`;
}

function recordsOf(cases: readonly Breach[]): RecordNumber[] {
  const records = new Set<RecordNumber>();
  for (const { shown } of cases) {
    for (const one of shown) {
      if (one === null) continue;
      if ('record' in one) {
        records.add(one.record);
        continue;
      }
      records.add(one.sent.record);
      if (one.received !== null) records.add(one.received.record);
    }
  }
  return [...records].sort((a, b) => a - b);
}
