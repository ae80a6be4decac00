import { firstPlace } from '../../base/first-place.ts';
import { once } from '../../base/worked-out.ts';
import type { DialogEvent, SeenDialog } from './observation.ts';

/** The requests of a dialog, sorted once: a call may be long, and many rules ask for them. */

/** Requests that went one way, in their order. */
interface OneWay {
  readonly byMethod: Map<string, DialogEvent[]>;
  /** The first ACK with each CSeq number. */
  readonly acks: Map<number, DialogEvent>;
}

const none: readonly DialogEvent[] = [];

const requestsOf = /* @__PURE__ */ once(({ events }: SeenDialog) => {
  const requests = { sent: newWay(), received: newWay() };
  for (const event of events) {
    const { packet } = event.message;
    if (packet.kind !== 'request') continue;
    const { byMethod, acks } = requests[event.way];
    const alike = byMethod.get(packet.method);
    if (alike === undefined) byMethod.set(packet.method, [event]);
    else alike.push(event);
    const { number } = packet.cseq;
    if (packet.method === 'ACK' && !acks.has(number)) acks.set(number, event);
  }
  return requests;
});

function newWay(): OneWay {
  return { byMethod: new Map(), acks: new Map() };
}

/** Requests of a method that this end sent, or received, in their order. */
export function requestsIn(
  dialog: SeenDialog,
  way: 'sent' | 'received',
  method: string,
): readonly DialogEvent[] {
  return requestsOf(dialog)[way].byMethod.get(method) ?? none;
}

/** The first ACK with that CSeq number that this end sent, or received; or null. */
export function ackWith(
  number: number,
  dialog: SeenDialog,
  way: 'sent' | 'received',
): DialogEvent | null {
  return requestsOf(dialog)[way].acks.get(number) ?? null;
}

/** INVITEs received whose CSeq number is higher than that of every INVITE received before. */
const risingInvites = /* @__PURE__ */ once((dialog: SeenDialog): readonly DialogEvent[] => {
  let highest = -1;
  return requestsIn(dialog, 'received', 'INVITE').filter(({ message }) => {
    const { number } = message.packet.cseq;
    if (number <= highest) return false;
    highest = number;
    return true;
  });
});

/** The first INVITE this end received whose CSeq number is higher than that one, or null. */
export function firstInviteAbove(number: number, dialog: SeenDialog): DialogEvent | null {
  const rising = risingInvites(dialog);
  return rising[firstPlace(rising, (one) => one.message.packet.cseq.number > number)] ?? null;
}

/** The place of the first event after a record; past the last one where there is none. */
export function placeAfter(events: readonly DialogEvent[], since: number): number {
  return firstPlace(events, ({ record }) => record > since);
}
