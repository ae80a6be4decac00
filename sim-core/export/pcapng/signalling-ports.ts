import type { NodeId } from '../../kernel/node.ts';
import type { TraceRecord } from '../../kernel/trace-record.ts';
import { isSip, type SipMessage } from '../../sip/message.ts';
import type { TraceHeader } from '../../trace/trace-header.ts';

/** RFC 3261 §19.1.2: the port of a sip URI that names none. */
const usualPort = 5060;

/**
 * The UDP port at which each node takes and sends SIP. A node says it in the Via of its requests
 * and in its Contact; of one that says neither, in the Request-URIs that others send it; otherwise
 * it is 5060.
 */
export function signallingPorts(
  { nodes }: TraceHeader,
  records: readonly TraceRecord[],
): (node: NodeId) => number {
  const own = new Map<NodeId, number>();
  const called = new Map<NodeId, number>();
  const addresses = new Map(nodes.map(({ id, address }) => [id, address]));
  for (const record of records) {
    if (record.kind !== 'sent' && record.kind !== 'dropped') continue;
    const { packet, node, to } = record;
    if (!isSip(packet)) continue;
    learn(own, node, addresses, ofItself(packet));
    if (packet.kind === 'request') learn(called, to, addresses, [packet.requestUri]);
  }
  return (node) => own.get(node) ?? called.get(node) ?? usualPort;
}

function ofItself(message: SipMessage): string[] {
  const via = message.kind === 'request' ? message.via[0]?.sentBy : undefined;
  return [via, message.contact].filter((text) => typeof text === 'string');
}

/** Keeps what is said first. */
function learn(
  ports: Map<NodeId, number>,
  node: NodeId,
  addresses: ReadonlyMap<NodeId, string>,
  places: readonly string[],
): void {
  if (ports.has(node)) return;
  for (const place of places) {
    const port = portAt(place, addresses.get(node) ?? '');
    if (port === null) continue;
    ports.set(node, port);
    return;
  }
}

/**
 * The port that a URI, a Contact or a sent-by names beside this address; null where it names
 * another host. IPv6 addresses are read with their brackets (RFC 3261 §25.1) and without.
 */
export function portAt(place: string, address: string): number | null {
  const uri = /<([^>]*)>/.exec(place)?.[1] ?? place;
  const [hostAndPort = ''] = uri
    .replace(/^sips?:/i, '')
    .replace(/^[^@;?]*@/, '')
    .split(/[;?]/);
  for (const host of [address, `[${address}]`]) {
    if (hostAndPort === host) return usualPort;
    const port = Number(hostAndPort.slice(host.length + 1));
    const isBeside = hostAndPort.startsWith(`${host}:`) && Number.isInteger(port);
    if (isBeside && port > 0 && port < 0x1_0000) return port;
  }
  return null;
}
