import type { NodeId } from '../kernel/node.ts';
import type { Party, TraceHeader, TraceNode } from './trace-header.ts';

/** The nodes that play the source texts' parts; null where the scenario has none for a part. */
export type CallParties = Readonly<Record<Party, TraceNode | null>>;

export function partiesOf(header: TraceHeader): CallParties {
  const parties: Record<Party, TraceNode | null> = { A: null, B: null, S: null, R: null };
  for (const node of header.nodes) {
    if (node.party !== null && parties[node.party] === null) parties[node.party] = node;
  }
  return parties;
}

/** Each proxy or other server between the CMR Server and a client, and that client. */
export function spokenForBy(header: TraceHeader): ReadonlyMap<NodeId, NodeId> {
  const { S, A, B } = partiesOf(header);
  const spokenFor = new Map<NodeId, NodeId>();
  const joined = (one: NodeId, other: NodeId | undefined): boolean =>
    header.links.some(
      ({ between }) => other !== undefined && between.includes(one) && between.includes(other),
    );
  for (const { id, role } of header.nodes) {
    const relays = role === 'proxy' || (role === 'cmr-server' && id !== S?.id);
    if (!relays || !joined(id, S?.id)) continue;
    const client = [B, A].find((party) => joined(id, party?.id));
    if (client !== null && client !== undefined) spokenFor.set(id, client.id);
  }
  return spokenFor;
}

/** Whether the packet goes from the one part to the other. */
export function goes(
  parties: CallParties,
  hop: { readonly from: NodeId; readonly to: NodeId },
  from: Party,
  to: Party,
): boolean {
  return parties[from]?.id === hop.from && parties[to]?.id === hop.to;
}

/** As the source texts call a node: `'Client-A'`, `'the CMR Server'`; else its scenario name. */
export function spokenName(header: TraceHeader, id: NodeId): string {
  const node = header.nodes.find((one) => one.id === id);
  switch (node?.party) {
    case 'A':
      return 'Client-A';
    case 'B':
      return 'Client-B';
    case 'S':
      return 'the CMR Server';
    case 'R':
      return 'the Resource Server';
    default:
      return node?.name ?? `node ${id}`;
  }
}
