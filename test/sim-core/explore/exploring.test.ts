import { describe, expect, it, test } from 'vitest';

import { bundleOf, replayBundle } from '../../../sim-core/experimenting.ts';
import {
  judgementOf,
  judgeWay,
  kindsOfEndings,
  runOfWay,
  situationsOn,
} from '../../../sim-core/explore/endings.ts';
import { witnessOf } from '../../../sim-core/explore/witness.ts';
import type { ExploreBounds, PossibleAct } from '../../../sim-core/explore/explore-bounds.ts';
import { startJudgedRun } from '../../../sim-core/index.ts';
import { exploreAll } from '../../support/exploring.ts';
import { shipped, shippedText } from '../../support/scenarios.ts';

const busy = 'gateway-mode/client-b-busy';

/** The spec's flows (§1.6), each as the scenario that shows it. */
const flows = {
  'REF-AS-BT': 'application-server-mode/n-05-client-b-answers-in-180',
  'REF-GW-BT': 'gateway-mode/n-10-client-b-rings-without-sdp',
  'REF-CON-GW': 'continue/c-01-voice-alone',
  'REF-CON-RT': 'continue/c-22-ring-tone-goes-on',
} as const;

const nothing: ExploreBounds = {
  losses: 0,
  duplicates: 0,
  corners: false,
  acts: [],
  actsMost: 0,
  statesMost: 200_000,
  order: 'breadth',
};

const anybody: readonly PossibleAct[] = [
  { who: 'client-a', does: { kind: 'cancel' } },
  { who: 'client-a', does: { kind: 'hang up' } },
  { who: 'client-a', does: { kind: 'update', offer: 'as-before' } },
  { who: 'client-b', does: { kind: 'answer' } },
  { who: 'client-b', does: { kind: 'hang up' } },
];

const oneAct = { acts: anybody, actsMost: 1 };

function exploring(name: string, bounds: Partial<ExploreBounds>, frontiers = 1) {
  const whole = { ...nothing, ...bounds };
  return { bounds: whole, ...exploreAll(shipped(name), whole, frontiers) };
}

function judgedWays(found: ReturnType<typeof exploring>) {
  return found.ways.map((way) => judgeWay(found.scenario, way, 'test'));
}

/** Every one of these ways, written as a bundle, is made again to the record. */
function replays(name: string, found: ReturnType<typeof exploring>, ways: typeof found.ways) {
  const file = { name: 'way', text: shippedText(name) };
  for (const way of ways) {
    const witness = witnessOf(file, found.scenario, found.bounds, way, 'test');
    if (witness === null) throw new Error('the text takes the way');
    const { run, choices, text } = witness;
    expect(judgementOf(run)).toEqual(judgementOf(runOfWay(found.scenario, way, 'test').run));
    // What was lost is said in the file, by its name.
    expect(text).not.toContain('loss: 1/2');
    const bundle = bundleOf(run, { ...file, text, faults: [] }, choices);
    expect(replayBundle(bundle, 'test').kind).toBe('same');
  }
}

describe('an exploration', () => {
  it('of a call without chance is one way, a state an event', () => {
    const run = startJudgedRun(shipped(busy), { engine: 'test' });
    run.live.advance(Infinity);
    const events = run.live.events();
    const found = exploring(busy, {});
    expect(found.counts).toEqual({
      distinct: events + 1,
      generated: events + 1,
      waiting: 0,
      deepest: events,
      last: 1,
      complete: true,
    });
    expect(found.ways).toHaveLength(1);
  });

  it('visits the same states breadth first and depth first', () => {
    const broad = exploring(busy, { losses: 1 });
    const deep = exploring(busy, { losses: 1, order: 'depth' });
    const { deepest: _, ...counts } = broad.counts;
    expect(deep.counts).toMatchObject(counts);
    expect(counts.complete).toBe(true);
  });

  it('stops where it was told to, and says so', () => {
    const found = exploring(busy, { losses: 2, statesMost: 50 });
    const { distinct, complete } = found.counts;
    expect(distinct).toBeGreaterThanOrEqual(50);
    expect(distinct).toBeLessThan(60);
    expect(complete).toBe(false);
  });

  it('finds the same whoever looks at which state', () => {
    const alone = exploring(busy, oneAct);
    expect(alone.counts.distinct).toBeGreaterThan(900);
    for (const frontiers of [2, 5]) expect(exploring(busy, oneAct, frontiers)).toEqual(alone);
    const stopped = { ...oneAct, losses: 1, statesMost: 1_234 };
    expect(exploring(busy, stopped, 3)).toEqual(exploring(busy, stopped));
  });

  it('finds that no single loss breaks a clause of a rejected call', () => {
    const kinds = kindsOfEndings(judgedWays(exploring(busy, { losses: 1 })));
    expect(kinds.flatMap(({ violated }) => violated)).toEqual([]);
    expect(kinds.map(({ outcome }) => outcome)).toContain('rejected');
  });

  it('gives ways that are runs: as a bundle they replay to the record', () => {
    const found = exploring(busy, { losses: 1, ...oneAct, statesMost: 2_000 });
    const ways = found.ways.filter((_, at) => at % 7 === 0);
    expect(ways.length).toBeGreaterThan(3);
    replays(busy, found, ways);
  });
});

/** What an engineer looks for, and the counts of all states: exact, and known for each flow. */
describe('where anybody may act at any instant', () => {
  const crossing = 'CANCEL crosses 200';
  const glare = 'glare: 491';
  const goodbye = 'BYE in the Continue window';
  test.each([
    ['REF-AS-BT', [crossing], 2_658, 2_745],
    ['REF-GW-BT', [crossing, glare], 3_158, 3_256],
    ['REF-CON-GW', [crossing, glare, goodbye], 6_522, 6_638],
    ['REF-CON-RT', [crossing, glare, goodbye], 7_525, 7_664],
  ] as const)('%s meets %j', (flow, wanted, distinct, generated) => {
    const name = flows[flow];
    const found = exploring(name, oneAct);
    const situations = situationsOn(judgedWays(found));
    const met = wanted.map((one) => situations.find(({ says }) => says === one));
    expect(met.map((one) => one?.says)).toEqual(wanted);
    replays(
      name,
      found,
      met.flatMap((one) => one?.shortest ?? []),
    );
    expect(found.counts).toMatchObject({ complete: true, distinct, generated });
  });
});

describe('where any one packet may be lost', () => {
  const ringPlaysOn = 'a stop is lost and the ring plays on';
  test.each([
    ['REF-AS-BT', [ringPlaysOn], 678, 695],
    ['REF-GW-BT', [ringPlaysOn], 595, 611],
    // Nothing is stopped there.
    ['REF-CON-GW', [], 1_456, 1_482],
    ['REF-CON-RT', [ringPlaysOn], 1_738, 1_767],
  ] as const)('%s is seen as a whole, and meets %j', (flow, wanted, distinct, generated) => {
    const name = flows[flow];
    const found = exploring(name, { losses: 1, corners: true });
    const met = situationsOn(judgedWays(found)).filter(({ says }) => says === ringPlaysOn);
    expect(met.map(({ says }) => says)).toEqual(wanted);
    replays(
      name,
      found,
      met.map(({ shortest }) => shortest),
    );
    expect(found.counts).toMatchObject({ complete: true, distinct, generated });
  });
});
