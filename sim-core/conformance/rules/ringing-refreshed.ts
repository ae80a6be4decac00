import { breaks, breaksAt, holds, type Findings } from './findings.ts';
import { wasOut } from './lifetimes.ts';
import type { Observation, SeenResponse } from './observation.ts';
import { finalSent, has, hasArrived, isProxy, transactionsOf } from './reading-messages.ts';
import { ms, Who } from './words.ts';

const minute = 60_000_000;

/**
 * R-TX-20: whoever rings long says so again, lest a proxy gives up (RFC 3261 §13.3.1.1). Nobody
 * rings for a re-INVITE.
 */
export function ringingRefreshed(seen: Observation, found: Findings): void {
  for (const transaction of transactionsOf(seen, 'INVITE')) {
    const { request, responses, server, cancelledBy } = transaction;
    if (!hasArrived(request) || request.packet.to.tag !== null) continue;
    if (isProxy(seen, server)) continue;
    const final = finalSent(transaction);
    const stop = final?.sent.at ?? cancelledBy?.request?.received?.at ?? seen.endedAt;
    const said = responses
      .filter(({ packet }) => packet.status > 100 && packet.status < 200)
      .flatMap((one) => [one.sent, ...one.copies].map(({ at }) => ({ one, at })))
      .filter(({ at }) => at <= stop)
      .sort((a, b) => a.at - b.at);
    if (wasOut(seen, server, request.received.at, stop)) continue;
    const worst: Record<'error' | 'warning', number> = { error: 0, warning: 0 };
    let before: number = request.received.at;
    let last: SeenResponse | null = null;
    for (const { one, at } of [...said, { one: null, at: stop }]) {
      // What was said reliably last needs no minute (RFC 3262 §3).
      const weight = last !== null && has(last, 'RSeq') ? 'warning' : 'error';
      worst[weight] = Math.max(worst[weight], at - before);
      before = Math.max(before, at);
      last = one ?? last;
    }
    const who = Who(seen, server);
    const says = (gap: number) => `${who} let ${ms(gap)} pass without a provisional response.`;
    if (worst.error > minute) breaks(found, says(worst.error), request, last);
    else if (worst.warning > 2.5 * minute) {
      breaksAt(found, 'warning', says(worst.warning), request, last);
    } else holds(found, request, last);
  }
}
