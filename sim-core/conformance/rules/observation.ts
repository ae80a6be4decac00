import type { Micros } from '../../base/micros.ts';
import type { WorkedOut } from '../../base/worked-out.ts';
import type { NodeId, TimerKey, UserAction } from '../../kernel/node.ts';
import type { HeardSource, Medium, Note, RecordNumber } from '../../kernel/trace-record.ts';
import type { KeyPacket } from '../../media/key-packet.ts';
import type { MediaPacket } from '../../media/media-packet.ts';
import type { CommandMessage, ReplyMessage } from '../../resource-control/control-message.ts';
import type { Method, SipMessage, SipRequest, SipResponse } from '../../sip/message.ts';
import type { Ended, TraceHeader, TraceNode } from '../../trace/trace-header.ts';
import type { SeenSource } from './observe-packets.ts';

/*
 * What every rule looks at: the messages of a run by transaction and by dialog, whoever the nodes
 * are and however many calls there are; the media, the commands and what nodes said. It is made
 * once a run, in one pass, and judges nothing.
 */

/** Something that happened: its record and its instant. */
export interface Happening {
  readonly record: RecordNumber;
  readonly at: Micros;
}

/** One departure of a message. */
export interface Transmission extends Happening {
  readonly cause: RecordNumber;
  /** None: lost, or still under way. Two: the network delivered a copy of its own. */
  readonly arrivals: Happening[];
  readonly lost: boolean;
}

/** A SIP message on one hop, with everything that resends it. */
export interface SeenMessage<P extends SipMessage = SipMessage> {
  readonly packet: P;
  readonly from: NodeId;
  readonly to: NodeId;
  /** The first transmission, arrived or not. */
  readonly sent: Transmission;
  /** Later transmissions of the same message, in their order. */
  readonly copies: Transmission[];
  /** Its first arrival. */
  received: Happening | null;
  readonly transaction: SeenTransaction;
}

export type SeenRequest = SeenMessage<SipRequest>;
export type SeenResponse = SeenMessage<SipResponse>;

/** A message that has arrived. */
export type Arrived<M> = M & { readonly received: Happening };

/**
 * RFC 3261 §17: one request on one hop, its responses, and the ACK of a refusal. An ACK for a 2xx
 * is a transaction of its own, without responses.
 */
export interface SeenTransaction {
  readonly method: Method;
  readonly branch: string;
  readonly client: NodeId;
  readonly server: NodeId;
  /** Null for responses to a request that no record shows. */
  request: SeenRequest | null;
  /** In the order of sending. */
  readonly responses: SeenResponse[];
  /** The ACK for a final response other than 2xx. */
  ack: SeenRequest | null;
  /** The INVITE this CANCEL shares its branch with; the CANCEL of this INVITE. */
  cancels: SeenTransaction | null;
  cancelledBy: SeenTransaction | null;
}

/** What one end of a dialog sent or received for the first time. */
export interface DialogEvent extends Happening {
  readonly message: SeenMessage;
  readonly way: 'sent' | 'received';
}

/**
 * RFC 3261 §12: a dialog as one of its ends sees it. Proxies have none, so both ends of a dialog
 * are here, however many hops lie between them.
 */
export interface SeenDialog {
  readonly node: NodeId;
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** Whether this end sent the INVITE that made it, and so owns the Call-ID. */
  caller: boolean;
  /** The INVITE that made it, on this end's hop; null where this end has no such dialog. */
  opening: SeenTransaction | null;
  /** In their order; the INVITE that opens it comes first, in each dialog it made. */
  readonly events: DialogEvent[];
  readonly workedOut: WorkedOut;
}

/** An instant at which a stream began, changed or ended. */
export interface StreamChange extends Happening {
  readonly packet: MediaPacket;
  readonly cause: RecordNumber;
  received: Happening | null;
}

/** One RTP stream of one sender. */
export interface SeenStream {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly name: string;
  readonly medium: Medium;
  readonly changes: StreamChange[];
}

/** A command to the Resource Server and its reply. */
export interface SeenCommand extends Happening {
  readonly packet: CommandMessage;
  readonly from: NodeId;
  readonly to: NodeId;
  received: Happening | null;
  reply: (Happening & { readonly packet: ReplyMessage; received: Happening | null }) | null;
}

export interface SeenNote extends Happening {
  readonly node: NodeId;
  readonly cause: RecordNumber;
  readonly note: Note;
}

export interface SeenHearing extends Happening {
  readonly node: NodeId;
  readonly medium: Medium;
  readonly sources: readonly HeardSource[];
}

export interface SeenAct extends Happening {
  readonly node: NodeId;
  readonly action: UserAction;
}

/** A time in which a node did not act: it was down, or frozen. */
export interface Outage {
  readonly node: NodeId;
  readonly from: Micros;
  /** Infinity where it lasts to the end. */
  readonly to: number;
  /** A crash: of what was before, the node knows nothing afterwards. */
  readonly forgets: boolean;
}

export interface FiredTimer extends Happening {
  readonly node: NodeId;
  readonly timer: TimerKey;
}

/** RFC 3261 App. A Table 4, for the profile in force. */
export interface TimerValues {
  readonly T1: Micros;
  readonly T2: Micros;
  readonly T4: Micros;
  /** 64·T1: Timers B, F, H, J, L and M. */
  readonly giveUp: Micros;
}

/** One packet of a key that is told within the audio. */
export interface SeenKeyPacket extends Happening {
  readonly node: NodeId;
  readonly to: NodeId;
  readonly packet: KeyPacket;
}

export interface Observation {
  readonly workedOut: WorkedOut;
  readonly header: TraceHeader;
  /** In the order of sending. */
  readonly keys: readonly SeenKeyPacket[];
  /** How the run ended; null while it goes on. */
  readonly ended: Ended | null;
  /** Where virtual time stood at the end. */
  readonly endedAt: Micros;
  readonly timers: TimerValues;
  readonly nodes: ReadonlyMap<NodeId, TraceNode>;
  /** Every SIP message, in the order in which it first left. */
  readonly messages: readonly SeenMessage[];
  readonly requests: readonly SeenRequest[];
  readonly responses: readonly SeenResponse[];
  readonly transactions: readonly SeenTransaction[];
  /** By method; `transactionsOf` reads it. */
  readonly byMethod: ReadonlyMap<Method, readonly SeenTransaction[]>;
  /** Both ends of each dialog. */
  readonly dialogs: readonly SeenDialog[];
  /** By local tag, '' without one; `dialogOf` reads it. */
  readonly dialogsByTag: ReadonlyMap<string, readonly SeenDialog[]>;
  /** INVITE transactions by client, Call-ID and CSeq number; `invitesLike` reads it. */
  readonly invites: ReadonlyMap<string, readonly SeenTransaction[]>;
  readonly streams: readonly SeenStream[];
  /** What was sent packet by packet, in the order of beginning; empty where runs have streams. */
  readonly sources: readonly SeenSource[];
  readonly commands: readonly SeenCommand[];
  /** What nodes said, but for `hears`, which is below. */
  readonly notes: readonly SeenNote[];
  readonly hearings: readonly SeenHearing[];
  readonly acts: readonly SeenAct[];
  readonly fired: readonly FiredTimer[];
  readonly outages: readonly Outage[];
  /** The SIP message that a departure or an arrival is of, by number of record. */
  readonly messageOf: readonly (SeenMessage | undefined)[];
  /** The first SIP message that left for the first time because of a record, by its number. */
  readonly effectOf: readonly (SeenMessage | undefined)[];
  /** The record that each record follows from, by number. */
  readonly causes: readonly number[];
}
