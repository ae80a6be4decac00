import type { DefectName } from '../base/defects.ts';
import { reasonPhrase } from './making-messages.ts';
import type { Method, SipMessage } from './message.ts';

/** What a defect makes of a message on its way out: another one, several, or none. */
export interface Alteration {
  readonly name: DefectName;
  /** The messages it is about. */
  readonly of: (message: SipMessage) => boolean;
  readonly alter: (message: SipMessage) => SipMessage | readonly SipMessage[] | null;
}

export function isRequest(method: Method): (message: SipMessage) => boolean {
  return ({ kind, label }) => kind === 'request' && label === method;
}

/** A 200 to the INVITE that opens a dialog, or to one within it. */
export function isAnswer({ kind, label, cseq }: SipMessage): boolean {
  return kind === 'response' && label === '200' && cseq.method === 'INVITE';
}

export function withHeader(message: SipMessage, name: string, value: string): SipMessage {
  return { ...message, headers: [...message.headers, [name, value]] };
}

export function without(message: SipMessage, name: string): SipMessage {
  return { ...message, headers: message.headers.filter(([given]) => given !== name) };
}

export function mapHeader(
  message: SipMessage,
  name: string,
  alter: (value: string) => string,
): SipMessage {
  const headers = message.headers.map(([given, value]): [string, string] =>
    given === name ? [given, alter(value)] : [given, value],
  );
  return { ...message, headers };
}

export function renumbered(message: SipMessage, by: number): SipMessage {
  const { number, method } = message.cseq;
  return { ...message, cseq: { number: number + by, method } };
}

/** A request stays as it is. */
export function withStatus(message: SipMessage, status: number): SipMessage {
  if (message.kind === 'request') return message;
  return { ...message, label: String(status), status, reason: reasonPhrase(status) };
}
