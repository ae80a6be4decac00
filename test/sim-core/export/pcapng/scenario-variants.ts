import { readFileSync } from 'node:fs';

import { readScenario } from '../../../../sim-core/authoring.ts';
import { ratio } from '../../../../sim-core/base/ratio.ts';
import { runScenario, type Run, type Scenario } from '../../../../sim-core/index.ts';
import { figure } from '../../../support/scenarios.ts';

/** IPv6 addresses for the nodes of the figure, by their IPv4 addresses. */
const ipv6 = new Map([
  ['192.0.2.17', '2001:db8:a::17'],
  ['198.51.100.5', '2001:db8::5'],
  ['198.51.100.6', '2001:db8:0:0:1::6'],
  ['203.0.113.9', '2001:db8:b::9'],
]);

/** The figure with IPv6 in place of these IPv4 addresses; of all of them unless said otherwise. */
export function ipv6Figure(changed: readonly string[] = [...ipv6.keys()]): Scenario {
  const file = 'scenarios/continue/as-in-the-figure.cmr.yaml';
  let text = readFileSync(file, 'utf8');
  for (const before of changed) {
    const after = ipv6.get(before) ?? before;
    text = text.replaceAll(`IN IP4 ${before}`, `IN IP6 ${after}`).replaceAll(before, after);
  }
  const { scenario, problems } = readScenario(text, file);
  if (scenario === null) throw new Error(problems.map(({ says }) => says).join('\n'));
  return scenario;
}

/** The figure over links that lose, double and delay as chance has it. */
export function roughFigure(): Scenario {
  const scenario = figure();
  const links = scenario.links.map((link) => ({
    ...link,
    loss: ratio(1, 6),
    duplicate: ratio(1, 5),
    mayReorder: true,
  }));
  return { ...scenario, links };
}

/** The figure where every node has a port of its own: 5070, 5071 … in their order. */
export function portsFigure(): Scenario {
  const scenario = figure();
  const nodes = scenario.nodes.map((node, index) => ({ ...node, port: 5070 + index }));
  return { ...scenario, nodes };
}

export function ran(scenario: Scenario, seed = 1): Run {
  return runScenario(scenario, { engine: '1.2.3', seed });
}
