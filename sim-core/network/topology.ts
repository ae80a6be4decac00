import type { Brand } from '../base/brand.ts';
import type { NodeId } from '../kernel/node.ts';
import type { FaultRule } from './fault-rule.ts';
import type { LinkModel } from './link.ts';

/** One direction of a link: an index into `Topology.links`. */
export type LinkId = Brand<number, 'LinkId'>;

export function linkId(place: number): LinkId {
  return place as LinkId;
}

/** Who is joined to whom. */
export interface Topology {
  readonly nodeCount: number;
  readonly links: readonly LinkModel[];
  /** For each pair (from × nodeCount + to) the link's index, or −1. */
  readonly between: Int32Array;
  readonly rules: readonly FaultRule[];
}

/** The link from one node to another, or null. */
export function linkBetween(topology: Topology, from: NodeId, to: NodeId): LinkId | null {
  const index = topology.between[from * topology.nodeCount + to] ?? -1;
  return index < 0 ? null : linkId(index);
}

/** Takes directed links. A later one between the same two nodes replaces an earlier one. */
export function buildTopology(
  nodeCount: number,
  directed: readonly { from: NodeId; to: NodeId; model: LinkModel }[],
  rules: readonly FaultRule[],
): Topology {
  const between = new Int32Array(nodeCount * nodeCount).fill(-1);
  directed.forEach((link, index) => {
    between[link.from * nodeCount + link.to] = index;
  });
  return { nodeCount, links: directed.map((link) => link.model), between, rules };
}
