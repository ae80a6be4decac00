import { expect, it } from 'vitest';

import { milliseconds } from '../../../sim-core/base/micros.ts';
import { switchesOf } from '../../../sim-core/base/switches.ts';
import { keptForAlikeNodes } from '../../../sim-core/scenario/alike-nodes.ts';
import type { Scenario } from '../../../sim-core/scenario/scenario.ts';
import { figure, withLatencies } from '../../support/scenarios.ts';

it('what is made of nodes is kept for other latencies, and for nothing else that is other', () => {
  const base = figure();
  const usual = switchesOf(base.profile, base.switches);
  const kept = keptForAlikeNodes<number>();
  let made = 0;
  const makes = (scenario: Scenario, switches = usual): boolean => {
    const before = made;
    kept(scenario, switches, () => (made += 1));
    return made > before;
  };
  expect(makes(base)).toBe(true);
  expect(makes(base)).toBe(false);
  expect(makes(withLatencies(base, { a: milliseconds(70) }))).toBe(false);
  expect(makes(base, { ...usual })).toBe(false);
  const others: Scenario[] = [
    { ...base, links: base.links.map((link) => ({ ...link, transport: 'tcp' })) },
    { ...base, links: base.links.slice(1) },
    { ...base, script: base.script.slice(1) },
    { ...base, media: 'packets' },
    { ...base, nodes: [...base.nodes] },
  ];
  for (const other of others) expect(makes(other)).toBe(true);
  expect(makes(base, { ...usual, 'SW-TIMERS': 'ims-ue' })).toBe(true);
});
