import type { Packet } from '../kernel/node.ts';
import type { SessionDescription } from '../sdp/session-description.ts';

export type Method = 'INVITE' | 'ACK' | 'PRACK' | 'UPDATE' | 'INFO' | 'BYE' | 'CANCEL' | 'OPTIONS';

/** RFC 3261 §20.42: one hop; the branch names the transaction. */
export interface Via {
  readonly sentBy: string;
  readonly branch: string;
  /** The hop's transport; UDP where it says nothing. */
  readonly transport?: 'TCP';
}

/** From and To: a URI (with a display name where the terminal prints one) and its tag. */
export interface NameAddr {
  readonly uri: string;
  readonly tag: string | null;
}

/** RFC 3261 §20.11 and RFC 3959: which offer/answer exchange a body belongs to. */
export type Disposition = 'session' | 'early-session';

export interface BodyPart {
  readonly disposition: Disposition;
  readonly description: SessionDescription;
}

/** A body that is no session description: `application/dtmf-relay`, a sound to alert with. */
export interface OtherBody {
  /** Content-Type with its parameters, as printed. */
  readonly type: string;
  /** Content-Disposition with its parameters, as printed; null where the body has none. */
  readonly disposition: string | null;
  /** As it crosses the wire, line ends included. */
  readonly text: string;
}

/** A header field as printed: `['Supported', '100rel, timer']`. */
export type Header = readonly [name: string, value: string];

export interface SipMessageFields extends Packet {
  readonly protocol: 'SIP';
  readonly via: readonly Via[];
  readonly from: NameAddr;
  readonly to: NameAddr;
  readonly callId: string;
  readonly cseq: { readonly number: number; readonly method: Method };
  /** Contact with its parameters, as printed; null where the message has none. */
  readonly contact: string | null;
  /** Every other header field but Content-*, in the order of printing. */
  readonly headers: readonly Header[];
  readonly bodies: readonly BodyPart[];
  /** What it carries behind its session descriptions; absent where it carries no more. */
  readonly otherBodies?: readonly OtherBody[];
}

/** A request. Its `label` is its method; for a re-INVITE too. */
export interface SipRequest extends SipMessageFields {
  readonly kind: 'request';
  readonly method: Method;
  readonly requestUri: string;
  readonly maxForwards: number;
}

/** A response. Its `label` is its status code: `'180'`. */
export interface SipResponse extends SipMessageFields {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
}

/** Frozen when made, so that worlds, records and windows share it. */
export type SipMessage = SipRequest | SipResponse;

export function isSip(packet: Packet): packet is SipMessage {
  return packet.protocol === 'SIP';
}

/** Host and port as Via and URIs have them: an IPv6 address stands in brackets (§25.1). */
export function hostPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Whether a field is called so in any case; another length settles that without a new text. */
function isNamed(given: string, name: string): boolean {
  if (given === name) return true;
  if (given.length !== name.length) return false;
  // Most names of one length differ in their first letter already, whatever its case.
  if (((given.charCodeAt(0) ^ name.charCodeAt(0)) & ~0x20) !== 0) return false;
  return given.toLowerCase() === name.toLowerCase();
}

/** The value of the first header field of that name (any case), or null. */
export function headerValue(message: SipMessage, name: string): string | null {
  for (const header of message.headers) {
    if (isNamed(header[0], name)) return header[1];
  }
  return null;
}

/**
 * The tokens of a comma-separated header field, lower case, over all its lines. Tokens are
 * case-insensitive (RFC 3261 §7.3.1).
 */
export function headerTokens(message: SipMessage, name: string): string[] {
  const tokens: string[] = [];
  for (const header of message.headers) {
    if (!isNamed(header[0], name)) continue;
    for (const token of header[1].split(',')) tokens.push(token.trim().toLowerCase());
  }
  return tokens;
}

/** The session description of that disposition, or null. */
export function bodyOf(message: SipMessage, disposition: Disposition): SessionDescription | null {
  for (const part of message.bodies) {
    if (part.disposition === disposition) return part.description;
  }
  return null;
}

/** RSeq of a provisional response sent reliably (RFC 3262 §3), or null. */
export function reliableSequence(message: SipMessage): number | null {
  if (message.kind !== 'response' || message.status <= 100 || message.status >= 200) return null;
  const value = headerValue(message, 'RSeq');
  return value === null ? null : Number(value);
}
