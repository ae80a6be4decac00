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
    let before: number = request.received.at;
    let worst = 0;
    let last: SeenResponse | null = null;
    for (const { one, at } of [...said, { one: null, at: stop }]) {
      if (at - before > worst) worst = at - before;
      before = Math.max(before, at);
      last = one ?? last;
    }
    if (wasOut(seen, server, request.received.at, stop)) continue;
    const reliably = last !== null && has(last, 'RSeq');
    const says = `${Who(seen, server)} let ${ms(worst)} pass without a provisional response.`;
    if (worst <= minute) holds(found, request, last);
    else if (!reliably) breaks(found, says, request, last);
    else if (worst > 2.5 * minute) breaksAt(found, 'warning', says, request, last);
    else holds(found, request, last);
  }
}
