import { samePlain } from '../base/plain.ts';
import type { Switches } from '../base/switches.ts';
import type { LinkSetting, NodeSetting, Scenario } from './scenario.ts';

/**
 * Keeps what is made of each node of a scenario under its readings, for those made from it in
 * which the nodes are the same.
 */
export function keptForAlikeNodes<Made>() {
  const kept = new WeakMap<
    Scenario['nodes'],
    { readonly scenario: Scenario; readonly switches: Switches; readonly made: readonly Made[] }
  >();
  return (
    scenario: Scenario,
    switches: Switches,
    make: (node: NodeSetting, index: number) => Made,
  ) => {
    const known = kept.get(scenario.nodes);
    const isAlike =
      known !== undefined &&
      (known.switches === switches || samePlain(known.switches, switches)) &&
      (known.scenario === scenario || nodesAreAlike(known.scenario, scenario));
    if (isAlike) return known.made;
    const made = scenario.nodes.map((node, index) => make(node, index));
    kept.set(scenario.nodes, { scenario, switches, made });
    return made;
  };
}

/**
 * Whether the two share everything but how long their links take, which no node is told.
 * Scenarios made from one another share what is the same.
 */
function nodesAreAlike(one: Scenario, other: Scenario): boolean {
  const { links, ...rest } = one;
  return (
    Object.entries(rest).every(([name, value]) => value === Reflect.get(other, name)) &&
    links.length === other.links.length &&
    links.every((link, at) => isAlikeLink(link, other.links[at]))
  );
}

function isAlikeLink(one: LinkSetting, other: LinkSetting | undefined): boolean {
  return (
    one === other ||
    (other !== undefined && samePlain({ ...one, latency: null }, { ...other, latency: null }))
  );
}
