import { check } from '../base/check.ts';
import { nodeId, type NodeId } from '../kernel/node.ts';
import { hostPort } from '../sip/message.ts';
import type { ClientSetting, LinkSetting, NodeSetting, Scenario } from './scenario.ts';

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

/** Where a client's requests go first: its CMR Server, or the proxy before it. */
export function nextHopOf(scenario: Scenario, client: ClientSetting): NodeId {
  const server = scenario.nodes.find(({ role }) => role === 'cmr-server');
  check(server !== undefined, 'a scenario has a CMR Server');
  return idOf(scenario, wayTo(scenario, client.name, server.name));
}

/** How a CMR Server reaches a client: by which neighbour, and under which Request-URI. */
export function reachOf(
  scenario: Scenario,
  server: string,
  { name, identity, address, port }: ClientSetting,
): { readonly node: NodeId; readonly contact: string; readonly place: string } {
  const next = wayTo(scenario, server, name);
  const place = contactUriOf({ identity, address, port });
  return { node: idOf(scenario, next), contact: next === name ? place : identity, place };
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

/** The node itself where a link leads to it, else a proxy that both are linked with. */
function wayTo(scenario: Scenario, from: string, to: string): string {
  const near = linked(scenario, from).map(([other]) => other);
  if (near.includes(to)) return to;
  const between = near.find((name) => {
    const isProxy = nodeCalled(scenario, name).role === 'proxy';
    return isProxy && linked(scenario, name).some(([other]) => other === to);
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
