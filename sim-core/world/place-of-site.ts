import { InternalError } from '../base/check.ts';
import { nodeId, type NodeId } from '../kernel/node.ts';
import { linkBetween } from '../network/topology.ts';
import type { Machinery } from './world.ts';

/** Where a choice is made: at a node (`to` is null), or on the link from one to another. */
export interface PlaceOfChoice {
  readonly from: NodeId;
  readonly to: NodeId | null;
}

/** The place that a chooser knows by the hash of its name. */
export function placeOfSite({ sites, topology }: Machinery, site: number): PlaceOfChoice {
  const node = sites.indexOf(site);
  if (node >= 0) return { from: nodeId(node), to: null };
  for (let from = 0; from < topology.nodeCount; from += 1) {
    for (let to = 0; to < topology.nodeCount; to += 1) {
      const link = linkBetween(topology, nodeId(from), nodeId(to));
      if (link !== null && topology.links[link]?.site === site) {
        return { from: nodeId(from), to: nodeId(to) };
      }
    }
  }
  throw new InternalError('internal error: a choice was made at no place');
}
