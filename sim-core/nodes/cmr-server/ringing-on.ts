import { seconds, zeroMicros } from '../../base/micros.ts';
import type { Outbox, TimerKey } from '../../kernel/node.ts';
import type { CmrCall, Onward } from './call.ts';

/**
 * Whoever keeps a caller waiting says so every minute, or every two and a half where that is
 * reliable (RFC 3261 §13.3.1.1, RFC 3262 §3, R-TX-20). Towards Client-A that is this server,
 * whether Client-B is heard to say it again or not.
 */

/** A provisional response leaves for Client-A. */
export function ringOn(call: CmrCall, said: Onward, out: Outbox): void {
  call.ringing = { said, due: false };
  out.startTimer(ringingTimer(call), seconds(said.reliably ? 150 : 60));
}

export function stopRinging(call: CmrCall, out: Outbox): void {
  if (call.ringing === null) return;
  call.ringing = null;
  out.stopTimer(ringingTimer(call));
}

export function isRingingTimer(timer: TimerKey): boolean {
  return timer.startsWith('again ');
}

/**
 * What is to be said again, once whatever Client-B says at the same instant has gone first; null:
 * nothing, or not yet.
 */
export function dueAgain(call: CmrCall, timer: TimerKey, out: Outbox): Onward | null {
  const { ringing } = call;
  if (ringing === null || timer !== ringingTimer(call)) return null;
  if (!ringing.due) {
    ringing.due = true;
    out.startTimer(timer, zeroMicros);
    return null;
  }
  const { said } = ringing;
  // An answer is given once where it is acknowledged (R-OA-04).
  return { ...said, held: false, bodies: said.reliably ? [] : said.bodies };
}

function ringingTimer({ id }: CmrCall): TimerKey {
  return `again ${id}`;
}
