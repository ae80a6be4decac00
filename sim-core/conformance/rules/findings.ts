import type { ClauseId } from '../../base/clause-id.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import type { ClauseVerdict, Level, Verdict } from '../verdict.ts';
import type { DialogEvent, Happening, SeenMessage } from './observation.ts';
import type { Rule } from './rule.ts';

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

/** Makes room for the findings of the next rule: a run is judged by many rules, one by one. */
export function forget(found: Findings): void {
  found.held = 0;
  // Setting a length is dear, and most lists are empty.
  if (found.shown.length > 0) found.shown.length = 0;
  if (found.breaches.length > 0) found.breaches.length = 0;
  if (found.doubts.length > 0) found.doubts.length = 0;
}

/** The verdict of a rule on all cases, its breaches weighed by `level` where they say no other. */
export function summed(
  { id, kept, untouched }: Rule,
  level: Level,
  found: Findings,
): ClauseVerdict {
  const { breaches, doubts, held } = found;
  if (breaches.length === 0 && doubts.length === 0) {
    if (held === 0) return verdict(id, 'not exercised', level, noRecords, untouched);
    return verdict(id, 'satisfied', level, recordsOf(found.shown), kept(held));
  }
  const gravest = gravestOf(breaches, level);
  const told = breaches.find((one) => (one.level ?? level) === gravest);
  const [doubt] = doubts;
  if (told !== undefined && (gravest !== 'info' || doubt === undefined)) {
    const how = gravest === 'info' ? 'satisfied' : 'violated';
    const says = `${told.says}${andMore(breaches.length - 1)}`;
    return verdict(id, how, gravest, recordsOf(breaches.flatMap(shownBy)), says);
  }
  const says = `${doubt?.says}${andMore(doubts.length - 1)}`;
  return verdict(id, 'inconclusive', level, recordsOf(doubts.flatMap(shownBy)), says);
}

/** Whether the verdict is that the rule is violated. */
export function violates(level: Level, { breaches }: Findings): boolean {
  return breaches.length > 0 && gravestOf(breaches, level) !== 'info';
}

const noRecords: readonly RecordNumber[] = [];

function verdict(
  id: ClauseId,
  how: Verdict,
  level: Level,
  evidence: readonly RecordNumber[],
  says: string,
): ClauseVerdict {
  return { clause: id, verdict: how, level, evidence, says };
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

function shownBy({ shown }: Breach): readonly Shown[] {
  return shown;
}

/** The records, each once and in order: most of them come so already. */
function recordsOf(shown: readonly Shown[]): RecordNumber[] {
  const records: RecordNumber[] = [];
  let ordered = true;
  const add = (record: RecordNumber): void => {
    const last = records.at(-1);
    if (last === record) return;
    if (last !== undefined && last > record) ordered = false;
    records.push(record);
  };
  for (const one of shown) {
    if (one === null) continue;
    if ('record' in one) {
      add(one.record);
      continue;
    }
    add(one.sent.record);
    if (one.received !== null) add(one.received.record);
  }
  return ordered ? records : [...new Set(records)].sort((a, b) => a - b);
}
