import type { Micros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';
import type { RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import { isSip, reliableSequence, type SipMessage } from '../sip/message.ts';

/** One SIP message on its way, or lost on it. */
export interface Flight {
  readonly record: RecordNumber;
  readonly message: SipMessage;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly sentAt: Micros;
  /** Null: it never arrived. */
  readonly arrivesAt: Micros | null;
  /** How often the same message was sent before, by the protocol. */
  readonly repeats: number;
}

/** Every SIP message of a run in the order of sending. */
export function flightsOf(records: readonly TraceRecord[]): Flight[] {
  const flights: Flight[] = [];
  const sent = new Map<SipMessage, number>();
  for (const record of records) {
    if (record.kind !== 'sent' && record.kind !== 'dropped') continue;
    const { packet: message, node: from, to, number, at: sentAt } = record;
    if (!isSip(message)) continue;
    const repeats = sent.get(message) ?? 0;
    sent.set(message, repeats + 1);
    const arrivesAt = record.kind === 'sent' ? record.arrivesAt : null;
    flights.push({ record: number, message, from, to, sentAt, arrivesAt, repeats });
  }
  return flights;
}

/** `INVITE` for the request, `200 (INVITE)` for a response to it. */
export function nameOf({ message }: Flight): string {
  if (message.kind === 'request') return message.method;
  return `${message.status} (${message.cseq.method})`;
}

export function isReliable({ message }: Flight): boolean {
  return reliableSequence(message) !== null;
}

/** Whether two messages of one call met on the way between the same two nodes. */
export function haveCrossed(one: Flight, other: Flight): boolean {
  if (one.from !== other.to || one.to !== other.from) return false;
  if (one.message.callId !== other.message.callId) return false;
  const arrives = (flight: Flight): number => flight.arrivesAt ?? flight.sentAt;
  return one.sentAt < arrives(other) && other.sentAt < arrives(one);
}
