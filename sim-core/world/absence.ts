import { micros, type Micros } from '../base/micros.ts';
import type { Verdict } from '../network/link.ts';

/**
 * What breaks at a node. A crash loses its memory and its timers, and whatever arrives meanwhile;
 * frozen, it does nothing and loses nothing, and what arrived or became due meanwhile is taken up
 * when it goes on. Where its clock jumps ahead, its timers fire that much earlier.
 */
export type Outage =
  | {
      readonly kind: 'crash' | 'freeze';
      readonly from: Micros;
      /** It is there again at this very instant. */
      readonly until: Micros;
    }
  | { readonly kind: 'clock-jump'; readonly from: Micros; readonly by: Micros };

/** One in which the node is not there for a time. */
export type Absence = Extract<Outage, { readonly until: Micros }>;

/** How the trace says that an outage begins and ends. */
export const outageWords = {
  crash: { begins: 'crashes', ends: 'starts again' },
  freeze: { begins: 'freezes', ends: 'goes on' },
} as const;

/** What becomes of a packet at a node that is absent at times. */
export function atNode(outages: readonly Outage[], verdict: Verdict, now: Micros): Verdict {
  if (verdict.kind === 'drop') return verdict;
  const { after } = verdict;
  const first = takenUp(outages, micros(now + after));
  const second =
    verdict.kind === 'deliver' ? null : takenUp(outages, micros(now + verdict.againAfter));
  if (first === null && second === null) return { kind: 'drop', after, why: 'node down' };
  if (first === null || second === null) {
    return { kind: 'deliver', after: micros((first ?? second ?? now) - now) };
  }
  const againAfter = micros(second - now);
  return { kind: 'deliver twice', after: micros(first - now), againAfter };
}

/** When the node takes up what arrives at that instant; null where it is lost. */
function takenUp(outages: readonly Outage[], at: Micros): Micros | null {
  let instant = at;
  for (const outage of outages) {
    if (outage.kind === 'clock-jump' || instant < outage.from || instant >= outage.until) continue;
    if (outage.kind === 'crash') return null;
    instant = outage.until;
  }
  return instant;
}
