import { zeroMicros } from '../base/micros.ts';
import { nodeId } from '../kernel/node.ts';
import type { TraceNode } from '../trace/trace-header.ts';
import type { NodeSetting, Scenario } from './scenario.ts';
import { servingServer } from './neighbours.ts';

/** What readers of records know of a node, which is the `index`-th of the scenario. */
export function traceNode(node: NodeSetting, index: number, scenario: Scenario): TraceNode {
  const { nodes } = scenario;
  const { name, role, address } = node;
  const bare = { id: nodeId(index), name, role, address, jitterBuffer: zeroMicros };
  switch (node.role) {
    case 'cmr-client': {
      const { party, jitterBuffer } = node;
      const earlier = nodes.slice(0, index).filter((one) => 'party' in one && one.party === party);
      const rank = earlier.length === 0 ? '' : String(earlier.length + 1);
      return { ...bare, title: `CMR Client-${party}${rank}`, party, jitterBuffer };
    }
    case 'cmr-server':
      return node === servingServer(scenario)
        ? { ...bare, title: 'CMR Server', party: 'S' }
        : { ...bare, title: "Caller's CMR Server", party: null };
    case 'cmr-resource-server':
      return { ...bare, title: 'CMR Resource Server', party: 'R' };
    case 'proxy':
      return { ...bare, title: 'Proxy', party: null };
  }
}
