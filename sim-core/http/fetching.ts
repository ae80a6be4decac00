import { clause } from '../base/clause-id.ts';
import { plus, type Micros } from '../base/micros.ts';
import type { NodeId, Outbox, TimerKey } from '../kernel/node.ts';
import {
  getRequest,
  httpHeader,
  isPlayable,
  type HttpResponse,
  type PlayableResource,
} from './http-message.ts';
import { readHttpUrl, redirected, type HttpUrl } from './http-url.ts';
import { retransmission } from './http-timers.ts';
import { isTcp, segment, sequenceAfter, type TcpEnd, type TcpPacket } from './tcp-packet.ts';
import {
  connectPatience,
  firstTimeout,
  responsePatience,
  retransmissionTimeout,
} from './tcp-timing.ts';

/** A terminal fetches a resource: one connection, one GET, redirections followed. */

/** One fetch, from the URL to the last octet or to its failure. */
export interface Fetch {
  readonly url: HttpUrl;
  /** This end's port; another one for each connection. */
  readonly port: number;
  readonly redirections: number;
  state: 'connecting' | 'asking' | 'receiving' | 'whole' | 'failed';
  /** When the connection was asked for. */
  readonly since: Micros;
  /** How long until the last segment is sent again. */
  timeout: Micros;
  /** The next octet that is due from the server. */
  due: number;
  /** The server has said that nothing more comes. */
  closedByServer: boolean;
  /** What it is, as soon as that is known. */
  resource: PlayableResource | null;
  /** Why there is nothing to play; empty where nothing is wrong. */
  why: string;
}

/** The fetching half of a node, as plain state. */
export interface HttpClient {
  readonly self: NodeId;
  readonly address: string;
  readonly addresses: Readonly<Record<string, NodeId>>;
  fetch: Fetch | null;
  nextPort: number;
}

export function newHttpClient(
  self: NodeId,
  address: string,
  addresses: Readonly<Record<string, NodeId>>,
): HttpClient {
  return { self, address, addresses, fetch: null, nextPort: 49_152 };
}

/** Begins to fetch; what is no http URL fails at once. */
export function startFetch(client: HttpClient, url: string, now: Micros, out: Outbox): void {
  const read = readHttpUrl(url);
  if (read !== null) {
    connect(client, read, 0, now, out);
    return;
  }
  const fetch = newFetch(client, Object.freeze({ host: '', port: 0, target: '' }), 0, now);
  client.fetch = fetch;
  fail(client, fetch, `no http URL: ${url}`, out);
}

/** Something of a connection arrives at this end. */
export function receiveAsHttpClient(
  client: HttpClient,
  packet: TcpPacket,
  now: Micros,
  out: Outbox,
): void {
  const { fetch } = client;
  if (fetch === null || packet.to.port !== fetch.port || !isTcp(packet)) return;
  if (fetch.state === 'failed') return;
  if (packet.flags === 'RST') {
    if (fetch.state !== 'whole') fail(client, fetch, 'the connection was reset', out);
    return;
  }
  if (packet.flags === 'SYN+ACK') {
    if (fetch.state === 'connecting') ask(client, fetch, packet, now, out);
    return;
  }
  if (packet.carries === null) return;
  if (packet.sequence !== fetch.due) {
    acknowledge(client, fetch, out);
    return;
  }
  fetch.due = sequenceAfter(packet);
  const { carries, flags } = packet;
  if (carries.kind === 'response') {
    fetch.closedByServer = flags === 'FIN+ACK';
    hearHead(client, fetch, carries, now, out);
  }
  if (carries.kind === 'body') hearBody(client, fetch, out);
}

/** Timers of this half: what was lost is sent again, and patience ends. */
export function fireAsHttpClient(client: HttpClient, timer: TimerKey, out: Outbox): void {
  const { fetch } = client;
  if (fetch === null || fetch.state === 'whole' || fetch.state === 'failed') return;
  if (timer === patience) {
    const late = fetch.state === 'connecting' ? 'no connection in time' : 'no response in time';
    transmit(client, fetch, segment('RST', ...endsOf(client, fetch), 1, 0), out);
    fail(client, fetch, late, out);
    return;
  }
  fetch.timeout = plus(fetch.timeout, fetch.timeout);
  if (fetch.state === 'connecting') sendSyn(client, fetch, out);
  else if (fetch.state === 'asking') sendGet(client, fetch, out);
}

const patience = 'own http patience';
const again = retransmission('fetch');

/** What was being fetched is not wanted any more: the connection is reset. */
export function abortFetch(client: HttpClient, out: Outbox): void {
  const { fetch } = client;
  if (fetch === null || fetch.state === 'whole' || fetch.state === 'failed') return;
  const sent = fetch.state === 'connecting' ? 1 : 1 + requestOctets(fetch);
  transmit(client, fetch, segment('RST', ...endsOf(client, fetch), sent, fetch.due), out);
  fail(client, fetch, 'not wanted any more', out);
}

function connect(
  client: HttpClient,
  url: HttpUrl,
  redirections: number,
  now: Micros,
  out: Outbox,
): void {
  const fetch = newFetch(client, url, redirections, now);
  client.fetch = fetch;
  client.nextPort = client.nextPort === 65_535 ? 49_152 : client.nextPort + 1;
  sendSyn(client, fetch, out);
  out.startTimer(patience, connectPatience);
}

function newFetch(client: HttpClient, url: HttpUrl, redirections: number, now: Micros): Fetch {
  return {
    url,
    port: client.nextPort,
    redirections,
    state: 'connecting',
    since: now,
    timeout: firstTimeout,
    due: 0,
    closedByServer: false,
    resource: null,
    why: '',
  };
}

function sendSyn(client: HttpClient, fetch: Fetch, out: Outbox): void {
  transmit(client, fetch, segment('SYN', ...endsOf(client, fetch), 0, 0), out);
  out.startTimer(again, fetch.timeout);
}

/** Connected: the GET acknowledges the handshake. The first round trip sets the timeout. */
function ask(client: HttpClient, fetch: Fetch, packet: TcpPacket, now: Micros, out: Outbox): void {
  enter(client, fetch, 'asking', out);
  fetch.due = sequenceAfter(packet);
  // Karn's rule: a handshake that was repeated says nothing about the round trip.
  if (fetch.timeout === firstTimeout) fetch.timeout = retransmissionTimeout(now - fetch.since);
  sendGet(client, fetch, out);
  out.startTimer(patience, responsePatience);
}

function sendGet(client: HttpClient, fetch: Fetch, out: Outbox): void {
  const [from, to] = endsOf(client, fetch);
  transmit(client, fetch, segment('ACK', from, to, 1, fetch.due, getRequest(fetch.url)), out);
  out.startTimer(again, fetch.timeout);
}

function hearHead(
  client: HttpClient,
  fetch: Fetch,
  response: HttpResponse,
  now: Micros,
  out: Outbox,
): void {
  out.stopTimer(again);
  out.stopTimer(patience);
  enter(client, fetch, 'receiving', out);
  const { status } = response;
  const location = httpHeader(response, 'Location');
  if (status >= 300 && status < 400 && location !== null) {
    follow(client, fetch, location, now, out);
  } else if (status !== 200) giveUp(client, fetch, `refused with ${status}`, out);
  else if (response.brings === null || !isPlayable(response)) {
    const type = httpHeader(response, 'Content-Type') ?? 'no type';
    giveUp(client, fetch, `nothing to play: ${type}`, out);
  } else {
    fetch.resource = response.brings;
    acknowledge(client, fetch, out);
  }
}

/** RFC 9110 §15.4: followed, but not for ever. */
const redirectionsMost = 5;

function follow(
  client: HttpClient,
  fetch: Fetch,
  location: string,
  now: Micros,
  out: Outbox,
): void {
  const url = redirected(fetch.url, location);
  const leads = url !== null && fetch.redirections < redirectionsMost;
  giveUp(client, fetch, url === null ? `sent to ${location}` : 'sent round in circles', out);
  if (leads) connect(client, url, fetch.redirections + 1, now, out);
}

/** The whole of it is there; this end closes, as the server has. */
function hearBody(client: HttpClient, fetch: Fetch, out: Outbox): void {
  enter(client, fetch, 'whole', out);
  const sent = 1 + requestOctets(fetch);
  transmit(client, fetch, segment('FIN+ACK', ...endsOf(client, fetch), sent, fetch.due), out);
}

/** Closes a connection of which no more is wanted, or of which no more comes. */
function giveUp(client: HttpClient, fetch: Fetch, why: string, out: Outbox): void {
  const sent = 1 + requestOctets(fetch);
  const flags = fetch.closedByServer ? 'FIN+ACK' : 'RST';
  transmit(client, fetch, segment(flags, ...endsOf(client, fetch), sent, fetch.due), out);
  fail(client, fetch, why, out);
}

/** DEL-HTTP-CLI-01 cannot be done: the terminal goes on as if there had been no URL. */
function fail(client: HttpClient, fetch: Fetch, why: string, out: Outbox): void {
  out.stopTimer(again);
  out.stopTimer(patience);
  fetch.why = why;
  enter(client, fetch, 'failed', out);
}

/** Says in the trace how far a fetch has come. */
function enter(client: HttpClient, fetch: Fetch, state: Fetch['state'], out: Outbox): void {
  const { url, why } = fetch;
  const from = fetch.state === state ? 'none' : fetch.state;
  fetch.state = state;
  out.note({
    kind: 'state',
    machine: 'fetch',
    subject: `http://${url.host}${url.target}`,
    peer: client.addresses[url.host] ?? client.self,
    from,
    to: why === '' ? state : `${state}: ${why}`,
    clause: clause('DEL-HTTP-CLI-01'),
  });
}

function acknowledge(client: HttpClient, fetch: Fetch, out: Outbox): void {
  const sent = 1 + requestOctets(fetch);
  transmit(client, fetch, segment('ACK', ...endsOf(client, fetch), sent, fetch.due), out);
}

function requestOctets(fetch: Fetch): number {
  const ends = { address: '', port: 0 };
  return sequenceAfter(segment('ACK', ends, ends, 0, 0, getRequest(fetch.url)));
}

function endsOf(client: HttpClient, { url, port }: Fetch): [TcpEnd, TcpEnd] {
  return [
    { address: client.address, port },
    { address: url.host, port: url.port },
  ];
}

/** An address that nobody has swallows what is sent to it, as for media. */
function transmit(client: HttpClient, fetch: Fetch, packet: TcpPacket, out: Outbox): void {
  const node = client.addresses[fetch.url.host];
  if (node !== undefined) out.send(packet, node);
}
