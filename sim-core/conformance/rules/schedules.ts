import type { Happening, Observation, SeenMessage, Transmission } from './observation.ts';
import { isEcho, outlives, wasOut } from './lifetimes.ts';
import { bare, ms } from './words.ts';

/** When a message is to be sent again, and until when. */
export interface Schedule {
  /** The longest wait between two copies: T2, or Infinity where nothing caps it. */
  readonly longest: number;
  /** From this instant on the wait is T2 (RFC 3261 §17.1.2.2, Proceeding). */
  readonly slowFrom: number;
  /** Nothing is due any more since this, if only at the same instant: the answer has come. */
  readonly until: Happening | null;
  /** Nor from this one on: the sender gives up. */
  readonly givesUpAt: number;
}

/** What is wrong with the copies of a message, and the copy or departure that shows it. */
export interface OffSchedule {
  readonly says: string;
  readonly shown: Happening;
}

/**
 * RFC 3261 §17, §13.3.1.4 and RFC 3262 §3 agree but for the cap: after T1, then after twice as
 * long each time. Null where every copy left exactly when it was due and none was left out.
 */
export function offSchedule(
  seen: Observation,
  message: SeenMessage,
  schedule: Schedule,
): OffSchedule | null {
  const copies = message.copies.filter((copy) => !isEcho(seen, copy));
  const { T1, T2 } = seen.timers;
  const first = message.sent.at;
  let wait: number = T1;
  let due = first + wait;
  let next = 0;
  const until = schedule.until?.at ?? Infinity;
  for (;;) {
    const copy = copies[next];
    // At one instant the timer may come before the answer.
    const justBefore = due === until && copy?.at === due && isBefore(copy, schedule.until);
    if ((due >= until && !justBefore) || due >= schedule.givesUpAt) break;
    if (copy === undefined || copy.at > due) {
      if (!outlives(seen, due) || wasOut(seen, message.from, first, due)) return null;
      return missing(message, copy, due - first);
    }
    if (copy.at < due) return untimely(message, copy, first, due - first);
    next += 1;
    wait = due >= schedule.slowFrom ? T2 : Math.min(2 * wait, schedule.longest);
    due += wait;
  }
  const late = copies[next];
  if (late === undefined || wasOut(seen, message.from, first, late.at)) return null;
  const after = ms(late.at - first);
  return { says: `its copy ${after} after the first was not due any more`, shown: late };
}

function isBefore(copy: Happening, until: Happening | null): boolean {
  return until === null || copy.record < until.record;
}

function missing(message: SeenMessage, copy: Transmission | undefined, due: number): OffSchedule {
  const instead = copy === undefined ? '' : `, but ${ms(copy.at - message.sent.at)}`;
  const says = `the copy due ${ms(due)} after the first did not leave then${instead}`;
  return { says, shown: copy ?? message.sent };
}

function untimely(
  message: SeenMessage,
  copy: Transmission,
  first: number,
  due: number,
): OffSchedule {
  const early = ms(copy.at - first);
  return { says: `${bare(message)} left again after ${early}, due after ${ms(due)}`, shown: copy };
}
