import type { Packet } from '../kernel/node.ts';
import type { MixingCell } from '../kernel/trace-record.ts';
import type { SessionDescription } from '../sdp/session-description.ts';

/**
 * CMR Server ↔ CMR Resource Server. The source texts leave this interface open (GAP-31), so
 * it is ours and small: a command, and its reply with the same transaction number.
 */
export type Command =
  /**
   * Keep ports for this resource: answer the client's offer with its media or, where there is
   * none (null), offer them, as an early session does.
   */
  | {
      readonly kind: 'reserve';
      readonly resource: string;
      readonly offer: SessionDescription | null;
      readonly direction: 'mirror' | 'sendonly';
    }
  /** The client has made another offer while its ring is kept: answer that one (GAP-43). */
  | {
      readonly kind: 'renegotiate';
      readonly offer: SessionDescription;
      readonly direction: 'mirror' | 'sendonly';
    }
  /**
   * Play it now, from the start again at its end where it loops (GAP-45), to whoever answered the
   * offer of this server; null where the client made the offer.
   */
  | {
      readonly kind: 'play';
      readonly answer: SessionDescription | null;
      readonly loops: boolean;
    }
  | { readonly kind: 'stop' }
  /** Ports for mixing the resource with the regular session (CON-SRV-05). */
  | { readonly kind: 'allocate conference' }
  /**
   * Who hears whom (CON-SRV-09), and on which streams: the last descriptions offered to the two
   * clients, which have this server's ports, and their answers, which have theirs.
   */
  | {
      readonly kind: 'mix';
      readonly clientA: string;
      readonly clientB: string;
      readonly offeredToA: SessionDescription;
      readonly offeredToB: SessionDescription;
      readonly towardsA: SessionDescription;
      readonly towardsB: SessionDescription;
      readonly cells: readonly MixingCell[];
    }
  | { readonly kind: 'release' }
  /** Whether it is still there, and still serves this call. */
  | { readonly kind: 'audit' };

/** Ports of one conference, one per medium and party. */
export interface ConferencePorts {
  readonly address: string;
  readonly towardsA: { readonly audio: number; readonly video: number };
  readonly towardsB: { readonly audio: number; readonly video: number };
}

export type Reply =
  /** The answer to the client's offer, or the offer to make. */
  | { readonly kind: 'reserved'; readonly description: SessionDescription }
  | {
      readonly kind: 'conference allocated';
      readonly ports: ConferencePorts;
      /** The resource as the Resource Server would offer it to Client-A, at those ports. */
      readonly able: SessionDescription;
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly why: string };

/** Whose ring a command is about: one call may have one for either client (GAP-46). */
export type RingingLeg = 'Client-A' | 'Client-B';

/** A command. Its `label` is the command's kind: `'allocate conference'`. */
export interface CommandMessage extends Packet {
  readonly protocol: 'resource control';
  readonly form: 'command';
  /** The call this is about: Call-ID of leg A. */
  readonly call: string;
  readonly leg: RingingLeg;
  readonly transaction: number;
  readonly command: Command;
}

/** A reply. Its `label` is `'ok'` or `'refused'`. */
export interface ReplyMessage extends Packet {
  readonly protocol: 'resource control';
  readonly form: 'reply';
  readonly call: string;
  readonly leg: RingingLeg;
  readonly transaction: number;
  /** The kind of the command this answers. */
  readonly to: Command['kind'];
  readonly reply: Reply;
}

/** What the Resource Server says without being asked. */
export type Notice =
  /** The CMR Resource has been played to its end. */
  | { readonly kind: 'resource ended' }
  /** The client has pressed a key, told within its audio (RFC 4733). */
  | { readonly kind: 'key pressed'; readonly digit: string };

/** A notice. Its `label` is its kind; nothing answers it. */
export interface NoticeMessage extends Packet {
  readonly protocol: 'resource control';
  readonly form: 'notice';
  readonly call: string;
  readonly leg: RingingLeg;
  /** Counted by the Resource Server. */
  readonly transaction: number;
  readonly notice: Notice;
}

export type ControlMessage = CommandMessage | ReplyMessage | NoticeMessage;

export function isControl(packet: Packet): packet is ControlMessage {
  return packet.protocol === 'resource control';
}
