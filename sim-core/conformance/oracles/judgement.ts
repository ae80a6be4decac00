import type { ClauseId } from '../../base/clause-id.ts';
import { atInWords } from '../../base/looking.ts';
import { micros, printMilliseconds, type Micros } from '../../base/micros.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import type { ClauseVerdict, ExpectedMessage, Verdict } from '../verdict.ts';
import { promptness, type CallPicture } from './call-picture.ts';
import type { Happening, Passage } from './call-watch.ts';

/** A verdict before it is put under its clause. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly evidence: readonly RecordNumber[];
  readonly says: string;
  readonly expected?: ExpectedMessage;
}

/** What shows something: a happening, or a message with its departure and arrival. */
export type Evidence = Happening | Passage | null | undefined;

export function satisfied(says: string, ...shown: Evidence[]): Judgement {
  return { verdict: 'satisfied', evidence: recordsOf(shown), says };
}

export function violated(says: string, ...shown: Evidence[]): Judgement {
  return { verdict: 'violated', evidence: recordsOf(shown), says };
}

/** With what kept it from coming about, where something did. */
export function notExercised(says: string, ...shown: Evidence[]): Judgement {
  return { verdict: 'not exercised', evidence: recordsOf(shown), says };
}

export function inconclusive(says: string, ...shown: Evidence[]): Judgement {
  return { verdict: 'inconclusive', evidence: recordsOf(shown), says };
}

/**
 * For a duty that was not done: violated once nobody can still be about to do it, inconclusive
 * where the run broke off before. `since` is what the duty follows from.
 */
export function missing(
  call: CallPicture,
  since: Happening,
  says: string,
  ...shown: Evidence[]
): Judgement {
  if (overdue(call, since)) return violated(`${says}.`, ...shown);
  const until = call.watch.last === null ? '' : `; the record ends at ${instant(call.watch.last)}`;
  return inconclusive(`${says}${until}.`, ...shown);
}

/** Whether whoever had to act at once on `since` has let the time for it pass. */
export function overdue(call: CallPicture, since: Happening): boolean {
  if (call.ended === 'quiet') return true;
  const last = call.watch.last?.at ?? since.at;
  return last - since.at > promptness(call.header);
}

function recordsOf(shown: readonly Evidence[]): RecordNumber[] {
  const records = new Set<RecordNumber>();
  for (const one of shown) {
    if (one === null || one === undefined) continue;
    if (!('packet' in one)) {
      records.add(one.record);
      continue;
    }
    records.add(one.sent.record);
    if (one.received !== null) records.add(one.received.record);
  }
  return [...records].sort((a, b) => a - b);
}

export function underClause(clause: ClauseId, judgement: Judgement): ClauseVerdict {
  return { clause, level: 'error', ...judgement };
}

const thinSpace = '\u2009';

/** An instant or a length of time: `5 291 ms`, its thousands set off by a thin space. */
export function ms(at: Micros): string {
  // Most are whole and below a second: they need no second look.
  if (at >= 0 && at < 1_000_000 && at % 1_000 === 0) return `${at / 1_000} ms`;
  const [whole = '', fraction] = printMilliseconds(at).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thinSpace);
  return `${fraction === undefined ? grouped : `${grouped}.${fraction}`} ms`;
}

/** When it happened, as a sentence tells it. */
export function instant(happening: Happening): string {
  return ms(atInWords(happening));
}

/** `290 ms after Client-B's 200`, or `together with` it, for two happenings in their order. */
export function after(earlier: Happening, later: Happening, what: string): string {
  const gap = atInWords(later) - atInWords(earlier);
  return gap === 0 ? `together with ${what}` : `${ms(micros(gap))} after ${what}`;
}

/** `once`, `twice`, `3 times`. */
export function times(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}
