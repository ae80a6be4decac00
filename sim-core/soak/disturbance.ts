import type { LinkSetting, NodeSetting, Scenario } from '../scenario/scenario.ts';

/** One change of a scenario: as the command line says it, and done to the value. */
export interface Change {
  /** For `--set`: `links.a.loss`. */
  readonly path: string;
  readonly value: string;
  readonly done: (scenario: Scenario) => Scenario;
}

/** What one kind of fault does to a call. */
export interface Disturbance {
  readonly changes: readonly Change[];
  /** Sentences for `--fault`. */
  readonly faults: readonly string[];
}

export const nothing: Disturbance = { changes: [], faults: [] };

export function ofFaults(...faults: string[]): Disturbance {
  return { changes: [], faults };
}

export function ofChanges(...changes: Change[]): Disturbance {
  return { changes, faults: [] };
}

export function changeOfLink(
  name: string,
  key: string,
  value: string,
  change: (link: LinkSetting) => LinkSetting,
): Change {
  return {
    path: `links.${name}.${key}`,
    value,
    done: (scenario) => ({
      ...scenario,
      links: scenario.links.map((link) => (link.name === name ? change(link) : link)),
    }),
  };
}

export function changeOfNode(
  name: string,
  key: string,
  value: string,
  change: (node: NodeSetting) => NodeSetting,
): Change {
  return {
    path: `nodes.${name}.${key}`,
    value,
    done: (scenario) => ({
      ...scenario,
      nodes: scenario.nodes.map((node) => (node.name === name ? change(node) : node)),
    }),
  };
}

/** The scenario with everything done to it, in order. */
export function withChanges(scenario: Scenario, changes: readonly Change[]): Scenario {
  return changes.reduce((changed, { done }) => done(changed), scenario);
}
