import { check } from '../base/check.ts';
import { nodeId, type NodeId } from '../kernel/node.ts';
import { hostPort } from '../sip/message.ts';
import type { Subscriber } from '../nodes/cmr-server/call.ts';
import type {
  ClientSetting,
  CmrServerSetting,
  LinkSetting,
  NodeSetting,
  Scenario,
} from './scenario.ts';

/** Who stands next to whom: where a node sends what it has to say, and over which transport. */

/** The node at the other end of each link of a node. */
function linked({ links }: Scenario, name: string): (readonly [string, LinkSetting])[] {
  return links.flatMap((link) => {
    const [one, other] = link.between;
    if (one === name) return [[other, link] as const];
    return other === name ? [[one, link] as const] : [];
  });
}

/** The neighbours of a node to which its SIP goes over TCP. */
export function streamPeersOf(scenario: Scenario, name: string): NodeId[] {
  return linked(scenario, name)
    .filter(([, { transport }]) => transport === 'tcp')
    .map(([other]) => idOf(scenario, other));
}

/**
 * The CMR Server that the call is about. Where each party's operator has one, it is that of the
 * called party, which the ring comes from; the caller's stands between it and the caller.
 */
export function servingServer(scenario: Scenario): CmrServerSetting | undefined {
  const servers = serversOf(scenario);
  const caller = scenario.nodes.find((node) => node.role === 'cmr-client' && node.party === 'A');
  const near = caller === undefined ? [] : linked(scenario, caller.name).map(([name]) => name);
  return servers.find(({ name }) => servers.length === 1 || !near.includes(name));
}

function serversOf({ nodes }: Scenario): CmrServerSetting[] {
  return nodes.filter((node) => node.role === 'cmr-server');
}

/** Where a client's requests go first: its CMR Server, or the proxy before it. */
export function nextHopOf(scenario: Scenario, client: ClientSetting): NodeId {
  const servers = serversOf(scenario);
  const near = linked(scenario, client.name).map(([name]) => name);
  const server = servers.find(({ name }) => near.includes(name)) ?? servers[0];
  check(server !== undefined, 'a scenario has a CMR Server');
  return idOf(scenario, wayTo(scenario, client.name, server.name));
}

/** How a CMR Server reaches a client: by which neighbour, and under which Request-URI. */
export function reachOf(
  scenario: Scenario,
  server: string,
  { name, identity, address, port }: ClientSetting,
): Pick<Subscriber, 'node' | 'contact' | 'place' | 'isBehindServer'> {
  const next = wayTo(scenario, server, name);
  const place = contactUriOf({ identity, address, port });
  const contact = next === name ? place : identity;
  const isBehindServer = nodeCalled(scenario, next).role === 'cmr-server';
  return { node: idOf(scenario, next), contact, place, isBehindServer };
}

/** The URI of a terminal's own address. */
export function contactUriOf({
  identity,
  address,
  port,
}: Pick<ClientSetting, 'identity' | 'address' | 'port'>): string {
  const user = identity.replace(/^sips?:/, '').split('@')[0] ?? identity;
  return `sip:${user}@${hostPort(address, port)}`;
}

/** The node itself where a link leads to it, else a proxy or server that both are linked with. */
function wayTo(scenario: Scenario, from: string, to: string): string {
  const near = linked(scenario, from).map(([other]) => other);
  if (near.includes(to)) return to;
  const between = near.find((name) => {
    const { role } = nodeCalled(scenario, name);
    const relays = role === 'proxy' || role === 'cmr-server';
    return relays && linked(scenario, name).some(([other]) => other === to);
  });
  return between ?? to;
}

export function nodeCalled(scenario: Scenario, name: string): NodeSetting {
  const node = scenario.nodes.find((one) => one.name === name);
  check(node !== undefined, `${name} is a node of the scenario`);
  return node;
}

export function idOf(scenario: Scenario, name: string): NodeId {
  const index = scenario.nodes.findIndex((node) => node.name === name);
  check(index >= 0, `${name} is a node of the scenario`);
  return nodeId(index);
}
