import { describe, expect, it, test } from 'vitest';

import { readScenario } from '../../../sim-core/authoring.ts';
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
import { shipped, shippedText, shippedWith } from '../../support/scenarios.ts';

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

/** `end`: where the run is to end before all is over. */
function exploring(name: string, bounds: Partial<ExploreBounds>, frontiers = 1, end = '') {
  const whole = { ...nothing, ...bounds };
  const text = end === '' ? shippedText(name) : `${shippedText(name)}until: ${end}\n`;
  const { scenario } = readScenario(text, name);
  if (scenario === null) throw new Error('the scenario is read');
  return { text, bounds: whole, ...exploreAll(scenario, whole, frontiers) };
}

function judgedWays(found: ReturnType<typeof exploring>) {
  return found.ways.map((way) => judgeWay(found.scenario, way, 'test'));
}

/** Every one of these ways, written as a bundle, is made again to the record. */
function replays(found: ReturnType<typeof exploring>, ways: typeof found.ways) {
  const file = { name: 'way', text: found.text };
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
    replays(found, ways);
  });
});

/** A call like any other, but for the moment at which it is answered. */
describe('what strikes at an instant', () => {
  const script =
    '[{ at: 0s, who: client-a, does: dial, target: client-b },' +
    '{ after: 1s..2s, since: ringing, who: client-b, does: answer },' +
    '{ after: 1s, since: answered, who: client-a, does: hang up }]';

  function countsWith(settings: Readonly<Record<string, string>>, faults: readonly string[]) {
    const scenario = shippedWith('plain/n-01-no-subscription', { script, ...settings }, faults);
    return exploreAll(scenario, { ...nothing, corners: true }).counts;
  }

  it('is met by the call that comes to it, whenever others like it were', () => {
    const inTime = (from: number) => `drop every ACK from client-a from ${from}s to ${from + 1}s`;
    const late = countsWith({}, [inTime(2)]);
    expect(late).toEqual(countsWith({}, [inTime(1)]));
    expect(late.deepest).toBeGreaterThan(countsWith({}, [inTime(3)]).deepest);
  });

  it('is the end of the run, too: each call is cut where it has come to', () => {
    expect(countsWith({ until: '2.5s' }, []).last).toBe(2);
  });
});

/** What an engineer looks for, and the counts of all states: exact, and known for each flow. */
describe('where anybody may act at any instant', () => {
  const crossing = 'CANCEL crosses 200';
  const glare = 'glare: 491';
  const goodbye = 'BYE in the Continue window';
  test.each([
    ['REF-AS-BT', [crossing], 2_862, 2_888],
    ['REF-GW-BT', [crossing, glare], 3_405, 3_432],
    ['REF-CON-GW', [goodbye, crossing, glare], 6_808, 6_855],
    ['REF-CON-RT', [goodbye, crossing, glare], 7_780, 7_844],
  ] as const)('%s meets %j', (flow, wanted, distinct, generated) => {
    const found = exploring(flows[flow], oneAct);
    const looked = [goodbye, crossing, glare];
    const met = situationsOn(judgedWays(found)).filter(({ says }) => looked.includes(says));
    expect(met.map(({ says }) => says)).toEqual(wanted);
    replays(
      found,
      met.map(({ shortest }) => shortest),
    );
    expect(found.counts).toMatchObject({ complete: true, distinct, generated });
  });
});

describe('where any one packet may be lost', () => {
  const ringPlaysOn = 'a stop is lost and the ring plays on';
  test.each([
    ['REF-AS-BT', [ringPlaysOn], 681, 697],
    ['REF-GW-BT', [ringPlaysOn], 599, 614],
    // The ring is stopped there only where somebody gives up: below.
    ['REF-CON-GW', [], 1_464, 1_489],
    ['REF-CON-RT', [ringPlaysOn], 1_746, 1_774],
  ] as const)('%s is seen as a whole, and meets %j', (flow, wanted, distinct, generated) => {
    const found = exploring(flows[flow], { losses: 1, corners: true });
    const met = situationsOn(judgedWays(found)).filter(({ says }) => says === ringPlaysOn);
    expect(met.map(({ says }) => says)).toEqual(wanted);
    replays(
      found,
      met.map(({ shortest }) => shortest),
    );
    expect(found.counts).toMatchObject({ complete: true, distinct, generated });
  });
});

/** What takes two things at once, looked for up to where it can come first. */
describe('where two things have to come together', () => {
  const updates = anybody.filter(({ does }) => does.kind === 'update');
  const byB = [...updates, { who: 'client-b', does: updates[0]!.does }];
  const refusal = [{ who: 'client-b', does: { kind: 'reject', status: 486 } }] as const;
  test.each([
    // No server asks anything of its own accord there: both terminals have to.
    ['REF-AS-BT', 'glare: 491', { acts: byB, actsMost: 2 }, '500ms', 1_722, 1_790],
    [
      'REF-CON-GW',
      'a stop is lost and the ring plays on',
      { acts: refusal, actsMost: 1, losses: 1 },
      '500ms',
      2_283,
      2_304,
    ],
  ] as const)('%s meets %s', (flow, wanted, bounds, end, distinct, generated) => {
    const found = exploring(flows[flow], bounds, 1, end);
    const met = situationsOn(judgedWays(found)).filter(({ says }) => says === wanted);
    expect(met).toHaveLength(1);
    replays(
      found,
      met.map(({ shortest }) => shortest),
    );
    expect(found.counts).toMatchObject({ complete: true, distinct, generated });
  });
});
