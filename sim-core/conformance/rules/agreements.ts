import type { SessionDescription } from '../../sdp/session-description.ts';
import type { Exchange, Negotiation } from './negotiation.ts';

/** What two ends have agreed on by an offer and its answer, and for how long. */
export interface Agreement {
  readonly exchange: Exchange;
  readonly local: SessionDescription;
  readonly remote: SessionDescription;
  /** From the instant at which this end knew of it until the next one. */
  readonly from: number;
  readonly until: number;
}

/** What an end and its peer agreed on, in order. */
export function agreementsOf({ dialog, disposition, exchanges }: Negotiation): Agreement[] {
  // An early session ends when its dialog is confirmed (RFC 3959 §4), and its ports are free.
  const [confirmed] = disposition === 'session' ? [null] : confirmedIn(dialog);
  const end = confirmed ?? Number.MAX_SAFE_INTEGER;
  const answered = exchanges.filter(({ answer }) => answer !== null);
  return answered.flatMap((exchange, index) => {
    const { answer, offered, by } = exchange;
    if (answer === null) return [];
    const [local, remote] =
      by === 'self' ? [offered, answer.description] : [answer.description, offered];
    const until = answered[index + 1]?.answer?.event.at ?? end;
    return [{ exchange, local, remote, from: answer.event.at, until }];
  });
}

/** From the 2xx until a BYE of either end. */
export function confirmedIn(dialog: Negotiation['dialog']): [number | null, number] {
  let from: number | null = null;
  for (const { message, at } of dialog.events) {
    const { packet } = message;
    if (packet.kind === 'request' && packet.method === 'BYE') return [from, at];
    if (packet.kind === 'request' || packet.cseq.method !== 'INVITE') continue;
    if (packet.status >= 200 && packet.status < 300) from ??= at;
  }
  return [from, Number.MAX_SAFE_INTEGER];
}
