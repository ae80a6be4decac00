import { expect, test } from 'vitest';

import { lessons } from '../../../renderer/judgement/lesson.ts';
import { figureTrace } from '../trace-of-run.ts';

const traces = figureTrace();

test('the lesson about hearing asks at the turns of what A hears', () => {
  const { turns, answers, movesAt } = lessons[3];
  const asked = traces.view(turns);
  // The clip; then B's voice reaches A beside it, is cut, and comes back mixed into it.
  expect(asked.map(({ at, answer }) => [at / 1_000, answer])).toEqual([
    [350, 'The clip'],
    [5_260, 'The clip and B'],
    [5_400, 'The clip'],
    [5_650, 'The clip and B'],
  ]);
  expect(traces.view(answers)).toEqual(['The clip', 'The clip and B', 'Nothing']);
  expect(traces.view(movesAt)).toBe(5_260_000);
});

test('the lesson about offers asks of every message of A’s leg what it brings along', () => {
  const { turns, answers, movesAt } = lessons[2];
  const asked = traces.view(turns);
  expect(asked.map(({ asks }) => asks.replace(/ reaches.*$/, ''))).toEqual([
    'INVITE',
    '180 Ringing',
    'PRACK',
    '200 (PRACK)',
    'UPDATE',
    '200 (UPDATE)',
    '200 (INVITE)',
    'ACK',
  ]);
  expect(asked.map(({ answer }) => answer).slice(0, 6)).toEqual([
    'An offer',
    'An answer',
    'Neither',
    'Neither',
    'An offer',
    'An answer',
  ]);
  for (const { answer } of asked) expect(traces.view(answers)).toContain(answer);
  expect(traces.view(movesAt)).toBe(330_000);
});
