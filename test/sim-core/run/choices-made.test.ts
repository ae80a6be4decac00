import { describe, expect, test } from 'vitest';

import {
  alteredChance,
  choicesAround,
  runScenario,
  startJudgedRun,
  unmetText,
  type Alteration,
  type Scenario,
} from '../../../sim-core/index.ts';
import { readChoice } from '../../../sim-core/authoring.ts';
import { choiceText, type ChoiceMade, type Run } from '../../../sim-core/reading.ts';
import { shippedWith } from '../../support/scenarios.ts';

const lossy = shippedWith('loss/ls-21-one-datagram-in-ten-lost', {
  'links.a.latency': '20ms..40ms',
  'script.1.after': '3s..6s',
});

function runWith(scenario: Scenario, altered: readonly Alteration[]): Run {
  const afterwards = alteredChance(scenario.seed, altered);
  return runScenario(scenario, { engine: 'test', afterwards });
}

/** Every choice of the run, found by way of its records. */
function allChoices(scenario: Scenario, run: Run): ChoiceMade[] {
  const found = new Map<number, ChoiceMade>();
  for (const { number } of run.records) {
    const chance = alteredChance(scenario.seed, []);
    for (const one of choicesAround(scenario, scenario.seed, chance, number)) {
      found.set(one.choice, one);
    }
  }
  return [...found.values()];
}

describe('the choices of a run', () => {
  const judged = startJudgedRun(lossy, { engine: 'test' });
  judged.live.advance(Infinity);
  const run = judged.finish();
  const { log } = judged.live.chooser;
  const choices = allChoices(lossy, run);

  test('are found at the records that follow from them, each once', () => {
    expect(choices.map(({ choice }) => choice)).toEqual(log.map((_, at) => at + 1));
    expect(choices.map(({ value }) => value)).toEqual(log);
    for (const { point, to, value, record } of choices) {
      if (!point.startsWith('link')) continue;
      const packet = run.records[record - 1];
      expect(packet).toMatchObject({ kind: expect.stringMatching(/^(?:sent|dropped)$/), to });
      if (point === 'link loss') expect(packet?.kind === 'dropped').toBe(value === 1);
    }
    const waits = choices.filter(({ point }) => point === 'user behaviour');
    expect(waits).toMatchObject([{ to: null, least: 3_000_000, most: 6_000_000 }]);
  });

  test('taken otherwise, nothing before changes and nobody else’s luck', () => {
    const lost = choices.find(({ point, value }) => point === 'link loss' && value === 0);
    if (lost === undefined) throw new Error('the run loses every datagram');
    const { choice, record } = lost;
    const other = runWith(lossy, [{ choice, value: 1 }]);
    expect(other.records.slice(0, record - 1)).toEqual(run.records.slice(0, record - 1));
    expect(other.records[record - 1]).toMatchObject({ kind: 'dropped', why: 'loss' });
    expect(runWith(lossy, [{ choice, value: 0 }]).fingerprint).toBe(run.fingerprint);
  });

  test('can be had only where there is one, and within its bounds', () => {
    const says = (altered: readonly Alteration[]): string | null => {
      const chance = alteredChance(lossy.seed, altered);
      runScenario(lossy, { engine: 'test', afterwards: chance });
      const unmet = chance.unmet();
      return unmet === null ? null : unmetText(unmet);
    };
    const latency = choices.find(({ point }) => point === 'link latency')?.choice ?? 0;
    const loss = choices.find(({ point }) => point === 'link loss')?.choice ?? 0;
    expect(says([{ choice: latency, value: 40_000 }])).toBeNull();
    expect(says([{ choice: latency, value: 40_001 }])).toBe(
      `choice ${latency} is how long a link takes: from 20ms to 40ms`,
    );
    expect(says([{ choice: loss, value: 2 }])).toContain('whether a datagram is lost: yes or no');
    expect(says([{ choice: 9_999, value: 0 }])).toBe('the run makes no choice 9999');
  });

  test('are written as they are read', () => {
    for (const { choice, point, value } of choices) {
      const { alteration } = readChoice(`${choice}=${choiceText(point, value)}`);
      expect(alteration).toEqual({ choice, value });
    }
    expect(choiceText('link latency', 39_759)).toBe('39.759ms');
    for (const text of ['0=yes', '=no', '3', '3=', '3=maybe', '3=-1', 'x=1ms', '3=1.5']) {
      expect(readChoice(text), text).toMatchObject({ alteration: null });
    }
  });
});
