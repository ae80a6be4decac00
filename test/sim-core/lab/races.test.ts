import { describe, expect, test } from 'vitest';

import { findRaces, type Race } from '../../../sim-core/experimenting.ts';
import { micros, runScenario } from '../../../sim-core/index.ts';
import { figure, shipped, shippedWith } from '../../support/scenarios.ts';

const options = { engine: 'test', seed: 1 };

function racesOf(path: string, within: number): readonly Race[] {
  const bounds = { within: micros(within * 1_000), runs: 20_000 };
  return findRaces(shipped(path), options, bounds).races;
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
    [
      'an ACK before somebody hangs up',
      'races/rc-20-hang-up-before-the-mix',
      'cmr-server: the 1st ACK from client-a to cmr-server | ' +
        'the 1st BYE from client-a to cmr-server',
    ],
  ])('%s is found', (_, path, race) => {
    expect(names(racesOf(path, 500))).toContain(race);
  });

  test('where order decides nothing there is none', () => {
    expect(names(racesOf('continue/as-in-the-figure', 200))).toEqual([]);
    expect(names(racesOf('plain/n-01-no-subscription', 1_000))).toEqual([]);
  });

  test('the fault it names brings the other outcome, and what it says of this order is so', () => {
    const path = 'races/rc-01-answer-before-the-prack';
    const [race] = racesOf(path, 500);
    const scenario = shipped(path);
    const other = shippedWith(path, {}, [race?.fault ?? '']);
    const outcomes = [scenario, other].map((one) => runScenario(one, options).outcome);
    expect(outcomes).toEqual([race?.asItIs, race?.swapped].map((says) => says?.split('; ')[0]));
    expect(outcomes[0]).not.toBe(outcomes[1]);
  });

  test('it stops at its bound and says so', () => {
    const bounds = { within: micros(500_000), runs: 10 };
    const found = findRaces(figure(), options, bounds);
    expect(found.tried).toBe(5);
    expect(found.pairs).toBeGreaterThan(5);
  });
});
