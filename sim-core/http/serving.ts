import { plus, type Micros } from '../base/micros.ts';
import type { NodeId, Outbox, TimerKey } from '../kernel/node.ts';
import {
  body,
  header,
  response,
  type HttpRequest,
  type HttpResponse,
  type PlayableResource,
} from './http-message.ts';
import { retransmission } from './http-timers.ts';
import {
  segment,
  sequenceAfter,
  type TcpEnd,
  type TcpFlags,
  type TcpPacket,
} from './tcp-packet.ts';
import {
  firstTimeout,
  repetitionsMost,
  retransmissionTimeout,
  transferTime,
  type Transfer,
} from './tcp-timing.ts';

/** A Resource Server hands out files: one response on each connection. */

/** What there is at one path, and how it is handed out. */
export interface ServedFile {
  /** Path and query. */
  readonly target: string;
  readonly resource: PlayableResource;
  readonly contentType: string;
  readonly transfer: Transfer;
  /** Another status code, a connection that is reset, or silence: to see what a terminal does. */
  readonly serves: 'well' | 'reset' | 'silence' | 404 | 500 | 503;
  /** Where it is instead; null: here. */
  readonly movedTo: string | null;
}

/** One connection, until all this end has sent is acknowledged. */
export interface Connection {
  readonly peer: NodeId;
  readonly client: TcpEnd;
  readonly server: TcpEnd;
  /** When the SYN+ACK left. */
  readonly since: Micros;
  /** µs; 0 while no round trip has been measured. */
  roundTrip: number;
  /** The next octet that is due from the terminal. */
  due: number;
  /** The next octet of this end. */
  next: number;
  waiting: TcpPacket[];
  timeout: Micros;
  repetitions: number;
  /** All that this end has to say is said. */
  closed: boolean;
  /** Place in `files` of what is being handed out; −1 before that. */
  file: number;
}

/** The serving half of a node, as plain state. */
export interface HttpServer {
  readonly address: string;
  readonly port: number;
  readonly files: readonly ServedFile[];
  connections: Connection[];
}

export function newHttpServer(
  address: string,
  port: number,
  files: readonly ServedFile[],
): HttpServer {
  return { address, port, files, connections: [] };
}

/** Something of a connection arrives at this end. */
export function receiveAsHttpServer(
  server: HttpServer,
  packet: TcpPacket,
  peer: NodeId,
  now: Micros,
  out: Outbox,
): void {
  if (packet.to.address !== server.address) return;
  const known = server.connections.find(
    ({ client }) => client.port === packet.from.port && client.address === packet.from.address,
  );
  if (packet.flags === 'SYN') {
    if (known === undefined) accept(server, packet, peer, now, out);
    else sendAgain(known, out);
    return;
  }
  if (known === undefined) return;
  if (packet.flags === 'RST') {
    forget(server, known, out);
    return;
  }
  const { carries } = packet;
  const isNew = carries?.kind === 'request' && packet.sequence === known.due;
  // Karn's rule: a handshake that was repeated says nothing about the round trip.
  if (isNew && known.repetitions === 0) measure(known, now);
  acknowledged(known, packet, out);
  if (isNew) {
    known.due = sequenceAfter(packet);
    hand(server, known, carries, out);
  } else if (carries?.kind === 'request') acknowledge(known, out);
  const closes = packet.flags === 'FIN+ACK';
  if (closes) {
    known.due = sequenceAfter(packet);
    acknowledge(known, out);
  }
  if (closes || (known.closed && known.waiting.length === 0)) forget(server, known, out);
}

/** Timers of this half: a body has been written, or what was lost is sent again. */
export function fireAsHttpServer(server: HttpServer, timer: TimerKey, out: Outbox): void {
  const known = server.connections.find(
    (one) => timer === bodyTimer(one) || timer === againTimer(one),
  );
  if (known === undefined) return;
  if (timer === bodyTimer(known)) {
    const file = server.files[known.file];
    if (file === undefined) return;
    send(known, 'FIN+ACK', body(file.transfer.octets), out);
    return;
  }
  if (known.repetitions === repetitionsMost) {
    forget(server, known, out);
    return;
  }
  known.repetitions += 1;
  known.timeout = plus(known.timeout, known.timeout);
  sendAgain(known, out);
}

function accept(server: HttpServer, syn: TcpPacket, peer: NodeId, now: Micros, out: Outbox): void {
  if (syn.to.port !== server.port) {
    out.send(segment('RST', syn.to, syn.from, 0, sequenceAfter(syn)), peer);
    return;
  }
  const fresh: Connection = {
    peer,
    client: syn.from,
    server: syn.to,
    since: now,
    roundTrip: 0,
    due: sequenceAfter(syn),
    next: 0,
    waiting: [],
    timeout: firstTimeout,
    repetitions: 0,
    closed: false,
    file: -1,
  };
  server.connections.push(fresh);
  send(fresh, 'SYN+ACK', null, out);
}

function measure(known: Connection, now: Micros): void {
  known.roundTrip = now - known.since;
  known.timeout = retransmissionTimeout(known.roundTrip);
}

function hand(server: HttpServer, known: Connection, request: HttpRequest, out: Outbox): void {
  known.file = server.files.findIndex(({ target }) => target === request.target);
  const file = server.files[known.file];
  if (file?.serves === 'reset') {
    out.send(segment('RST', known.server, known.client, known.next, known.due), known.peer);
    forget(server, known, out);
    return;
  }
  if (file?.serves === 'silence') {
    acknowledge(known, out);
    return;
  }
  const head = headFor(file);
  const follows = head.status === 200 && file !== undefined;
  send(known, follows ? 'ACK' : 'FIN+ACK', head, out);
  if (follows) out.startTimer(bodyTimer(known), transferTime(file.transfer, known.roundTrip));
}

function headFor(file: ServedFile | undefined): HttpResponse {
  if (file === undefined) return response(404, 'text/plain', 0);
  const { serves, movedTo, contentType, transfer, resource } = file;
  if (movedTo !== null) return response(302, 'text/plain', 0, null, [header('Location', movedTo)]);
  if (typeof serves === 'number') return response(serves, 'text/plain', 0);
  return response(200, contentType, transfer.octets, resource);
}

function send(
  known: Connection,
  flags: TcpFlags,
  carries: TcpPacket['carries'],
  out: Outbox,
): void {
  const packet = segment(flags, known.server, known.client, known.next, known.due, carries);
  known.next = sequenceAfter(packet);
  known.closed ||= flags === 'FIN+ACK';
  // RFC 6298 §5.1: the timer runs from the oldest segment that waits.
  if (known.waiting.length === 0) out.startTimer(againTimer(known), known.timeout);
  known.waiting = [...known.waiting, packet];
  out.send(packet, known.peer);
}

function sendAgain(known: Connection, out: Outbox): void {
  for (const packet of known.waiting) out.send(packet, known.peer);
  if (known.waiting.length > 0) out.startTimer(againTimer(known), known.timeout);
}

/** What the terminal has confirmed need not be kept any more. */
function acknowledged(known: Connection, { acknowledges }: TcpPacket, out: Outbox): void {
  const before = known.waiting.length;
  known.waiting = known.waiting.filter((packet) => sequenceAfter(packet) > acknowledges);
  if (known.waiting.length === before) return;
  known.repetitions = 0;
  if (known.waiting.length > 0) out.startTimer(againTimer(known), known.timeout);
  else out.stopTimer(againTimer(known));
}

function acknowledge(known: Connection, out: Outbox): void {
  out.send(segment('ACK', known.server, known.client, known.next, known.due), known.peer);
}

function forget(server: HttpServer, known: Connection, out: Outbox): void {
  out.stopTimer(againTimer(known));
  out.stopTimer(bodyTimer(known));
  server.connections = server.connections.filter((one) => one !== known);
}

function againTimer({ client }: Connection): TimerKey {
  return retransmission(`${client.address} ${client.port}`);
}

function bodyTimer({ client }: Connection): TimerKey {
  return `own http body ${client.address} ${client.port}`;
}
