import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { readScenario } from '../../../sim-core/authoring.ts';
import { replayBundle, bundleOf } from '../../../sim-core/experimenting.ts';
import { startJudgedRun } from '../../../sim-core/index.ts';
import { kindsOfEndings, runOfWay } from '../../../sim-core/explore/endings.ts';
import { startExploring, type ExploreBounds } from '../../../sim-core/explore/exploring.ts';
import { textOfWay } from '../../../sim-core/explore/way-as-text.ts';

const busy = readFileSync('scenarios/gateway-mode/client-b-busy.cmr.yaml', 'utf8');

const nothing: ExploreBounds = {
  losses: 0,
  duplicates: 0,
  corners: false,
  acts: [],
  statesMost: 200_000,
  order: 'breadth',
};

function exploring(text: string, bounds: Partial<ExploreBounds>) {
  const { scenario } = readScenario(text, 'explored');
  if (scenario === null) throw new Error('the scenario can be read');
  const started = startExploring(scenario, { ...nothing, ...bounds });
  while (started.visit(10_000));
  return started;
}

describe('an exploration', () => {
  it('of a call without chance is one way, a state an event', () => {
    const { scenario } = readScenario(busy, 'busy');
    if (scenario === null) throw new Error('the scenario can be read');
    const run = startJudgedRun(scenario, { engine: 'test' });
    run.live.advance(Infinity);
    const events = run.live.events();
    const found = exploring(busy, {});
    expect(found.counts()).toEqual({
      distinct: events + 1,
      generated: events + 1,
      waiting: 0,
      deepest: events,
      complete: true,
    });
    expect(found.endings).toHaveLength(1);
  });

  it('visits the same states breadth first and depth first', () => {
    const broad = exploring(busy, { losses: 1 });
    const deep = exploring(busy, { losses: 1, order: 'depth' });
    expect(broad.counts().distinct).toBe(deep.counts().distinct);
    expect(broad.counts().complete && deep.counts().complete).toBe(true);
    expect(broad.endings).toHaveLength(deep.endings.length);
  });

  it('finds that no single loss breaks a clause of a rejected call', () => {
    const found = exploring(busy, { losses: 1 });
    const kinds = kindsOfEndings(found, 'test');
    expect(kinds.flatMap(({ violated }) => violated)).toEqual([]);
    expect(kinds.map(({ outcome }) => outcome)).toContain('rejected');
    // One ending for each packet that can be lost, and one for none: those that end alike are one.
    expect(found.endings.length).toBeGreaterThan(5);
  });

  it('stops where it was told to, and says so', () => {
    const found = exploring(busy, { losses: 2, statesMost: 50 });
    const { distinct, complete } = found.counts();
    expect(distinct).toBeGreaterThanOrEqual(50);
    expect(distinct).toBeLessThan(60);
    expect(complete).toBe(false);
  });

  it('lets users act just after any instant, and finds the crossing of CANCEL and final', () => {
    const acts = [{ who: 'client-a', does: { kind: 'cancel' } }] as const;
    const found = exploring(busy, { acts });
    const kinds = kindsOfEndings(found, 'test');
    expect(new Set(kinds.map(({ outcome }) => outcome))).toEqual(
      new Set(['cancelled', 'rejected']),
    );
    const crossed = found.endings.find(({ crossings }) =>
      crossings.includes('486 (INVITE) × CANCEL'),
    );
    if (crossed === undefined) throw new Error('they cross');
    const { records } = runOfWay(found, crossed, 'test');
    const sent = records.filter((one) => one.kind === 'sent');
    const [cancels, finals] = ['CANCEL', '486'].map((label) =>
      sent.filter(({ packet }) => packet.label === label),
    );
    const meet = cancels?.some((one) =>
      finals?.some(
        (other) =>
          one.node === other.to &&
          one.to === other.node &&
          one.at < other.arrivesAt &&
          other.at < one.arrivesAt,
      ),
    );
    expect(meet).toBe(true);
  });

  it('gives ways that are runs: as a bundle they replay to the record', () => {
    const acts = [{ who: 'client-a', does: { kind: 'cancel' } }] as const;
    const bounds = { ...nothing, losses: 1, acts };
    const found = exploring(busy, bounds);
    const links = found.scenario.links.map(({ name }) => name);
    const ways = found.endings.filter((_, at) => at % 7 === 0);
    expect(ways.length).toBeGreaterThan(3);
    for (const way of ways) {
      const text = textOfWay(busy, links, bounds, way);
      if (text === null) throw new Error('the text takes the way');
      const run = runOfWay(found, way, 'test');
      const bundle = bundleOf(run, { name: 'way', text, faults: [] }, way.choices);
      expect(replayBundle(bundle, 'test').kind).toBe('same');
    }
  });
});
