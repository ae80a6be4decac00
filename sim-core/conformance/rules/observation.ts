import type { Micros } from '../../base/micros.ts';
import type { WorkedOut } from '../../base/worked-out.ts';
import type { NodeId, TimerKey, UserAction } from '../../kernel/node.ts';
import type { HeardSource, Medium, Note, RecordNumber } from '../../kernel/trace-record.ts';
import type { KeyPacket } from '../../media/key-packet.ts';
import type { MediaPacket } from '../../media/media-packet.ts';
import type {
  CommandMessage,
  ControlMessage,
  ReplyMessage,
} from '../../resource-control/control-message.ts';
import type { Method, SipMessage, SipRequest, SipResponse } from '../../sip/message.ts';
import type { Ended, TraceHeader, TraceNode } from '../../trace/trace-header.ts';
import { Moment, type Clock, type Happening } from '../moment.ts';
import type { SeenSource } from './observe-packets.ts';

/*
 * What every rule looks at: the messages of a run by transaction and by dialog, whoever the nodes
 * are and however many calls there are; the media, the commands and what nodes said. It is made
 * once a run, in one pass, and judges nothing.
 */

export type { Happening } from '../moment.ts';

/** One departure of a message. */
export class Transmission extends Moment {
  declare readonly cause: RecordNumber;
  /** None: lost, or still under way. Two: the network delivered a copy of its own. */
  readonly arrivals: Happening[] = [];
  declare readonly lost: boolean;

  constructor(record: RecordNumber, clock: Clock, cause: RecordNumber, lost: boolean) {
    super(record, clock);
    this.cause = cause;
    this.lost = lost;
  }
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
export class DialogEvent extends Moment {
  declare readonly message: SeenMessage;
  declare readonly way: 'sent' | 'received';

  constructor(record: RecordNumber, clock: Clock, message: SeenMessage, way: 'sent' | 'received') {
    super(record, clock);
    this.message = message;
    this.way = way;
  }
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

/** A command to the Resource Server, or its first reply. */
class SeenControl<Message extends ControlMessage> extends Moment {
  declare readonly packet: Message;
  declare readonly from: NodeId;
  declare readonly to: NodeId;
  received: Happening | null = null;

  constructor(record: RecordNumber, clock: Clock, packet: Message, from: NodeId, to: NodeId) {
    super(record, clock);
    this.packet = packet;
    this.from = from;
    this.to = to;
  }
}

export class SeenReply extends SeenControl<ReplyMessage> {}

export class SeenCommand extends SeenControl<CommandMessage> {
  reply: SeenReply | null = null;
}

/** What a node said of itself. */
export interface Said extends Happening {
  readonly node: NodeId;
  readonly cause: RecordNumber;
  readonly note: Note;
}

export class SeenNote extends Moment implements Said {
  declare readonly node: NodeId;
  declare readonly cause: RecordNumber;
  declare readonly note: Note;

  constructor(record: RecordNumber, clock: Clock, node: NodeId, cause: RecordNumber, note: Note) {
    super(record, clock);
    this.node = node;
    this.cause = cause;
    this.note = note;
  }
}

export interface SeenHearing extends Happening {
  readonly node: NodeId;
  readonly medium: Medium;
  readonly sources: readonly HeardSource[];
}

export class SeenAct extends Moment {
  declare readonly node: NodeId;
  declare readonly action: UserAction;

  constructor(record: RecordNumber, clock: Clock, node: NodeId, action: UserAction) {
    super(record, clock);
    this.node = node;
    this.action = action;
  }
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

interface Fired extends Happening {
  readonly node: NodeId;
  readonly timer: TimerKey;
}

export class FiredTimer extends Moment implements Fired {
  declare readonly node: NodeId;
  declare readonly timer: TimerKey;

  constructor(record: RecordNumber, clock: Clock, node: NodeId, timer: TimerKey) {
    super(record, clock);
    this.node = node;
    this.timer = timer;
  }
}

/** Whether it is Timer B or F: nobody answers that request any more. */
export function isExpiry(timer: TimerKey): boolean {
  return timer.startsWith('B ') || timer.startsWith('F ');
}

/** Whether a node says what a transaction of its is in: dialogs have states as well. */
export function isStateOfTransaction(note: Note): boolean {
  return note.kind === 'state' && note.machine !== 'dialog';
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
  /** What nodes said, but for the states of transactions and what was heard, which are below. */
  readonly notes: readonly SeenNote[];
  /** The states of their transactions, which they said too. */
  readonly states: readonly Said[];
  readonly hearings: readonly SeenHearing[];
  readonly acts: readonly SeenAct[];
  readonly fired: readonly Fired[];
  /** Timers B and F among them, by which nobody waits for a response any more. */
  readonly expired: readonly FiredTimer[];
  readonly outages: readonly Outage[];
  /** What else a SIP message left because of, by number of record: a timer, a user, a reply. */
  readonly behind: readonly (FiredTimer | SeenAct | SeenReply | undefined)[];
  /** The SIP message that a departure or an arrival is of, by number of record. */
  readonly messageOf: readonly (SeenMessage | undefined)[];
  /** The first SIP message that left for the first time because of a record, by its number. */
  readonly effectOf: readonly (SeenMessage | undefined)[];
  /** The record that each record follows from, by number. */
  readonly causes: readonly number[];
}
