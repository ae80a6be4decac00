import { breaks, holds, type Findings } from './findings.ts';
import { earlySessionNegotiations, type BodySeen } from './negotiation.ts';
import type { Observation } from './observation.ts';
import { receivesAt } from './watching-media.ts';
import { Who } from './words.ts';

/** RFC 3959 §5: preconditions of an early session hold its media back. */
export function waitsForPreconditions(seen: Observation, found: Findings): void {
  for (const { bodies, exchanges } of earlySessionNegotiations(seen)) {
    const conditioned = bodies.find(({ description }) =>
      description.media.some(({ lines }) =>
        lines.some(([type, value]) => type === 'a' && /^des:\S+ mandatory /.test(value)),
      ),
    );
    if (conditioned === undefined) continue;
    // Who sends goes by what it has said and heard itself.
    const own = exchanges.flatMap(({ by, offered, answer }) => {
      if (by === 'self') return [offered];
      return answer === null ? [] : [answer.description];
    });
    const stream = seen.streams.find(({ changes }) =>
      changes.some(({ packet }) =>
        own.some((one) => one.media.some((line) => receivesAt(line, one, packet.from))),
      ),
    );
    const [first] = stream?.changes ?? [];
    if (first === undefined || isMetBefore(bodies, first.at)) holds(found, conditioned.event);
    else {
      const says =
        `${Who(seen, stream?.from ?? conditioned.event.message.from)} ` +
        `plays before the early session's preconditions are met.`;
      breaks(found, says, conditioned.event, first);
    }
  }
}

/** Whether the newest description by then says that every mandatory precondition is met. */
function isMetBefore(bodies: readonly BodySeen[], at: number): boolean {
  const last = bodies.findLast(({ event }) => event.at <= at);
  if (last === undefined) return false;
  return last.description.media.every(({ lines }) => {
    const values = lines.filter(([type]) => type === 'a').map(([, value]) => value);
    const wanted = values.some((value) => /^des:\S+ mandatory /.test(value));
    const lacking = values.some((value) => /^curr:\S+ \S+ none$/.test(value));
    return !wanted || !lacking;
  });
}
