import { describe, expect, test } from 'vitest';

import { findRaces, type Race } from '../../../sim-core/experimenting.ts';
import { micros, runScenario, type Run, type Scenario } from '../../../sim-core/index.ts';
import { plantedRaces, runForgetting } from '../../support/planted-races.ts';
import { figure, shipped, shippedWith } from '../../support/scenarios.ts';

const runOf = (scenario: Scenario): Run => runScenario(scenario, { engine: 'test', seed: 1 });

function boundsOf(milliseconds: number) {
  return { within: micros(milliseconds * 1_000), runs: 20_000 };
}

function racesOf(path: string, within: number): readonly Race[] {
  return findRaces(shipped(path), runOf, boundsOf(within)).races;
}

function names(races: readonly Race[]): readonly string[] {
  return races.map(({ node, first, second }) => `${node}: ${first} | ${second}`);
}

describe('races', () => {
  test.each([
    [
      'an answer that comes before the PRACK',
      'races/rc-01-answer-before-the-prack',
      'cmr-server: the 1st 200 (INVITE) from client-b to cmr-server | ' +
        'the 1st PRACK from client-a to cmr-server',
    ],
    [
      'a BYE beside the answer of an UPDATE',
      'races/rc-18-hang-up-between-steps-5-and-8',
      'cmr-server: the 1st BYE from client-b to cmr-server | ' +
        'the 1st 200 (UPDATE) from client-a to cmr-server',
    ],
  ])('%s is found', (_, path, race) => {
    expect(names(racesOf(path, 500))).toContain(race);
  });

  test('those that an act begins are swapped by the act', () => {
    const path = 'races/rc-20-hang-up-before-the-mix';
    const races = racesOf(path, 300);
    expect(names(races)).toContain(
      'cmr-server: the 1st ACK from client-a to cmr-server | ' +
        'the 1st BYE from client-a to cmr-server',
    );
    const answering = races.find(({ first }) => first === 'client-b answers');
    const change = answering?.change;
    if (change?.kind !== 'set') throw new Error('an act is moved');
    expect(runOf(shippedWith(path, { [change.path]: change.value })).outcome).toBe('not answered');
    expect([answering?.asItIs, answering?.swapped]).toEqual(['failed', 'not answered']);
  });

  test('where order decides nothing there is none', () => {
    expect(names(racesOf('continue/as-in-the-figure', 200))).toEqual([]);
    expect(names(racesOf('plain/n-01-no-subscription', 1_000))).toEqual([]);
  });

  test('what it names brings the other outcome, and what it says of this order is so', () => {
    const path = 'races/rc-01-answer-before-the-prack';
    const [race] = racesOf(path, 500);
    const change = race?.change;
    if (change?.kind !== 'fault') throw new Error('a message is delayed');
    const outcomes = [shipped(path), shippedWith(path, {}, [change.sentence])].map(
      (one) => runOf(one).outcome,
    );
    expect(outcomes).toEqual([race?.asItIs, race?.swapped].map((says) => says?.split('; ')[0]));
    expect(outcomes[0]).not.toBe(outcomes[1]);
  });

  test('it stops at its bound and says so', () => {
    const found = findRaces(figure(), runOf, { within: micros(500_000), runs: 10 });
    expect(found.tried).toBeGreaterThanOrEqual(5);
    expect(found.pairs).toBeGreaterThan(found.tried);
  });
});

describe.each(plantedRaces)('$says', ({ call, role, forgetting, race }) => {
  const broken = (scenario: Scenario) => runForgetting(scenario, role, forgetting);
  const sound = (scenario: Scenario) => runForgetting(scenario, role, () => () => false);

  test('is found, with the change that brings it out', () => {
    const { races } = findRaces(call, broken, boundsOf(500));
    expect(names(races)).toEqual([race]);
  });

  test('and nothing where the node is sound', () => {
    expect(sound(call).records).toEqual(runOf(call).records);
    expect(names(findRaces(call, sound, boundsOf(500)).races)).toEqual([]);
  });
});
