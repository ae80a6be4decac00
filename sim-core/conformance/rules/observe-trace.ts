import { micros, milliseconds, seconds, type Micros } from '../../base/micros.ts';
import type { NodeId, Packet } from '../../kernel/node.ts';
import type { Note, TraceRecord } from '../../kernel/trace-record.ts';
import { isKeyPacket } from '../../media/key-packet.ts';
import { isMedia } from '../../media/media-packet.ts';
import { isPacketOfStream } from '../../media/rtp-packet.ts';
import { isControl, type ControlMessage } from '../../resource-control/control-message.ts';
import {
  isSip,
  reliableSequence,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../../sip/message.ts';
import type { Ended, TraceHeader, TraceNode } from '../../trace/trace-header.ts';
import { byItsOwn, clockOf, Moment, type Clock } from '../moment.ts';
import { dialogBook, fileInDialogs, type DialogBook } from './observe-dialogs.ts';
import { observeFar } from './observe-far.ts';
import { filePacket, type SourceBook } from './observe-packets.ts';
import { transactionBook, transactionOf, type TransactionBook } from './observe-transactions.ts';
import {
  FiredTimer,
  isExpiry,
  isStateOfTransaction,
  SeenAct,
  SeenCommand,
  SeenNote,
  SeenReply,
  Transmission,
  type Happening,
  type Outage,
  type SeenKeyPacket,
  type SeenMessage,
  type SeenRequest,
  type SeenResponse,
  type SeenTransaction,
  type TimerValues,
} from './observation.ts';
import { SeenRun } from './seen-run.ts';

/** Gathers a finished run, or as much of one as there is, for the rules. */
export function observeTrace(
  header: TraceHeader,
  records: readonly TraceRecord[],
  ended: Ended | null,
  endedAt: Micros,
): SeenRun {
  const clock = clockOf(records);
  const gathering = newGathering(header, clock);
  for (const record of records) gather(gathering, record);
  const { messages, requests, responses, messageOf, effectOf, causes } = gathering;
  const { all: transactions, byMethod, invites } = gathering.transactions;
  const { all: dialogs, byTag: dialogsByTag } = gathering.dialogs;
  const { nodes, expired, behind } = gathering;
  const timers = timersIn(header);
  const sip = { messages, requests, responses, transactions, byMethod, invites };
  const near = { header, ended, timers, nodes, ...sip, dialogs, dialogsByTag, expired, behind };
  const { commands, notes, acts, outages, keys } = gathering;
  const packets = { keys, sources: [...gathering.sources.values()] };
  const far = observeFar(records, byItsOwn);
  return new SeenRun(
    { ...near, messageOf, effectOf, causes },
    { commands, notes, acts, outages, ...packets, ...far, endedAt },
    clock,
  );
}

interface Gathering {
  readonly clock: Clock;
  readonly keys: SeenKeyPacket[];
  readonly nodes: Map<NodeId, TraceNode>;
  readonly messages: SeenMessage[];
  readonly requests: SeenRequest[];
  readonly responses: SeenResponse[];
  readonly transactions: TransactionBook;
  readonly dialogs: DialogBook;
  readonly commands: SeenCommand[];
  readonly notes: SeenNote[];
  readonly acts: SeenAct[];
  readonly expired: FiredTimer[];
  readonly behind: (FiredTimer | SeenAct | SeenReply | undefined)[];
  readonly outages: (Omit<Outage, 'to'> & { to: number })[];
  readonly effectOf: (SeenMessage | undefined)[];
  readonly causes: number[];
  readonly messageOf: (SeenMessage | undefined)[];
  readonly transmissionOf: (Transmission | undefined)[];
  /** Whatever else has arrivals: media, commands, replies, by number of the departure. */
  readonly awaited: ({ received: Happening | null } | undefined)[];
  /** A message that is sent again is mostly the same value, which saves looking closer. */
  readonly byPacket: Map<Packet, SeenMessage>;
  readonly sources: SourceBook;
  readonly byCommand: Map<string, SeenCommand>;
}

function newGathering(header: TraceHeader, clock: Clock): Gathering {
  const nodes = new Map(header.nodes.map((node) => [node.id, node]));
  return {
    clock,
    keys: [],
    nodes,
    messages: [],
    requests: [],
    responses: [],
    transactions: transactionBook(),
    dialogs: dialogBook(nodes, clock),
    commands: [],
    notes: [],
    acts: [],
    expired: [],
    behind: [],
    outages: [],
    effectOf: [],
    causes: [],
    messageOf: [],
    transmissionOf: [],
    awaited: [],
    byPacket: new Map(),
    sources: new Map(),
    byCommand: new Map(),
  };
}

function gather(gathering: Gathering, record: TraceRecord): void {
  const { number, at, node } = record;
  const { clock } = gathering;
  gathering.causes[number] = record.cause;
  switch (record.kind) {
    case 'sent':
    case 'dropped':
      gatherDeparture(gathering, record);
      break;
    case 'received':
      gatherArrival(gathering, record);
      break;
    case 'note': {
      const { note, cause } = record;
      if (note.kind === 'hears') break;
      if (isStateOfTransaction(note)) break;
      gathering.notes.push(new SeenNote(number, clock, node, cause, note));
      if (note.kind === 'outage') gatherOutage(gathering.outages, note.what, node, at);
      break;
    }
    case 'user': {
      const act = new SeenAct(number, clock, node, record.action);
      gathering.acts.push(act);
      gathering.behind[number] = act;
      break;
    }
    case 'timer fired': {
      const timer = new FiredTimer(number, clock, node, record.timer);
      gathering.behind[number] = timer;
      if (isExpiry(record.timer)) gathering.expired.push(timer);
      break;
    }
    default:
      break;
  }
}

/**
 * A crash or a freeze lasts until the node starts again or goes on. A clock that jumps is out for
 * that instant: no length of time that includes it can be held against the node.
 */
function gatherOutage(
  outages: Gathering['outages'],
  what: Extract<Note, { kind: 'outage' }>['what'],
  node: NodeId,
  at: Micros,
): void {
  if (what === 'has its clock jump') outages.push({ node, from: at, to: at, forgets: false });
  if (what === 'crashes' || what === 'freezes') {
    outages.push({ node, from: at, to: Infinity, forgets: what === 'crashes' });
    return;
  }
  const last = outages.findLast((one) => one.node === node);
  if (last !== undefined && last.to === Infinity) last.to = at;
}

type Departure = Extract<TraceRecord, { kind: 'sent' | 'dropped' }>;

function gatherDeparture(gathering: Gathering, record: Departure): void {
  const { packet } = record;
  if (isSip(packet)) gatherSip(gathering, packet, record);
  else if (isMedia(packet)) return;
  else if (isControl(packet)) gatherControl(gathering, packet, record);
  else if (isKeyPacket(packet)) {
    const { node, to, number, at } = record;
    gathering.keys.push({ node, to, packet, record: number, at });
    filePacket(gathering.sources, packet, node, { record: number, at });
  } else if (isPacketOfStream(packet)) {
    const sent = { record: record.number, at: record.at };
    filePacket(gathering.sources, packet, record.node, sent);
  }
}

function gatherArrival(
  gathering: Gathering,
  record: Extract<TraceRecord, { kind: 'received' }>,
): void {
  const arrival = new Moment(record.number, gathering.clock);
  const message = gathering.messageOf[record.sent];
  if (message === undefined) {
    const awaited = gathering.awaited[record.sent];
    if (awaited === undefined) return;
    awaited.received ??= arrival;
    if (awaited instanceof SeenReply) gathering.behind[record.number] = awaited;
    return;
  }
  gathering.messageOf[record.number] = message;
  gathering.transmissionOf[record.sent]?.arrivals.push(arrival);
  if (message.received !== null) return;
  message.received = arrival;
  fileInDialogs(gathering.dialogs, message, message.to, 'received', arrival);
}

// --- SIP ---------------------------------------------------------------------------------------

function gatherSip(gathering: Gathering, packet: SipMessage, record: Departure): void {
  const { number, cause, node: from, to } = record;
  const lost = record.kind === 'dropped';
  const sent = new Transmission(number, gathering.clock, cause, lost);
  gathering.transmissionOf[number] = sent;
  const same = gathering.byPacket.get(packet);
  if (same !== undefined && same.from === from && same.to === to) {
    same.copies.push(sent);
    gathering.messageOf[number] = same;
    return;
  }
  const transaction = transactionOf(gathering.transactions, packet, from, to);
  const known = resentIn(transaction, packet);
  if (known !== null) {
    known.copies.push(sent);
    gathering.messageOf[number] = known;
    return;
  }
  const hop = { from, to, sent, copies: [], received: null, transaction };
  const message: SeenMessage =
    packet.kind === 'request'
      ? addRequest(gathering, transaction, { ...hop, packet })
      : addResponse(gathering, transaction, { ...hop, packet });
  gathering.byPacket.set(packet, message);
  gathering.messages.push(message);
  gathering.messageOf[number] = message;
  gathering.effectOf[cause] ??= message;
  fileInDialogs(gathering.dialogs, message, from, 'sent', sent);
}

function addRequest(
  { requests }: Gathering,
  transaction: SeenTransaction,
  message: SeenMessage<SipRequest>,
): SeenRequest {
  requests.push(message);
  if (message.packet.method === 'ACK' && transaction.method === 'INVITE') transaction.ack = message;
  else transaction.request = message;
  return message;
}

function addResponse(
  { responses }: Gathering,
  transaction: SeenTransaction,
  message: SeenMessage<SipResponse>,
): SeenResponse {
  responses.push(message);
  transaction.responses.push(message);
  return message;
}

/** The message of the transaction that this one repeats, or null. */
function resentIn(transaction: SeenTransaction, packet: SipMessage): SeenMessage | null {
  if (packet.kind === 'request') {
    return packet.method === 'ACK' && transaction.method === 'INVITE'
      ? transaction.ack
      : transaction.request;
  }
  const sequence = reliableSequence(packet);
  for (const one of transaction.responses) {
    const { status, to, bodies } = one.packet;
    if (status !== packet.status || to.tag !== packet.to.tag) continue;
    if (bodies.length !== packet.bodies.length) continue;
    if (reliableSequence(one.packet) === sequence) return one;
  }
  return null;
}

// --- What else travels -------------------------------------------------------------------------

function gatherControl(gathering: Gathering, packet: ControlMessage, record: Departure): void {
  const { number, node: from, to } = record;
  const [client, server] = packet.form === 'command' ? [from, to] : [to, from];
  const key = `${client}>${server} ${packet.call} ${packet.transaction}`;
  const known = gathering.byCommand.get(key);
  if (packet.form === 'command') {
    if (known === undefined) {
      const command = new SeenCommand(number, gathering.clock, packet, from, to);
      gathering.byCommand.set(key, command);
      gathering.commands.push(command);
    }
    gathering.awaited[number] = known ?? gathering.commands.at(-1);
    return;
  }
  // A notice is nobody's reply.
  if (known === undefined || packet.form !== 'reply') return;
  known.reply ??= new SeenReply(number, gathering.clock, packet, from, to);
  gathering.awaited[number] = known.reply;
}

/** Spec §5.1: the two profiles of timers. */
function timersIn(header: TraceHeader): TimerValues {
  const slow = header.switches['SW-TIMERS'] === 'ims-ue';
  const T1 = milliseconds(slow ? 2_000 : 500);
  const giveUp = micros(64 * T1);
  return slow
    ? { T1, T2: seconds(16), T4: seconds(17), giveUp }
    : { T1, T2: seconds(4), T4: seconds(5), giveUp };
}
